"""Chooses fixes that go together, makes the texts that they lead to, shows and writes them.

A fix is applied whole or not at all. Where two fixes touch the same text the first in the order
of the findings is applied; the other is reported and finds its place in the next round. Whether
a fix does any harm, ``repairing`` finds out. Two names of one file (symbolic links) are one file.
"""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from contextlib import ExitStack, contextmanager

from symlint.annotations import TYPE_CHECKING, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem, read_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from symlint.lint.finding import Edit, Finding
    from symlint.source.text import SourceFile

Extent: TypeAlias = Literal["safe", "all"]


class FixedFile(NamedTuple):
    """A file and its text before and after."""

    source: SourceFile
    text: str


class FixPlan(NamedTuple):
    """What fixing would do. ``conflicting`` findings have fixes that overlap an applied one."""

    files: tuple[FixedFile, ...]
    applied: tuple[Finding, ...]
    conflicting: tuple[Finding, ...]


def plan_fixes(findings: Iterable[Finding], extent: Extent = "safe") -> FixPlan:
    """Choose fixes that go together and work out the texts they make; nothing is written."""
    taken: dict[str, list[Edit]] = {}
    known: set[tuple[str, int, int, str]] = set()
    real_paths: dict[str, str] = {}
    applied: list[Finding] = []
    conflicting: list[Finding] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.edits or (extent == "safe" and not fix.safe):
            continue
        edits = {_identity(edit, real_paths): edit for edit in fix.edits}
        new = {what: edit for what, edit in edits.items() if what not in known}
        if not all(_fits(edit, taken.get(path, [])) for (path, *_), edit in new.items()):
            conflicting.append(finding)
            continue
        for (path, *_), edit in new.items():
            insort(taken.setdefault(path, []), edit, key=_place)
        known.update(new)
        applied.append(finding)
    files: list[FixedFile] = []
    for _, in_file in sorted(taken.items()):
        source = in_file[0].range.source
        text = apply_edits(source, in_file)
        if text != source.text:
            files.append(FixedFile(source, text))
    return FixPlan(tuple(files), tuple(applied), tuple(conflicting))


def _identity(edit: Edit, real_paths: dict[str, str]) -> tuple[str, int, int, str]:
    """What makes two edits the same; a file may have several names."""
    path, (_, start, end) = edit.range.path, edit.range
    if path not in real_paths:
        real_paths[path] = os.path.realpath(path)
    return real_paths[path], start, end, edit.replacement


def _fits(edit: Edit, others: Sequence[Edit]) -> bool:
    """Whether an edit touches no text that is taken; ``others`` is in order, without overlaps."""
    place = bisect_left(others, _place(edit), key=_place)
    if place < len(others) and _overlap(edit, others[place]):
        return False
    return not place or not _overlap(others[place - 1], edit)


def _overlap(first: Edit, second: Edit) -> bool:
    """Whether two edits in order touch the same text; two insertions at one place do."""
    return second.range.start < first.range.end or second.range.start == first.range.start


def _place(edit: Edit) -> tuple[int, int]:
    return edit.range.start, edit.range.end


def apply_edits(source: SourceFile, edits: Iterable[Edit]) -> str:
    """The text of a file after edits that do not overlap, in the file's own line endings."""
    text = source.text
    newline = "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=_place):
        parts.append(text[position : edit.range.start])
        parts.append(edit.replacement.replace("\r\n", "\n").replace("\n", newline))
        position = edit.range.end
    parts.append(text[position:])
    return "".join(parts)


def diff(files: Iterable[FixedFile], shown_path: Callable[[str], str] = str) -> str:
    """A unified diff of what would change in files; ``shown_path`` makes paths relative."""
    from symlint.source.patch import unified_diff

    patches = []
    for source, text in files:
        path = shown_path(source.path)
        patches.append(unified_diff(source.text, text, f"a/{path}", f"b/{path}"))
    return "".join(patches)


def write_files(files: Iterable[FixedFile]) -> dict[str, str]:
    """Write files; returns the path of each that could not be written, with the reason.

    Fixes may reach over several files, so nothing is written before the new content of all of them is
    on disk, and nothing at all when one of them has changed since it was read.
    """
    from symlint.source.writing import Replacement

    failed: dict[str, str] = {}
    with ExitStack() as prepared:
        ready: list[tuple[FixedFile, Replacement]] = []
        for file in files:
            with _noted(file, failed):
                data = _new_content(file)
                replacement = Replacement(file.source.path, data, follow=True)
                ready.append((file, prepared.enter_context(replacement)))
        for file, replacement in () if failed else ready:
            with _noted(file, failed):
                _new_content(file)  # somebody may have saved it meanwhile
                replacement.take_place()
    return failed


@contextmanager
def _noted(file: FixedFile, failed: dict[str, str]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        failed[file.source.path] = (error.strerror or type(error).__name__).lower()


def _new_content(file: FixedFile) -> bytes:
    """The bytes to write; raises OSError when the file cannot be written as planned."""
    source, text = file
    if ".terraform" in source.path.split(os.sep):
        raise OSError(0, "terraform init has installed it")
    before = read_data(source.path)
    if isinstance(before, ReadProblem):
        raise OSError(0, before.message)
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    if before != mark + _encoded(source.text):
        raise OSError(0, "it has changed since it was read")
    if not os.access(source.path, os.W_OK):
        raise OSError(0, "it is read-only")
    if os.stat(source.path).st_nlink > 1:
        raise OSError(0, "it has another name (a hard link), which would keep the old text")
    return mark + _encoded(text)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
