"""How much of a report is listed: what nobody reads would cost seconds and hundreds of megabytes."""

from __future__ import annotations

from collections import Counter

from symlint.annotations import TYPE_CHECKING, Final, TypeVar
from symlint.lint.finding import Finding
from symlint.lint.report import Failure, Suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.lint.finding import Undecided
    from symlint.lint.report import Report
    from symlint.source.text import Range

_T = TypeVar("_T", Finding, Suppressed, Failure, "Undecided")

MOST_OF_A_RULE: Final = 1_000
"""How many findings of one rule are listed for one file."""

MOST: Final = 12_000
"""How many findings are listed, and how many that are suppressed, and how many questions and failures."""

MOST_BYTES: Final = 8_000_000
"""How much of each of these is listed, in UTF-8; most formats write some of it twice or more."""

_OF_A_PLACE: Final = 100
"""What a place has beside its path: its numbers, and what they are called."""


def listed(report: Report) -> Report:
    """The report with what of it can be listed; a failure says how much more there is.

    Exit status 3 then: who reads the list must not take it for all that there is.
    """
    of_each_file, failures = _of_each_file(report.findings)
    findings = _first(of_each_file, "findings", failures)
    suppressed = _first(report.suppressed, "suppressed findings", failures)
    undecided = _first(report.undecided, "undecided questions", failures)
    failed = _first(report.failures, "failures", failures)
    if not failures:
        return report
    return report._replace(
        findings=findings,
        suppressed=suppressed,
        undecided=undecided,
        failures=(*failed, *failures),
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


def _first(all_: tuple[_T, ...], what: str, failures: list[Failure]) -> tuple[_T, ...]:
    """The first of many; that there are more is added to the failures."""
    kept = 0
    size = 0
    for item in all_[:MOST]:
        size += _size(item)
        if size > MOST_BYTES:
            break
        kept += 1
    if kept < len(all_):
        failures.append(Failure("", f"there are {len(all_):,} {what}: only {kept:,} are listed"))
    return all_[:kept]


def _size(item: Finding | Suppressed | Failure | Undecided) -> int:
    """About how much it takes to list something once."""
    if isinstance(item, Failure):
        return _of_words(item)
    if isinstance(item, Suppressed):
        return _of_words([item.reason]) + _size(item.finding)
    if not isinstance(item, Finding):
        return _of_words([item.question, item.reason]) + _of_places([item.range])
    edits = item.fix.edits if item.fix else ()
    words = [item.title, item.label, item.why, item.help, item.address, item.attribute]
    words += [*(it.label for it in item.related), *(it.replacement for it in edits)]
    words += (str(it.reference) for it in item.path)
    places = [item.range, *(it.range for it in item.related)]
    places += [*(it.range for it in edits), *(it.range for it in item.path)]
    return _of_words(words) + _of_places(places)


def _of_words(words: Iterable[str]) -> int:
    return sum(
        len(it) if it.isascii() else len(it.encode("utf-8", "surrogatepass")) for it in words
    )


def _of_places(places: Iterable[Range]) -> int:
    paths = [place.path for place in places]
    return _of_words(paths) + _OF_A_PLACE * len(paths)
