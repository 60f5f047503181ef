"""The counts of a report, in words and as a table."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.lint.finding import Finding, Fix, Severity
    from symlint.lint.report import Counts, Report

_WHERE: Final = {
    "without_sym": "in {} without Sym",
    "excluded": "excluded",
    "dot_terraform": "in .terraform",
    "hidden": "in hidden folders",
    "git_ignored": "ignored by git",
    "replaced": "replaced by .tofu files",
    "not_carried": "of Python that no implementation names",
    "too_many": "of root modules beyond what one run looks at",
    "other": "of neither Terraform nor Python",
}
"""Where the files are that a run has skipped, by reason."""


WHY_SKIPPED: Final = {
    "without_sym": "its module does not use Sym",
    "excluded": "excluded",
    "dot_terraform": "in .terraform",
    "hidden": "in a hidden folder",
    "git_ignored": "ignored by git",
    "replaced": "OpenTofu reads a .tofu file in its place",
    "not_carried": "no implementation names it",
    "too_many": "there are too many root modules for one run",
    "other": "neither Terraform nor Python",
    "linked": "a link to a folder, which is not followed",
}
"""Why a file was skipped, by reason."""


def count(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def more_found(finding: Finding) -> str:
    """What else has the same finding: "2 more instances of the same block", "3 more flows"."""
    number, kind = finding.more_instances, finding.more_of
    if not kind:
        return f"{count(number, 'more instance')} of the same block"
    if number > 1 and kind.endswith("y"):
        return f"{number} more {kind[:-1]}ies"
    return count(number, f"more {kind}")


_VERBS: Final = ("write ", "rename it to ", "add ")


def fix_said(fix: Fix, help_: str) -> str:
    """What repairs a finding; the edit itself only where the help does not say it already."""
    option = "symlint --fix" if fix.safe else "symlint --fix=all"
    said = fix.description
    for verb in _VERBS:
        said = said.removeprefix(verb)
    return (
        f"{option} does this"
        if said.strip('"') in help_
        else f"{fix.description} ({option} does it)"
    )


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
        return "No problems found" if report.failures else _nothing_found(report.counts)
    return f"Found {', '.join(found[:-1])}{' and ' if found[:-1] else ''}{found[-1]}"


def _nothing_found(counts: Counts) -> str:
    """That nothing is wrong, or why there was nothing to look at."""
    if counts.files or counts.modules or counts.python_files:
        return "No problems found"
    if counts.skipped_modules:
        return "Nothing here uses Sym"
    return "No problems found: there was nothing to look at"


def fixable(findings: Iterable[Finding]) -> str:
    """How many findings can be repaired, and by which option; "" for none."""
    safe = [finding.fix.safe for finding in findings if finding.fix]
    sure, more = sum(safe), len(safe) - sum(safe)
    if not safe:
        return ""
    review = "symlint --fix=all: review what it changes"
    if not sure:
        return f"{more} can be repaired by {review}"
    return f"{sure} can be repaired by symlint --fix" + (
        f", {more} more by {review}" if more else ""
    )


def scope(report: Report, hint: str = "") -> str:
    """What was looked at and with which result, findings aside, and what was skipped.

    ``hint`` is said of undecided questions.
    """
    counts = report.counts
    more = [
        count(number, noun)
        for number, noun in (
            (counts.variable_files, "variable file"),
            (counts.python_files, "Python file"),
        )
        if number
    ]
    looked = f"{count(counts.files, 'file')} in {count(counts.modules, 'module')}"
    looked += "".join(f", {it}" for it in more[:-1]) + "".join(f" and {it}" for it in more[-1:])
    facts = [
        f"{count(counts.checks_passed, 'check')} passed",
        f"{len(report.undecided)} undecided{hint}",
    ]
    if report.suppressed:
        facts.append(f"{count(len(report.suppressed), 'finding')} suppressed")
    skipped = _skipped(counts)
    return f"{looked}: {', '.join(facts)}{f'. Skipped {skipped}' if skipped else ''}"


def _skipped(counts: Counts) -> str:
    """The files that were not looked at, by reason, and the folders."""
    facts: list[str] = []
    for reason, number in counts.skipped_files:
        where = _WHERE[reason].format(count(counts.skipped_modules, "module"))
        facts.append(f"{number if facts else count(number, 'file')} {where}")
    if facts and not counts.all_counted:
        facts[0] = f"at least {facts[0]}"
    facts += [count(number, f"{kind} folder") for kind, number in counts.skipped_folders]
    return f"{', '.join(facts[:-1])}{' and ' if facts[:-1] else ''}{facts[-1]}" if facts else ""


def statistics(report: Report) -> list[tuple[str, str, str, int]]:
    """Code, name, severity and number of findings for each code, the most frequent first."""
    numbers: dict[tuple[str, str, str], int] = {}
    for finding in report.findings:
        key = (finding.code, finding.name, finding.severity)
        numbers[key] = numbers.get(key, 0) + 1
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return [(*key, number) for key, number in ordered]
