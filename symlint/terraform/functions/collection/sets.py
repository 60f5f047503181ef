"""Functions on sets; elements keep their origin."""

from __future__ import annotations

from itertools import product

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.inspection import wholly_known
from symlint.terraform.functions.keeping import parts, representative, typical
from symlint.terraform.values.conversion import ConversionError, convert, type_of
from symlint.terraform.values.equality import identity
from symlint.terraform.values.sets import set_content
from symlint.terraform.values.sizes import STEPS_PER_PART
from symlint.terraform.values.types import ANY, Type, element_of, list_of, set_of, tuple_of
from symlint.terraform.values.unification import unify
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANY_SET: Final = set_of(ANY)
_MOST_ROWS: Final = 1 << 40
"""More than any budget allows."""


def _common_type(call: Call) -> Type:
    types = [
        element_of(argument.type)
        for argument in call.arguments
        if argument.content != () or element_of(argument.type).kind != "any"
    ]
    if not types:
        return _ANY_SET
    common = unify(types)
    if common is None:
        raise call.error("given sets must all have compatible element types")
    return set_of(common)


def _converted(call: Call, type_: Type) -> list[tuple[Value, ...] | None]:
    """The elements of the arguments in one type; None for a set that is not known."""
    found: list[tuple[Value, ...] | None] = []
    for index, argument in enumerate(call.arguments):
        try:
            converted = convert(argument, type_)
        except ConversionError as error:
            raise call.error(error.message, index) from None
        call.spend_on(converted)
        found.append(parts(converted, call))
    return found


def _uncertain(call: Call, type_: Type) -> Value:
    looks = [representative(argument, call) for argument in call.arguments]
    complete = all(
        look is not None or argument.content == ()
        for look, argument in zip(looks, call.arguments, strict=True)
    )
    element = typical(look for look in looks if look is not None) if complete else None
    return call.derived(type_, element)


def _union(call: Call) -> Value:
    type_ = _common_type(call)
    sets = _converted(call, type_)
    elements: list[Value] = []
    for one in sets:
        if one is None:
            return _uncertain(call, type_)
        elements.extend(one)
    return call.value(type_, set_content(elements, element_of(type_)))


def _combined(keep_common: bool) -> Function:
    def compute(call: Call) -> Value:
        type_ = _common_type(call)
        sets = _converted(call, type_)
        first = sets[0]
        if not all(wholly_known(argument, call) for argument in call.arguments) or first is None:
            return call.derived(type_, representative(call.arguments[0], call))
        element = element_of(type_)
        kept = list(first)
        for other in sets[1:]:
            there = set(map(identity, other or ()))
            kept = [one for one in kept if (identity(one) in there) == keep_common]
        return call.value(type_, set_content(kept, element))

    if keep_common:
        return Function(
            compute,
            (Parameter("first_set", _ANY_SET, unknown=True),),
            _ANY_SET,
            variadic=Parameter("other_sets", _ANY_SET, unknown=True),
        )
    parameters = (Parameter("a", _ANY_SET, unknown=True), Parameter("b", _ANY_SET, unknown=True))
    return Function(compute, parameters, _ANY_SET)


# --- products -----------------------------------------------------------------------------------


def _factor_type(call: Call, index: int) -> Type:
    type_ = type_of(call.arguments[index])
    if type_.kind in ("set", "list"):
        return element_of(type_)
    if type_.kind != "tuple":
        if type_.kind == "any":
            return ANY
        raise call.error("a set or a list is required", index)
    if not type_.elements:
        return ANY
    common = unify(type_.elements)
    if common is None:
        raise call.error("all elements must be of the same type", index)
    if common.kind == "any" and len({one for one in type_.elements if one.kind != "any"}) > 1:
        raise NotKnownError(call.derived())
    return common


def _product(call: Call) -> Value:
    if len(call.arguments) < 2:
        raise call.error("at least two arguments are required")
    factors = [_factor_type(call, index) for index in range(len(call.arguments))]
    kinds = [type_of(argument).kind for argument in call.arguments]
    listed = all(kind in ("list", "tuple") for kind in kinds)
    row_type = tuple_of(factors)
    type_ = list_of(row_type) if listed else set_of(row_type)
    if "any" in kinds and "set" not in kinds:
        type_ = ANY
    if any(argument.elements is None for argument in call.arguments):
        looks = [representative(argument, call) for argument in call.arguments]
        row = None
        if all(look is not None for look in looks):
            row = Value(row_type, tuple(look for look in looks if look is not None), call.origin)
        return call.derived(type_, row)
    rows = _rows(call, factors)
    call.spend(len(rows) * (STEPS_PER_PART + 2 * len(factors)))
    content = tuple(Value(tuple_of(one.type for one in row), row, call.origin) for row in rows)
    if type_.kind != "set":
        return call.value(type_, content)
    call.spend_on(*content)
    return call.value(type_, set_content(content, row_type))


def _rows(call: Call, factors: list[Type]) -> list[tuple[Value, ...]]:
    total = 1
    for argument in call.arguments:
        total = min(total * len(argument.elements or ()), _MOST_ROWS)
    if total == 0:
        return []
    call.spend(total * (1 + len(factors)))
    call.spend_on(*call.arguments)
    columns: list[list[Value]] = []
    for index, (argument, factor) in enumerate(zip(call.arguments, factors, strict=True)):
        try:
            columns.append([convert(element, factor) for element in parts(argument, call) or ()])
        except ConversionError as error:
            raise call.error(error.message, index) from None
    return list(product(*columns))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "setintersection": _combined(keep_common=True),
    "setproduct": Function(
        _product, (), ANY, variadic=Parameter("sets", unknown=True, marks="shallow")
    ),
    "setsubtract": _combined(keep_common=False),
    "setunion": Function(
        _union,
        (Parameter("first_set", _ANY_SET, unknown=True),),
        _ANY_SET,
        variadic=Parameter("other_sets", _ANY_SET, unknown=True),
    ),
}
