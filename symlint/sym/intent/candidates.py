"""What may be written in a block instead of a wrong reference: what stands beside it and fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.model.integrations import Integration
from symlint.sym.model.references import output_reference, reference_to

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import View


def references_beside(view: View, found: Iterable[View]) -> tuple[str, ...]:
    """References to those of ``found`` that are declared beside ``view``, each once."""
    texts = (reference_to(it) for it in found if it.module is view.module)
    return tuple(dict.fromkeys(text for text in texts if text is not None))


def outputs_beside(view: View, modules: Iterable[SymModule], meaning: str) -> tuple[str, ...]:
    """The outputs that give ``meaning`` ("context_id") of those modules that are called beside."""
    texts = (output_reference(it, meaning, view.module) for it in modules)
    return tuple(text for text in texts if text is not None)


def integrations_beside(
    view: View, types: Container[str | None], contexts: Container[str | None] | None = None
) -> tuple[str, ...]:
    """References to the integrations of some types beside ``view``.

    ``contexts`` says whose roles they may have, None for a role that is not known; without it
    any will do.
    """
    fitting = (
        it
        for it in view.sym.all(Integration)
        if it.type_name in types and (contexts is None or _context(it) in contexts)
    )
    return references_beside(view, fitting)


def integrations_for(strategy: Strategy, accepted: tuple[str, ...]) -> tuple[str, ...]:
    """References to the integrations beside a strategy that it could work through."""
    wanted = None if strategy.entry is None else strategy.entry.context
    return integrations_beside(strategy, accepted, None if wanted is None else (None, wanted))


def _context(integration: Integration) -> str | None:
    """Whose role an integration has, where one of Sym's modules makes it."""
    connector = integration.connector
    return None if connector is None else connector.entry.context
