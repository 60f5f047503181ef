"""Values of string, number and identifier tokens: escapes resolved, text in Unicode NFC."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
# Beyond these an int would cost more than it is worth (and Python refuses to read it at all).
_MAX_INTEGER_DIGITS = 400


def normalized(text: str) -> str:
    """``text`` in Unicode normalization form C, in which HCL compares strings and names.

    In time that grows with its length: see ``stream_safe``.
    """
    if text.isascii():
        return text
    from unicodedata import normalize

    from symlint.hcl.native.stream_safe import stream_safe

    return normalize("NFC", stream_safe(text))


def quoted_text(text: str) -> str:
    """The value of literal text of a quoted string, its escapes resolved."""
    if "\\" in text:
        text = re.sub(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|\$\$\{|%%\{", _unescape, text)
    elif "{" in text:
        text = template_text(text)
    return text if text.isascii() else normalized(text)


def _unescape(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits:
        return chr(int(digits, 16))
    character = match[3]
    if character:
        return _ESCAPES.get(character, character)
    return match[0][1:]


def template_text(text: str) -> str:
    """The value of literal text of a heredoc or bare template: only ``$${`` and ``%%{`` escape."""
    if "{" in text:
        text = text.replace("$${", "${").replace("%%{", "%{")
    return text if text.isascii() else normalized(text)


def number_value(text: str) -> int | Decimal | None:
    """The exact value of a number token; None where the text is not a number (``1.2.3``).

    An int where the value is integral (and of at most 400 digits), a Decimal otherwise.
    """
    if text.isdigit() and len(text) <= _MAX_INTEGER_DIGITS:
        return int(text)
    from decimal import Decimal, InvalidOperation

    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    if value.adjusted() < _MAX_INTEGER_DIGITS and value == value.to_integral_value():
        return int(value)
    return value


def visible(text: str, limit: int = 40) -> str:
    """``text`` in quotes for a message: control characters escaped, at most ``limit`` of it."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    shown = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )
    return f"'{shown}'" if '"' in shown else f'"{shown}"'
