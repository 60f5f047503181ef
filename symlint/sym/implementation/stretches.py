"""Where the parts of a text of Python stand: in its file, or between the lines of a heredoc."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from symlint.hcl.nodes import Literal
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import SourceFile
    from symlint.terraform.values.value import Value


class Stretch(NamedTuple):
    """The characters of a text from ``start`` up to ``end``, which stand in ``source`` at ``offset``."""

    start: int
    end: int
    source: SourceFile
    offset: int


class Places:
    """Where each character of a text stands, as far as it stands anywhere; stretches in order."""

    def __init__(self, stretches: tuple[Stretch, ...]) -> None:
        self._stretches = stretches
        self._starts = [stretch.start for stretch in stretches]

    @classmethod
    def of_file(cls, source: SourceFile) -> Places:
        """Those of the text of a file."""
        return cls((Stretch(0, len(source.text), source, 0),))

    @classmethod
    def of_value(cls, value: Value) -> Places:
        """Those of the lines of a heredoc; none for a text that was written in another way."""
        written, text = value.written, value.string
        if isinstance(written, Literal) and text is not None and written.range.text[:2] == "<<":
            return cls(tuple(_of_heredoc(written, text)))
        return cls(())

    def range(self, start: int, end: int) -> Range | None:
        """The range of the characters from ``start`` up to ``end``; None where they have none."""
        first = self._at(start)
        last = self._at(max(start, end - 1))
        if first is None or last is None or first.source is not last.source:
            return None
        begin, finish = start - first.start + first.offset, end - last.start + last.offset
        return Range(first.source, begin, finish) if begin <= finish else None

    def _at(self, offset: int) -> Stretch | None:
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return None
        stretch = self._stretches[number]
        return stretch if offset <= stretch.end else None


def _of_heredoc(node: Literal, text: str) -> Iterator[Stretch]:
    """The lines of a heredoc: each ends as its line of the file does, without the indentation."""
    source = node.source
    written = source.position(node.start).line + 1
    start = 0
    for number, line in enumerate(text.split("\n")):
        there = source.line(written + number)
        bare = line.removesuffix("\r")
        if there.endswith(bare):
            begin = source.line_starts[written + number - 1] + len(there) - len(bare)
            yield Stretch(start, start + len(bare), source, begin)
        start += len(line) + 1
