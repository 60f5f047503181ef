"""Python of a flow in which «marks» stand around what rules must find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.checking import findings, rules_of
from support.writing import write

from symlint.rules._python_examples import FLOW, with_code

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

MARK = re.compile("«([^«»]*)»")


def found_where_marked(
    root: Path, rule: str, text: str, *, behind_reducers: bool = True
) -> list[Finding]:
    """What a rule finds in the code of a flow, which is what stands between the marks of ``text``.

    The text stands behind the imports and reducers that every example has, or alone.
    """
    files = with_code(text, FLOW)
    if not behind_reducers:
        files["impl.py"] = text
    wanted = [(match.start() - 2 * number, match[1]) for number, match in _marks(files["impl.py"])]
    files["impl.py"] = MARK.sub(r"\1", files["impl.py"])
    found = findings(write(root, files), rules_of(rule))
    assert [(it.range.start, it.range.text) for it in found] == wanted, found
    return found


def _marks(text: str) -> list[tuple[int, re.Match[str]]]:
    return list(enumerate(MARK.finditer(text)))


def repaired(finding: Finding) -> str:
    """The text of the file with the finding's fix applied."""
    assert finding.fix is not None
    text = finding.fix.edits[0].range.source.text
    in_order = sorted(finding.fix.edits, key=lambda it: it.range.start)
    for edit in in_order[::-1]:
        text = text[: edit.range.start] + edit.replacement + text[edit.range.end :]
    return text
