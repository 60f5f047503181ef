"""Source text and places in it.

Offsets count Unicode code points of the decoded text from 0; lines and columns count from 1.
A column is a code point, not a byte and not a grapheme cluster: it is what editors' "go to
column" and SARIF's ``columnKind: unicodeCodePoints`` mean.
"""

from __future__ import annotations

from bisect import bisect_right

from symlint.named_tuple import NamedTuple


class Position(NamedTuple):
    """A place in a text: line and column from 1, offset from 0."""

    line: int
    column: int
    offset: int


class SourceFile:
    """The text of one file, and the index of its lines.

    ``path`` is absolute, as the file was reached (symbolic links are not resolved); output
    makes it relative. ``text`` has no byte order mark; bytes that are not UTF-8 stand in it as
    lone surrogates (``surrogateescape``), which the parsers report.
    """

    __slots__ = ("_line_starts", "_stretches", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._line_starts: list[int] | None = None
        self._stretches: dict[int, Range] = {}

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r})"

    def stretch(self, start: int, end: int) -> Range:
        """The range from ``start`` to ``end``: one for all who ask, and keep it.

        A value of each of ten thousand instances of a module knows the place at which it is written.
        """
        key = start << 32 | end
        found = self._stretches.get(key)
        if found is None:
            found = self._stretches[key] = Range(self, start, end)
        return found

    @property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; built at the first question and kept."""
        starts = self._line_starts
        if starts is None:
            starts = [0]
            find = self.text.find
            end_of_line = find("\n")
            while end_of_line >= 0:
                starts.append(end_of_line + 1)
                end_of_line = find("\n", end_of_line + 1)
            self._line_starts = starts
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1, offset)

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1) without its end of line; "" past the end."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].removesuffix("\r")


class Range(NamedTuple):
    """A stretch of one file, from ``start`` up to but not including ``end``."""

    source: SourceFile
    start: int
    end: int

    @property
    def path(self) -> str:
        """The absolute path of the file."""
        return self.source.path

    @property
    def start_position(self) -> Position:
        """Where the range begins."""
        return self.source.position(self.start)

    @property
    def end_position(self) -> Position:
        """The first place after the range."""
        return self.source.position(self.end)

    @property
    def line(self) -> int:
        """The line, from 1, on which the range begins."""
        return self.source.position(self.start).line

    @property
    def column(self) -> int:
        """The column, from 1, at which the range begins."""
        return self.source.position(self.start).column

    @property
    def text(self) -> str:
        """The source text of the range."""
        return self.source.text[self.start : self.end]

    def is_within(self, outer: Range) -> bool:
        """Whether the range lies inside another one, or is the same."""
        if self.source.path != outer.source.path:
            return False
        return outer.start <= self.start and self.end <= outer.end

    def sort_key(self) -> tuple[str, int, int]:
        """Orders ranges by path, then by place in the file."""
        return (self.source.path, self.start, self.end)
