"""Functions on numbers."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.inspection import wholly_known
from symlint.terraform.functions.text.writing import quoted
from symlint.terraform.values import numbers
from symlint.terraform.values.conversion import (
    DOUBLE_NUMBER,
    ConversionError,
    bits_of,
    convert,
    number_type,
    type_of,
)
from symlint.terraform.values.types import ANY, NUMBER, friendly_name, list_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.terraform.values.numbers import Number
    from symlint.terraform.values.value import Value

_MOST_GENERATED: Final = 1024
"""Terraform's own limit to what ``range`` gives."""

_MOST_DIGITS: Final = 1_000
"""Longer texts are not read as numbers: the work grows with the square of their length."""

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _absolute(call: Call) -> Value:
    number = call.number(0)
    value = -number if numbers.is_negative(number) else number
    return call.value(call.arguments[0].type, value)


def _ceiling(call: Call) -> Value:
    number = call.number(0)
    return call.value(call.arguments[0].type, -(-number.numerator // number.denominator))


def _floor(call: Call) -> Value:
    number = call.number(0)
    return call.value(call.arguments[0].type, number.numerator // number.denominator)


def _sign(call: Call) -> Value:
    number = call.integer(0)
    return call.count((number > 0) - (number < 0))


def _extreme(largest: bool) -> Function:
    def compute(call: Call) -> Value:
        if not call.arguments:
            raise call.error("must pass at least one number")
        best = 0
        for index in range(1, len(call.arguments)):
            number, other = call.number(index), call.number(best)
            call.spend(2 + numbers.steps_of_number(number))
            if number > other if largest else number < other:
                best = index
        return call.arguments[best]

    return Function(compute, (), NUMBER, variadic=Parameter("numbers", NUMBER))


def _double(call: Call, index: int) -> float:
    number = call.number(index)
    if number is numbers.NEGATIVE_ZERO:
        return -0.0
    try:
        return number.numerator / number.denominator
    except OverflowError:
        largest = f"{float.fromhex('0x1.fffffffffffffp+1023'):f}"
        raise call.error(f"value must be between -{largest} and {largest} inclusive") from None


def _double_result(call: Call, result: float) -> Value:
    """A number that Terraform holds with the 53 bits of a double."""
    import math

    if math.isnan(result):
        raise call.error("result is not a number")
    if math.isinf(result):
        return call.unknown("it is infinite")
    if result == 0 and math.copysign(1, result) < 0:
        return call.value(DOUBLE_NUMBER, numbers.NEGATIVE_ZERO)
    if result.is_integer():
        return call.value(DOUBLE_NUMBER, int(result))
    from fractions import Fraction

    return call.value(DOUBLE_NUMBER, Fraction(result))


def _natural_logarithm(number: float) -> float:
    """``math.Log`` of Go, bit by bit: FreeBSD's algorithm, which other libraries round better.

    https://go.dev/src/math/log.go has the description and the origin of the constants.
    """
    import math

    if number == 0:
        return -math.inf
    if number < 0:
        return math.nan
    fraction, exponent = math.frexp(number)
    if fraction < math.sqrt(2) / 2:
        fraction *= 2
        exponent -= 1
    f, k = fraction - 1, float(exponent)
    s = f / (2 + f)
    s2 = s * s
    s4 = s2 * s2
    odd = s2 * (
        6.666666666666735130e-01
        + s4
        * (
            2.857142874366239149e-01
            + s4 * (1.818357216161805012e-01 + s4 * 1.479819860511658591e-01)
        )
    )
    even = s4 * (
        3.999999999940941908e-01 + s4 * (2.222219843214978396e-01 + s4 * 1.531383769920937332e-01)
    )
    half = 0.5 * f * f
    low = s * (half + (odd + even)) + k * 1.90821492927058770002e-10
    return k * 6.93147180369123816490e-01 - ((half - low) - f)


def _logarithm(call: Call) -> Value:
    import math

    number, base = _natural_logarithm(_double(call, 0)), _natural_logarithm(_double(call, 1))
    try:
        return _double_result(call, number / base)
    except ZeroDivisionError:
        undefined = number == 0 or math.isnan(number)
        return _double_result(call, math.nan if undefined else math.inf)


def _power(call: Call) -> Value:
    import math

    base, exponent = _double(call, 0), _double(call, 1)
    if exponent == 0 or base == 1:
        return _double_result(call, 1.0)
    if exponent == 1:
        return _double_result(call, base)
    if base == 0:
        power = math.inf if exponent < 0 else 0.0
        odd = exponent.is_integer() and exponent % 2 == 1
        return _double_result(call, math.copysign(power, base) if odd else power)
    if abs(exponent) == 0.5:
        root = math.sqrt(base) if base > 0 else math.nan
        return _double_result(call, root if exponent > 0 else 1 / root)
    if not exponent.is_integer():
        if base < 0:
            return _double_result(call, math.nan)
        # Go computes e ** x with or without fused operations, as the processor has them.
        return call.unknown("the last digits of a fractional power depend on the machine")
    return _double_result(call, _whole_power(base, exponent))


def _whole_power(base: float, exponent: float) -> float:
    """``math.Pow`` of Go for whole exponents, bit by bit (https://go.dev/src/math/pow.go)."""
    import math

    count = int(abs(exponent))
    if count >= 1 << 63:
        if base == -1:
            return 1.0
        return 0.0 if (abs(base) < 1) == (exponent > 0) else math.inf
    result, result_exponent = 1.0, 0
    fraction, fraction_exponent = math.frexp(base)
    while count:
        if abs(fraction_exponent) > 1 << 12:
            result_exponent += fraction_exponent
            break
        if count & 1:
            result *= fraction
            result_exponent += fraction_exponent
        fraction *= fraction
        fraction_exponent <<= 1
        if fraction < 0.5:
            fraction += fraction
            fraction_exponent -= 1
        count >>= 1
    if exponent < 0:
        result, result_exponent = 1 / result, -result_exponent
    try:
        return math.ldexp(result, result_exponent)
    except OverflowError:
        return math.copysign(math.inf, result)


def _parse_integer(call: Call) -> Value:
    given = call.arguments[0]
    text = given.string
    if text is None:
        raise call.error(f"first argument must be a string, not {friendly_name(type_of(given))}", 0)
    base = call.integer(1, argument=1)
    if not 2 <= base <= 62:
        raise call.error("base must be a whole number between 2 and 62 inclusive", 1)
    negative = text.startswith("-")
    digits = text[1:] if text[:1] in ("-", "+") else text
    if len(digits) > _MOST_DIGITS:
        return call.unknown("the text is too long for a number", kind="budget")
    if base <= 36:
        digits = digits.lower() if digits.isascii() else digits
    allowed = frozenset(_DIGITS[:base])
    if not digits or not allowed.issuperset(digits):
        raise call.error(f"cannot parse {quoted(text)} as a base {base} integer", 0)
    call.spend(len(digits) * 4)
    value = 0
    for digit in digits:
        value = value * base + _DIGITS.index(digit)
    if value.bit_length() > numbers.LARGEST_EXPONENT:
        raise OverflowError
    signed = -value if negative else value
    return (
        call.count(signed) if value.bit_length() <= numbers.MACHINE_BITS else call.numeric(signed)
    )


def _range_bounds(call: Call) -> tuple[Value, Number, Value]:
    """Start, end and step."""
    count = len(call.arguments)
    if not 1 <= count <= 3:
        raise call.error("must have one, two, or three arguments")
    start = call.arguments[0] if count > 1 else call.count(0)
    end = call.number(min(count, 2) - 1)
    if count == 3:
        return start, end, call.arguments[2]
    return start, end, call.count(-1 if end < _content(start) else 1)


def _range(call: Call) -> Value:
    first, end, step_value = _range_bounds(call)
    start, step = _content(first), _content(step_value)
    if step < 0:
        if end > start:
            raise call.error("end must be less than start when step is negative", 1)
    elif end < start:
        raise call.error("end must be greater than start when step is positive", 1)
    # Adding gives a number as many bits as the more precise one of the two had.
    bits = bits_of(first)
    added_bits = max(bits, bits_of(step_value))
    results: list[Value] = []
    number = start
    steps = numbers.steps_of_number(start) + numbers.steps_of_number(step) + 4
    while number > end if step < 0 else number < end:
        if len(results) >= _MOST_GENERATED:
            raise call.error(
                f"more than {_MOST_GENERATED} values were generated; either decrease the "
                "difference between start and end or use a smaller step"
            )
        call.spend(steps)
        results.append(call.value(number_type(bits), number))
        number, bits = numbers.add(number, step, added_bits), added_bits
    return call.value(list_of(NUMBER), tuple(results))


def _sum(call: Call) -> Value:
    given = call.arguments[0]
    if not isinstance(given.content, (tuple, dict)):
        if type_of(given).kind in ("string", "number", "bool"):
            raise call.error("cannot sum noniterable", 0)
        return call.derived()
    if not given.content:
        raise call.error("cannot sum an empty list", 0)
    if isinstance(given.content, dict):
        name = friendly_name(type_of(given))
        raise call.error(f"argument must be list, set, or tuple. Received {name}", 0)
    if not wholly_known(given, call):
        return call.derived()
    total: Number = numbers.NEGATIVE_ZERO  # to which any number can be added without changing it
    bits = 0
    for element in given.content:
        number = _summand(call, element)
        call.spend(4 + numbers.steps_of_number(_content(number)) + numbers.steps_of_number(total))
        total = numbers.add(total, _content(number), max(bits, bits_of(number)))
        bits = max(bits, bits_of(number))
    return call.value(number_type(bits), total)


def _summand(call: Call, element: Value) -> Value:
    if element.is_null:
        raise call.error("argument must be list, set, or tuple of number values", 0)
    if isinstance(element.content, str):
        call.spend(numbers.STEPS_PER_NUMBER)
    try:
        number = convert(element, NUMBER)
    except ConversionError:
        raise call.error("argument must be list, set, or tuple of number values", 0) from None
    if number.is_unknown:
        raise NotKnownError(call.derived())
    return number


def _content(value: Value) -> Number:
    content = value.content
    assert content is not None
    return content  # type: ignore[return-value]  # a known number


_NUM: Final = Parameter("num", NUMBER)

FUNCTIONS: Final[Mapping[str, Function]] = {
    "abs": Function(_absolute, (_NUM,), NUMBER),
    "ceil": Function(_ceiling, (_NUM,), NUMBER),
    "floor": Function(_floor, (_NUM,), NUMBER),
    "log": Function(_logarithm, (_NUM, Parameter("base", NUMBER)), NUMBER),
    "max": _extreme(largest=True),
    "min": _extreme(largest=False),
    "parseint": Function(
        _parse_integer, (Parameter("number", ANY), Parameter("base", NUMBER)), NUMBER
    ),
    "pow": Function(_power, (_NUM, Parameter("power", NUMBER)), NUMBER),
    "range": Function(_range, (), list_of(NUMBER), variadic=Parameter("params", NUMBER)),
    "signum": Function(_sign, (_NUM,), NUMBER),
    "sum": Function(_sum, (Parameter("list"),), NUMBER),
}
