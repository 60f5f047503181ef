"""Markdown for a comment on a pull request; nothing in it links, mentions or renders by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.report.escape import guard_log, neutralise
from symlint.report.places import relative_path
from symlint.report.remedy import remedy_parts
from symlint.report.snippet import Annotation, gutter_width, snippet
from symlint.report.style import Painter
from symlint.report.summary import count, headline, scope, statistics

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions

LONGEST: Final = 60_000
"""Characters; GitHub refuses comments of more than 65,536."""

_MARKUP: Final = frozenset("\\`*_{}[]<>&#|~")
"""What begins markup inside a line."""

_BREAK: Final = "<!-- -->"
"""Splits the text of a mention, reference or link: GitHub looks for those in the rendered text,
where escapes are gone."""

_SNIPPET_WIDTH: Final = 100


def render(report: Report, options: RenderOptions) -> str:
    """The comment; when it would be too long for GitHub it says how many findings it leaves out."""
    head = [f"### symlint: {headline(report)[0].lower()}{headline(report)[1:]}", ""]
    tail = [f"<sub>{escape_markdown(scope(report))}</sub>"]
    for failure in report.failures:
        path = (
            f"{code_span(relative_path(failure.path, options.repository))}: "
            if failure.path
            else ""
        )
        head += [f"- **failed** {path}{escape_markdown(failure.message)}", ""]
    if options.statistics and report.findings:
        tail = [*_statistics(report), "", *tail]
    body: list[str] = []
    room = LONGEST - sum(map(len, head)) - sum(map(len, tail))
    for number, finding in enumerate(report.findings):
        lines = _finding(finding, options)
        room -= sum(len(line) + 1 for line in lines)
        if room < 0:
            left = count(len(report.findings) - number, "more finding")
            body += [f"... and {left} that do not fit into a comment", ""]
            break
        body += lines
    return guard_log("\n".join([*head, *body, *tail])) + "\n"


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
    annotations = [Annotation(finding.range, finding.label, "error", "^")]
    annotations += (Annotation(o.range, o.label, "related", "-") for o in finding.related)
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


def escape_markdown(text: str) -> str:
    """``text`` as it is, inside a line of Markdown: no markup, HTML, mention, reference or link."""
    shown = neutralise(text)
    return _split("".join(f"\\{c}" if c in _MARKUP else c for c in shown))


def escape_html(text: str) -> str:
    """``text`` as it is, in a block of HTML inside Markdown."""
    shown = neutralise(text)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        shown = shown.replace(character, entity)
    return _split(shown)


def _split(escaped: str) -> str:
    for start in ("@", "#", "://", "www."):
        escaped = escaped.replace(
            start, start[:-1] + _BREAK + start[-1] if len(start) > 1 else start + _BREAK
        )
    return escaped.replace("$", "<span>$</span>")


def code_span(text: str) -> str:
    """``text`` as inline code, whatever backticks are in it."""
    shown = neutralise(text)
    fence = "`" * (_longest_run(shown) + 1)
    padding = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def code_block(lines: list[str], language: str) -> list[str]:
    """``lines`` as a fenced code block, whatever fences are in them."""
    fence = "`" * max(3, max(map(_longest_run, lines), default=0) + 1)
    return [fence + language, *lines, fence]


def _longest_run(text: str) -> int:
    longest = current = 0
    for character in text:
        current = current + 1 if character == "`" else 0
        longest = max(longest, current)
    return longest
