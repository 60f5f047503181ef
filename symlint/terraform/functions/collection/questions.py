"""Functions that ask about collections or choose among values."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.functions.collection.distinct import Distinct
from symlint.terraform.functions.inspection import wholly_known
from symlint.terraform.functions.keeping import SEQUENCES, attributes_of, list_result, one_of, parts
from symlint.terraform.values.conversion import ConversionError, convert, type_of
from symlint.terraform.values.equality import equal
from symlint.terraform.values.texts import is_not_empty
from symlint.terraform.values.types import ANY, BOOL, NUMBER, Type, element_of, list_of
from symlint.terraform.values.unification import unify
from symlint.terraform.values.value import ObjectReference, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BOOLS: Final = list_of(BOOL)
_ANY_LIST: Final = list_of(ANY)
_STEPS_PER_TEXT: Final = 4
_CHARACTERS_PER_STEP: Final = 16


def _length(call: Call) -> Value:
    given = call.arguments[0]
    content, type_ = given.content, type_of(given)
    if isinstance(content, str):
        from symlint.terraform.functions.text.graphemes import count

        return call.count(count(content, call.spend))
    if isinstance(content, tuple):
        unsettled = type_.kind == "set" and len(content) > 1 and not wholly_known(given, call)
        return call.derived() if unsettled else call.count(len(content))
    if isinstance(content, dict):
        return call.count(len(content))
    if isinstance(content, ObjectReference):
        attributes = attributes_of(given)
        return call.derived() if attributes is None else call.count(len(attributes))
    if type_.kind == "tuple":
        return call.count(len(type_.elements))
    if type_.kind == "object":
        return call.count(len(type_.attributes))
    if type_.kind in ("number", "bool"):
        raise call.error("argument must be a string, a collection type, or a structural type")
    return call.derived()


def _all_true(call: Call) -> Value:
    unknown = False
    for element in call.elements(0):
        unknown = unknown or element.is_unknown
        if element.content is None or element.content is False:
            return call.boolean(False)
    return call.derived() if unknown else call.boolean(True)


def _any_true(call: Call) -> Value:
    unknown = False
    for element in call.elements(0):
        unknown = unknown or element.is_unknown
        if element.content is True:
            return call.boolean(True)
    return call.derived() if unknown else call.boolean(False)


# --- searching ----------------------------------------------------------------------------------


def _spend_on_searching(call: Call, elements: Sequence[Value]) -> None:
    """Take what it costs to compare each element: texts, which most are, cost the least."""
    texts = [it.content for it in elements if isinstance(it.content, str)]
    call.spend(_STEPS_PER_TEXT * len(texts) + sum(map(len, texts)) // _CHARACTERS_PER_STEP)
    if len(texts) < len(elements):
        call.spend_on(*(it for it in elements if not isinstance(it.content, str)))


def _contains(call: Call) -> Value:
    given, wanted = call.arguments
    type_ = type_of(given)
    if type_.kind not in SEQUENCES and type_.kind != "any":
        raise call.error("argument must be list, tuple, or set")
    elements = given.elements
    if elements is None:
        return call.derived()
    _spend_on_searching(call, elements)
    undecided = False
    for element in elements:
        answer = equal(wanted, element)
        if answer:
            return call.boolean(True)
        undecided = undecided or answer is None
    return call.derived() if undecided else call.boolean(False)


def _index(call: Call) -> Value:
    given, wanted = call.arguments
    type_ = type_of(given)
    if type_.kind not in ("list", "tuple", "any"):
        raise call.error("argument must be a list or tuple")
    elements = given.elements
    if elements is None:
        return call.derived()
    if not elements:
        raise call.error("cannot search an empty list")
    _spend_on_searching(call, elements)
    for index, element in enumerate(elements):
        answer = equal(element, wanted)
        if answer is None:
            return call.derived()
        if answer:
            return call.count(index)
    raise call.error("item not found")


def _match_keys(call: Call) -> Value:
    values, keys, wanted = call.arguments
    common = unify([keys.type, wanted.type])
    if common is None:
        raise call.error("keys and searchset must be of the same type")
    elements = parts(values, call) or ()
    key_elements, searched = call.elements(1), call.elements(2)
    if len(elements) != len(key_elements):
        raise call.error("length of keys and values should be equal")
    if common.kind == "list":
        key_elements = _converted(call, keys, common, 1)
        searched = _converted(call, wanted, common, 2)
    call.spend_on(keys, wanted)
    found: list[Value] = []
    searching = Distinct(common, call)
    for one in searched:
        searching.add(one)
    for element, key in zip(elements, key_elements, strict=True):
        answer = searching.has(key)
        if answer is None:
            return call.derived(values.type)
        if answer:
            found.append(element)
    return list_result(call, element_of(values.type), found)


def _converted(call: Call, value: Value, type_: Type, index: int) -> tuple[Value, ...]:
    try:
        return convert(value, type_).elements or ()
    except ConversionError as error:
        raise call.error(error.message, index) from None


# --- choosing -----------------------------------------------------------------------------------


def _choice(call: Call, choices: list[Value], type_: Type) -> Value:
    """The first of some values that is not refused, where only the last surely is not."""
    if len(choices) == 1:
        return choices[0]
    reasons = [choice.unknown.reason for choice in choices if choice.unknown is not None]
    result = one_of(choices, next(filter(None, reasons), "it depends on a value that is not known"))
    content = result.content
    assert isinstance(content, Unknown)
    chosen = Unknown(content.kind, content.reason, alternatives=content.alternatives, not_null=True)
    return Value(
        result.type if type_.kind == "any" else type_, chosen, call.origin, (), result.sensitive
    )


def _coalesce(call: Call) -> Value:
    types = [type_of(argument) for argument in call.arguments]
    common = unify(types) if types else None
    if common is None:
        raise call.error("all arguments must have the same type")
    choices: list[Value] = []
    for index, argument in enumerate(call.arguments):
        if argument.is_null:
            continue
        try:
            value = convert(argument, common)
        except ConversionError as error:
            raise call.error(error.message, index) from None
        unknown = value.unknown
        if unknown is None:
            if value.content == "" and common.kind == "string":
                continue
            if value.content == "" and common.kind == "any":
                return call.derived(ANY)
            return _choice(call, [*choices, value], common)
        choices.append(value)
        is_text = value.type.kind in ("string", "any")
        if is_not_empty(value) if is_text else unknown.not_null:
            return _choice(call, choices, common)
    if choices:
        return _choice(call, choices, common)
    raise call.error("no non-null, non-empty-string arguments")


def _coalesce_lists(call: Call) -> Value:
    if not call.arguments:
        raise call.error("at least one argument is required")
    choices: list[Value] = []
    for argument in call.arguments:
        kind = type_of(argument).kind
        if kind not in ("list", "tuple", "any"):
            raise call.error("coalescelist arguments must be lists or tuples")
        if argument.is_null and kind == "any":
            # Terraform refuses a null without a type; here the type may only be lost.
            return call.unknown("an argument is null and has no type")
        if argument.is_unknown and kind == "any":
            break
    for argument in call.arguments:
        content = argument.content
        if isinstance(content, tuple) and content:
            return _choice(call, [*choices, argument], ANY)
        if isinstance(content, Unknown):
            choices.append(argument)
    if choices:
        return _choice(call, choices, ANY)
    raise call.error("no non-null arguments")


FUNCTIONS: Final[Mapping[str, Function]] = {
    "alltrue": Function(_all_true, (Parameter("list", _BOOLS),), BOOL),
    "anytrue": Function(_any_true, (Parameter("list", _BOOLS),), BOOL),
    "coalesce": Function(
        _coalesce, (), ANY, variadic=Parameter("vals", nullable=True, unknown=True)
    ),
    "coalescelist": Function(
        _coalesce_lists, (), ANY, variadic=Parameter("vals", nullable=True, unknown=True)
    ),
    "contains": Function(
        _contains, (Parameter("list", unknown=True), Parameter("value", unknown=True)), BOOL
    ),
    "index": Function(
        _index, (Parameter("list", unknown=True), Parameter("value", unknown=True)), NUMBER
    ),
    "length": Function(_length, (Parameter("value", unknown=True, marks="shallow"),), NUMBER),
    "matchkeys": Function(
        _match_keys,
        (
            Parameter("values", _ANY_LIST),
            Parameter("keys", _ANY_LIST),
            Parameter("searchset", _ANY_LIST),
        ),
        _ANY_LIST,
    ),
}
