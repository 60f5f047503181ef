"""The questions of an auditor with their answers, each of which opens."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.access.questions.answer import WORDS
from symlint.report.html.flow_index import target_title, verdict_style
from symlint.report.html.page import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.lint.access.questions.answer import Answer, Part, TargetName
    from symlint.report.html.flow_index import FlowIndex
    from symlint.report.html.page import Saying

_MOST_TARGETS: Final = 12
"""More targets than that are shown when somebody asks for them."""

_HEADINGS: Final = {
    "approvers": "approved by",
    "broken": "because",
    "environments": "difference",
    "longest": "longest access",
    "unasked": "because",
}
"""What is said in the parts of an answer, where it is not how something is so."""

_NOTES: Final = {
    "alone": "An admin of Sym can approve any request in the web app, whatever a hook decides.",
    "approvers": "Admins of Sym can always approve. Who is in a group or sees a channel is known to "
    "Slack and the identity provider only.",
    "longest": "How long the form lets people ask for, and what ends it. Whether the service takes "
    "the access back then is up to the service.",
    "broken": "A flow cannot work where its code is broken, or where something that it reads has an "
    "error. Warnings and notes do not count.",
    "environments": "Names of environments in other names are taken out before the comparison: "
    "{environment} stands in their place.",
}


def questions(answers: Iterable[Answer], flows: FlowIndex, say: Saying) -> list[str]:
    """Each question with its answer in short, and what is so of which flows."""
    return [_question(number, it, flows, say) for number, it in enumerate(answers, 1)]


def _question(number: int, answer: Answer, flows: FlowIndex, say: Saying) -> str:
    word = "" if answer.verdict is None else WORDS[answer.verdict]
    shown = mark(verdict_style(answer, answer.verdict), word) if word else ""
    note = f'<p class="faint">{_NOTES[answer.name]}</p>' if answer.name in _NOTES else ""
    if answer.name == "granting":
        note = (
            '<p>The <a href="#targets">table of targets</a> has each with its flows. Write a part of its '
            "name, or of what it grants, into the search above the grants, which holds for the targets, too.</p>"
        )
        parts = [part for part in answer.parts if part.verdict is not None]
    else:
        parts = list(answer.parts)
    return (
        f'<details class="question" id="question-{answer.name}"><summary>'
        f"<b>{number}. {say.text(answer.question)}</b><span>{shown}</span>"
        f'<span class="said">{say.text(answer.text)}</span></summary>'
        f'<div class="inside">{note}{_parts(answer, parts, flows, say)}</div></details>'
    )


def _parts(answer: Answer, parts: list[Part], flows: FlowIndex, say: Saying) -> str:
    if not parts:
        return ""
    has_verdicts = any(it.verdict is not None for it in parts)
    has_about = any(it.about for it in parts)
    heads = ["answer"] * has_verdicts + ["environment"] * has_about
    heads.append(_HEADINGS.get(answer.name, "how"))
    about = {"flows": any(it.flows for it in parts), "targets": any(it.targets for it in parts)}
    heads.append(" and ".join(name for name, there in about.items() if there))
    head = "".join(f'<th scope="col">{it}</th>' for it in heads)
    rows = []
    for part in parts:
        cells = []
        if has_verdicts:
            word = "" if part.verdict is None else WORDS[part.verdict]
            shown = mark(verdict_style(answer, part.verdict), word) if word else ""
            cells.append(f'<td class="least">{shown}</td>')
        if has_about:
            cells.append(f"<td>{say.text(part.about)}</td>")
        cells.append(f"<td>{say.text(part.text)}</td>")
        names = flows.links(part.flows) + _targets(part.targets, say)
        cells.append(f"<td>{names}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _targets(names: Iterable[TargetName], say: Saying) -> str:
    shown = [f"<span>{say.text(target_title(it))}</span>" for it in names]
    if not shown:
        return ""
    listed = f'<div class="names">{"".join(shown)}</div>'
    if len(shown) <= _MOST_TARGETS:
        return listed
    return f"<details><summary>{len(shown)} targets</summary>{listed}</details>"
