"""One line a finding: ``path:line:column: error SYM201 title [strategy-target-type]``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.report.escape import guard_log, neutralise
from symlint.report.places import shown_path, shown_place
from symlint.report.style import Painter
from symlint.report.summary import statistics

if TYPE_CHECKING:
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """The findings, then the undecided questions where wanted, then the failures."""
    painter = Painter(options.color)
    directory = options.directory
    lines = [
        f"{shown_place(finding.range, directory)}: "
        f"{painter.paint(finding.severity, finding.severity)} {finding.code} "
        f"{neutralise(finding.title)} [{finding.name}]"
        for finding in report.findings
    ]
    if options.show_undecided:
        lines += [
            f"{shown_place(undecided.range, directory)}: "
            f"{painter.paint('undecided', 'undecided')} {undecided.code} "
            f"{neutralise(undecided.question)}: {neutralise(undecided.reason)}"
            for undecided in report.undecided
        ]
    for failure in report.failures:
        path = f"{shown_path(failure.path, directory)}: " if failure.path else ""
        lines.append(f"{path}{painter.paint('failed', 'failure')} {neutralise(failure.message)}")
    if options.statistics:
        lines += [f"{number} {code} {name}" for code, name, _, number in statistics(report)]
    return guard_log("\n".join(lines)) + "\n" if lines else ""
