"""Evidence that a connector limits a target: for ``iam-group-path`` and ``lambda-arn``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.rules._unknown_links import unknown_connector, unknown_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Undecided
    from symlint.lint.rule import Rule
    from symlint.sym.intent.connectors.scopes import Managed
    from symlint.sym.model.configuration import SymConfiguration


def used_through(it: Managed) -> tuple[RelatedRange, ...]:
    """The path from the strategy to the connector."""
    return (RelatedRange(it.strategy.range("integration_id"), "granted through its integration"),)


def unknown_scopes(
    rule: Rule, sym: SymConfiguration, kind: str, question: str
) -> Iterator[Undecided]:
    """The question for each strategy of which the connector, with its limits, or the targets are unknown."""
    limited = sym.catalogue.limited_targets(kind)
    for strategy in sym.strategies:
        connector = strategy.connector
        if limited.isdisjoint(strategy.accepted_targets):
            continue
        if connector is None:
            yield from unknown_connector(rule, strategy, question)
        elif connector.entry.scope is not None and connector.entry.scope.kind == kind:
            yield from unknown_targets(rule, strategy, question)
