"""One page for people: what was found, and who can get what.

It needs nothing but itself: each rule that has found something has its page there, too.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.report.html.access_sections import access_sections, summary
from symlint.report.html.findings import findings, suppressed, undecided
from symlint.report.html.page import Saying, failures, page
from symlint.report.html.rules import rule_parts
from symlint.report.summary import headline, scope

if TYPE_CHECKING:
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """The report as a page of HTML, with the inventory that the options have."""
    access = options.access

    def hide(text: str) -> str:
        text = text if report.hidden is None else report.hidden.text(text)
        return text if access is None else access.inventory.hide(text)

    say = Saying(hide, options.directory)
    codes = {it.code for it in report.findings}
    rules = [rule.load() for rule in report.rules if rule.code in codes]
    about = [f"<p>{say.text(headline(report))}. {say.text(scope(report))}.</p>"]
    sections = {
        "Findings": findings(report.findings, options.repository, [it.code for it in rules], say)
    }
    failed = list(report.failures)
    if access is not None:
        about.append(f'<p class="faint">Access: {summary(access.inventory)}</p>')
        failed = list(dict.fromkeys((*failed, *access.inventory.failures)))
        sections |= access_sections(access.inventory, access.answers, say)
    sections["Suppressed"] = suppressed(report.suppressed, say)
    if options.show_undecided:
        sections["Undecided"] = undecided(report.undecided, say)
    sections["Rules"] = rule_parts(rules)
    about += failures(say, failed, "This report")
    return page("symlint report", "Findings and access", about, sections)
