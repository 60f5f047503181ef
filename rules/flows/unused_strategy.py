"""Checks that each strategy is used by at least one flow."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.flows._examples import OKTA
from symlint.sym.words import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import View


_MOST_COMPARED: Final = 50
"""How many flows without a strategy are looked at for the one that lacks this one."""


class UnusedStrategy(Rule):
    """Every strategy is the strategy of some flow.

    A flow without `strategy_id` asks for approval and grants nothing. That is right for an
    approval-only flow. But if the line was forgotten or lost, nothing fails: people get approvals
    and no access, and no flow uses the strategy.

    It is a warning if a flow of the configuration has no `strategy_id` and could use the strategy,
    and a note if every flow has another one. The warning is at the `params` of the flow if that is
    plainly what lacks the line: its name is like that of the strategy, or it asks for a duration.

    **Not flagged.** Approval-only flows where every strategy is used. A strategy that is read by an
    output of the root module, by another resource, or by a module whose code is not available: it
    may be used there. All strategies if the `strategy_id` of a flow is not known or wrong
    (`flow-strategy` reports that). Strategies in a configuration without any flow.
    """

    code = "SYM402"
    name = "unused-strategy"
    other_severities = ("note",)
    severity = "warning"
    about = ("flows",)
    sources = (
        "https://docs.symops.com/docs/approval-only-flows",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
    )
    good = configuration(OKTA.format(""))
    bad = edited(
        good,
        (
            "    strategy_id = sym_strategy.okta.id\n",
            '    prompt_field {\n      name = "reason"\n      type = "string"\n    }\n',
        ),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy is used by a flow."""
        flows = configuration.flows
        if not flows:
            return
        links = [link for flow in flows for link in flow.strategy_link.branches]
        used = {_block_key(link.view) for link in links if link.view is not None}
        undecided_link = next((it for it in links if it.outcome == "unknown" or it.is_wrong), None)
        seen = set()
        unused = []
        for strategy in configuration.strategies:
            key = _block_key(strategy)
            if key in used:
                yield PASSED
                continue
            if key in seen:
                continue
            seen.add(key)
            if undecided_link is not None or not configuration.complete:
                yield self.undecided(
                    strategy.header,
                    "does some flow use the strategy?",
                    "a strategy_id is not known" if undecided_link else "a file has errors",
                )
            elif _goes_elsewhere(strategy):
                yield PASSED
            else:
                unused.append(strategy)
        idle = [flow for flow in flows if flow.strategy_link.is_absent][:_MOST_COMPARED]
        for strategy in unused:
            yield self._unused(strategy, idle, alone=len(unused) == 1)

    def _unused(self, strategy: Strategy, idle: list[Flow], *, alone: bool) -> Finding:
        from symlint.sym.model.references import reference_to

        place = Location.of_block(strategy)
        if not idle:
            return place.finding(
                self,
                "no flow uses this strategy",
                label="every flow has another strategy",
                why="Nobody can ask for its targets.",
                help_="remove the strategy, or write a flow for it",
                severity="note",
            )
        flow = max(idle, key=lambda it: _affinity(it, strategy))
        reference = reference_to(strategy) if flow.module is strategy.module else None
        line = f"strategy_id = {reference or 'the id of the strategy'}"
        _, asks_duration, shared = _affinity(flow, strategy)
        title, label = "no flow uses this strategy", "belongs to no flow"
        other = RelatedRange(
            flow.params_header,
            "this flow has no strategy_id: it asks for approval and grants nothing",
        )
        if shared or (asks_duration and alone):  # then the flow is what lacks the line
            other = place.annotated(label)
            place = _missing_id(flow)
            title = f"flow has no strategy_id, and no flow uses {strategy.local_name}"
            label = "no strategy_id: the flow asks for approval and grants nothing"
        return place.finding(
            self,
            title,
            label=label,
            related=(other,),
            why=(
                "Nobody can ask for its targets. A request to the flow is approved and grants no access."
            ),
            help_=(
                f"give it to {flow.local_name}:\n  params {{\n    {line}\n  }}\n"
                "or remove the strategy if the flow is meant to ask for approval only"
            ),
        )


def _missing_id(flow: Flow) -> Location:
    """Where a flow lacks its ``strategy_id``: at the empty one that it has, or at its ``params``."""
    link = flow.strategy_link
    range_ = flow.params_header if link.value.origin is None else link.range
    return Location.of_range(range_, str(flow.address), "params.strategy_id")


def _block_key(view: View) -> tuple[str, int]:
    """One key for all instances of a block, wherever its module is called."""
    return view.instance.block.source.path, view.instance.block.start


def _goes_elsewhere(strategy: Strategy) -> bool:
    """Whether a resource, a root output or a module without code reads the strategy."""
    return strategy.sym.graph.is_consumed(strategy.address)


def _affinity(flow: Flow, strategy: Strategy) -> tuple[int, int, int]:
    """How well a flow without a strategy fits a strategy without a flow."""
    names = (strategy.instance.name, strategy.name.string or "")
    own = (flow.instance.name, flow.name.string or "")
    words = {word for name in names for word in name.replace("-", "_").split("_")}
    shared = sum(any(mentions(name, word) for name in own) for word in words)
    asks_duration = any(it.type.string == "duration" for it in flow.prompt_fields)
    return (flow.module is strategy.module, asks_duration, shared)
