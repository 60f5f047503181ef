"""How a function is declared and called: arguments, errors, and what happens to unknown values.

The rules are those of ``github.com/zclconf/go-cty/cty/function``: arguments are converted to the
parameters' types, null is refused unless a parameter allows it, an unknown argument makes the
result unknown unless the function itself knows better, and sensitive arguments make a sensitive
result.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from symlint.terraform.functions.inspection import deep_sensitive, normalized
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING, Type
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from fractions import Fraction

    from symlint.source.text import Range
    from symlint.terraform.expressions.scope import Budget, Files
    from symlint.terraform.values.value import Content, UnknownKind

MAXIMUM_ALTERNATIVES: Final = 8
"""A function is computed for each alternative of an unknown argument, up to this many."""

DERIVED_REASON: Final = "it is computed from a value that is not known"
BUDGET_REASON: Final = "computing it takes more work than is allowed"
_MOST_LOOKED_AT: Final = 64
_BIGGEST_INT64: Final = (1 << 63) - 1


class FunctionError(Exception):
    """Terraform would refuse the call.

    ``message`` states the fact in Terraform's words, lower case, no full stop. ``argument`` is
    the index of the argument at fault and ``parameter`` its name, None when it is none in
    particular.
    """

    def __init__(
        self, message: str, argument: int | None = None, parameter: str | None = None
    ) -> None:
        super().__init__(message)
        self.message: Final = message
        self.argument: Final = argument
        self.parameter: Final = parameter


class OverBudgetError(Exception):
    """The budget does not allow the work that a function was about to do."""


class NotKnownError(Exception):
    """The result cannot be known, although every argument is; ``value`` says why."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value: Final = value


class CallContext(NamedTuple):
    """What functions need of their surroundings.

    ``render_template`` gives the value of a template: its text, its variables, and the name to
    use for it in messages. It raises FunctionError for what Terraform would refuse.
    """

    budget: Budget
    files: Files
    render_template: Callable[[str, Mapping[str, Value], str], Value]


class Parameter(NamedTuple):
    """One parameter; ``type`` is what arguments are converted to, any for "as it is".

    ``unknown``: the function itself deals with arguments that are not known. ``marks``: what of
    an argument's sensitivity reaches the result: that of anything in it, only its own, or what
    the function decides.
    """

    name: str
    type: Type = ANY
    nullable: bool = False
    unknown: bool = False
    marks: Literal["deep", "shallow", "function"] = "deep"


class Function(NamedTuple):
    """A function of the language; ``returns`` is the type of its unknown results."""

    compute: Callable[[Call], Value]
    parameters: tuple[Parameter, ...]
    returns: Type = ANY
    variadic: Parameter | None = None

    def parameter(self, index: int) -> Parameter:
        """The parameter that takes the argument at ``index``."""
        if index < len(self.parameters):
            return self.parameters[index]
        assert self.variadic is not None
        return self.variadic


