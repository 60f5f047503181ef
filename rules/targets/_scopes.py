"""Evidence that a connector limits a target: for ``iam-group-path`` and ``lambda-arn``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import RelatedRange

if TYPE_CHECKING:
    from symlint.sym.intent.connectors.scopes import Managed


def used_through(it: Managed) -> tuple[RelatedRange, ...]:
    """The path from the strategy to the connector."""
    return (RelatedRange(it.strategy.range("integration_id"), "granted through its integration"),)
