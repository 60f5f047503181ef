"""How much of a report is listed: what nobody reads would cost seconds and hundreds of megabytes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from symlint.lint.report import Failure

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.lint.report import Report

MOST_OF_A_RULE: Final = 1_000
"""How many findings of one rule are listed for one file."""

MOST: Final = 12_000
"""How many findings are listed, and how many that are suppressed, and how many questions."""


def listed(report: Report) -> Report:
    """The report with what of it can be listed; a failure says how much more there is.

    Exit status 3 then: who reads the list must not take it for all that there is.
    """
    findings, failures = _of_each_file(report.findings)
    suppressed, undecided = report.suppressed[:MOST], report.undecided[:MOST]
    for what, all_, kept in (
        ("findings", len(findings), min(len(findings), MOST)),
        ("suppressed findings", len(report.suppressed), len(suppressed)),
        ("undecided questions", len(report.undecided), len(undecided)),
    ):
        if all_ > kept:
            failures.append(Failure("", f"there are {all_:,} {what}: only {kept:,} are listed"))
    if not failures:
        return report
    return report._replace(
        findings=findings[:MOST],
        suppressed=suppressed,
        undecided=undecided,
        failures=(*report.failures, *failures),
        exit_status=3,
    )


def _of_each_file(findings: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], list[Failure]]:
    """The first findings of each rule in each file, and what is said of the others."""
    counts: Counter[tuple[str, str]] = Counter()
    kept = []
    for finding in findings:
        key = finding.range.path, finding.code
        counts[key] += 1
        if counts[key] <= MOST_OF_A_RULE:
            kept.append(finding)
    return tuple(kept), [
        Failure(
            path,
            f"it has {count:,} findings of {code}: only the first {MOST_OF_A_RULE:,} are listed",
        )
        for (path, code), count in counts.items()
        if count > MOST_OF_A_RULE
    ]
