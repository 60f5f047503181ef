"""Outcomes of rules that are no longer than anybody reads."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import Finding, Undecided
from symlint.source.cutting import MOST_OF_WORDS, cut

if TYPE_CHECKING:
    from symlint.lint.finding import Outcome

MOST_OF_HELP: Final = 10_000
"""The most characters of a remedy, which may hold code to paste."""

MOST_HOPS: Final = 30
"""The most steps of the path of a value: the first that were taken of it, and the last."""

MOST_RELATED: Final = 30
"""The most places that are shown beside that of a finding."""


def brief(outcome: Outcome) -> Outcome:
    """An outcome with what is too long in it cut at the end."""
    if isinstance(outcome, Finding):
        return _brief_finding(outcome)
    if isinstance(outcome, Undecided):
        question, reason = cut(outcome.question), cut(outcome.reason)
        return outcome._replace(question=question, reason=reason)
    return outcome


def _brief_finding(finding: Finding) -> Finding:
    fix, path = finding.fix, finding.path
    words = len(finding.title) + len(finding.label) + len(finding.why) + len(finding.help)
    words += len(finding.address) + len(finding.attribute)
    words += sum([len(it.label) for it in finding.related])
    words += 0 if fix is None else len(fix.description)
    if words <= MOST_OF_WORDS and len(finding.related) <= MOST_RELATED and len(path) <= MOST_HOPS:
        return finding
    return finding._replace(
        title=cut(finding.title),
        label=cut(finding.label),
        related=tuple(it._replace(label=cut(it.label)) for it in finding.related[:MOST_RELATED]),
        why=cut(finding.why),
        help=cut(finding.help, MOST_OF_HELP),
        address=cut(finding.address),
        attribute=cut(finding.attribute),
        path=path if len(path) <= MOST_HOPS else path[: MOST_HOPS // 2] + path[-MOST_HOPS // 2 :],
        fix=fix and fix._replace(description=cut(fix.description)),
    )
