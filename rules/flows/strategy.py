"""Checks that the ``strategy_id`` of a flow is the id of a strategy."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.flows._examples import OKTA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.views import Link


class FlowStrategy(Rule):
    """The `strategy_id` of a flow leads to the `id` of a `sym_strategy`.

    Terraform passes ids as strings, so it accepts a reference to a target, to an integration, or
    to the `name` of a strategy. Sym looks for a strategy with this id when the flow is applied, and
    the apply fails.

    Each mistake has its own message: another kind of resource, another attribute (`name` instead of
    `id`), the whole resource, an address in quotes, the name of a strategy as a string, another
    output of a module. References are followed through locals, variables, variable files, module
    inputs and outputs; the wrong reference is reported where it is written.

    **Not flagged.** A flow without `strategy_id`, or with an empty one, asks for approval only,
    which is valid (`unused-strategy` reports strategies that are left over). A literal UUID may be
    the id of a strategy that is managed elsewhere. A value that is not known, such as a variable
    without a value or an output of a module whose code is not available, is undecided.
    """

    code = "SYM401"
    name = "flow-strategy"
    severity = "error"
    about = ("flows",)
    fixable = True
    sources = ("https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",)
    good = configuration(OKTA.format(""))
    bad = edited(good, ("sym_strategy.okta.id", "sym_target.billing.id"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Where the strategy_id of each flow leads."""
        for flow in configuration.flows:
            for link in flow.strategy_link.branches:
                yield self._judge(flow, link)

    def _judge(self, flow: Flow, link: Link) -> Outcome:
        from symlint.sym.intent.strategies import meant_strategies

        if link.outcome == "unknown":
            question = "does strategy_id lead to a strategy?"
            return self.undecided(link.argument, question, link.reason)
        if not link.is_wrong:
            return PASSED
        from symlint.rules._links import link_finding

        return link_finding(
            self,
            link,
            flow,
            attribute="params.strategy_id",
            why=(
                "Terraform accepts this. The apply fails, because Sym finds no strategy with this "
                "id."
            ),
            suggestions=meant_strategies(flow, link),
        )
