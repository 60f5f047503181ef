"""The JSON schemas of what is written about access, made of the types that the writers give."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from symlint.lint.access import documents
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMAS: Final[Mapping[str, tuple[str, type]]] = {
    "inventory": ("Access inventory of symlint", documents.InventoryDocument),
    "lock": ("Access lock of symlint", documents.LockDocument),
    "diff": ("Access diff of symlint", documents.DiffDocument),
}
"""What there are schemas of, each with its title and its type."""

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_JSON: Final = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}
_WITH_COLUMNS: Final[Mapping[type, type]] = {
    documents.GrantDocument: documents.CellDocument,
    documents.LockGrantDocument: documents.LockCellDocument,
}
"""The types that have a key for each column beside their own, and the type of the cells."""


def json_schema(name: str) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of one of ``SCHEMAS``; what it does not name is forbidden."""
    title, kind = SCHEMAS[name]
    definitions: dict[str, Any] = {}
    described = _described(kind, definitions)
    return {
        "$schema": _DRAFT,
        "title": title,
        **described,
        "$defs": dict(sorted(definitions.items())),
    }


def _described(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a TypedDict."""
    hints = get_type_hints(kind, include_extras=True)
    properties = {name: _schema(hint, definitions) for name, hint in hints.items()}
    required = [name for name, hint in hints.items() if get_origin(hint) is not NotRequired]
    if kind in _WITH_COLUMNS:
        cell = _schema(_WITH_COLUMNS[kind], definitions)
        for name, heading in COLUMNS.items():
            properties[name] = {**cell, "title": heading}
            if name in documents.VALUES:
                value = _schema(documents.VALUES[name], definitions)
                properties[name]["properties"] = {"value": value}
        required += COLUMNS
    return {
        "description": kind.__doc__,
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any:
        return {}
    if kind in _JSON:
        return {"type": _JSON[kind]}
    if origin is NotRequired:
        return _schema(arguments[0], definitions)
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(it, definitions) for it in arguments]}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    assert is_typeddict(kind)
    name = kind.__name__.removesuffix("Document")
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _described(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}
