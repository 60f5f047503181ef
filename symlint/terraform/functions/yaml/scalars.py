"""What plain and quoted YAML scalars stand for, as ``github.com/zclconf/go-cty-yaml`` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.hcl.native.strings import normalized
from symlint.terraform.values.numbers import parse_number
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING

if TYPE_CHECKING:
    from symlint.terraform.functions.calls import Call
    from symlint.terraform.values.numbers import Number
    from symlint.terraform.values.value import Value


class UnsupportedYAMLError(Exception):
    """YAML that is invalid, or outside the part of it that is read here."""


_TRUE: Final = frozenset(
    ("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")
)  # fmt: skip  # as many a line as fit
_FALSE: Final = frozenset(
    ("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
)  # fmt: skip  # as many a line as fit
_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_SPECIAL: Final = frozenset((".inf", "+.inf", "-.inf", ".nan"))
_DIGITS: Final = frozenset("0123456789")
_HEXADECIMAL: Final = frozenset("0123456789abcdefABCDEF")
_OCTAL: Final = frozenset("01234567")
_QUOTED_ESCAPES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip  # as many a line as fit


def plain_scalar(text: str, call: Call) -> Value:
    """The value of a plain scalar. Raises UnsupportedYAMLError for dates and the like."""
    if text in _NULL:
        return call.value(ANY, None)
    if text in _TRUE or text in _FALSE:
        return call.value(BOOL, text in _TRUE)
    if text.lower() in _SPECIAL:
        raise UnsupportedYAMLError("infinity is not a number here")
    first = text[0]
    if first == "." or first in "+-" or first in _DIGITS:
        number = _based_integer(text)
        if number is not None:
            return call.count(number)
        decimal = _decimal(text)
        if decimal is not None:
            return call.value(NUMBER, decimal)
        if first in _DIGITS:
            moment = _timestamp(text)
            if moment is not None:
                return call.value(STRING, moment)
    return call.value(STRING, normalized(text))


def _based_integer(text: str) -> int | None:
    """A number such as ``0x1F`` or ``0o17``; None for any other text."""
    digits = text[2:]
    if text.startswith("0x") and digits and len(digits) <= 16:
        return int(digits, 16) if _HEXADECIMAL.issuperset(digits) else None
    if text.startswith("0o") and digits and len(digits) <= 20:
        return int(digits, 8) if _OCTAL.issuperset(digits) else None
    return None


def _decimal(text: str) -> Number | None:
    """A decimal number; None for any other text."""
    unsigned = text[1:] if text[0] in "+-" else text
    mantissa, exponent_sign, exponent = unsigned.replace("E", "e").partition("e")
    whole, _, decimals = mantissa.partition(".")
    if not whole + decimals or not _DIGITS.issuperset(whole + decimals):
        return None
    if exponent_sign:
        digits = exponent[1:] if exponent[:1] in ("+", "-") else exponent
        if not digits or not _DIGITS.issuperset(digits):
            return None
    return parse_number(text)


def _timestamp(text: str) -> str | None:
    """A date or time in the syntax of RFC 3339; None for what is no date.

    Raises UnsupportedYAMLError for the other forms that YAML has.
    """
    if len(text) <= 4 or text[4] != "-" or not _DIGITS.issuperset(text[:4]):
        return None
    from symlint.terraform.functions.dates import (
        TimestampError,
        format_timestamp,
        parse_timestamp,
    )

    full = text if len(text) > 10 else f"{text}T00:00:00Z"
    try:
        return format_timestamp(parse_timestamp(full))
    except TimestampError:
        raise UnsupportedYAMLError("a date is not read here") from None


def single_quoted(text: str, position: int) -> tuple[str, int]:
    """The text between the single quote at ``position`` and its end, and what comes after."""
    pieces: list[str] = []
    position += 1
    while True:
        end = text.find("'", position)
        if end < 0:
            raise UnsupportedYAMLError("a quoted string does not end")
        pieces.append(text[position:end])
        if not text.startswith("''", end):
            return folded("".join(pieces)), end + 1
        pieces.append("'")
        position = end + 2


def double_quoted(text: str, position: int) -> tuple[str, int]:
    """The text between the double quote at ``position`` and its end, and what comes after."""
    pieces: list[str] = []
    position += 1
    start = position
    while True:
        if position >= len(text):
            raise UnsupportedYAMLError("a quoted string does not end")
        character = text[position]
        if character == '"':
            pieces.append(folded(text[start:position]))
            return "".join(pieces), position + 1
        if character != "\\":
            position += 1
            continue
        if "\n" in text[start:position]:
            # Folding over an escape is left to those who need it.
            raise UnsupportedYAMLError("a folded string with escapes is not read here")
        pieces.append(text[start:position])
        escaped, position = _escape(text, position + 1)
        pieces.append(escaped)
        start = position


def _escape(text: str, position: int) -> tuple[str, int]:
    character = text[position : position + 1]
    if character in _QUOTED_ESCAPES and character:
        return _QUOTED_ESCAPES[character], position + 1
    width = {"x": 2, "u": 4, "U": 8}.get(character)
    digits = text[position + 1 : position + 1 + (width or 0)]
    if width is None or len(digits) != width or not _HEXADECIMAL.issuperset(digits):
        raise UnsupportedYAMLError("an escape is not read here")
    code = int(digits, 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise UnsupportedYAMLError("an escape is not a character")
    return chr(code), position + 1 + width


def folded(text: str) -> str:
    """A scalar over several lines, each line break a space and each empty line a line break."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    first, *middle, last = lines
    pieces = [first.rstrip(" \t")]
    breaks = 1
    for line in [*(line.strip(" \t") for line in middle), last.lstrip(" \t")]:
        if not line and line is not last:
            breaks += 1
            continue
        pieces.append("\n" * (breaks - 1) if breaks > 1 else " ")
        pieces.append(line)
        breaks = 1
    if breaks > 1:
        raise UnsupportedYAMLError("empty lines at the end of a quoted string are not read here")
    return "".join(pieces)
