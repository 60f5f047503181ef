"""The findings of a run, each with its source, its consequence and its remedy."""

from __future__ import annotations

import re
from html import escape

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import SEVERITIES
from symlint.report.fingerprint import fingerprints
from symlint.report.html.page import controls, mark, table
from symlint.report.remedy import remedy_parts
from symlint.report.snippet import annotations_of, gutter_width, snippet
from symlint.report.style import Painter
from symlint.report.summary import fix_said, more_found
from symlint.source.cutting import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.lint.finding import Finding, Severity, Undecided
    from symlint.lint.report import Suppressed
    from symlint.report.html.page import Saying
    from symlint.report.snippet import Annotation

_STYLES: Final[dict[Severity, str]] = {"error": "bad", "warning": "doubt", "note": "none"}
_DIGITS: Final = 10
"""How much of a fingerprint a link to a finding has."""

_PAINTED: Final = re.compile(r"\x1b\[([\d;]+)m(.*?)\x1b\[0m")
_CODES: Final = {
    "1;31": "error", "1;33": "warning", "1;36": "note", "34": "gutter", "36": "related",
}  # fmt: skip  # as many a line as fit
"""What ``Painter`` paints with, and the styles of the page for it."""

_ORDER: Final = (
    '<label>ordered by<select data-order><option value="rank code place">severity</option>'
    '<option value="code place">rule</option><option value="place">place</option></select></label>'
)


def findings(
    found: Iterable[Finding], repository: str, rules: Iterable[str], say: Saying
) -> list[str]:
    """All findings, the most severe first, with controls; ``rules`` are the codes that have a part."""
    shown = list(found)
    if not shown:
        return ["<p>No problems were found.</p>"]
    prints = dict(zip(map(id, shown), fingerprints(shown, repository), strict=True))
    codes: dict[str, int] = {}
    for it in shown:
        codes[it.code] = codes.get(it.code, 0) + 1
    shown.sort(key=lambda it: (SEVERITIES.index(it.severity), it.code, it.sort_key()))
    choices: dict[tuple[str, str], dict[str, str]] = {
        ("severity", "of severity"): {it: it for it in SEVERITIES},
        ("code", "of the rule"): {
            say.text(code): f"{say.text(code)} ({number})" for code, number in sorted(codes.items())
        },
    }
    known = set(rules)
    parts = [_finding(it, prints[id(it)], it.code in known, say) for it in shown]
    return [controls("findings", "findings", choices, _ORDER), "<div>", *parts, "</div>"]


def _finding(finding: Finding, print_: str, has_page: bool, say: Saying) -> str:
    id_ = say.new_id(finding.code, print_[:_DIGITS])
    code = say.text(finding.code)
    link = f'<a href="#rule-{code}">{code}</a>' if has_page else code
    place = say.place(finding.range)
    about = " of ".join(filter(None, (finding.function, finding.address)))
    where = f"{place} in {say.text(about)}" if about else place
    items = [
        ("why", say.text(finding.why)),
        ("help", _help(finding.help, say)),
        ("path", _path(finding, say)),
        ("fix", say.text(fix_said(finding.fix, finding.help)) if finding.fix else ""),
        ("also", say.text(more_found(finding)) if finding.more_instances else ""),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in items if text)
    return (
        f'<article id="{id_}" aria-labelledby="{id_}-title" data-of="findings" data-counted '
        f'data-severity="{finding.severity}" data-rank="{SEVERITIES.index(finding.severity)}" '
        f'data-code="{code}" data-place="{place}">'
        f"<h3>{mark(_STYLES[finding.severity], finding.severity)}<span>{link}</span>"
        f'<span class="title" id="{id_}-title">{say.text(finding.title)}</span>'
        f'<a class="faint" href="#{id_}" aria-label="Link to this finding">#</a></h3>'
        f'<p class="faint">{where}</p>{_source(finding, say)}<dl>{listed}</dl></article>'
    )


def _source(finding: Finding, say: Saying) -> str:
    annotations = annotations_of(finding)
    gutter = gutter_width(annotations)
    by_path: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        by_path.setdefault(annotation.range.path, []).append(annotation)
    lines = []
    for path, group in by_path.items():
        if len(by_path) > 1:
            lines.append(say.path(path))
        lines += (_colored(line) for line in snippet(group, gutter, None, Painter(True)))
    return f'<pre tabindex="0">{chr(10).join(lines)}</pre>'


def _colored(line: str) -> str:
    """A painted line as HTML: the text of files has no escapes of terminals by now."""
    return _PAINTED.sub(
        lambda it: f'<span class="{_CODES.get(it[1], "")}">{it[2]}</span>', escape(line)
    )


def _help(text: str, say: Saying) -> str:
    parts = []
    for part in remedy_parts(text) if text else ():
        if part.is_code:
            code = "\n".join(map(say.text, part.lines)).strip("\n")
            parts.append(f'<pre tabindex="0">{code}</pre>')
        else:
            parts.append(f"<p>{say.text(part.lines[0])}</p>")
    return "".join(parts)


def _path(finding: Finding, say: Saying) -> str:
    steps = [f"{say.text(cut(str(it.reference)))} at {say.place(it.range)}" for it in finding.path]
    return f"the value comes through {', then '.join(steps)}" if steps else ""


def suppressed(found: Iterable[Suppressed], say: Saying) -> list[str]:
    """What comments and the baseline suppress."""
    rows = [
        f'<tr><th scope="row">{say.text(it.finding.code)}</th><td>{say.text(it.finding.title)}</td>'
        f"<td>{say.place(it.finding.range)}</td><td>{say.text(it.kind)}</td>"
        f"<td>{say.text(it.reason)}</td></tr>"
        for it in found
    ]
    headings = ["rule", "finding", "place", "by", "reason"]
    return (
        table("suppressed-table", "Findings that are not reported", headings, rows) if rows else []
    )


def undecided(found: Iterable[Undecided], say: Saying) -> list[str]:
    """Questions that need a value that is not known."""
    rows = [
        f'<tr><th scope="row">{say.text(it.code)}</th><td>{say.text(it.question)}</td>'
        f"<td>{say.text(it.reason)}</td><td>{say.place(it.range)}</td></tr>"
        for it in found
    ]
    headings = ["rule", "question", "reason", "place"]
    caption = "Questions that need a value that is not known"
    return table("undecided-table", caption, headings, rows) if rows else []
