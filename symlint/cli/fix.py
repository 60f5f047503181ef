"""``--fix`` and ``--diff``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from symlint.cli.status import UNTRUSTED
from symlint.lint.run.fixes import diff, fix, plan_fixes
from symlint.report.escape import guard_log, neutralise
from symlint.report.places import relative_path, shown_path, shown_place
from symlint.report.summary import count

if TYPE_CHECKING:
    from symlint.cli.request import Request
    from symlint.lint.report import Report
    from symlint.lint.run.fixes import Extent, FixPlan, FixResult


def check_and_fix(request: Request) -> int:
    """Repair, or show what would be repaired; returns the exit status."""
    extent: Extent = request.values["fix"] or "safe"
    if request.values["diff"]:
        report = request.look()
        plan = plan_fixes(report.findings, extent)
        _write_diff(plan, request)
        _say_plan(plan, report)
        return report.exit_status
    result = fix(request.look, extent)
    request.show(result.report)
    _say_result(result, request)
    return UNTRUSTED if result.failed else result.report.exit_status


def _write_diff(plan: FixPlan, request: Request) -> None:
    """A patch that can be applied where a program reads it; harmless text where people do."""
    directory = request.render_options.directory
    text = diff(plan, lambda path: relative_path(path, directory))
    if sys.stdout.isatty() or os.environ.get("CI"):
        text = guard_log("\n".join(map(neutralise, text.split("\n"))))
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


def _say_plan(plan: FixPlan, report: Report) -> None:
    fixed = count(len(plan.applied), "finding")
    left = len(report.findings) - len(plan.applied)
    sys.stderr.write(
        f"Would fix {fixed} in {count(len(plan.files), 'file')}; {left} would remain.\n"
    )
    for failure in report.failures:
        sys.stderr.write(f"failed: {neutralise(failure.path)}: {neutralise(failure.message)}\n")


def _say_result(result: FixResult, request: Request) -> None:
    directory = request.render_options.directory
    lines = []
    if result.applied and not request.values["quiet"]:
        lines.append(f"Fixed {count(len(result.applied), 'finding')}.")
    lines += (
        f"{shown_place(finding.range, directory)}: the fix for {finding.code} overlaps another one "
        "and was not applied"
        for finding in result.conflicting
    )
    lines += (
        f"symlint: cannot write {shown_path(path, directory)}: {neutralise(reason)}"
        for path, reason in result.failed
    )
    if not result.stable:
        lines.append("symlint: the fixes made further fixes possible; run it again to apply them")
    sys.stdout.flush()
    sys.stderr.writelines(line + "\n" for line in lines)
