"""Numbers as Go's ``fmt`` package writes ``big.Int`` and ``big.Float``.

``Int.Format`` and ``Float.Format`` of https://go.dev/src/math/big; the verbs are those of
``format``: %b %d %o %x %X for integers, %e %E %f %g %G for all numbers.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.numbers import format_number, is_negative

if TYPE_CHECKING:
    from symlint.terraform.values.numbers import Number

_RADIX: Final = {"b": 2, "o": 8, "d": 10, "x": 16, "X": 16}
_PREFIX: Final = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}
_SHORTEST_LIMIT: Final = 6
"""From this exponent on %g without a precision uses an exponent."""


class Verb(NamedTuple):
    """A formatting verb: its letter, flags, width and precision (None when left out)."""

    letter: str
    flags: str = ""
    width: int | None = None
    precision: int | None = None


class _Decimal(NamedTuple):
    """``0.digits * 10 ** point``; no digits for zero, no zeros at the end of them."""

    digits: str
    point: int


def general_text(number: Number, bits: int) -> str:
    """A number as %g without a precision writes it."""
    return _sign(number) + _general(_shortest(number, bits), None, "e")


def _sign(number: Number) -> str:
    return "-" if is_negative(number) else ""


def _shortest(number: Number, bits: int) -> _Decimal:
    """The shortest digits that stand for a float of so many bits."""
    text = format_number(number, bits).removeprefix("-")
    whole, _, decimals = text.partition(".")
    whole = whole.lstrip("0")
    if whole:
        return _Decimal((whole + decimals).rstrip("0"), len(whole))
    digits = decimals.lstrip("0")
    return _Decimal(digits.rstrip("0"), len(digits) - len(decimals)) if digits else _Decimal("", 0)


def _rounded(number: Number, decimals: int) -> _Decimal:
    """A number rounded to so many decimals (negative: tens), half to even."""
    numerator, denominator = abs(number.numerator), number.denominator
    # A float has no more decimals than its denominator has bits.
    decimals = min(decimals, denominator.bit_length() - 1)
    if decimals >= 0:
        numerator *= 10**decimals
    else:
        denominator *= 10**-decimals
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2):
        quotient += 1
    if quotient == 0:
        return _Decimal("", 0)
    digits = _digits(quotient, 10)
    return _Decimal(digits.rstrip("0"), len(digits) - decimals)


def _magnitude(number: Number) -> int:
    """Where the decimal point stands: 1 for 1 to 9.9, 0 for 0.1 to 0.99."""
    if number == 0:
        return 0
    numerator, denominator = abs(number.numerator), number.denominator
    guess = len(_digits(numerator, 10)) - len(_digits(denominator, 10))
    scaled = (
        (numerator, denominator * 10**guess)
        if guess >= 0
        else (numerator * 10**-guess, denominator)
    )
    return guess + 1 if scaled[0] >= scaled[1] else guess


def _significant(number: Number, count: int) -> _Decimal:
    return _rounded(number, count - _magnitude(number))


def _exponential(decimal: _Decimal, precision: int, letter: str) -> str:
    digits = decimal.digits or "0"
    exponent = decimal.point - 1 if decimal.digits else 0
    text = digits[0]
    if precision > 0:
        text += "." + digits[1 : precision + 1].ljust(precision, "0")
    return f"{text}{letter}{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def _fixed(decimal: _Decimal, precision: int) -> str:
    digits, point = decimal
    whole = digits[:point].ljust(point, "0") if point > 0 else "0"
    if precision <= 0:
        return whole
    decimals = digits[point:] if point >= 0 else "0" * -point + digits
    return whole + "." + decimals[:precision].ljust(precision, "0")


def _general(decimal: _Decimal, precision: int | None, letter: str) -> str:
    """``decimal``, already rounded to the precision, as %g writes it."""
    count = len(decimal.digits)
    wanted = count if precision is None else precision
    limit = _SHORTEST_LIMIT
    if precision is not None:
        limit = count if precision > count >= decimal.point else precision
    exponent = decimal.point - 1
    if exponent < -4 or exponent >= limit:
        return _exponential(decimal, min(wanted, count) - 1, letter)
    if wanted > decimal.point:
        wanted = count
    return _fixed(decimal, max(wanted - decimal.point, 0))


def _float_text(number: Number, bits: int, verb: Verb) -> str:
    letter, precision = verb.letter, verb.precision
    if letter in "eE":
        places = 6 if precision is None else precision
        return _exponential(_significant(number, places + 1), places, letter)
    if letter == "f":
        places = 6 if precision is None else precision
        return _fixed(_rounded(number, places), places)
    exponent_letter = "e" if letter == "g" else "E"
    if precision is None:
        return _general(_shortest(number, bits), None, exponent_letter)
    places = precision or 1
    return _general(_significant(number, places), places, exponent_letter)


def format_float(number: Number, bits: int, verb: Verb) -> str:
    """A number as %e, %E, %f, %g or %G writes it."""
    text = _float_text(number, bits, verb)
    flags = verb.flags
    sign = _sign(number) or ("+" if "+" in flags else " " if " " in flags else "")
    padding = max(0, (verb.width or 0) - len(sign) - len(text))
    if "0" in flags:
        return sign + "0" * padding + text
    return sign + text + " " * padding if "-" in flags else " " * padding + sign + text


def _digits(value: int, radix: int) -> str:
    """The digits of a value that is not negative."""
    return format(value, {2: "b", 8: "o", 10: "d", 16: "x"}[radix])


def format_integer(number: int, verb: Verb) -> str:
    """An integer as %b, %d, %o, %x or %X writes it."""
    letter, flags, precision = verb.letter, verb.flags, verb.precision
    digits = _digits(abs(number), _RADIX[letter])
    if letter == "X":
        digits = digits.upper()
    sign = "-" if number < 0 else "+" if "+" in flags else " " if " " in flags else ""
    prefix = _PREFIX.get(letter, "") if "#" in flags else ""
    if precision is not None:
        if precision == 0 and number == 0:
            return ""
        digits = digits.rjust(precision, "0")
    missing = max(0, (verb.width or 0) - len(sign) - len(prefix) - len(digits))
    if "-" in flags:
        return sign + prefix + digits + " " * missing
    if "0" in flags and precision is None:
        return sign + prefix + "0" * missing + digits
    return " " * missing + sign + prefix + digits
