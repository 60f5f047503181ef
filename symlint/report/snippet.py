"""Numbered source lines with carets and labels beneath."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.report.cells import cell_width, wrap
from symlint.report.escape import escape_character, is_log_command, neutralise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.lint.finding import Finding
    from symlint.report.style import Painter
    from symlint.source.text import Range

TAB_WIDTH: Final = 4
UNBOUNDED_WIDTH: Final = 160
"""The columns of a source line where the output wraps itself."""

_CUT: Final = "..."
_NARROWEST_LABEL: Final = 24
"""The columns that a label beneath its marks should have for each line."""

_LOOK_AROUND: Final = 400
"""Code points beside an annotation that are looked at: a line may be megabytes long."""


class Annotation(NamedTuple):
    """A range to underline, what to write beside it, and in which style."""

    range: Range
    label: str
    style: str
    mark: str

    @property
    def line(self) -> int:
        """The line that is shown."""
        return self.range.line


def annotations_of(finding: Finding) -> list[Annotation]:
    """The places of a finding, the primary one first."""
    primary = Annotation(finding.range, finding.label, finding.severity, "^")
    related = [Annotation(other.range, other.label, "related", "-") for other in finding.related]
    return [primary, *related]


def gutter_width(annotations: Sequence[Annotation]) -> int:
    """The columns that the largest line number takes."""
    return max(len(str(annotation.line)) for annotation in annotations)


def snippet(
    annotations: Sequence[Annotation], gutter: int, width: int | None, painter: Painter
) -> list[str]:
    """The lines that show annotations of one file, from top to bottom."""
    bar = painter.paint(" " * gutter + " |", "gutter")
    room = max((width or UNBOUNDED_WIDTH) - gutter - 3, 20)
    lines = [bar]
    previous = 0
    by_line: dict[int, list[Annotation]] = {}
    for annotation in annotations:
        by_line.setdefault(annotation.line, []).append(annotation)
    for number in sorted(by_line):
        source = by_line[number][0].range.source
        if previous and number == previous + 2:
            lines += _source_lines(source.line(number - 1), number - 1, gutter, room, painter)
        elif previous and number > previous + 2:
            lines.append(painter.paint("." * 3, "gutter"))
        for group in _groups(source.line(number), by_line[number], room):
            lines += group.render(number, gutter, bar, painter)
        previous = number
    lines.append(bar)
    return lines


class _Span(NamedTuple):
    """An annotation's part of one line: code points from ``start`` up to ``end``."""

    annotation: Annotation
    start: int
    end: int


class _Row(NamedTuple):
    """A shown line with the spans beneath; ``starts`` has the column of every code point."""

    text: str
    spans: tuple[_Span, ...]
    offset: int
    starts: list[int]
    room: int

    def render(self, number: int, gutter: int, bar: str, painter: Painter) -> list[str]:
        """The source line, and the marks and labels of its spans."""
        lines = [_numbered(number, self.text, gutter, painter)]
        for span in self.spans:
            lines += (f"{bar} {line}" for line in self._mark(span, painter))
        return lines

    def _mark(self, span: _Span, painter: Painter) -> list[str]:
        annotation = span.annotation
        start = self.starts[span.start - self.offset]
        end = self.starts[min(span.end - self.offset, len(self.starts) - 1)]
        length = max(min(end, self.room) - start, 1)
        marks = " " * start + painter.paint(annotation.mark * length, annotation.style)
        label = neutralise(annotation.label)
        if not label:
            return [marks]
        beside = self.room - start - length - 1
        if cell_width(label) <= beside:
            return [f"{marks} {painter.paint(label, annotation.style)}"]
        # Beneath the marks where a few words fit into a line, else as far left as is needed.
        indent = start
        if self.room - start < min(_NARROWEST_LABEL, cell_width(label)):
            indent = max(self.room - max(_NARROWEST_LABEL, cell_width(label)), 0)
        beneath = wrap(label, self.room - indent)
        return [marks, *(" " * indent + painter.paint(line, annotation.style) for line in beneath)]


