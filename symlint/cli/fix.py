"""``--fix`` and ``--diff``."""

from __future__ import annotations

import os
import sys
from functools import partial

from symlint.annotations import TYPE_CHECKING, Final
from symlint.cli.status import UNTRUSTED
from symlint.cli.streams import say
from symlint.lint.run.repair.fixes import FixedFile, diff
from symlint.lint.run.repair.repairing import fix, work_out
from symlint.lint.run.roots.judge import Judge
from symlint.lint.run.roots.kept import Kept
from symlint.report.escape import guard_log, neutralise
from symlint.report.places import relative_path, shown_path, shown_place
from symlint.report.summary import count
from symlint.report.terminal import in_ci

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.cli.request import Request
    from symlint.lint.finding import Finding
    from symlint.lint.run.repair.fixes import Extent
    from symlint.lint.run.repair.repairing import FixResult, Repair


MOST_NAMED: Final = 1_000
"""How many findings are named that have fixes which were not applied."""


def check_and_fix(request: Request) -> int:
    """Repair, or show what would be repaired; returns the exit status."""
    extent: Extent = request.values["fix"] or "safe"
    kept = Kept()
    judge = Judge(request.judge, kept) if request.options.select else None
    look = partial(request.look, kept=kept)
    if request.values["diff"]:
        repair = work_out(look, extent, judge, kept)
        _write_diff(repair, request)
        _say_plan(repair, request)
        return repair.before.exit_status
    result = fix(look, extent, judge, kept)
    status = request.show(result.report)
    _say_result(result, request)
    return UNTRUSTED if result.failed else status


def _write_diff(repair: Repair, request: Request) -> None:
    """A patch that can be applied where a program reads it; harmless text where people do."""
    directory = request.render_options.directory
    files = [_shown(file, repair) for file in repair.files]
    text = diff(files, lambda path: relative_path(path, directory))
    if files != list(repair.files):
        say("symlint: the patch cannot be applied: it has marks in place of secrets\n")
    if sys.stdout.isatty() or in_ci(os.environ):
        text = guard_log("\n".join(map(neutralise, text.split("\n"))))
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


def _shown(file: FixedFile, repair: Repair) -> FixedFile:
    """A file before and after, with marks in place of secrets."""
    from symlint.source.text import SourceFile

    before, after = repair.before.hidden, repair.report.hidden
    source = file.source if before is None else before.source(file.source)
    text = file.text if after is None else after.source(SourceFile(source.path, file.text)).text
    return file if (source, text) == file else FixedFile(source, text)


def _say_plan(repair: Repair, request: Request) -> None:
    fixed, files = count(len(repair.applied), "finding"), count(len(repair.files), "file")
    left = len(repair.report.findings)
    lines = [f"Would fix {fixed} in {files}; {left} would remain."]
    lines += _left_out(repair, request)
    lines += (
        f"failed: {neutralise(failure.path)}: {neutralise(failure.message)}"
        for failure in repair.before.failures
    )
    say("".join(line + "\n" for line in lines))


def _left_out(repair: Repair | FixResult, request: Request) -> list[str]:
    """What is said of each finding that has a fix which was not applied."""
    directory = request.render_options.directory
    lines = [
        f"{shown_place(finding.range, directory)}: the fix for {finding.code} overlaps another one "
        "and was not applied"
        for finding in repair.conflicting
    ]
    lines += (
        f"{finding.code} at {shown_place(finding.range, directory)} could not be repaired safely: "
        f"{neutralise(reason)}"
        for finding, reason in repair.refused
    )
    if len(lines) > MOST_NAMED:
        more = count(len(lines) - MOST_NAMED, "more finding")
        lines[MOST_NAMED:] = [f"and {more} could not be repaired safely"]
    return lines


def _fixed(applied: Sequence[Finding], directory: str) -> list[str]:
    """What was repaired: where, and what was done there."""
    lines = [f"Fixed {count(len(applied), 'finding')}:"]
    lines += (
        f"  {shown_place(finding.range, directory)}: {finding.code} {neutralise(finding.fix.description)}"
        for finding in applied[:MOST_NAMED]
        if finding.fix is not None
    )
    if len(applied) > MOST_NAMED:
        lines.append(f"  and {count(len(applied) - MOST_NAMED, 'more finding')}")
    return lines


def _say_result(result: FixResult, request: Request) -> None:
    directory = request.render_options.directory
    lines = []
    if result.applied and not request.values["quiet"]:
        lines += _fixed(result.applied, directory)
    lines += _left_out(result, request)
    lines += (
        f"symlint: cannot write {shown_path(path, directory)}: {neutralise(reason)}"
        for path, reason in result.failed
    )
    if not result.stable:
        lines.append("symlint: the fixes made further fixes possible; run it again to apply them")
    sys.stdout.flush()
    say("".join(line + "\n" for line in lines))
