"""Builds the collections that functions return; every element keeps its own origin."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import DERIVED_REASON
from symlint.terraform.functions.invoke import MAXIMUM_ALTERNATIVES
from symlint.terraform.values.conversion import type_of
from symlint.terraform.values.types import ANY, Type, list_of, object_of, tuple_of
from symlint.terraform.values.unification import unify
from symlint.terraform.values.value import ObjectReference, Unknown, Value, null

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from symlint.terraform.functions.calls import Call

SEQUENCES: Final = frozenset({"list", "set", "tuple"})
MAPPINGS: Final = frozenset({"map", "object"})


def tuple_result(call: Call, elements: Sequence[Value], certain: bool = True) -> Value:
    """A tuple of these elements; not ``certain`` when it may be a list instead."""
    type_ = tuple_of(type_of(element) for element in elements) if certain else ANY
    return call.value(type_, tuple(elements))


def list_result(call: Call, element: Type, elements: Sequence[Value]) -> Value:
    """A list of elements that have the element type already."""
    return call.value(list_of(element), tuple(elements))


def object_result(call: Call, items: Mapping[str, Value], certain: bool = True) -> Value:
    """An object with these attributes; not ``certain`` when it may be a map instead."""
    ordered = dict(sorted(items.items()))
    type_ = object_of({name: type_of(item) for name, item in ordered.items()}) if certain else ANY
    return call.value(type_, ordered)


def typical(values: Iterable[Value]) -> Value | None:
    """What each of several values looks like: the only one, or an unknown one of them.

    None when there are none, or too many to list them.
    """
    choices: list[Value] = []
    for value in values:
        unknown = value.unknown
        nested = unknown.alternatives if unknown is not None else ()
        for choice in nested or (value,):
            if not any(choice is other for other in choices):
                choices.append(choice)
        if len(choices) > MAXIMUM_ALTERNATIVES:
            return None
    if len(choices) <= 1:
        return choices[0] if choices else None
    return one_of(choices)


def one_of(choices: Sequence[Value], reason: str = DERIVED_REASON) -> Value:
    """An unknown value that is one of several."""
    type_ = unify([type_of(choice) for choice in choices]) or ANY
    not_null = all(_surely_not_null(choice) for choice in choices)
    content = Unknown("derived", reason, alternatives=tuple(choices), not_null=not_null)
    sensitive = any(choice.sensitive for choice in choices)
    return Value(type_, content, choices[0].written, sensitive=sensitive)


def _surely_not_null(value: Value) -> bool:
    unknown = value.unknown
    return not value.is_null if unknown is None else unknown.not_null


def or_null(value: Value, reason: str) -> Value:
    """``value``, or null if there is no such element; what it refers to is kept."""
    content = value.content
    if isinstance(content, ObjectReference):
        return value
    if isinstance(content, Unknown):
        weaker = Unknown(
            content.kind, content.reason, content.reference, content.element, content.alternatives
        )
        return value.with_content(value.type, weaker)
    return one_of((value, null(value.type)), reason)


def parts(value: Value, call: Call) -> tuple[Value, ...] | None:
    """The elements of a known list, set or tuple, having come by the path of the whole; else None."""
    elements = value.elements
    if not elements or not value.hops:
        return elements
    call.spend_on_path(value)
    return tuple(element.with_hops(value.hops) for element in elements)


def representative(value: Value, call: Call) -> Value | None:
    """What the elements of a list, set or tuple look like, known or not; None if unknown."""
    content = value.content
    if isinstance(content, tuple):
        call.spend(len(content))
        return typical(parts(value, call) or ())
    if isinstance(content, Unknown) and content.element is not None:
        return content.element.with_hops(value.hops)
    return None


def attributes_of(value: Value) -> dict[str, Value] | None:
    """All attributes of a whole resource or module; None when they are not all known."""
    content = value.content
    if not isinstance(content, ObjectReference) or not content.closed:
        return None
    found: dict[str, Value] = {}
    for name in content.names():
        attribute = content.attribute(name)
        if attribute is not None:
            found[name] = attribute.with_hops(value.hops)
    return found
