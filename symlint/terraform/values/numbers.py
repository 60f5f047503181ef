"""Terraform's numbers: binary floating point with 512 bits of mantissa, as Go's ``big.Float``.

A number is an int where it is integral, else the ``Fraction`` that the float holds exactly.
Parsing, rounding and printing follow ``math/big`` (``Float.Parse``, ``Float.Text('f', -1)``) and
``github.com/zclconf/go-cty/cty`` (``Value.Add`` and the like). Integers that Terraform itself
makes (the length of a list, an index) have only ``MACHINE_BITS`` bits, and so has what is computed
from two of them; see ``operators``.

Numbers whose magnitude is outside 2 ** +-``LARGEST_EXPONENT``, and infinity, raise OverflowError:
Terraform could print them, nobody can use them. No operation on those within takes more than a
fifth of a millisecond; ``steps_of_number`` says what it costs.
"""

from __future__ import annotations

from functools import lru_cache

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

Number: TypeAlias = "int | Fraction"

PRECISION: Final = 512
MACHINE_BITS: Final = 64
DOUBLE_BITS: Final = 53
LARGEST_EXPONENT: Final = 4_096
_LARGEST_DECIMAL_EXPONENT: Final = 2_000
_MOST_DIGITS: Final = 4_000  # int() and str() refuse more than 4300 digits
STEPS_PER_NUMBER: Final = 150
"""What reading a number costs, other than a small integer."""

_BITS_THAT_COUNT: Final = 700
"""More than a number has: the decimal digits that decide which text is the shortest."""


def steps_of_number(number: Number) -> int:
    """How many steps an operation on a number costs, or writing it."""
    if isinstance(number, int) and -(1 << 63) < number < 1 << 63:
        return 1
    return 400 + number.denominator.bit_length() // 3


class _NegativeZero(int):
    """Zero with the sign that Go's floats keep: equal to zero, and written ``-0``."""

    __slots__ = ()


NEGATIVE_ZERO: Final = _NegativeZero(0)


def _shift_rounded(mantissa: int, sticky: bool, excess: int) -> int:
    """``mantissa`` (not negative) without its ``excess`` lowest bits, rounded half to even."""
    if excess <= 0:
        return mantissa
    kept = mantissa >> excess
    rest = mantissa & ((1 << excess) - 1)
    half = 1 << (excess - 1)
    if rest > half or (rest == half and (sticky or kept & 1)):
        kept += 1
    return kept


def _make(negative: bool, mantissa: int, exponent: int) -> Number:
    """``mantissa * 2 ** exponent`` as a number."""
    if mantissa == 0:
        return 0
    trailing = (mantissa & -mantissa).bit_length() - 1
    mantissa >>= trailing
    exponent += trailing
    if abs(exponent + mantissa.bit_length()) > LARGEST_EXPONENT:
        raise OverflowError("number out of range")
    if negative:
        mantissa = -mantissa
    if exponent >= 0:
        return mantissa << exponent
    from fractions import Fraction

    return Fraction(mantissa, 1 << -exponent)


def _rounded_quotient(numerator: int, denominator: int, bits: int, exponent: int = 0) -> Number:
    """``numerator / denominator * 2 ** exponent``, rounded to ``bits`` bits, half to even."""
    negative = (numerator < 0) != (denominator < 0)
    numerator, denominator = abs(numerator), abs(denominator)
    if numerator == 0:
        return 0
    shift = max(0, bits + 2 - numerator.bit_length() + denominator.bit_length())
    quotient, rest = divmod(numerator << shift, denominator)
    excess = max(0, quotient.bit_length() - bits)
    mantissa = _shift_rounded(quotient, rest != 0, excess)
    return _make(negative, mantissa, exponent + excess - shift)


def rounded(number: Number, bits: int = PRECISION) -> Number:
    """``number`` as a float of ``bits`` bits holds it. Raises OverflowError when out of range."""
    if isinstance(number, int):
        if -(1 << 63) < number < 1 << 63:
            return number
        excess = number.bit_length() - bits
        if excess <= 0:
            return number
        return _make(number < 0, _shift_rounded(abs(number), False, excess), excess)
    return _rounded_quotient(number.numerator, number.denominator, bits)


# --- arithmetic ---------------------------------------------------------------------------------


def is_negative(number: Number) -> bool:
    """Whether a number has a minus sign; zero can have one."""
    return number < 0 or number is NEGATIVE_ZERO


