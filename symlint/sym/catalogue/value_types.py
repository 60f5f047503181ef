"""Terraform's types, by the expressions that the catalogue has for them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.values.types import BOOL, NUMBER, STRING, list_of, map_of, object_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from symlint.terraform.values.types import Type

_TYPES: Final[Mapping[str | None, Type]] = {
    "string": STRING,
    "bool": BOOL,
    "number": NUMBER,
    "list(string)": list_of(STRING),
    "map(string)": map_of(STRING),
    "list(object({ path = string, name = string }))": list_of(
        object_of({"path": STRING, "name": STRING})
    ),
    "list(object({ project = string, secret_id = string, name = string }))": list_of(
        object_of({"project": STRING, "secret_id": STRING, "name": STRING})
    ),
}


def type_named(expression: str | None) -> Type | None:
    """The type of one of the expressions that are common; None for others."""
    return _TYPES.get(expression)


def common_type(expressions: Iterable[str | None]) -> Type | None:
    """The type where all of several forms of a thing agree on it; None otherwise."""
    different = set(expressions)
    return type_named(different.pop()) if len(different) == 1 else None
