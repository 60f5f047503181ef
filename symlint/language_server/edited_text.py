"""A text while it is edited: a change takes as long as it is large, however large the text is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from symlint.language_server.positions import Position, Positions
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from symlint.language_server.positions import Encoding

_PIECE: Final = 4_096
"""The characters of a piece of a text; one that has got twice as many is divided."""


class Change(NamedTuple):
    """A new text for what is between two positions; without them, for the whole file."""

    text: str
    span: tuple[Position, Position] | None = None


class EditedText:
    """A text in pieces, of which a change makes those anew that it is in.

    No piece ends within what ends a line.
    """

    def __init__(self, text: str) -> None:
        self._text: str | None = text
        self._whole: str | None = None
        self._pieces: list[Positions] = []

    @property
    def whole(self) -> str:
        """The text as it can be written: half a character is a replacement."""
        if self._whole is None:
            self._whole = _with_characters(self._joined())
        return self._whole

    def _joined(self) -> str:
        if self._text is None:
            self._text = "".join(it.text for it in self._pieces)
        return self._text

    def change(self, change: Change, encoding: Encoding) -> None:
        """Take a change, with positions as ``encoding`` counts them: the same one each time."""
        self._whole = None
        if change.span is None:
            self._text = change.text
            self._pieces = []
            return
        if not self._pieces:
            self._pieces = _divided(self._joined(), encoding)
        self._text = None
        first, last = (self._place(it) for it in change.span)
        self._replace(first, max(first, last), change.text, encoding)

    def _place(self, position: Position) -> tuple[int, int]:
        """The piece that a position is in, by its number, and the offset there."""
        line, character = position
        last = len(self._pieces) - 1
        index = 0
        while line > (piece := self._pieces[index]).breaks:
            if index == last:
                return last, len(piece.text)
            line -= piece.breaks
            index += 1
        # The line begins in this piece, and may go on in the next ones.
        while line == piece.breaks and character > piece.tail and index < last:
            character -= piece.tail
            index += 1
            piece, line = self._pieces[index], 0
        return index, piece.offset(Position(line, character))

    def _replace(
        self, first: tuple[int, int], last: tuple[int, int], text: str, encoding: Encoding
    ) -> None:
        start, end = first[0], last[0] + 1
        before, after = self._pieces[start].text[: first[1]], self._pieces[last[0]].text[last[1] :]
        text = before + text + after
        if (text.endswith("\r") or not text) and end < len(self._pieces):
            text += self._pieces[end].text
            end += 1
        if text.startswith("\n") and start and self._pieces[start - 1].text.endswith("\r"):
            start -= 1
            text = self._pieces[start].text + text
        self._pieces[start:end] = _divided(text, encoding)


def _divided(text: str, encoding: Encoding) -> list[Positions]:
    """The pieces of a text, one at least."""
    if len(text) <= 2 * _PIECE:
        return [Positions(text, encoding)]
    cuts = range(_PIECE, len(text) - _PIECE + 1, _PIECE)
    ends = [it + text.startswith("\r\n", it - 1) for it in cuts]
    return [Positions(text[a:b], encoding) for a, b in pairwise((0, *ends, len(text)))]


def _with_characters(text: str) -> str:
    """A text with characters in place of their halves, and a replacement for a single one.

    An edit may end inside of a character, as editors count, and the next one complete it.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
