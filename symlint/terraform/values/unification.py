"""Which types convert to which, and what several types have in common.

A port of the rules of ``github.com/zclconf/go-cty/cty/convert`` (``getConversion``, ``unify``,
``compareTypes``). ``any`` inside a type is cty's dynamic pseudo-type: the type of a bare null,
and here also of what is not known well enough.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.values.types import (
    ANY,
    COLLECTION_KINDS,
    PRIMITIVE_KINDS,
    STRING,
    Type,
    contains_any,
    element_of,
    list_of,
    map_of,
    tuple_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_FAMILIES: Final = {
    "list": "sequence", "set": "sequence", "tuple": "sequence", "map": "mapping", "object": "mapping",
}  # fmt: skip  # as many a line as fit
"""Kinds of which some can become others."""

_MOST_COMPARED: Final = 64
"""Of how many types each is compared with each; what more have in common is not said."""


def convertible(source: Type, target: Type, unsafe: bool = True) -> bool:
    """Whether values of ``source`` can become ``target``; ``unsafe`` if only some of them can."""
    if target.kind == "any" or source == target:
        return True
    if source.kind == "any":
        return unsafe
    if source.kind in PRIMITIVE_KINDS or target.kind in PRIMITIVE_KINDS:
        if target.kind == "string":
            return source.kind in ("number", "bool")
        return unsafe and source.kind == "string" and target.kind in ("number", "bool")
    if target.kind in COLLECTION_KINDS:
        return _converts_to_collection(source, target, unsafe)
    if target.kind == "tuple":
        return (
            source.kind == "tuple"
            and len(source.elements) == len(target.elements)
            and all(
                convertible(one, other, unsafe)
                for one, other in zip(source.elements, target.elements, strict=True)
            )
        )
    return _converts_to_object(source, target, unsafe)


def _converts_to_collection(source: Type, target: Type, unsafe: bool) -> bool:
    element = element_of(target)
    if source.kind in COLLECTION_KINDS:
        if (source.kind == "map") != (target.kind == "map"):
            return False
        if target.kind == "set" and source.kind == "list" and not unsafe:
            return False
        return convertible(element_of(source), element, unsafe)
    if source.kind != ("object" if target.kind == "map" else "tuple"):
        return False
    parts = source.elements or tuple(inner for _, inner in source.attributes)
    if element.kind == "any" and parts:
        common = _unify(parts, unsafe)
        if common is None:
            return False
        if common.kind == "any" and target.kind != "map":
            return all(part.kind == "any" for part in parts)
        element = common
    return all(convertible(part, element, unsafe) for part in parts)


def _converts_to_object(source: Type, target: Type, unsafe: bool) -> bool:
    if source.kind == "map":
        element = element_of(source)
        return unsafe and all(
            convertible(element, inner) or name in target.optional
            for name, inner in target.attributes
        )
    if source.kind != "object":
        return False
    given = dict(source.attributes)
    for name, inner in target.attributes:
        if name in given:
            if not convertible(given[name], inner, unsafe):
                return False
        elif name not in target.optional:
            return False
    return True


def filled_in(source: Type, target: Type) -> Type:
    """``target`` with its ``any`` replaced by what values of ``source`` have there."""
    if source.kind == "any" or target.kind in PRIMITIVE_KINDS:
        return target
    if target.kind == "any":
        return source
    if target.kind in COLLECTION_KINDS:
        if source.kind in COLLECTION_KINDS:
            return Type(target.kind, filled_in(element_of(source), element_of(target)))
        parts = source.elements or tuple(inner for _, inner in source.attributes)
        common = _unify(parts, unsafe=True) if parts else None
        return (
            target if common is None else Type(target.kind, filled_in(common, element_of(target)))
        )
    if target.kind == "tuple":
        if len(source.elements) != len(target.elements):
            return target
        return tuple_of(map(filled_in, source.elements, target.elements))
    given = dict(source.attributes)
    return Type(
        "object",
        attributes=tuple(
            (
                name,
                filled_in(
                    element_of(source) if source.kind == "map" else given.get(name, inner), inner
                ),
            )
            for name, inner in target.attributes
        ),
    )


# --- unification --------------------------------------------------------------------------------


def unify(types: Sequence[Type]) -> Type | None:
    """The type that values of all ``types`` can be converted to.

    ``any`` when that cannot be said because something is not known; None when there surely is
    none. What the arms of a conditional and the elements of a list get.
    """
    common = _unify(types, unsafe=True)
    if common is None and (not types or any(map(contains_any, types))):
        return None if _apart(types) else ANY
    return common


def _apart(types: Sequence[Type]) -> bool:
    """Whether types surely have none in common, whatever the ``any`` in them turns out to be."""
    certain = [type_ for type_ in types if type_.kind != "any"]
    families = {_FAMILIES.get(type_.kind, "primitive") for type_ in certain}
    if len(families) != 1:
        return bool(families)
    if "primitive" in families:
        return False
    shapes = {tuple(name for name, _ in type_.attributes) for type_ in certain}
    lengths = {len(type_.elements) for type_ in certain}
    kinds = {type_.kind for type_ in certain}
    inner = [_parts(type_) for type_ in certain]
    if (kinds == {"object"} and len(shapes) == 1) or (kinds == {"tuple"} and len(lengths) == 1):
        return any(_apart(parts) for parts in zip(*inner, strict=True))
    return _apart([part for parts in inner for part in parts])


def _parts(type_: Type) -> tuple[Type, ...]:
    if type_.element is not None:
        return (type_.element,)
    return type_.elements or tuple(inner for _, inner in type_.attributes)


def _unify(types: Sequence[Type], unsafe: bool) -> Type | None:
    """``UnifyUnsafe``, or ``Unify`` when not ``unsafe``."""
    first = types[0]
    if all(type_ is first or type_ == first for type_ in types):
        return first
    kinds = {type_.kind for type_ in types}
    if kinds <= PRIMITIVE_KINDS:
        return STRING if "string" in kinds else None
    dynamic = "any" in kinds
    certain = kinds - {"any"}
    if len(certain) == 1 and not certain <= PRIMITIVE_KINDS:
        if dynamic:
            return ANY
        (kind,) = certain
        if kind == "object":
            return _unify_objects(types, unsafe)
        if kind == "tuple":
            return _unify_tuples(types, unsafe)
        element = _unify([element_of(type_) for type_ in types], unsafe)
        return None if element is None else Type(kind, element)
    for structural, collection in (("object", "map"), ("tuple", "list")):
        if certain == {structural, collection}:
            common = _unify_with_structural(types, structural, unsafe)
            if common is not None:
                return common
    if len({_FAMILIES.get(kind, "primitive") for kind in certain}) > 1:
        return ANY if dynamic else None
    if len(set(types)) > _MOST_COMPARED:
        return ANY
    for index in _by_preference(types):
        wanted = types[index]
        if all(convertible(type_, wanted, unsafe) for type_ in types):
            return wanted
    return None


def _unify_with_structural(types: Sequence[Type], structural: str, unsafe: bool) -> Type | None:
    """Maps with objects, or lists with tuples: as maps or lists, if that is possible."""
    inner = [type_ for type_ in types if type_.kind == structural]
    common = _as_map(inner, unsafe) if structural == "object" else _as_list(inner, unsafe)
    if common is None:
        return None
    result = _unify([common if type_.kind == structural else type_ for type_ in types], unsafe)
    return result if result is not None and result.kind == common.kind else None


def _unify_objects(types: Sequence[Type], unsafe: bool) -> Type | None:
    names = [name for name, _ in types[0].attributes]
    if any([name for name, _ in type_.attributes] != names for type_ in types):
        return _as_map(types, unsafe)
    attributes = []
    for index, name in enumerate(names):
        common = _unify([type_.attributes[index][1] for type_ in types], unsafe)
        if common is None:
            return None
        attributes.append((name, common))
    result = Type("object", attributes=tuple(attributes))
    if all(convertible(type_, result, unsafe) for type_ in types):
        return result
    return _as_map(types, unsafe)


def _unify_tuples(types: Sequence[Type], unsafe: bool) -> Type | None:
    length = len(types[0].elements)
    if any(len(type_.elements) != length for type_ in types):
        return _as_list(types, unsafe)
    elements = []
    for index in range(length):
        common = _unify([type_.elements[index] for type_ in types], unsafe)
        if common is None:
            return None
        elements.append(common)
    result = tuple_of(elements)
    if all(convertible(type_, result, unsafe) for type_ in types):
        return result
    return _as_list(types, unsafe)


def _as_map(types: Sequence[Type], unsafe: bool) -> Type | None:
    parts = [inner for type_ in types for _, inner in type_.attributes]
    element = _unify(parts, unsafe) if parts else None
    if element is None:
        return None
    result = map_of(element)
    return result if all(convertible(type_, result, unsafe) for type_ in types) else None


def _as_list(types: Sequence[Type], unsafe: bool) -> Type | None:
    parts = [inner for type_ in types for inner in type_.elements]
    element = _unify(parts, unsafe) if parts else None
    if element is None:
        return None
    result = list_of(element)
    return result if all(convertible(type_, result, unsafe) for type_ in types) else None


def _by_preference(types: Sequence[Type]) -> list[int]:
    """The indexes of ``types``, the most general first (``sortTypes``)."""
    unique: dict[Type, int] = {}
    for index, type_ in enumerate(types):
        unique.setdefault(type_, index)
    indexes = list(unique.values())
    after: dict[int, list[int]] = {index: [] for index in indexes}
    waiting = dict.fromkeys(indexes, 0)
    for place, one in enumerate(indexes):
        for other in indexes[place + 1 :]:
            order = _compare(types[one], types[other])
            if order:
                before, later = (one, other) if order < 0 else (other, one)
                after[before].append(later)
                waiting[later] += 1
    queue = [index for index in indexes if not waiting[index]]
    for index in queue:
        for later in after[index]:
            waiting[later] -= 1
            if not waiting[later]:
                queue.append(later)
    return queue


def _compare(left: Type, right: Type) -> int:
    """Negative when ``left`` is more general than ``right``, 0 when neither is."""
    if "any" in (left.kind, right.kind):
        return (left.kind == "any") - (right.kind == "any")
    if left.kind in PRIMITIVE_KINDS and right.kind in PRIMITIVE_KINDS:
        return (right.kind == "string") - (left.kind == "string")
    if left.kind == right.kind:
        if left.element is not None:
            return _compare(left.element, element_of(right))
        return _compare_parts(left, right)
    ranks = {"map": 0, "object": 1} if left.kind in ("map", "object") else {}
    ranks = ranks or {"list": 0, "tuple": 1, "set": 2}
    if left.kind not in ranks or right.kind not in ranks:
        return 0
    return ranks[left.kind] - ranks[right.kind]


def _compare_parts(left: Type, right: Type) -> int:
    if left.kind == "object":
        if [name for name, _ in left.attributes] != [name for name, _ in right.attributes]:
            return 0
        pairs = [
            (one[1], other[1]) for one, other in zip(left.attributes, right.attributes, strict=True)
        ]
    else:
        if len(left.elements) != len(right.elements):
            return 0
        pairs = list(zip(left.elements, right.elements, strict=True))
    orders = {order for order in (_compare(one, other) for one, other in pairs) if order}
    if any(order < 0 for order in orders) == any(order > 0 for order in orders):
        return 0
    return -1 if min(orders) < 0 else 1
