"""Repairs files with the fixes of findings, and only with those that do no harm.

Everything happens in memory first: the repaired texts stand in for the files while they are parsed
and linted again (``trials``). Files are written when nothing is left to repair.
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.run.repair.fixes import FixedFile, plan_fixes, write_files
from symlint.lint.run.repair.trials import Allowance, Trials
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from symlint.lint.finding import Finding
    from symlint.lint.report import Report
    from symlint.lint.run.repair.fixes import Extent
    from symlint.lint.run.repair.trials import Look, Refusal
    from symlint.lint.run.roots.kept import Kept
    from symlint.source.text import SourceFile

MAX_ROUNDS: Final = 10
"""How often findings are looked for again after fixes: one may make the next one possible."""


class Repair(NamedTuple):
    """What fixing makes of files; nothing is written.

    ``before`` is the report of the files as they are, ``report`` that of the repaired ones.
    ``conflicting`` findings have fixes that overlap an applied one, ``refused`` ones fixes that
    would do harm. ``stable`` is false when fixes kept asking for fixes and the rounds ran out.
    """

    before: Report
    report: Report
    files: tuple[FixedFile, ...]
    applied: tuple[Finding, ...]
    conflicting: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    stable: bool


class FixResult(NamedTuple):
    """What fixing did. ``report`` is that of the files as they are now.

    ``failed`` has the path and reason of each file that could not be written; such a file is
    as it was. The rest is as in ``Repair``.
    """

    report: Report
    applied: tuple[Finding, ...]
    conflicting: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    failed: tuple[tuple[str, str], ...]
    stable: bool


def fix(
    look: Look, extent: Extent = "safe", judge: Look | None = None, kept: Kept | None = None
) -> FixResult:
    """Work out a repair and write it; once more without the files that cannot be written."""
    failed: dict[str, str] = {}
    allowance = Allowance(kept)
    for _ in range(MAX_ROUNDS):
        trials = Trials(look, judge or look, extent, allowance)
        repair = _work_out(trials, extent, failed)
        failures = write_files(repair.files)
        if not failures:
            break
        failed |= failures
    else:
        report = look({})
        repair = Repair(report, report, (), (), (), (), stable=False)
    return FixResult(
        repair.report,
        repair.applied,
        repair.conflicting,
        repair.refused,
        tuple(sorted(failed.items())),
        repair.stable,
    )


def work_out(
    look: Look, extent: Extent = "safe", judge: Look | None = None, kept: Kept | None = None
) -> Repair:
    """Apply fixes in memory and look again, until nothing is left to fix or the rounds run out.

    ``judge`` looks for the harm that fixes may do, where ``look`` runs only some of the rules. ``kept``
    has the outcomes of root modules that looks have had so far.
    """
    return _work_out(Trials(look, judge or look, extent, Allowance(kept)), extent, ())


def _work_out(trials: Trials, extent: Extent, untouchable: Collection[str]) -> Repair:
    """As ``work_out``; nothing is repaired in the files of the paths ``untouchable``."""
    originals: dict[str, SourceFile] = {}
    texts: dict[str, str] = {}
    applied: list[Finding] = []
    before = report = trials.look(texts)
    stable = True
    for _ in range(MAX_ROUNDS):
        # What does harm must not stand in the way of what does none.
        findings = sorted(_within_reach(report.findings, untouchable), key=trials.refuses)
        plan = plan_fixes(findings, extent)
        new = [finding for finding in plan.applied if not trials.refuses(finding)]
        made, refused = trials.accept(plan.applied, texts)
        if made.texts == texts and not any(map(trials.refuses, new)):
            break
        for finding in made.findings:
            for edit in () if finding.fix is None else finding.fix.edits:
                source = edit.range.source
                originals.setdefault(os.path.realpath(source.path), source)
        texts = made.texts
        applied += made.findings
        report = trials.look(texts)
    else:
        findings = _within_reach(report.findings, untouchable)
        plan = plan_fixes((it for it in findings if not trials.refuses(it)), extent)
        stable = not plan.files
    files = _changed(originals, texts)
    return Repair(before, report, files, tuple(applied), plan.conflicting, refused, stable)


def _within_reach(findings: Iterable[Finding], untouchable: Collection[str]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.fix is not None
        and not any(edit.range.path in untouchable for edit in finding.fix.edits)
    ]


def _changed(originals: dict[str, SourceFile], texts: dict[str, str]) -> tuple[FixedFile, ...]:
    return tuple(
        FixedFile(originals[path], text)
        for path, text in sorted(texts.items())
        if text != originals[path].text
    )
