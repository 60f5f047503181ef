"""Replaces a whole resource or module inside a value by an object of its attributes."""

from __future__ import annotations

from symlint.annotations import Final
from symlint.terraform.values.types import contains_any, object_of
from symlint.terraform.values.value import ObjectReference, Value

MOST_PARTS: Final = 10_000
"""Attributes that are looked up for one value; the rest stays as it is."""


def expanded(value: Value) -> Value:
    """``value`` with the whole objects in it as objects, where all their attributes are known."""
    return _expanded(value, [MOST_PARTS])


def _expanded(value: Value, budget: list[int]) -> Value:
    content = value.content
    budget[0] -= 1
    if budget[0] < 0:
        return value
    if isinstance(content, ObjectReference):
        if not content.closed:
            return value
        items = {}
        for name in content.names():
            attribute = content.attribute(name)
            if attribute is not None:
                items[name] = _expanded(attribute, budget)
        type_ = object_of({name: item.type for name, item in items.items()})
        return value.with_content(type_, items)
    if not contains_any(value.type):
        return value
    if isinstance(content, tuple):
        elements = tuple([_expanded(element, budget) for element in content])
        return value.with_content(value.type, elements)
    if isinstance(content, dict):
        items = {name: _expanded(element, budget) for name, element in content.items()}
        return value.with_content(value.type, items)
    return value
