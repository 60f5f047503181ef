"""Validates the outcomes that rules yield, so that a faulty custom rule is reported."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import SEVERITIES, Finding, Fix, Passed, RelatedRange, Undecided
from symlint.source.text import Range
from symlint.terraform.values.value import Hop

if TYPE_CHECKING:
    from symlint.lint.finding import Outcome


class UnusableOutcomeError(ValueError):
    """An outcome of a rule that nobody could show; the message says what is wrong with it."""


def refuse_unusable(outcome: Outcome) -> None:
    """Raises UnusableOutcomeError for what is no outcome, or one without a place in a file."""
    if isinstance(outcome, Finding):
        _check_finding(outcome)
    elif isinstance(outcome, Undecided):
        _check_range(outcome.range, "an undecided question")
        _check_words("an undecided question", (outcome.question, outcome.reason))
    elif not isinstance(outcome, Passed):
        raise UnusableOutcomeError(f"it yielded {_kind(outcome)}, which is not an outcome")


def _check_finding(finding: Finding) -> None:
    _check_range(finding.range, "a finding")
    words = (finding.code, finding.name, finding.title, finding.label, finding.why, finding.help)
    _check_words("a finding", (*words, finding.address, finding.attribute))
    if finding.severity not in SEVERITIES:
        raise UnusableOutcomeError(f"a finding has the severity {finding.severity!r}")
    for related in finding.related:
        if not isinstance(related, RelatedRange):
            raise UnusableOutcomeError(f"related holds {_kind(related)}, not a RelatedRange")
        _check_range(related.range, "a related range")
        _check_words("a related range", (related.label,))
    for hop in finding.path:
        if not isinstance(hop, Hop):
            raise UnusableOutcomeError(f"path holds {_kind(hop)}, not a Hop")
    if finding.fix is not None:
        _check_fix(finding.fix)


def _check_fix(fix: Fix) -> None:
    if not isinstance(fix, Fix):
        raise UnusableOutcomeError(f"fix is {_kind(fix)}, not a Fix")
    _check_words("a fix", (fix.description, *(edit.replacement for edit in fix.edits)))
    for edit in fix.edits:
        _check_range(edit.range, "an edit")


def _check_range(range_: Range, what: str) -> None:
    if not isinstance(range_, Range):
        raise UnusableOutcomeError(f"the range of {what} is {_kind(range_)}, not a Range")
    start, end = range_.start, range_.end
    if not 0 <= start <= end <= len(range_.source.text):
        raise UnusableOutcomeError(f"the range of {what} is not in its file: {start} to {end}")


def _check_words(what: str, words: tuple[str, ...]) -> None:
    try:
        "".join(words)
    except TypeError:
        _refuse_words(what, words)


def _refuse_words(what: str, words: tuple[str, ...]) -> None:
    for text in words:
        if not isinstance(text, str):
            raise UnusableOutcomeError(f"{what} has {_kind(text)} where a string is expected")


def _kind(value: object) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"
