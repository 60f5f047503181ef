"""Markdown for a comment on a pull request; nothing in it links, mentions or renders by itself."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.escape import guard_log, neutralise
from symlint.report.markup import code_block, code_span, escape_html, escape_markdown
from symlint.report.places import relative_path
from symlint.report.remedy import remedy_parts
from symlint.report.snippet import annotations_of, gutter_width, snippet
from symlint.report.style import Painter
from symlint.report.summary import count, headline, scope, statistics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.lint.finding import Finding
    from symlint.lint.report import Failure, Report
    from symlint.report.options import RenderOptions
    from symlint.report.snippet import Annotation

LONGEST: Final = 60_000
"""Characters; GitHub refuses comments of more than 65,536."""

_SNIPPET_WIDTH: Final = 100


def render(report: Report, options: RenderOptions) -> str:
    """The comment; when it would be too long for GitHub it says how many findings it leaves out."""
    head = [f"### symlint: {headline(report)[0].lower()}{headline(report)[1:]}", ""]
    tail = [f"<sub>{escape_markdown(scope(report))}</sub>"]
    if options.statistics and report.findings:
        tail = [*_statistics(report), "", *tail]
    room = LONGEST - _length(tail)
    failures = (_failure(failure, options) for failure in report.failures)
    head += _fitting(failures, room // 2, "more failure", len(report.failures))
    findings = (_finding(finding, options) for finding in report.findings)
    body = _fitting(findings, room - _length(head), "more finding", len(report.findings))
    return guard_log("\n".join([*head, *body, *tail])) + "\n"


def _fitting(items: Iterable[list[str]], room: int, noun: str, number: int) -> list[str]:
    """The lines of the items that have room, and how many of the ``number`` have none."""
    lines: list[str] = []
    for index, item in enumerate(items):
        room -= _length(item)
        if room < 0:
            left = count(number - index, noun)
            return [*lines, f"... and {left} that do not fit into a comment", ""]
        lines += item
    return lines


def _length(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _failure(failure: Failure, options: RenderOptions) -> list[str]:
    path = failure.path and f"{code_span(relative_path(failure.path, options.repository))}: "
    return [f"- **failed** {path}{escape_markdown(failure.message)}", ""]


def _finding(finding: Finding, options: RenderOptions) -> list[str]:
    place = finding.range.start_position
    path = relative_path(finding.range.path, options.repository)
    where = code_span(f"{path}:{place.line}:{place.column}")
    title = f"**{finding.severity}** {finding.code}: {escape_markdown(finding.title)}"
    lines = [f"<details><summary>{_in_summary(finding)}</summary>", "", f"{title} at {where}", ""]
    lines += [*_source(finding, options), ""]
    if finding.why:
        lines += [f"**Why:** {escape_markdown(finding.why)}", ""]
    if finding.help:
        lines += [*remedy(finding.help), ""]
    return [*lines, "</details>", ""]


def remedy(help_: str) -> list[str]:
    """The help of a finding: sentences as paragraphs, code in blocks."""
    lines: list[str] = []
    for part in remedy_parts(help_):
        if part.is_code:
            lines += ["", *code_block(part.lines, "hcl")]
        else:
            lines += (
                ["", escape_markdown(part.lines[0])]
                if lines
                else [f"**Help:** {escape_markdown(part.lines[0])}"]
            )
    return lines


def _in_summary(finding: Finding) -> str:
    """The line that stays visible; HTML, in which Markdown is not read everywhere."""
    icon = {"error": "&#10060;", "warning": "&#9888;&#65039;", "note": "&#8505;&#65039;"}
    title = escape_html(finding.title)
    return f"{icon[finding.severity]} <b>{finding.code}</b> {title}"


def _source(finding: Finding, options: RenderOptions) -> list[str]:
    annotations = annotations_of(finding)
    gutter = gutter_width(annotations)
    by_path: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        by_path.setdefault(annotation.range.path, []).append(annotation)
    lines: list[str] = []
    for path, group in by_path.items():
        if len(by_path) > 1:
            lines.append(neutralise(relative_path(path, options.repository)))
        lines += snippet(group, gutter, _SNIPPET_WIDTH, Painter(False))
    return code_block(lines, "text")


def _statistics(report: Report) -> list[str]:
    rows = [
        f"| {number} | {code} | {severity} | {name} |"
        for code, name, severity, number in statistics(report)
    ]
    return ["| findings | code | severity | name |", "| ---: | --- | --- | --- |", *rows]
