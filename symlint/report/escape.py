"""Makes text from files harmless: what a terminal, a log or a browser would act on is spelt out.

A configuration can hold ANSI escapes, bidirectional controls (text that reads differently from
what it says), and lines that a CI system takes for commands. Every format passes what it shows
through ``neutralise``; formats with a syntax of their own escape for that syntax afterwards.
"""

from __future__ import annotations

from functools import lru_cache

from symlint.annotations import Any, Final

KEPT_FORMAT_CHARACTERS: Final = "\u200c\u200d"
"""Zero-width non-joiner and joiner: ordinary writing in Persian and Hindi, and in emoji."""

_INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""What is printable and shows nothing: fillers of Hangul, the blank of Braille, joiners."""

_LOG_COMMANDS: Final = ("##[", "##vso[", "##teamcity[")
"""How commands to GitHub Actions (old form), Azure Pipelines and TeamCity begin, anywhere in a line."""


def neutralise(text: str) -> str:
    """``text`` on one line with control, bidirectional and invisible characters as escapes.

    A line end becomes ``\\n``, a byte that is not UTF-8 ``\\xNN``. Nothing is lost and no
    character is added that was not there, except in escapes.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(escape_character, text))
    return _without_commands(text, "\\x23")


def is_log_command(text: str, index: int) -> bool:
    """Whether a command to a CI system begins with the character at ``index``."""
    return text[index : index + 11].lower().startswith(_LOG_COMMANDS)


def _without_commands(text: str, number_sign: str) -> str:
    """``text`` with ``number_sign`` as the first character of each command to a CI system."""
    parts: list[str] = []
    taken = 0
    index = text.find("##")
    while index >= 0:
        if is_log_command(text, index):
            parts += (text[taken:index], number_sign)
            taken = index + 1
        index = text.find("##", index + 1)
    return "".join((*parts, text[taken:])) if taken else text


def json_text(data: Any) -> str:
    """Plain data as indented JSON in ASCII, in which no CI system finds a command."""
    from symlint.report.formats.indented_json import indented

    return guard_json(indented(data))


def guard_json(text: str) -> str:
    """The same JSON, in which no CI system finds a command: only strings have number signs."""
    return _without_commands(text, "\\u0023")


def neutralise_lines(text: str) -> list[str]:
    """The lines of ``text``, each neutralised."""
    return [neutralise(line) for line in text.replace("\r\n", "\n").split("\n")]


def neutralise_block(text: str) -> str:
    """``text`` neutralised, its line ends kept."""
    return "\n".join(neutralise_lines(text))


@lru_cache(4096)
def escape_character(character: str) -> str:
    """A character as it may be shown: itself, or its escape."""
    if character.isprintable() and character not in _INVISIBLE:
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # surrogateescape: an undecodable byte
        return f"\\x{code - 0xDC00:02x}"
    if character in "\t\n\r":
        return {"\t": "\\t", "\n": "\\n", "\r": "\\r"}[character]
    if not _is_dangerous(character):
        return character
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _is_dangerous(character: str) -> bool:
    from unicodedata import category

    kind = category(character)
    if character in _INVISIBLE:
        return True
    if kind == "Cn":  # Unassigned: newer than this Python, or never a character at all.
        return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return kind in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in KEPT_FORMAT_CHARACTERS


def guard_log(text: str) -> str:
    """``text`` with no line that GitHub Actions would take for a workflow command.

    A command is a line whose first characters, blanks aside, are two colons.
    """
    if "::" not in text:
        return text
    return "\n".join(
        line.replace("::", "\\x3a:", 1) if line.lstrip().startswith("::") else line
        for line in text.split("\n")
    )


def without_surrogates(text: str) -> str:
    """``text`` with undecodable bytes as ``\\xNN``, so that it can be encoded as UTF-8."""
    if text.isascii():
        return text
    return "".join(
        escape_character(character) if "\ud800" <= character <= "\udfff" else character
        for character in text
    )
