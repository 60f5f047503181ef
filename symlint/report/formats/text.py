"""The format that people read: the facts, the source that shows them, consequence and remedy.

error[SYM201]: aws_iam strategy cannot grant an okta_group target
  --> main.tf:14:14 in sym_strategy.this
   |
14 |   targets = [sym_target.main.id]
   |              ^^^^^^^^^^^^^^^^^^ this is an okta_group target
   |
   = why: ...
   = help: ...
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import SEVERITIES
from symlint.report.escape import guard_log, neutralise
from symlint.report.page import Page
from symlint.report.summary import (
    WHY_SKIPPED,
    count,
    fix_said,
    fixable,
    headline,
    more_found,
    scope,
    statistics,
)
from symlint.source.cutting import cut

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.report import Failure, Report
    from symlint.report.options import RenderOptions
    from symlint.report.snippet import Annotation


def render(report: Report, options: RenderOptions) -> str:
    """The report as text; see the module's docstring."""
    page = _Page(options)
    blocks = [page.finding(finding) for finding in report.findings]
    if options.show_undecided:
        blocks += [page.undecided(undecided) for undecided in report.undecided]
    blocks.append([line for failure in report.failures for line in page.failure(failure)])
    if options.statistics:
        blocks += page.statistics(report)
    blocks += page.files(report)
    if not options.quiet:
        blocks.append(page.summary(report))
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return guard_log(text) + "\n" if text else ""


class _Page(Page):
    """The parts of a report."""

    def finding(self, finding: Finding) -> list[str]:
        """Everything about one finding."""
        # Imported here: a run without findings has no source to show.
        from symlint.report.snippet import annotations_of, gutter_width, snippet

        annotations = annotations_of(finding)
        gutter = gutter_width(annotations)
        lines = self.title(finding.severity, finding.code, finding.title)
        by_path: dict[str, list[Annotation]] = {}
        for annotation in annotations:
            by_path.setdefault(annotation.range.path, []).append(annotation)
        where = f"{finding.function} of " if finding.function and finding.address else ""
        for index, group in enumerate(by_path.values()):
            inside = "" if index else where + finding.address
            lines += self.arrow(group[0].range, gutter, inside)
            lines += snippet(group, gutter, self.width, self.painter)
        notes = [("why", finding.why), ("help", finding.help)]
        notes.append(("path", self._reference_path(finding)))
        if finding.fix:
            notes.append(("fix", fix_said(finding.fix, finding.help)))
        if finding.more_instances:
            notes.append(("note", f"and {more_found(finding)}"))
        for key, text in notes:
            lines += self.note(key, text, gutter)
        return lines

    def undecided(self, undecided: Undecided) -> list[str]:
        """A question without an answer, and why."""
        title = self.title("undecided", undecided.code, undecided.question)
        return title + self.marked(undecided.range, "", "undecided", ("reason", undecided.reason))

    def failure(self, failure: Failure) -> list[str]:
        """What keeps the run from being trusted."""
        from symlint.report.places import shown_path

        text = neutralise(failure.message)
        if failure.path:
            text = f"{shown_path(failure.path, self.options.directory)}: {text}"
        return self.prose("failed: ", "failure", text, "")

    def statistics(self, report: Report) -> list[list[str]]:
        """A line for each code: how often, how severe, and its name."""
        rows = statistics(report)
        if rows and self.width is not None:
            return [self._statistics_table(rows, self.width)]
        digits = max((len(str(row[3])) for row in rows), default=0)
        width = max((len(row[0]) for row in rows), default=0)
        table = [
            f"{number:>{digits}}  {code:<{width}}  {self.painter.paint(f'{severity:<7}', severity)}  {name}"
            for code, name, severity, number in rows
        ]
        return [table] if table else []

    def files(self, report: Report) -> list[list[str]]:
        """The files that were looked at, and those that were skipped with the reason."""
        if not report.files:
            return []
        directory = self.options.directory
        from symlint.report.listing import MOST
        from symlint.report.places import shown_path

        shown = [(shown_path(path, directory), reason) for path, reason in report.files[:MOST]]
        looked_at = [f"  {path}" for path, reason in shown if not reason]
        skipped = [f"  {path}: {WHY_SKIPPED[reason]}" for path, reason in shown if reason]
        if len(report.files) > MOST:
            skipped.append(f"  and {len(report.files) - MOST:,} more")
        blocks = (["Looked at:", *looked_at], ["Skipped:", *skipped])
        return [block for block in blocks if block[1:]]

    def summary(self, report: Report) -> list[str]:
        """The last lines: what was found, and what was looked at."""
        worst = next((f.severity for f in report.findings if f.severity == "error"), "warning")
        style = worst if report.findings else "good"
        if report.failures and not report.findings:
            style = "failure"
            first = "No problems found, but not everything could be looked at"
        else:
            first = headline(report)
        lines = [self.painter.paint(f"{first}.", style)]
        lines += self._leads(report)
        lines += self.prose("", "", f"Looked at {scope(report, self._undecided_hint(report))}.", "")
        if report.failures:
            text = f"{count(len(report.failures), 'failure')}: this result cannot be trusted."
            lines.append(self.painter.paint(text, "failure"))
        return lines

    # --- parts ---

    def _statistics_table(self, rows: list[tuple[str, str, str, int]], width: int) -> list[str]:
        from symlint.report.tables import SEVERITY_STYLES, Cell, table

        cells = [
            (
                Cell(f"{number:,}"),
                Cell(code, "bold"),
                Cell(severity, SEVERITY_STYLES[severity]),
                Cell(name),
            )
            for code, name, severity, number in rows
        ]
        head = ("findings", "code", "severity", "name")
        return table(head, cells, width, color=self.options.color).splitlines()

    def _leads(self, report: Report) -> list[str]:
        """What to do next: read about a rule, and have repaired what can be repaired."""
        if not report.findings:
            return []
        worst = min(report.findings, key=lambda it: SEVERITIES.index(it.severity))
        lines = self.prose("", "", f"More about {worst.code}: symlint explain {worst.code}", "")
        repair = fixable(report.findings)
        return lines + (self.prose("", "", f"{repair}.", "") if repair else [])

    def _undecided_hint(self, report: Report) -> str:
        wanted = report.undecided and not self.options.show_undecided
        return " (--show-undecided shows them)" if wanted else ""

    def _reference_path(self, finding: Finding) -> str:
        """The path of the value: where each name on it was read, from its origin to its use."""
        from symlint.report.places import shown_place

        directory = self.options.directory
        steps = [
            f"  {cut(str(hop.reference))} read at {shown_place(hop.range, directory)}"
            for hop in finding.path
        ]
        if not steps:
            return ""
        return "\n".join(["the value comes through", *steps])
