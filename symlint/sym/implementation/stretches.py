"""Where the parts of a text of Python stand: in files, and between the lines of heredocs."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from symlint.annotations import TYPE_CHECKING, Final, TypeGuard
from symlint.hcl.nodes import Interpolation, Literal
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem
from symlint.source.text import Range
from symlint.terraform.values.value import Composed, ReadFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.source.text import SourceFile
    from symlint.terraform.values.value import Value, Written

    Read = Callable[[str], SourceFile | ReadProblem]


@cache
def _marks() -> re.Pattern[str]:
    """What stands for ``$`` and ``%`` before a brace in a heredoc."""
    return re.compile(r"([$%])\1(?=\{)")


@cache
def _escapes() -> re.Pattern[str]:
    """What stands for one character in a quoted string, of Terraform or of JSON."""
    return re.compile(
        r"(?P<mark>[$%])(?P=mark)(?=\{)"
        r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
        r"|\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)",
        re.DOTALL,
    )


class Stretch(NamedTuple):
    """The characters of a text from ``start`` up to ``end``, which stand in ``source``.

    They are those from ``first`` up to ``last`` there: the same, or what an escape or an interpolation
    stands for.
    """

    start: int
    end: int
    source: SourceFile
    first: int
    last: int

    def begin(self, offset: int) -> int:
        """Where in the source something begins that begins at an offset of the text."""
        same = self.last - self.first == self.end - self.start
        return self.first + offset - self.start if same else self.first

    def finish(self, offset: int) -> int:
        """Where in the source something ends that ends at an offset of the text."""
        same = self.last - self.first == self.end - self.start
        return self.first + offset - self.start if same else self.last


class Places:
    """Where each character of a text stands, as far as it stands anywhere; stretches in order."""

    def __init__(self, stretches: tuple[Stretch, ...], files: tuple[SourceFile, ...] = ()) -> None:
        self._stretches = stretches
        self._starts = [stretch.start for stretch in stretches]
        self.files: Final = files
        """The files whose texts it is or has in it, in its order."""

    @classmethod
    def of_file(cls, source: SourceFile) -> Places:
        """Those of the text of a file."""
        return cls((_same(0, source, 0, len(source.text)),), (source,))

    @classmethod
    def of_value(cls, value: Value, read: Read) -> Places:
        """Those of heredocs, quoted strings, files, and what is put together from them.

        ``read`` gives the text of a file. What a function has made of a text stands nowhere.
        """
        files: dict[SourceFile, None] = {}

        def noted(path: str) -> SourceFile | ReadProblem:
            source = read(path)
            if not isinstance(source, ReadProblem):
                files[source] = None
            return source

        stretches = tuple(_of_text(value.string or "", 0, value.written, noted))
        return cls(stretches, tuple(files))

    def range(self, start: int, end: int) -> Range | None:
        """The range of the characters from ``start`` up to ``end``; None where they have none."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        touched = self._stretches[max(first, 0) : last + 1]
        if first < 0 or start > touched[0].end or end > touched[-1].end:
            return None
        source, place = touched[0].source, touched[0].first
        for stretch in touched:
            # What is put together from several places stands at none of them.
            if stretch.source is not source or stretch.first < place:
                return None
            place = stretch.last
        return Range(source, touched[0].begin(start), touched[-1].finish(end))


def _same(start: int, source: SourceFile, first: int, last: int) -> Stretch:
    """Characters that stand in a source as they are."""
    return Stretch(start, start + last - first, source, first, last)


def _of_text(text: str, start: int, written: Written, read: Read) -> Iterator[Stretch]:
    """The stretches of a text that begins at ``start`` of the whole one."""
    if not text:
        return
    if isinstance(written, Composed):
        offset = 0
        for length, part in written.parts:
            piece = text[offset : offset + length]
            if _is_between(part, written):
                yield from _of_part(piece, start + offset, part, heredoc=bool(written.heredoc))
            else:
                yield from _of_text(piece, start + offset, part, read)
            offset += length
    elif isinstance(written, ReadFile):
        source = read(written.path)
        if not isinstance(source, ReadProblem):
            # Terraform keeps a byte order mark.
            mark = text.startswith("\ufeff")
            yield from _of_lines(text[mark:], start + mark, source, 0, len(source.text))
    elif isinstance(written, Interpolation):
        yield Stretch(start, start + len(text), written.source, written.start, written.end)
    elif isinstance(written, Literal):
        heredoc = written.source.text.startswith("<<", written.start)
        yield from _of_part(text, start, written, heredoc=heredoc)


