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
