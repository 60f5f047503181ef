"""What may be written in a block instead of a wrong reference: what stands beside it and fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.model.integrations import Integration
from symlint.sym.model.references import reference_to

if TYPE_CHECKING:
    from symlint.sym.model.strategies import Strategy


def integrations_for(strategy: Strategy, accepted: tuple[str, ...]) -> tuple[str, ...]:
    """References to the integrations beside a strategy that it could work through."""
    entry = strategy.entry
    fitting = []
    for view in strategy.sym.all(Integration):
        reference = reference_to(view)
        if view.module is not strategy.module or view.type_name not in accepted or not reference:
            continue
        connector = view.connector
        context = None if connector is None else connector.entry.context
        wanted = None if entry is None else entry.context
        if context is None or wanted is None or context == wanted:
            fitting.append(reference)
    return tuple(dict.fromkeys(fitting))[:4]
