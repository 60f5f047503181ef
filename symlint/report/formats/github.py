"""GitHub Actions workflow commands: annotations beside the lines of a pull request.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; the escaping is
that of ``@actions/core`` (``escapeData``, ``escapeProperty``).
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.escape import neutralise, neutralise_block
from symlint.report.places import relative_path
from symlint.report.summary import more_found

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Severity
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions
    from symlint.source.text import Range

_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, options: RenderOptions) -> str:
    """One command for each finding and failure."""
    lines = [_finding(finding, options.repository) for finding in report.findings]
    for failure in report.failures:
        path = relative_path(failure.path, options.repository) if failure.path else ""
        message = f"{neutralise(path)}: {failure.message}" if path else failure.message
        lines.append(_command("error", {"title": "symlint failed"}, neutralise(message)))
    return "".join(line + "\n" for line in lines)


def _finding(finding: Finding, repository: str) -> str:
    properties = {
        **_place(finding.range, repository),
        "title": f"{finding.code} {finding.name}",
    }
    paragraphs = [neutralise(finding.title)]
    if finding.why:
        paragraphs.append(neutralise_block(finding.why))
    if finding.help:
        paragraphs.append(f"help: {neutralise_block(finding.help)}")
    if finding.more_instances:
        paragraphs.append(f"and {more_found(finding)}")
    return _command(_COMMANDS[finding.severity], properties, "\n".join(paragraphs))


def _place(range_: Range, repository: str) -> dict[str, str]:
    """File and place; columns only within one line, for GitHub refuses them otherwise."""
    start, end = range_.start_position, range_.end_position
    place = {
        "file": neutralise(relative_path(range_.path, repository)),
        "line": str(start.line),
        "endLine": str(end.line),
    }
    if start.line == end.line:
        place["col"] = str(start.column)
        place["endColumn"] = str(end.column)
    return place


def _command(name: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={escape_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{escape_data(message)}"


def escape_data(text: str) -> str:
    """``text`` as the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """``text`` as a property of a command."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")