def _groups(line: str, annotations: Sequence[Annotation], room: int) -> list[_Row]:
    """The rows for one source line: one when it fits, else one for each annotation."""
    spans = []
    for annotation in sorted(annotations, key=lambda item: item.range.start):
        start = min(annotation.range.column - 1, len(line))
        end = min(start + annotation.range.end - annotation.range.start, len(line))
        if annotation.range.end_position.line != annotation.range.line:
            end = len(line.rstrip())
        spans.append(_Span(annotation, start, max(end, start)))
    if len(line) <= room:
        cells, starts = _layout(line)
        if starts[-1] <= room:
            return [_Row("".join(cells), tuple(spans), 0, starts, room)]
    return [_cut_row(line, span, room) for span in spans]


def _cut_row(line: str, span: _Span, room: int) -> _Row:
    """A row that shows the neighbourhood of ``span`` alone."""
    first = max(0, span.start - _LOOK_AROUND)
    last = min(len(line), span.start + _LOOK_AROUND)
    cells, starts = _layout(line[first:last])
    target = starts[span.start - first]
    wanted = min(starts[min(span.end, last) - first] - target, room // 2)
    skipped = target + wanted + len(_CUT) > room or first > 0
    begin = 0
    if skipped:
        # Keep a third of the room for what stands before, so that the argument's name shows.
        lead = min(room // 3, room - wanted - 2 * len(_CUT))
        while begin < span.start - first and starts[begin] < target - lead:
            begin += 1
    prefix = _CUT if first + begin > 0 else ""
    finish = begin
    budget = room - len(prefix) - len(_CUT)
    while finish < len(cells) and starts[finish + 1] - starts[begin] <= budget:
        finish += 1
    suffix = _CUT if first + finish < len(line) else ""
    shown = starts[begin : finish + 1]
    columns = [start - starts[begin] + len(prefix) for start in shown]
    text = prefix + "".join(cells[begin:finish]) + suffix
    return _Row(text, (span,), first + begin, columns, room)


def _source_lines(line: str, number: int, gutter: int, room: int, painter: Painter) -> list[str]:
    """A line between two others, without marks."""
    cells, starts = _layout(line[:room])
    shown = len(cells)
    if starts[-1] > room or len(line) > room:
        while starts[shown] > room - len(_CUT):
            shown -= 1
    text = "".join(cells[:shown]) + (_CUT if shown < len(line) else "")
    return [_numbered(number, text, gutter, painter)]


def _numbered(number: int, text: str, gutter: int, painter: Painter) -> str:
    return (painter.paint(f"{number:>{gutter}} |", "gutter") + f" {text}").rstrip()


def _layout(line: str) -> tuple[list[str], list[int]]:
    """What every code point is shown as, and the columns at which each begins, and the end."""
    if line.isascii() and line.isprintable() and "##" not in line:
        return list(line), list(range(len(line) + 1))
    cells: list[str] = []
    starts = [0]
    for cluster in line if line.isascii() else _clusters(line):
        first = len(cells)
        shown = [_shown(line, first + it, starts[-1]) for it in range(len(cluster))]
        cells += shown
        # Code points that make one character begin where it begins, and are as wide as it is together.
        if "".join(shown) == cluster:
            starts += [starts[-1]] * (len(cluster) - 1) + [starts[-1] + cell_width(cluster)]
        else:
            for it in shown:
                starts.append(starts[-1] + cell_width(it))
    return cells, starts


def _clusters(line: str) -> Iterator[str]:
    from wcwidth import iter_graphemes

    return iter_graphemes(line)


def _shown(line: str, index: int, column: int) -> str:
    """What the code point at ``index``, which begins at ``column``, is shown as."""
    if line[index] == "\t":
        return " " * (TAB_WIDTH - column % TAB_WIDTH)
    if line[index] == "#" and is_log_command(line, index):
        return "\\x23"
    return escape_character(line[index])
