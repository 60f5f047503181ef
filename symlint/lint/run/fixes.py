"""Applies the fixes of findings to files, or shows what they would change.

A fix is applied whole or not at all. Where two fixes touch the same text the first in the order
of the findings is applied; the other is reported and finds its place in the next round.
"""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from io import StringIO
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from symlint.lint.finding import Edit, Finding
    from symlint.lint.report import Report
    from symlint.source.text import SourceFile

Extent: TypeAlias = Literal["safe", "all"]

MAX_ROUNDS: Final = 10
"""How often findings are looked for again after fixes: one may make the next one possible."""


class FixedFile(NamedTuple):
    """A file and its text before and after."""

    source: SourceFile
    text: str


class FixPlan(NamedTuple):
    """What fixing would do. ``conflicting`` findings have fixes that overlap an applied one."""

    files: tuple[FixedFile, ...]
    applied: tuple[Finding, ...]
    conflicting: tuple[Finding, ...]


class FixResult(NamedTuple):
    """What fixing did. ``report`` is that of the last look at the repaired files.

    ``failed`` has the path and reason of each file that could not be written; such a file is
    as it was. ``stable`` is false when fixes kept asking for fixes and the rounds ran out.
    """

    report: Report
    applied: tuple[Finding, ...]
    conflicting: tuple[Finding, ...]
    failed: tuple[tuple[str, str], ...]
    stable: bool


def plan_fixes(findings: Iterable[Finding], extent: Extent = "safe") -> FixPlan:
    """Choose fixes that go together and work out the texts they make; nothing is written."""
    taken: dict[str, list[Edit]] = {}
    known: set[Edit] = set()
    applied: list[Finding] = []
    conflicting: list[Finding] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.edits or (extent == "safe" and not fix.safe):
            continue
        new = [edit for edit in dict.fromkeys(fix.edits) if edit not in known]
        if not _fits(new, taken):
            conflicting.append(finding)
            continue
        for edit in new:
            insort(taken.setdefault(edit.range.path, []), edit, key=_place)
        known.update(new)
        applied.append(finding)
    files: list[FixedFile] = []
    for _, edits in sorted(taken.items()):
        source = edits[0].range.source
        text = apply_edits(source, edits)
        if text != source.text:
            files.append(FixedFile(source, text))
    return FixPlan(tuple(files), tuple(applied), tuple(conflicting))


def _fits(edits: Iterable[Edit], taken: Mapping[str, list[Edit]]) -> bool:
    """Whether edits touch no text that is taken; ``taken`` is in order and without overlaps."""
    for edit in edits:
        others = taken.get(edit.range.path, [])
        place = bisect_left(others, _place(edit), key=_place)
        if place < len(others) and _overlap(edit, others[place]):
            return False
        if place and _overlap(others[place - 1], edit):
            return False
    return True


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


def diff(plan: FixPlan, shown_path: Callable[[str], str] = str) -> str:
    """A unified diff of what a plan would change; ``shown_path`` makes paths relative."""
    from difflib import unified_diff

    lines: list[str] = []
    for source, text in plan.files:
        path = shown_path(source.path)
        old, new = _lines(source.text), _lines(text)
        lines += [
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in unified_diff(old, new, f"a/{path}", f"b/{path}")
        ]
    return "".join(lines)


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; only a newline ends a line."""
    return list(StringIO(text))


def write_plan(plan: FixPlan) -> tuple[tuple[str, str], ...]:
    """Write the files of a plan; returns path and reason of each that could not be written.

    Fixes may reach over several files, so nothing at all is written when one of the files has
    changed since it was read or is read-only.
    """
    from symlint.source.writing import write_atomically

    failed: list[tuple[str, str]] = []
    ready: list[tuple[str, bytes]] = []
    for source, text in plan.files:
        try:
            ready.append((source.path, _new_content(source, text)))
        except OSError as error:
            failed.append((source.path, _reason(error)))
    for path, data in () if failed else ready:
        try:
            write_atomically(path, data)
        except OSError as error:
            failed.append((path, _reason(error)))
    return tuple(failed)


def _new_content(source: SourceFile, text: str) -> bytes:
    """The bytes to write; raises OSError when the file cannot be written as planned."""
    with open(source.path, "rb") as file:
        before = file.read()
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    if before != mark + _encoded(source.text):
        raise OSError(0, "it has changed since it was read")
    if not os.access(source.path, os.W_OK):
        raise OSError(0, "it is read-only")
    return mark + _encoded(text)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def fix(look: Callable[[], Report], extent: Extent = "safe") -> FixResult:
    """Apply fixes and look again, until nothing is left to fix or the rounds run out.

    ``look`` lints anew from disk.
    """
    applied: list[Finding] = []
    failed: Mapping[str, str] = {}
    report = look()
    for _ in range(MAX_ROUNDS):
        candidates = [finding for finding in report.findings if not _touches(finding, failed)]
        plan = plan_fixes(candidates, extent)
        if not plan.files:
            return FixResult(
                report, tuple(applied), plan.conflicting, tuple(sorted(failed.items())), True
            )
        new_failures = dict(write_plan(plan))
        failed = {**failed, **new_failures}
        if not new_failures:
            applied += plan.applied
        report = look()
    remaining = plan_fixes(report.findings, extent)
    stable = not remaining.files
    return FixResult(
        report, tuple(applied), remaining.conflicting, tuple(sorted(failed.items())), stable
    )


def _touches(finding: Finding, paths: Mapping[str, str]) -> bool:
    edits = finding.fix.edits if finding.fix is not None else ()
    return any(edit.range.path in paths for edit in edits)
