"""Checks that an environment has a runtime if its flows act in AWS."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.named_tuple import NamedTuple
from symlint.rules._examples import edited
from symlint.rules._unknown_links import unknown_strategies
from symlint.rules.environments._examples import AWS
from symlint.sym.model.environments import Runtime
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import Flow


class Need(NamedTuple):
    """A reason why a flow needs a runtime, and the range that shows it."""

    flow: Flow
    what: str
    range: Range
    label: str


class EnvironmentRuntime(Rule):
    """An environment has a runtime when its flows act in AWS.

    Sym uses the role of a runtime in AWS. If the strategy of a flow is `aws_iam`, `aws_sso` or
    `aws_lambda`, or its `impl.py` calls the SDK's `aws_lambda`, the environment must name the
    runtime: `runtime_id`. Without it, the flow is created, and its requests fail once they have
    been approved.

    **Not flagged.** An environment without a runtime whose flows do not act in AWS. Environments that
    are only read here, and strategies of an unknown type.
    """

    code = "SYM501"
    name = "environment-runtime"
    severity = "warning"
    about = ("flows",)
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://github.com/symopsio/terraform-aws-runtime-connector",
    )
    bad = edited(AWS, ("  runtime_id      = module.runtime_connector.sym_runtime.id\n", ""))
    good = AWS

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment in which a flow needs a runtime has one."""
        reported = set()
        for flow in configuration.flows:
            question = "does the environment have a runtime?"
            environment, need = flow.environment, _need(flow)
            if environment is None or environment.is_data:
                link = flow.environment_link
                if need is not None and link.outcome == "unknown":
                    yield self.undecided(link.argument, question, link.reason)
                continue
            if need is None:
                lacks = any(it.is_absent for it in environment.runtime_link.branches)
                if not lacks and flow.strategy_link.outcome == "unknown":
                    yield PASSED
                elif lacks:
                    question = "does the flow need a runtime, which its environment lacks?"
                    yield from unknown_strategies(self, flow, question)
                continue
            for link in environment.runtime_link.branches:
                if link.outcome == "unknown":
                    yield self.undecided(link.argument, question, link.reason)
                elif not link.is_absent:
                    yield PASSED
                elif not environment.complete:
                    yield self.undecided(environment.header, question, "the block has errors")
                elif environment not in reported:
                    reported.add(environment)
                    yield self._missing(environment, need)

    def _missing(self, environment: Environment, need: Need) -> Finding:
        given = environment.argument("runtime_id") is not None
        place = Location.of_block(environment, "runtime_id")
        if given:
            place = Location.of_argument(environment, "runtime_id")
        runtimes = _runtimes(environment) or ("sym_runtime.<name>.id",)
        return place.finding(
            self,
            f"the environment has no runtime, which {need.what} needs",
            label="no runtime" if given else "runtime_id is missing",
            related=(
                RelatedRange(need.range, need.label),
                RelatedRange(need.flow.environment_link.range, "the flow runs in the environment"),
            ),
            why=(
                "Sym acts in AWS with the role of the runtime. Without one, every request of the "
                "flow fails once it has been approved."
            ),
            help_=f"write runtime_id = {either(runtimes)}",
        )


def _need(flow: Flow) -> Need | None:
    strategy = flow.strategy
    entry = None if strategy is None else strategy.entry
    if strategy is not None and entry is not None and entry.needs_runtime:
        what = with_article(f"{entry.name} strategy")
        return Need(flow, what, flow.strategy_link.range, f"grants access with {what}")
    from symlint.sym.event.sdk_use import sdk_uses

    uses = sdk_uses(flow).sure
    for name, module in flow.sym.catalogue.sdk.integrations.items():
        if module.needs_runtime and name in uses:
            what = f"the {name} module of the SDK"
            return Need(flow, what, uses[name].range, f"the implementation uses {name}")
    return None


def _runtimes(environment: Environment) -> tuple[str, ...]:
    """References to the runtimes in the module of an environment."""
    from symlint.sym.intent.candidates import outputs_beside, references_beside

    sym = environment.sym

    def found() -> tuple[str, ...]:
        made = outputs_beside(environment, sym.runtime_connectors, "runtime_id")
        return (*references_beside(environment, sym.all(Runtime)), *made)

    return sym.once_for((_runtimes, environment.module), found)
