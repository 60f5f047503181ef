"""Terraform's types.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from functools import lru_cache

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TypeKind: TypeAlias = Literal[
    "string", "number", "bool", "any", "list", "set", "map", "tuple", "object"
]


class Type(NamedTuple):
    """A type or type constraint.

    ``element`` is for list, set and map; ``elements`` for tuple; ``attributes`` (in name order)
    for object, of which those in ``optional`` may be left out. ``any`` is Terraform's placeholder
    for a type that is not known yet.
    """

    kind: TypeKind
    element: Type | None = None
    elements: tuple[Type, ...] = ()
    attributes: tuple[tuple[str, Type], ...] = ()
    optional: frozenset[str] = frozenset()

    def attribute(self, name: str) -> Type | None:
        """The type of one attribute of an object type, or None."""
        return next((type_ for key, type_ in self.attributes if key == name), None)


STRING: Final = Type("string")
NUMBER: Final = Type("number")
BOOL: Final = Type("bool")
ANY: Final = Type("any")


PRIMITIVE_KINDS: Final = frozenset({"string", "number", "bool"})
COLLECTION_KINDS: Final = frozenset({"list", "set", "map"})
_SIMPLE: Final = frozenset({STRING, NUMBER, BOOL, ANY})
_SMALL: Final = 20
"""Attributes of an object whose type is shared with others like it."""


def list_of(element: Type) -> Type:
    """``list(element)``."""
    return Type("list", element)


def set_of(element: Type) -> Type:
    """``set(element)``."""
    return Type("set", element)


def map_of(element: Type) -> Type:
    """``map(element)``."""
    return Type("map", element)


def tuple_of(elements: Iterable[Type]) -> Type:
    """``tuple([...])``."""
    return Type("tuple", elements=tuple(elements))


def object_of(attributes: Mapping[str, Type], optional: Iterable[str] = ()) -> Type:
    """``object({...})``."""
    items = tuple(sorted(attributes.items()))
    if optional:
        return Type("object", attributes=items, optional=frozenset(optional))
    if len(items) <= _SMALL and _SIMPLE.issuperset(attributes.values()):
        return _simple_object(items)
    return Type("object", attributes=items)


@lru_cache(maxsize=1_000)
def _simple_object(attributes: tuple[tuple[str, Type], ...]) -> Type:
    """An object type of strings and the like: one for the values of all instances of a module."""
    return Type("object", attributes=attributes)


def element_of(type_: Type) -> Type:
    """The element type of a list, set or map type."""
    return ANY if type_.element is None else type_.element


def friendly_name(type_: Type) -> str:
    """The type as Terraform names it in messages: "list of string", "object", "any type"."""
    if type_.kind == "any":
        return "any type"
    if type_.kind in COLLECTION_KINDS:
        element = element_of(type_)
        inner = "any single type" if element.kind == "any" else friendly_name(element)
        return f"{type_.kind} of {inner}"
    return type_.kind


def contains_any(type_: Type) -> bool:
    """Whether a part of the type is ``any``."""
    if type_.kind in PRIMITIVE_KINDS:
        return False
    if type_.kind == "any":
        return True
    if type_.element is not None:
        return contains_any(type_.element)
    return any(map(contains_any, type_.elements)) or any(
        contains_any(attribute) for _, attribute in type_.attributes
    )


def without_optional(type_: Type) -> Type:
    """The type of the values that satisfy a constraint: optional attributes are there."""
    if type_.kind in PRIMITIVE_KINDS or type_.kind == "any":
        return type_
    if type_.element is not None:
        return Type(type_.kind, without_optional(type_.element))
    if type_.kind == "tuple":
        return tuple_of(map(without_optional, type_.elements))
    return Type(
        "object",
        attributes=tuple((name, without_optional(inner)) for name, inner in type_.attributes),
    )
