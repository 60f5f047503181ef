"""Positions as the protocol counts them: the only place where they become offsets, and back.

Lines and characters count from 0. A character is a unit of the encoding that client and server have
agreed on; symlint's own offsets count code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple

Encoding: TypeAlias = Literal["utf-8", "utf-16", "utf-32"]

BYTE_ORDER_MARK: Final = "\ufeff"

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A place in a text."""

    line: int
    character: int


class Positions:
    """The positions of one text.

    Where the client's text has a byte order mark, ``marked``, ``text`` is what follows it.
    """

    __slots__ = ("_encoding", "_lines", "_mark", "_text")

    def __init__(self, text: str, encoding: Encoding, *, marked: bool = False) -> None:
        self._text: Final = text
        self._encoding: Final[Encoding] = encoding
        self._mark: Final = self._units(BYTE_ORDER_MARK) if marked else 0
        self._lines: Final = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> Position:
        """Where an offset is."""
        line = bisect_right(self._lines, offset) - 1
        units = self._units(self._text[self._lines[line] : offset])
        return Position(line, units if line else units + self._mark)

    def offset(self, position: Position) -> int:
        """The offset of a position; the nearest one before where there is no such place."""
        line, character = position
        if line >= len(self._lines):
            return len(self._text)
        text = self._line(line)
        wanted = character if line else max(character - self._mark, 0)
        return self._lines[line] + self._characters(text, wanted)

    def _line(self, number: int) -> str:
        """A line without its end."""
        last = number + 1 == len(self._lines)
        end = len(self._text) if last else self._lines[number + 1]
        return self._text[self._lines[number] : end].rstrip("\r\n")

    def _units(self, text: str) -> int:
        if self._encoding == "utf-32" or text.isascii():
            return len(text)
        if self._encoding == "utf-16":
            return len(text) + sum(character > "\uffff" for character in text)
        return len(text.encode("utf-8", "surrogatepass"))

    def _characters(self, text: str, units: int) -> int:
        """How many characters of a line there are before some number of units."""
        if self._encoding == "utf-32" or text.isascii():
            return min(units, len(text))
        used = 0
        for index, character in enumerate(text):
            used += self._units(character)
            if used > units:
                return index
        return len(text)
