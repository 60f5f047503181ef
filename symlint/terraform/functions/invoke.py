"""Calling a function: arguments are converted, and what is not known or sensitive is dealt with."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import (
    DERIVED_REASON,
    Call,
    FunctionError,
    NotKnownError,
    OverBudgetError,
)
from symlint.terraform.functions.inspection import deep_sensitive
from symlint.terraform.values.numbers import STEPS_PER_NUMBER
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING, Type
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.source.text import Range
    from symlint.terraform.functions.calls import CallContext, Function

MAXIMUM_ALTERNATIVES: Final = 8
"""A function is computed for each alternative of an unknown argument, up to this many."""

_STEPS_PER_CALL: Final = 50
_STEPS_PER_ARGUMENT: Final = 12
_CHARACTERS_PER_STEP: Final = 64
"""Of a text that is searched, hashed or encoded."""

_BUDGET_REASON: Final = "computing it takes more work than is allowed"


def invoke(
    name: str,
    function: Function,
    arguments: Sequence[Value],
    context: CallContext,
    origin: Range | None,
) -> Value:
    """The result of a call. Raises FunctionError for what Terraform refuses."""
    _check_count(function, len(arguments))
    call = Call(name, function, tuple(arguments), context, origin)
    try:
        call.spend(_STEPS_PER_CALL + len(arguments) * _STEPS_PER_ARGUMENT)
        return _invoke(call, MAXIMUM_ALTERNATIVES)
    except OverBudgetError:
        context.budget.lose()
        return call.unknown(_BUDGET_REASON, kind="budget")


def _invoke(call: Call, breadth: int) -> Value:
    for index, argument in enumerate(call.arguments):
        unknown = argument.content
        if isinstance(unknown, Unknown) and unknown.alternatives:
            if len(unknown.alternatives) <= breadth:
                result = _each_alternative(call, index, unknown, breadth)
                if result is not None:
                    return result
            break
    sensitive = _looked_at(call)
    converted, returns_unknown = _converted(call)
    if returns_unknown:
        result = converted.derived()
    else:
        try:
            result = call.function.compute(converted)
        except NotKnownError as error:
            result = error.value
        except OverflowError:
            result = call.unknown("it is outside the range of numbers that are computed here")
    return result.as_sensitive() if sensitive else result


def _looked_at(call: Call) -> bool:
    """Whether an argument makes the result sensitive.

    What it costs to look through texts, and for the types of values, is taken from the budget.
    """
    collections = False
    sensitive = False
    for argument in call.arguments:
        content = argument.content
        sensitive = sensitive or argument.sensitive
        if isinstance(content, str):
            if len(content) >= _CHARACTERS_PER_STEP:
                call.spend(len(content) // _CHARACTERS_PER_STEP)
        elif isinstance(content, (tuple, dict)):
            collections = True
            if argument.type.kind == "any":
                call.spend_on(argument)
    return (sensitive or collections) and _any_sensitive(call)


def _each_alternative(call: Call, index: int, unknown: Unknown, breadth: int) -> Value | None:
    """The result for an argument that is one of several values; None when one is refused."""
    results: list[Value] = []
    for alternative in unknown.alternatives:
        replaced = (*call.arguments[:index], alternative, *call.arguments[index + 1 :])
        one = Call(call.name, call.function, replaced, call.context, call.origin)
        try:
            result = _invoke(one, breadth // len(unknown.alternatives))
        except FunctionError:
            return None
        nested = result.unknown
        results.extend(nested.alternatives if nested and nested.alternatives else (result,))
    marks = call.function.parameter(index).marks
    sensitive = call.arguments[index].sensitive and marks != "function"
    if sensitive:
        results = [result.as_sensitive() for result in results]
    first = results[0]
    if all(_same_scalar(first, result) for result in results[1:]):
        return first
    type_ = first.type if all(result.type == first.type for result in results) else ANY
    content = Unknown(
        "derived", unknown.reason or DERIVED_REASON, alternatives=tuple(results), not_null=False
    )
    return Value(type_, content, call.origin, sensitive=any(map(_is_sensitive, results)))


def _same_scalar(left: Value, right: Value) -> bool:
    """Whether both are the same known string, number or bool."""
    if left.type != right.type or left.type not in (STRING, NUMBER, BOOL):
        return False
    if left.sensitive != right.sensitive or isinstance(left.content, Unknown):
        return False
    return left.content == right.content


def _check_count(function: Function, given: int) -> None:
    required = len(function.parameters)
    if given < required:
        missing = function.parameters[given].name
        at_least = "at least " if function.variadic else ""
        raise FunctionError(
            f'expects {at_least}{required} argument(s). Missing value for "{missing}"'
        )
    if given > required and function.variadic is None:
        raise FunctionError(f"expects only {required} argument(s)", required)


def _converted(call: Call) -> tuple[Call, bool]:
    """The call with arguments of the parameters' types, and whether one of them is not known."""
    arguments: list[Value] = []
    returns_unknown = changed = False
    for argument, parameter in zip(call.arguments, call.function.each_parameter(), strict=False):
        wanted = parameter.type
        if wanted is not ANY and argument.type is not wanted and argument.type != wanted:
            argument = _convert(call, len(arguments), argument, wanted)
            changed = True
        if argument.content is None and not parameter.nullable:
            raise call.error("argument must not be null", len(arguments))
        if not parameter.unknown and isinstance(argument.content, Unknown):
            returns_unknown = True
        arguments.append(argument)
    if changed:
        call = Call(call.name, call.function, tuple(arguments), call.context, call.origin)
    return call, returns_unknown


def _convert(call: Call, index: int, argument: Value, type_: Type) -> Value:
    from symlint.terraform.values.conversion import ConversionError, convert

    call.spend_on(argument)
    if type_ is NUMBER and isinstance(argument.content, str):
        call.spend(STEPS_PER_NUMBER)
    try:
        return convert(argument, type_)
    except ConversionError as error:
        raise call.error(error.message, index) from None


def _any_sensitive(call: Call) -> bool:
    """Whether an argument makes the result sensitive."""
    for argument, parameter in zip(call.arguments, call.function.each_parameter(), strict=False):
        if argument.sensitive and parameter.marks != "function":
            return True
        if (
            isinstance(argument.content, (tuple, dict))
            and parameter.marks == "deep"
            and deep_sensitive(argument, call)
        ):
            return True
    return False


def _is_sensitive(value: Value) -> bool:
    return value.sensitive
