"""Whatever is saved: the server finds what the command line finds."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from support.language_server.opened import copy

from symlint.language_server.findings import NOTHING, shown
from symlint.language_server.workspace import Snapshot, Workspace
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

EDITS = 12


def edited(text: str, chance: random.Random) -> str:
    """A text with a mistake as people make them while they type."""
    lines = text.splitlines(keepends=True)
    number = chance.randrange(len(lines))
    kind = chance.choice(("remove", "repeat", "letter", "word", "cut"))
    line = lines[number]
    if kind == "remove":
        lines[number] = ""
    elif kind == "repeat":
        lines[number] = line * 2
    elif kind == "letter" and line.strip():
        place = chance.randrange(len(line))
        lines[number] = line[:place] + chance.choice('x"{}\N{ROCKET} ') + line[place + 1 :]
    elif kind == "word":
        lines[number] = line.replace("iam", "okta", 1).replace(".id", ".name", 1)
    else:
        lines[number] = line[: len(line) // 2] + "\n"
    return "".join(lines)


def key(finding: Finding) -> tuple[object, ...]:
    return (*finding.range.sort_key(), finding.code, finding.title, finding.why, finding.help)


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(4))
def test_a_saved_state_has_the_findings_of_the_command_line(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = copy(tmp_path, "aws_iam")
    originals = {it: it.read_text(encoding="utf-8") for it in sorted(folder.iterdir())}
    workspace, memory = Workspace(), NOTHING
    for _ in range(EDITS):
        path = chance.choice(list(originals))
        text = edited(originals[path], chance)
        path.write_text(text, encoding="utf-8")
        workspace.forget_roots()
        snapshot = Snapshot(workspace, {str(path): text})
        report = snapshot.lint(snapshot.roots_of(str(path)))
        found = () if report is None else report.findings
        by_path, memory = shown(found, (), memory)
        expected = lint([str(folder)])
        said = [key(it) for its in by_path.values() for it in its]
        assert sorted(said) == sorted(map(key, expected.findings)), text
        if chance.random() < 0.5:
            path.write_text(originals[path], encoding="utf-8")
