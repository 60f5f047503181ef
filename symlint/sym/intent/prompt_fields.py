"""Which prompt field was meant to fill in a setting of a target."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.source.close_names import close_name

if TYPE_CHECKING:
    from symlint.sym.model.flows import Flow, PromptField
    from symlint.sym.model.strategies import Target


def meant_field(flow: Flow, target: Target, name: str) -> PromptField | None:
    """The field that was probably meant to have ``name``: its name is close, and none else's."""
    bound = {it.string for it in target.bindings or ()}
    free = {
        field.name.string: field
        for field in flow.prompt_fields
        if field.name.string is not None and field.name.string not in bound
    }
    free.pop("target_id", None)
    free.pop("duration", None)
    near = close_name(name, free)
    if near is None:
        entry = None if target.entry is None else target.entry.settings.get(name)
        allowed = set() if entry is None else set(entry.allowed)
        for alike in (
            [it for it in free if _share_a_word(name, it)],
            [it for it, field in free.items() if field.value("prefetch").content is True],
            [it for it, field in free.items() if _offers(field) & allowed],
        ):
            if len(alike) == 1:
                return free[alike[0]]
    return None if near is None else free[near]


def _share_a_word(one: str, other: str) -> bool:
    """Whether a word of one name is, or begins with, a word of the other."""
    pairs = ((a, b) for a in _words(one) for b in _words(other))
    return any(min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)) for a, b in pairs)


def _words(name: str) -> list[str]:
    return name.lower().replace("-", "_").split("_")


def _offers(field: PromptField) -> set[str]:
    elements = field.value("allowed_values").elements or ()
    return {it.string for it in elements if it.string is not None}
