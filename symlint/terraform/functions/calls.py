"""Function declarations, and Call: the arguments of a function call and its result.

The rules are those of ``github.com/zclconf/go-cty/cty/function``: arguments are converted to the
parameters' types, null is refused unless a parameter allows it, an unknown argument makes the
result unknown unless the function itself knows better, and sensitive arguments make a sensitive
result.
"""

from __future__ import annotations

from itertools import chain, islice, repeat

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.budget import TOO_MUCH_WORK
from symlint.hcl.native.strings import normalized
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.sizes import STEPS_PER_PART, spend_on, steps_of_text
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING, Type
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from symlint.budget import Budget
    from symlint.source.text import Range
    from symlint.terraform.functions.files import Files
    from symlint.terraform.values.value import Content, UnknownKind

DERIVED_REASON: Final = "it is computed from a value that is not known"
_MOST_LOOKED_AT: Final = 64
_BIGGEST_INT64: Final = (1 << 63) - 1


class FunctionError(Exception):
    """Terraform would refuse the call.

    ``message`` states the fact in Terraform's words, lower case, no full stop. ``argument`` is
    the index of the argument at fault and ``parameter`` its name, None when it is none in
    particular. ``help`` says what to write.
    """

    def __init__(
        self,
        message: str,
        argument: int | None = None,
        parameter: str | None = None,
        help_: str = "",
    ) -> None:
        super().__init__(message)
        self.message: Final = message
        self.argument: Final = argument
        self.parameter: Final = parameter
        self.help: Final = help_


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

    def each_parameter(self) -> Iterable[Parameter]:
        """The parameters that take the arguments, one after the other."""
        variadic = self.variadic
        return self.parameters if variadic is None else chain(self.parameters, repeat(variadic))


class Call:
    """One call: its converted arguments, and how results are made."""

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

    def spend_on(self, *values: Value) -> None:
        """Take what it costs to convert, compare or write values. Raises OverBudgetError."""
        if not spend_on(values, self.context.budget):
            raise OverBudgetError

    def spend_on_path(self, whole: Value) -> None:
        """Take what it costs to make parts that came by the path of the whole to that of their own.

        Raises OverBudgetError.
        """
        content, hops = whole.content, whole.hops
        if not isinstance(content, (tuple, dict)):
            return
        if not hops:
            self.spend(len(content) * STEPS_PER_PART)
            return
        parts = content.values() if isinstance(content, dict) else content
        own = sum([len(part.hops) for part in parts])
        self.spend(len(content) * (STEPS_PER_PART + len(hops) // 2) + own)

    def error(self, message: str, argument: int | None = None, help_: str = "") -> FunctionError:
        """What to raise when Terraform refuses the call; ``argument`` is the one at fault."""
        parameter = None if argument is None else self.function.parameter(argument).name
        return FunctionError(message, argument, parameter, help_)

    def string(self, text: str) -> Value:
        """A string result; Terraform normalizes every string to Unicode's form NFC."""
        self.spend(steps_of_text(text))
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
        """Any other result; the parts of a collection are taken from the budget."""
        if isinstance(content, (tuple, dict)):
            self.spend(len(content) * STEPS_PER_PART)
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
        if kind == "budget":
            self.context.budget.give_up(TOO_MUCH_WORK)
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
