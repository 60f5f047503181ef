"""Functions that take lists and tuples apart and put them together; elements keep their origin."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.functions.collection.distinct import Distinct
from symlint.terraform.functions.keeping import (
    SEQUENCES,
    list_result,
    or_null,
    parts,
    representative,
    tuple_result,
    typical,
)
from symlint.terraform.values.conversion import ConversionError, convert, type_of
from symlint.terraform.values.sizes import STEPS_PER_PART
from symlint.terraform.values.texts import is_not_empty
from symlint.terraform.values.types import ANY, NUMBER, STRING, element_of, friendly_name, list_of
from symlint.terraform.values.unification import unify
from symlint.terraform.values.value import Unknown, Value, null

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRINGS: Final = list_of(STRING)


# --- one element --------------------------------------------------------------------------------


def _one(call: Call) -> Value:
    given = call.arguments[0]
    content, type_ = given.content, type_of(given)
    many = "must be a list, set, or tuple value with either zero or one elements"
    if isinstance(content, Unknown):
        if type_.kind == "tuple" and len(type_.elements) > 1:
            raise call.error(many, 0)
        if content.element is not None:
            reason = content.reason or "the number of elements is not known"
            return or_null(content.element.with_hops(given.hops), reason)
        if content.reference is not None and type_.kind in ("list", "set", "any"):
            # The element that ``[0]`` gives, or null.
            first = Unknown(content.kind, content.reason, content.reference.step(0))
            return given.with_content(ANY if type_.kind == "any" else element_of(type_), first)
        return call.derived(element_of(type_) if type_.kind in ("list", "set") else ANY)
    if not isinstance(content, tuple):
        raise call.error(many, 0)
    if len(content) == 1:
        return content[0].with_hops(given.hops)
    if not content:
        return null(element_of(type_) if type_.kind in ("list", "set") else ANY, call.origin)
    if type_.kind == "set" and any(element.is_unknown for element in content):
        return call.derived(element_of(type_))
    raise call.error(many, 0)


def _element(call: Call) -> Value:
    given, wanted = call.arguments
    content, type_ = given.content, type_of(given)
    if type_.kind not in ("list", "tuple", "any"):
        raise call.error(f"cannot read elements from {friendly_name(type_)}")
    if isinstance(content, Unknown):
        if content.element is not None:
            return content.element.with_hops(given.hops)
        return call.derived(element_of(type_) if type_.kind == "list" else ANY)
    if not isinstance(content, tuple):
        return call.derived(ANY)
    if wanted.is_unknown:
        choices = representative(given, call)
        if not content or choices is None:
            return call.derived(element_of(type_) if type_.kind == "list" else ANY)
        return choices
    index = call.integer(1, "invalid index: ")
    if not content:
        raise call.error("cannot use element function with an empty list")
    if index < 0 and type_.kind == "tuple" and index % -len(content):
        raise call.error(f"panic in function implementation: index out of range [{index}]")
    return content[index % len(content)].with_hops(given.hops)


# --- parts --------------------------------------------------------------------------------------


def _bound(call: Call, index: int, what: str, length: int | None) -> int | None:
    if call.arguments[index].is_unknown:
        return None
    bound = call.integer(index, f"invalid {what} index: ", index)
    if bound < 0:
        raise call.error(f"{what} index must not be less than zero", index)
    if length is not None and bound > length:
        raise call.error(f"{what} index must not be greater than the length of the list", index)
    return bound


def _slice(call: Call) -> Value:
    given = call.arguments[0]
    content, type_ = given.content, type_of(given)
    if type_.kind == "set":
        raise call.error(
            "cannot slice a set, because its elements do not have indices; explicitly convert to "
            "a list if the ordering of the result is not important",
            0,
        )
    if type_.kind not in ("list", "tuple", "any") or isinstance(content, (str, dict)):
        raise call.error("must be a list or tuple value", 0)
    length = len(content) if isinstance(content, tuple) else None
    start = _bound(call, 1, "start", length)
    end = _bound(call, 2, "end", length)
    if start is not None and end is not None and start > end:
        raise call.error("start index must not be greater than end index", 1)
    if not isinstance(content, tuple) or start is None or end is None:
        return call.derived(type_ if type_.kind == "list" else ANY, representative(given, call))
    part = parts(given.with_content(type_, content[start:end]), call) or ()
    if type_.kind == "list":
        return list_result(call, element_of(type_), part)
    return tuple_result(call, part, certain=given.type.kind == "tuple")


def _reverse(call: Call) -> Value:
    given = call.arguments[0]
    content, type_ = given.content, type_of(given)
    if type_.kind not in SEQUENCES and type_.kind != "any":
        raise call.error(f"can only reverse list or tuple values, not {friendly_name(type_)}", 0)
    if not isinstance(content, tuple):
        listed = list_of(element_of(type_)) if type_.kind in ("list", "set") else ANY
        return call.derived(listed, representative(given, call))
    backwards = (parts(given, call) or ())[::-1]
    if type_.kind == "tuple":
        return tuple_result(call, backwards, certain=given.type.kind == "tuple")
    return list_result(call, element_of(type_), backwards)


def _chunk(call: Call) -> Value:
    given = call.arguments[0]
    type_ = list_of(given.type)
    if given.is_unknown or call.arguments[1].is_unknown:
        return call.derived(type_)
    size = call.integer(1, "invalid size: ")
    if size < 0:
        raise call.error("the size argument must be positive")
    elements = parts(given, call)
    if not elements:
        return call.value(type_, ())
    call.spend(len(elements) + len(elements) // max(1, size) * STEPS_PER_PART)
    if size == 0:
        return call.value(type_, (given,))
    chunks = tuple(
        Value(given.type, elements[start : start + size], call.origin)
        for start in range(0, len(elements), size)
    )
    return Value(type_, chunks, call.origin)


# --- several lists ------------------------------------------------------------------------------


def _concat(call: Call) -> Value:
    if not call.arguments:
        raise call.error("at least one argument is required")
    types = [type_of(argument) for argument in call.arguments]
    for index, type_ in enumerate(types):
        if type_.kind not in ("list", "tuple", "any"):
            name = friendly_name(type_)
            raise call.error(f"all arguments must be lists or tuples; got {name}", index)
    common = unify(types) if all(type_.kind == "list" for type_ in types) else None
    if common is not None and common.kind != "list":
        common = None
    known = [argument.elements for argument in call.arguments]
    if any(elements is None for elements in known):
        looks = [representative(argument, call) for argument in call.arguments]
        element = None
        if not any(
            look is None and argument.content != ()
            for look, argument in zip(looks, call.arguments, strict=True)
        ):
            element = typical(look for look in looks if look is not None)
        return call.derived(common if common is not None else ANY, element)
    joined: list[Value] = []
    call.spend(sum(map(len, filter(None, known))))
    for index, argument in enumerate(call.arguments):
        if common is not None:
            try:
                argument = convert(argument, common)
            except ConversionError as error:
                raise call.error(error.message, index) from None
        joined.extend(parts(argument, call) or ())
    if common is not None:
        return list_result(call, element_of(common), joined)
    certain = all(argument.type.kind != "any" for argument in call.arguments)
    return tuple_result(call, joined, certain)


_MOST_LEAVES: Final = 100
"""How many elements of an unknown list are looked at to see what all of them are like."""


def _flatten(call: Call) -> Value:
    given = call.arguments[0]
    type_ = type_of(given)
    if type_.kind not in SEQUENCES and type_.kind != "any":
        raise call.error("can only flatten lists, sets and tuples")
    leaves: list[Value] = []
    known = True
    sensitive = False
    pending = [given]
    while pending:
        value = pending.pop()
        content, kind = value.content, type_of(value).kind
        if isinstance(content, tuple):
            call.spend_on_path(value)
            sensitive = sensitive or value.sensitive
            pending.extend(element.with_hops(value.hops) for element in reversed(content))
        elif isinstance(content, Unknown) and (kind in SEQUENCES or kind == "any"):
            known = False
            sensitive = sensitive or value.sensitive
            # What stands in an unknown list stands in the result as well.
            leaves.extend(_innermost(value) or [value])
        else:
            leaves.append(value)
    result = tuple_result(call, leaves) if known else call.derived(ANY, typical(leaves))
    return result.as_sensitive() if sensitive else result


def _innermost(value: Value) -> list[Value]:
    """What flattening an unknown list leads to, as far as that is known."""
    found: list[Value] = []
    pending = [value]
    while pending and len(found) < _MOST_LEAVES:
        inner = pending.pop()
        content = inner.content
        if isinstance(content, tuple):
            pending.extend(reversed(content[:_MOST_LEAVES]))
        elif isinstance(content, Unknown) and content.element is not None:
            pending.append(content.element)
        elif isinstance(content, Unknown) and content.alternatives:
            pending.extend(reversed(content.alternatives))
        elif inner is not value:
            found.append(inner)
    return found


# --- lists of strings and other lists -----------------------------------------------------------


def _unknown_list(call: Call, given: Value) -> Value:
    """An unknown list with elements like those of ``given``."""
    return call.derived(given.type, representative(given, call))


def _settled(text: Value) -> bool:
    """Whether it is known if a string is empty."""
    return not text.is_unknown or is_not_empty(text)


def _compact(call: Call) -> Value:
    given = call.arguments[0]
    elements = parts(given, call)
    if elements is None or not all(map(_settled, elements)):
        return _unknown_list(call, given)
    call.spend(len(elements))
    kept = [element for element in elements if element.content not in (None, "")]
    return list_result(call, STRING, kept)


def _sort(call: Call) -> Value:
    given = call.arguments[0]
    elements = parts(given, call)
    if elements is None or any(element.is_unknown for element in elements):
        return _unknown_list(call, given)
    for index, element in enumerate(elements):
        if element.is_null:
            raise call.error(f"given list element {index} is null; a null string cannot be sorted")
    call.spend(len(elements) * 4)
    return list_result(call, STRING, sorted(elements, key=lambda element: element.string or ""))


def _distinct(call: Call) -> Value:
    given = call.arguments[0]
    elements = parts(given, call)
    if elements is None:
        return _unknown_list(call, given)
    call.spend_on(given)
    distinct = Distinct(element_of(given.type), call)
    for element in elements:
        answer = distinct.has(element)
        if answer is None:
            return _unknown_list(call, given)
        if not answer:
            distinct.add(element)
    return list_result(call, element_of(given.type), distinct.values)


_ANY_LIST: Final = list_of(ANY)


def _sequence(name: str = "list") -> Parameter:
    return Parameter(name, ANY, unknown=True, marks="shallow")


FUNCTIONS: Final[Mapping[str, Function]] = {
    "chunklist": Function(
        _chunk,
        (
            Parameter("list", _ANY_LIST, unknown=True, marks="shallow"),
            Parameter("size", NUMBER, unknown=True),
        ),
        list_of(_ANY_LIST),
    ),
    "compact": Function(_compact, (Parameter("list", _STRINGS, unknown=True),), _STRINGS),
    "concat": Function(_concat, (), ANY, variadic=_sequence("seqs")),
    "distinct": Function(_distinct, (Parameter("list", _ANY_LIST, unknown=True),), _ANY_LIST),
    "element": Function(_element, (_sequence(), Parameter("index", NUMBER, unknown=True)), ANY),
    "flatten": Function(_flatten, (Parameter("list", ANY, unknown=True, marks="function"),), ANY),
    "one": Function(_one, (Parameter("list", ANY, unknown=True),), ANY),
    "reverse": Function(_reverse, (_sequence(),), ANY),
    "slice": Function(
        _slice,
        (
            _sequence(),
            Parameter("start_index", NUMBER, unknown=True),
            Parameter("end_index", NUMBER, unknown=True),
        ),
        ANY,
    ),
    "sort": Function(_sort, (Parameter("list", _STRINGS, unknown=True),), _STRINGS),
}
