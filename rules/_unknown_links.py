"""Questions about things that belong together, where it is not known which do."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.texts import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Undecided
    from symlint.lint.rule import Rule
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import Link


def unknown_strategies(rule: Rule, flow: Flow, question: str) -> Iterator[Undecided]:
    """The question, where it is not known which strategy a flow has."""
    for link in flow.strategy_link.branches:
        if link.outcome == "unknown":
            yield rule.undecided(link.argument, question, link.reason)


def unknown_connector(rule: Rule, strategy: Strategy, question: str) -> Iterator[Undecided]:
    """The question, where it is not known through which of Sym's modules a strategy works."""
    link, integration = strategy.integration_link, strategy.integration
    if link.outcome == "unknown":
        yield rule.undecided(link.argument, question, link.reason)
    elif link.outcome == "alternatives":
        reason = "which integration it is depends on a condition"
        yield rule.undecided(link.argument, question, reason)
    elif integration is not None and not integration.is_data:
        settings = integration.settings
        if integration.connector is None and settings.unknown is not None:
            yield rule.undecided(integration.range("settings"), question, reason_of(settings))


def unknown_targets(rule: Rule, strategy: Strategy, question: str) -> Iterator[Undecided]:
    """The question, where it is not known which targets a strategy has, or not of all of them."""
    targets = strategy.targets
    if targets.state == "unknown":
        yield rule.undecided(targets.argument, question, targets.reason)
        return
    for link in strategy.sym.once_for((_unknown, strategy), lambda: _unknown(strategy)):
        yield rule.undecided(link.argument, question, link.reason)


def _unknown(strategy: Strategy) -> list[Link]:
    return [link for link in strategy.targets.leaves if link.outcome == "unknown"]