def _is_between(part: Written, whole: Composed) -> TypeGuard[Literal]:
    """Whether a part is what stands between the interpolations of a template."""
    return (
        whole.heredoc is not None
        and isinstance(part, Literal)
        and part.range.is_within(whole.range)
    )


def _of_part(text: str, start: int, node: Literal, *, heredoc: bool) -> Iterator[Stretch]:
    """The stretches of a heredoc or a string in quotes, or of what is literal in one."""
    source, first, last = node.source, node.start, node.end
    if heredoc:
        if source.text.startswith("<<", first):
            first = source.text.index("\n", first) + 1
        yield from _of_lines(text, start, source, first, last, _marks())
    else:
        yield from _of_quoted(text, start, node)


def _of_lines(
    text: str,
    start: int,
    source: SourceFile,
    first: int,
    last: int,
    marks: re.Pattern[str] | None = None,
) -> Iterator[Stretch]:
    """The stretches of lines that stand in a part of a source, there perhaps with more indentation.

    ``marks`` are written twice there. What a strip marker has taken away was white space around.
    """
    if source.text.startswith(text, first) and first + len(text) <= last:
        yield _same(start, source, first, first + len(text))
        return
    written = source.text[first:last].split("\n")
    lines = text.split("\n")
    for number in range(len(written) - len(lines)):
        if number > 0 or written[0].strip():
            break
        first += len(written.pop(0)) + 1
    for line, there in zip(lines, written, strict=False):
        yield from _of_line(line.removesuffix("\r"), start, source, there, first, marks)
        start += len(line) + 1
        first += len(there) + 1


def _of_line(
    line: str,
    start: int,
    source: SourceFile,
    written: str,
    first: int,
    marks: re.Pattern[str] | None,
) -> Iterator[Stretch]:
    """The stretches of one line, at the end of what is ``written`` from ``first`` on."""
    plain = written if marks is None else marks.sub(r"\1", written)
    for end in (len(plain.removesuffix("\r")), len(plain.rstrip())):
        if plain.endswith(line, 0, end):
            units = [(len(written), first, first + len(written))]
            if len(plain) < len(written):
                units = [*_units(source, first, first + len(written), marks or _marks())]
            yield from _clipped(units, end - len(line), end, start, source)
            return


def _of_quoted(text: str, start: int, node: Literal) -> Iterator[Stretch]:
    """The stretches of a string in quotes, or of a part of one; none where it is not all here."""
    source, first, last = node.source, node.start, node.end
    if source.text.startswith('"', first):
        first, last = first + 1, last - 1
    done, found = 0, []
    for length, begin, end in _units(source, first, last, _escapes()):
        piece = text[done : done + length]
        if len(piece) < length or (length == end - begin and piece != source.text[begin:end]):
            return
        found.append(Stretch(start + done, start + done + length, source, begin, end))
        done += length
    if done == len(text):
        yield from found


def _units(
    source: SourceFile, first: int, last: int, escapes: re.Pattern[str]
) -> Iterator[tuple[int, int, int]]:
    """How many characters stand from where to where: as they are, or one as an escape."""
    for match in escapes.finditer(source.text, first, last):
        if first < match.start():
            yield match.start() - first, first, match.start()
        yield 1, match.start(), match.end()
        first = match.end()
    if first < last:
        yield last - first, first, last


def _clipped(
    units: list[tuple[int, int, int]], left: int, right: int, start: int, source: SourceFile
) -> Iterator[Stretch]:
    """The stretches of the characters from ``left`` up to ``right`` of what units are for."""
    if left == right:
        place = units[0][1] if units else 0
        yield Stretch(start, start, source, place, place)
    done = 0
    for length, first, last in units:
        low, high = max(done, left), min(done + length, right)
        if low < high:
            if last - first == length:
                first, last = first + low - done, first + high - done
            yield Stretch(start + low - left, start + high - left, source, first, last)
        done += length