def negate(number: Number) -> Number:
    """The number with the other sign."""
    if number == 0:
        return 0 if number is NEGATIVE_ZERO else NEGATIVE_ZERO
    return -number


def add(left: Number, right: Number, bits: int = PRECISION) -> Number:
    """The sum. Raises OverflowError when out of range."""
    if left is NEGATIVE_ZERO and right is NEGATIVE_ZERO:
        return NEGATIVE_ZERO
    return rounded(left + right, bits)


def subtract(left: Number, right: Number, bits: int = PRECISION) -> Number:
    """The difference. Raises OverflowError when out of range."""
    if left is NEGATIVE_ZERO and right == 0 and right is not NEGATIVE_ZERO:
        return NEGATIVE_ZERO
    return rounded(left - right, bits)


def multiply(left: Number, right: Number) -> Number:
    """The product, always with full precision. Raises OverflowError when out of range."""
    product = left * right
    if product == 0:
        return NEGATIVE_ZERO if is_negative(left) != is_negative(right) else 0
    return rounded(product)


def divide(left: Number, right: Number, bits: int = PRECISION) -> Number:
    """The quotient.

    Raises OverflowError when out of range, as anything but zero divided by zero is, and
    ZeroDivisionError for zero divided by zero, which is what Terraform refuses.
    """
    if right == 0:
        if left == 0:
            raise ZeroDivisionError("zero divided by zero")
        raise OverflowError("infinity")
    if left == 0:
        return NEGATIVE_ZERO if is_negative(left) != is_negative(right) else 0
    return _rounded_quotient(
        left.numerator * right.denominator, left.denominator * right.numerator, bits
    )


def modulo(left: Number, right: Number, bits: int = PRECISION) -> Number:
    """The remainder with the sign of ``left``; ``left`` itself where ``right`` is zero.

    Raises OverflowError when out of range.
    """
    if right == 0:
        return left
    whole = rounded(truncated(divide(left, right, bits)), bits)
    return subtract(left, rounded(multiply(right, whole), bits), bits)


def truncated(number: Number) -> int:
    """The integer part, towards zero."""
    if isinstance(number, int):
        return 0 if number == 0 else number
    whole = abs(number.numerator) // number.denominator
    return -whole if number.numerator < 0 else whole


# --- text ---------------------------------------------------------------------------------------


@lru_cache(maxsize=2_048)
def _power_of_five(exponent: int) -> tuple[int, int]:
    """5 ** ``exponent`` as (mantissa, exponent of 2), rounded as ``big.Float.pow5`` does."""
    bits = PRECISION + 64
    if exponent <= 240:
        return 5**exponent, 0

    def product(left: tuple[int, int], right: tuple[int, int], to: int) -> tuple[int, int]:
        mantissa = left[0] * right[0]
        excess = max(0, mantissa.bit_length() - to)
        return _shift_rounded(mantissa, False, excess), left[1] + right[1] + excess

    result, factor, left = (5**27, 0), (5, 0), exponent - 27
    while left:
        if left & 1:
            result = product(result, factor, bits)
        factor = product(factor, factor, bits + 64)
        left >>= 1
    return result


def _from_decimal(negative: bool, mantissa: int, exponent: int) -> Number:
    """``mantissa * 10 ** exponent`` as Terraform reads it."""
    if mantissa == 0:
        return NEGATIVE_ZERO if negative else 0
    if abs(exponent) > _LARGEST_DECIMAL_EXPONENT:
        raise OverflowError("number out of range")
    signed = -mantissa if negative else mantissa
    power, shift = _power_of_five(abs(exponent))
    if exponent >= 0:
        return _rounded_quotient(signed * power, 1, PRECISION, exponent + shift)
    return _rounded_quotient(signed, power, PRECISION, exponent - shift)


