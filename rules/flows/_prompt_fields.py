"""Names and catalogue entries of prompt fields: for the rules about them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.sym.catalogue.provider import PromptFieldType
    from symlint.sym.model.flows import Flow, PromptField


def field_name(field: PromptField) -> str:
    """The name of a field for messages."""
    name = field.name.string
    return "a prompt field" if name is None or field.name.sensitive else f"the field {name}"


def type_entry(flow: Flow, field: PromptField) -> PromptFieldType | None:
    """The catalogue entry for the type of a field."""
    return flow.sym.catalogue.provider.prompt_field_types.get(field.type.string or "")
