"""Findings and reports without secrets: what they say, and what is shown of their sources."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.lint.finding import Edit, Finding, Undecided
    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.report import Failure, Report, Suppressed


def said_finding(finding: Finding, hidden: Hidden) -> Finding:
    """A finding whose words say no secret. Its ranges and edits are what they were."""
    if all(hidden.text(text) == text for text in _words(finding)):
        return finding
    fix = finding.fix
    return finding._replace(
        title=hidden.text(finding.title),
        label=hidden.text(finding.label),
        why=hidden.text(finding.why),
        help=hidden.text(finding.help),
        related=tuple(it._replace(label=hidden.text(it.label)) for it in finding.related),
        address=hidden.text(finding.address),
        attribute=hidden.text(finding.attribute),
        function=hidden.text(finding.function),
        fix=fix and fix._replace(description=hidden.text(fix.description)),
    )


def _words(finding: Finding) -> list[str]:
    words = [finding.title, finding.label, finding.why, finding.help]
    words += [finding.address, finding.attribute, finding.function]
    words += [it.label for it in finding.related]
    return words if finding.fix is None else [*words, finding.fix.description]


def said_undecided(undecided: Undecided, hidden: Hidden) -> Undecided:
    """A question whose words say no secret."""
    question, reason = hidden.text(undecided.question), hidden.text(undecided.reason)
    return undecided._replace(question=question, reason=reason)


def said_failure(failure: Failure, hidden: Hidden) -> Failure:
    """A failure whose words say no secret."""
    return failure._replace(message=hidden.text(failure.message))


def said_suppressed(suppressed: Suppressed, hidden: Hidden) -> Suppressed:
    """A suppressed finding whose words say no secret."""
    finding, reason = said_finding(suppressed.finding, hidden), hidden.text(suppressed.reason)
    return suppressed._replace(finding=finding, reason=reason)


def shown(report: Report) -> Report:
    """A report as anybody may see it: no source or edit in it says a secret, as no word does."""
    hidden = report.hidden
    if hidden is None:
        return report
    return report._replace(
        findings=tuple(_shown_finding(it, hidden) for it in report.findings),
        undecided=tuple(it._replace(range=hidden.range(it.range)) for it in report.undecided),
        suppressed=tuple(
            it._replace(finding=_shown_finding(it.finding, hidden)) for it in report.suppressed
        ),
    )


def _shown_finding(finding: Finding, hidden: Hidden) -> Finding:
    fix = finding.fix
    edits = () if fix is None else tuple(_shown_edit(edit, hidden) for edit in fix.edits)
    return finding._replace(
        range=hidden.range(finding.range),
        related=tuple(it._replace(range=hidden.range(it.range)) for it in finding.related),
        path=tuple(it._replace(range=hidden.range(it.range)) for it in finding.path),
        fix=fix and fix._replace(edits=edits),
    )


def _shown_edit(edit: Edit, hidden: Hidden) -> Edit:
    return edit._replace(range=hidden.range(edit.range), replacement=hidden.text(edit.replacement))