def parse_number(text: str) -> Number | None:
    """The number that ``text`` is when Terraform converts a string; None when it is none.

    Raises OverflowError when out of range, or infinite.
    """
    rest = text
    negative = rest[:1] == "-"
    if rest[:1] in ("-", "+"):
        rest = rest[1:]
    if rest in ("Inf", "inf"):
        raise OverflowError("infinity")
    if not rest.isascii():
        return None
    for marker in "eEpP":
        mantissa, found, exponent_text = rest.partition(marker)
        if found:
            break
    whole, _, decimals = mantissa.partition(".")
    if not (whole + decimals).isdigit():
        return None
    exponent = 0
    if found:
        unsigned = exponent_text[1:] if exponent_text[:1] in ("-", "+") else exponent_text
        if not unsigned.isdigit():
            return None
        exponent = int(unsigned[:20]) * (-1 if exponent_text[0] == "-" else 1)
    if len(whole) + len(decimals) > _MOST_DIGITS:
        raise OverflowError("number with too many digits")
    if found and marker in "pP":
        return _binary(negative, int(whole + decimals), -len(decimals), exponent)
    return _from_decimal(negative, int(whole + decimals), exponent - len(decimals))


def _binary(negative: bool, mantissa: int, decimal_exponent: int, exponent: int) -> Number:
    """``mantissa * 10 ** decimal_exponent * 2 ** exponent``."""
    if mantissa == 0:
        return NEGATIVE_ZERO if negative else 0
    if abs(exponent) > LARGEST_EXPONENT:
        raise OverflowError("number out of range")
    signed = -mantissa if negative else mantissa
    return _rounded_quotient(signed, 10**-decimal_exponent, PRECISION, exponent)


def from_literal(value: int | Decimal) -> Number:
    """The number that a literal of the source text stands for. Raises OverflowError."""
    if isinstance(value, int):
        return rounded(value)
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or len(digits) > _MOST_DIGITS:
        raise OverflowError("infinity, or too many digits")
    return _from_decimal(bool(sign), int("".join(map(str, digits))), exponent)


def format_number(number: Number, bits: int = PRECISION) -> str:
    """The decimal text of a number when Terraform converts it to a string.

    The shortest text that reads back as the same float of ``bits`` bits, never with an exponent.
    """
    if number == 0:
        return "-0" if number is NEGATIVE_ZERO else "0"
    if isinstance(number, int) and number.bit_length() <= bits:
        return str(number)
    mantissa, exponent = abs(number.numerator), 1 - number.denominator.bit_length()
    excess = mantissa.bit_length() - (bits + 1)
    # The lowest bit of the mantissa is now half a unit in the last place of the float.
    mantissa = mantissa >> excess if excess > 0 else mantissa << -excess
    exponent += excess
    scale = 5**-exponent if exponent < 0 else 1 << exponent
    places = -exponent if exponent < 0 else 0
    whole = mantissa * scale
    left_out = max(0, whole.bit_length() - _BITS_THAT_COUNT) * 3 // 10
    unit = 10**left_out
    first = [divmod(whole + step, unit) for step in (0, -scale, scale)]
    point = len(str(first[0][0])) + left_out - places
    # A digit stands for those that are left out, if any is not zero.
    exact, lower, upper = (f"{kept}1" if rest else str(kept).rstrip("0") for kept, rest in first)
    digits, carried = _shortest(exact, lower, upper, mantissa & 2 == 0)
    return _sign(number) + _place_point(digits, point + carried)


def _sign(number: Number) -> str:
    return "-" if number < 0 else ""


def _shortest(exact: str, lower: str, upper: str, inclusive: bool) -> tuple[str, int]:
    """The shortest digits between two bounds, and 1 when rounding added a digit in front.

    ``roundShortest`` of Go's ``math/big``: all three are significant digits without zeros at
    the end; the bounds themselves are allowed when ``inclusive``.
    """
    for place, digit in enumerate(exact):
        low = lower[place] if place < len(lower) else "0"
        high = upper[place] if place < len(upper) else "0"
        down = low != digit or (inclusive and place + 1 == len(lower))
        up = digit != high and (inclusive or chr(ord(digit) + 1) < high or place + 1 < len(upper))
        kept, rest = exact[: place + 1], exact[place + 1 :]
        if down and up:
            up = rest > "5" if rest[:1] == "5" else rest[:1] > "5"
            if rest == "5":
                up = int(kept[-1]) % 2 == 1
        if up:
            increased = str(int(kept) + 1)
            return increased.rstrip("0"), len(increased) - len(kept)
        if down:
            return kept.rstrip("0"), 0
    return exact, 0


def _place_point(digits: str, point: int) -> str:
    """Significant digits with the decimal point after ``point`` of them."""
    if point <= 0:
        return "0." + "0" * -point + digits
    if len(digits) <= point:
        return digits + "0" * (point - len(digits))
    return digits[:point] + "." + digits[point:]
