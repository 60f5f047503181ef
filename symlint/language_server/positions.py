"""Positions as the protocol counts them: the only place where they become offsets, and back.

Lines and characters count from 0. A character is a unit of the encoding that client and server have
agreed on; symlint's own offsets count code points.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple

Encoding: TypeAlias = Literal["utf-8", "utf-16", "utf-32"]

BYTE_ORDER_MARK: Final = "\ufeff"

_LINE_END: Final = re.compile(r"\r\n|\n|\r")

_WIDER: Final = {
    "utf-8": tuple(re.compile(f"[{it}-\U0010ffff]") for it in "\x80\u0800\U00010000"),
    "utf-16": (re.compile("[\U00010000-\U0010ffff]"),),
    "utf-32": (),
}
"""The characters that have a unit more, two more and three more than one."""


class Position(NamedTuple):
    """A place in a text."""

    line: int
    character: int


class Positions:
    """The positions of one text.

    Where the client's text has a byte order mark, ``marked``, ``text`` is what follows it.
    """

    def __init__(self, text: str, encoding: Encoding, *, marked: bool = False) -> None:
        self.text: Final = text
        self._mark: Final = _units(BYTE_ORDER_MARK, encoding) if marked else 0
        self._lines: Final = array("L", (0, *(it.end() for it in _LINE_END.finditer(text))))
        wider = () if text.isascii() else _WIDER[encoding]
        self._wider: Final = tuple(array("L", _starts(pattern, text)) for pattern in wider)
        self.breaks: Final = len(self._lines) - 1
        """How many lines end."""
        self.tail: Final = self._units(self._lines[-1], len(text))
        """The units of the last line."""

    @cached_property
    def newline(self) -> str:
        """What ends most lines."""
        crlf = self.text.count("\r\n")
        return "\r\n" if 2 * crlf > self.text.count("\n") else "\n"

    def position(self, offset: int) -> Position:
        """Where an offset is."""
        line = bisect_right(self._lines, offset) - 1
        units = self._units(self._lines[line], min(offset, len(self.text)))
        return Position(line, units if line else units + self._mark)

    def offset(self, position: Position) -> int:
        """The offset of a position; the nearest one before where there is no such place."""
        line, character = position
        if line > self.breaks:
            return len(self.text)
        wanted = character if line else max(character - self._mark, 0)
        start, end = self._lines[line], self._end(line)
        if not self._wider:
            return min(start + wanted, end)
        places = range(start, end + 1)
        return places[bisect_right(places, wanted, key=lambda it: self._units(start, it)) - 1]

    def _end(self, line: int) -> int:
        """Where a line ends, without what ends it."""
        if line == self.breaks:
            return len(self.text)
        end = self._lines[line + 1]
        return end - 2 if self.text.startswith("\r\n", end - 2) else end - 1

    def _units(self, start: int, end: int) -> int:
        more = (bisect_left(it, end) - bisect_left(it, start) for it in self._wider)
        return end - start + sum(more)


def _starts(pattern: re.Pattern[str], text: str) -> list[int]:
    return [it.start() for it in pattern.finditer(text)]


def _units(text: str, encoding: Encoding) -> int:
    return len(text) + sum(len(_starts(it, text)) for it in _WIDER[encoding])