class Call:
    """One call: its converted arguments, and ways to make results."""

    __slots__ = ("arguments", "context", "function", "name", "origin")

    def __init__(
        self,
        name: str,
        function: Function,
        arguments: tuple[Value, ...],
        context: CallContext,
        origin: Range | None,
    ) -> None:
        self.name: Final = name
        self.function: Final = function
        self.arguments: Final = arguments
        self.context: Final = context
        self.origin: Final = origin

    # --- arguments ---

    def text(self, index: int) -> str:
        """The text of a known string argument."""
        content = self.arguments[index].content
        assert isinstance(content, str)
        return content

    def number(self, index: int) -> int | Fraction:
        """The value of a known number argument."""
        content = self.arguments[index].content
        assert not isinstance(content, (str, bool, tuple, Unknown))
        return content  # type: ignore[return-value]  # a known number is an int or a Fraction

    def integer(self, index: int, prefix: str = "", argument: int | None = None) -> int:
        """The value of a known number argument that must be a whole number of 64 bits."""
        number = self.number(index)
        if not isinstance(number, int) or not ~_BIGGEST_INT64 <= number <= _BIGGEST_INT64:
            raise self.error(
                f"{prefix}value must be a whole number, between {~_BIGGEST_INT64} and "
                f"{_BIGGEST_INT64}",
                argument,
            )
        return int(number)

    def elements(self, index: int) -> tuple[Value, ...]:
        """The elements of a known list, set or tuple argument."""
        content = self.arguments[index].content
        assert isinstance(content, tuple)
        self.spend(len(content))
        return content

    # --- results ---

    def spend(self, steps: int) -> None:
        """Take steps from the budget. Raises OverBudgetError when it does not have them."""
        if not self.context.budget.spend(steps):
            raise OverBudgetError

    def error(self, message: str, argument: int | None = None) -> FunctionError:
        """What to raise when Terraform refuses the call; ``argument`` is the one at fault."""
        parameter = None if argument is None else self.function.parameter(argument).name
        return FunctionError(message, argument, parameter)

    def string(self, text: str) -> Value:
        """A string result; Terraform normalizes every string to Unicode's form NFC."""
        self.spend(len(text) // 16)
        return Value(STRING, normalized(text), self.origin)

    def numeric(self, value: int | Fraction) -> Value:
        """A number result."""
        return Value(NUMBER, value, self.origin)

    def count(self, value: int) -> Value:
        """A whole number that Terraform itself makes, such as a length."""
        from symlint.terraform.values.conversion import MACHINE_NUMBER

        return Value(MACHINE_NUMBER, value, self.origin)

    def boolean(self, value: bool) -> Value:
        """A bool result."""
        return Value(BOOL, value, self.origin)

    def value(self, type_: Type, content: Content) -> Value:
        """Any other result."""
        return Value(type_, content, self.origin)

    def unknown(
        self,
        reason: str,
        type_: Type | None = None,
        kind: UnknownKind = "function",
        element: Value | None = None,
        not_null: bool = True,
    ) -> Value:
        """A result that is not known; ``reason`` completes "not known, because ..."."""
        content = Unknown(kind, reason, element=element, not_null=not_null)
        return Value(self.function.returns if type_ is None else type_, content, self.origin)

    def derived(self, type_: Type | None = None, element: Value | None = None) -> Value:
        """A result that is not known because an argument, or a part of one, is not."""
        reason = _first_reason(self.arguments) or DERIVED_REASON
        return self.unknown(reason, type_, "derived", element)


def _first_reason(values: Iterable[Value]) -> str:
    """Why the first unknown value among some values, or in one of them, is not known; or ""."""
    pending = list(islice(values, _MOST_LOOKED_AT))
    for value in pending:
        content = value.content
        if isinstance(content, Unknown) and content.reason:
            return content.reason
        inside = content if isinstance(content, tuple) else ()
        if type(content) is dict:
            inside = tuple(content.values())
        if inside and len(pending) < _MOST_LOOKED_AT:
            pending.extend(inside[:_MOST_LOOKED_AT])
    return ""


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
        call.spend(1 + len(arguments))
        return _invoke(call, MAXIMUM_ALTERNATIVES)
    except OverBudgetError:
        return call.unknown(BUDGET_REASON, kind="budget")


def _invoke(call: Call, breadth: int) -> Value:
    for index, argument in enumerate(call.arguments):
        unknown = argument.unknown
        if unknown is not None and unknown.alternatives:
            if len(unknown.alternatives) <= breadth:
                result = _each_alternative(call, index, unknown, breadth)
                if result is not None:
                    return result
            break
    sensitive = _any_sensitive(call)
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
    returns_unknown = False
    for index, argument in enumerate(call.arguments):
        parameter = call.function.parameter(index)
        if argument.type != parameter.type and parameter.type is not ANY:
            argument = _convert(call, index, argument, parameter.type)
        if argument.content is None and not parameter.nullable:
            raise call.error("argument must not be null", index)
        if not parameter.unknown and isinstance(argument.content, Unknown):
            returns_unknown = True
        arguments.append(argument)
    converted = Call(call.name, call.function, tuple(arguments), call.context, call.origin)
    return converted, returns_unknown


def _convert(call: Call, index: int, argument: Value, type_: Type) -> Value:
    from symlint.terraform.values.conversion import ConversionError, convert

    content = argument.content
    if isinstance(content, (tuple, dict)):
        call.spend(len(content))
    try:
        return convert(argument, type_)
    except ConversionError as error:
        raise call.error(error.message, index) from None


def _any_sensitive(call: Call) -> bool:
    """Whether an argument makes the result sensitive."""
    for index, argument in enumerate(call.arguments):
        marks = call.function.parameter(index).marks
        if argument.sensitive and marks != "function":
            return True
        if marks == "deep" and deep_sensitive(argument, call):
            return True
    return False


def _is_sensitive(value: Value) -> bool:
    return value.sensitive
