"""Decoding what was encoded from a value of which not all is known: the value, as it comes back."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import Call, OverBudgetError
from symlint.terraform.values.types import ANY, PRIMITIVE_KINDS, object_of, tuple_of
from symlint.terraform.values.value import Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS_PER_PART: Final = 30
"""What a part costs: it is made anew, with its type."""

_DEEPEST: Final = 100


def encoded(call: Call) -> Value:
    """The text of an argument that is not known; it remembers what it was made from."""
    result = call.derived()
    content = result.content
    assert isinstance(content, Unknown)
    text = Text(encoded=(call.name, call.arguments[0]))
    return result.with_content(result.type, content.but(text=text))


def decoding(compute: Callable[[Call], Value], *encoders: str) -> Callable[[Call], Value]:
    """A function that decodes what these functions encode: ``compute`` is for known texts."""

    def decode(call: Call) -> Value:
        unknown = call.arguments[0].unknown
        if unknown is None:
            return compute(call)
        source = unknown.text.encoded if unknown.text is not None else None
        if source is None or source[0] not in encoders:
            return call.derived()
        return _decoded(source[1], call, 0)

    return decode


def _decoded(value: Value, call: Call, depth: int) -> Value:
    """A value after it was encoded and decoded: a list is a tuple, a map an object."""
    call.spend(_STEPS_PER_PART)
    if depth > _DEEPEST:
        raise OverBudgetError
    content = value.content
    if isinstance(content, tuple):
        elements = tuple(_decoded(element, call, depth + 1) for element in content)
        return value.with_content(tuple_of(element.type for element in elements), elements)
    if isinstance(content, dict):
        items = {name: _decoded(item, call, depth + 1) for name, item in content.items()}
        return value.with_content(object_of({name: it.type for name, it in items.items()}), items)
    if isinstance(content, Unknown):
        element = content.element and _decoded(content.element, call, depth + 1)
        choices = tuple(_decoded(it, call, depth + 1) for it in content.alternatives)
        type_ = value.type if value.type.kind in PRIMITIVE_KINDS else ANY
        return value.with_content(type_, content.but(element=element, alternatives=choices))
    return value
