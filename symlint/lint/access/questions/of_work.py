"""The question which flows cannot work: code that is broken, and mistakes in what a flow reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from symlint.lint.access.questions.answer import Answer, Part, counted, flow_name, worst
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from symlint.lint.access.inventory import RootGrants
    from symlint.lint.access.questions.answer import FlowName, Group
    from symlint.lint.finding import Finding
    from symlint.source.text import Range
    from symlint.sym.access.grants import Grant

_KEYS: Final = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\]")
_QUESTION: Final = "Are there flows that cannot work?"


def cannot_work(
    flows: Sequence[Group], findings: Iterable[Finding], place: Callable[[Range], str]
) -> Answer:
    """Which flows have broken code, or an error in what they stand on; ``place`` names places."""
    found: dict[str, dict[FlowName, None]] = {}
    astray: dict[str, None] = {}
    for finding in findings:
        if finding.severity != "error":
            continue
        text = f"{finding.code}: {finding.title} ({place(finding.range)})"
        names = [flow_name(*group[0]) for group in flows if _concerns(finding, *group[0])]
        if names:
            found.setdefault(text, {}).update(dict.fromkeys(names))
        else:
            astray[text] = None
    for group in flows:
        root, grant = group[0]
        for column, cell in grant.cells.items():
            if cell.state == "broken" and cell.value is None:
                text = f"{COLUMNS[column]}: {cell.said}"
                found.setdefault(text, {})[flow_name(root, grant)] = None
    parts = [Part("yes", text, tuple(names)) for text, names in found.items()]
    broken = {name for names in found.values() for name in names}
    works = [name for group in flows if (name := flow_name(*group[0])) not in broken]
    parts += [Part("unknown", f"no flow reads this: {text}") for text in astray]
    if works:
        parts.append(Part("no", "no error is found in what they read", tuple(works)))
    said = counted([Part("yes", "", tuple(broken)), Part("no", "", tuple(works))])
    if astray:
        said += "; errors elsewhere may keep Terraform from applying the rest"
    return Answer(
        "broken", _QUESTION, worst(it.verdict for it in parts if it.verdict), said, tuple(parts)
    )


def _concerns(finding: Finding, root: RootGrants, grant: Grant) -> bool:
    """Whether a finding is about what a flow reads, or about its code."""
    chain = root.chains.get(grant.address)
    if chain is None:
        return False
    if finding.range.path in chain.files:
        return True
    inside = finding.range.path.startswith(root.directory)
    return bool(finding.address) and inside and _KEYS.sub("", finding.address) in chain.addresses
