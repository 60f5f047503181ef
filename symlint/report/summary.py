"""The counts of a report, in words and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.lint.finding import Finding, Severity
    from symlint.lint.report import Report


def count(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def severity_counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, from the most severe; zeros included."""
    counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def headline(report: Report) -> str:
    """``Found 2 errors and 1 warning``, or that nothing was found."""
    found = [
        count(number, severity)
        for severity, number in severity_counts(report.findings).items()
        if number
    ]
    if not found:
        return "No problems found"
    return f"Found {', '.join(found[:-1])}{' and ' if found[:-1] else ''}{found[-1]}"


def scope(report: Report) -> str:
    """What was looked at and with which result, findings aside."""
    counts = report.counts
    looked = f"{count(counts.files, 'file')} in {count(counts.modules, 'module')}"
    facts = [f"{count(counts.checks_passed, 'check')} passed", f"{len(report.undecided)} undecided"]
    if report.suppressed:
        facts.append(f"{count(len(report.suppressed), 'finding')} suppressed")
    if counts.skipped_modules:
        facts.append(f"{count(counts.skipped_modules, 'module')} without Sym skipped")
    return f"{looked}: {', '.join(facts)}"


def statistics(report: Report) -> list[tuple[str, str, str, int]]:
    """Code, name, severity and number of findings for each code, the most frequent first."""
    numbers: dict[tuple[str, str, str], int] = {}
    for finding in report.findings:
        key = (finding.code, finding.name, finding.severity)
        numbers[key] = numbers.get(key, 0) + 1
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return [(*key, number) for key, number in ordered]
