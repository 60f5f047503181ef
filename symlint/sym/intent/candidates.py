"""Candidates to replace a wrong reference, from the declarations of the same module."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.integrations import Integration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.source.text import Range
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import Link, View


def references_beside(view: View, found: Iterable[View]) -> tuple[str, ...]:
    """References to those of ``found`` that are declared beside ``view``, each once."""
    from symlint.sym.model.references import reference_to

    texts = (reference_to(it) for it in found if it.module is view.module)
    return tuple(dict.fromkeys(text for text in texts if text is not None))


def outputs_beside(view: View, modules: Iterable[SymModule], meaning: str) -> tuple[str, ...]:
    """The outputs that give ``meaning`` ("context_id") of those modules that are called beside."""
    from symlint.sym.model.references import output_reference

    texts = (output_reference(it, meaning, view.module) for it in modules)
    return tuple(text for text in texts if text is not None)


def integrations_beside(
    view: View, types: tuple[str, ...], contexts: tuple[str | None, ...] | None = None
) -> tuple[str, ...]:
    """References to the integrations of some types beside ``view``.

    ``contexts`` says whose roles they may have, None for a role that is not known; without it
    any will do.
    """

    def found() -> tuple[str, ...]:
        fitting = (
            it
            for it in view.sym.all(Integration)
            if it.type_name in types and (contexts is None or _context(it) in contexts)
        )
        return references_beside(view, fitting)

    return view.sym.once_for((integrations_beside, view.module, types, contexts), found)


def integrations_for(strategy: Strategy, accepted: tuple[str, ...]) -> tuple[str, ...]:
    """References to the integrations beside a strategy that it could work through."""
    wanted = None if strategy.entry is None else strategy.entry.context
    return integrations_beside(strategy, accepted, None if wanted is None else (None, wanted))


def _context(integration: Integration) -> str | None:
    """Whose role an integration has, where one of Sym's modules makes it."""
    connector = integration.connector
    return None if connector is None else connector.entry.context


# --- instead of one that is nearly right --------------------------------------------------------


def certain_reference(link: Link, view: View) -> str | None:
    """What to write in place of the wrong text of a link of ``view``, where that is certain."""
    from symlint.sym.model.references import reference_to

    attribute = link.target.attribute
    text = link.range.text
    subject = link.subject
    if link.outcome == "wrong_attribute" and subject is not None:
        taken = f".{subject.path[-1]}"
        return text.removesuffix(taken) + f".{attribute}" if text.endswith(taken) else None
    if link.outcome == "whole_resource" and subject is not None:
        plain = text.replace(".", "").replace("_", "").replace("-", "").isalnum()
        return f"{text}.{attribute}" if plain and "\n" not in text else None
    if link.outcome == "quoted_address" and link.quoted is not None:
        kind, name = link.quoted.kind, link.quoted.name
        single = "[" not in link.quoted.expression and quoted_block(link, view) is not None
        return f"{kind}.{name}.{attribute}" if single and kind in link.target.kinds else None
    named = named_instead(link, view)
    if named is not None and named.module is view.module:
        return reference_to(named, attribute)
    return None


def named_instead(link: Link, view: View) -> View | None:
    """The resource whose name stands where a link of ``view`` wants its id."""
    if link.outcome != "literal" or link.value.string is None:
        return None
    return view.sym.named(link.target.kinds, link.value.string)


def quoted_block(link: Link, view: View) -> Range | None:
    """The block whose address stands in quotes, where it is declared beside ``view``."""
    assert link.quoted is not None
    declared = view.module.module.resources.get((link.quoted.kind, link.quoted.name))
    return None if declared is None else declared.range
