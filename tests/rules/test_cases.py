"""The less common mistakes, one beside another, and all that the rules of a room say of them.

``cases/<room>.tf`` holds configurations: ``#### name`` begins one, ``--- path`` a further file of it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.checking import all_rules
from support.configurations import write_files
from support.snapshots import compare, left_over
from support.transcript import transcript, transcript_of_run

CASES = Path(__file__).parent / "cases"
SNAPSHOTS = Path(__file__).parent / "snapshots" / "cases"
CASE = re.compile(r"^#### (.+)\n", re.MULTILINE)
ROOMS = sorted(path.stem for path in CASES.iterdir())


@pytest.mark.parametrize("room", ROOMS)
def test_snapshot_of_what_is_said(tmp_path: Path, room: str) -> None:
    rules = tuple(it for it in all_rules() if it.__module__.split(".")[2] == room)
    _, *cases = CASE.split((CASES / f"{room}.tf").read_text(encoding="utf-8"))
    said = []
    for number, (name, text) in enumerate(zip(cases[::2], cases[1::2], strict=True)):
        root = tmp_path / str(number)
        write_files(root, text)
        what = transcript(root, rules) if rules else transcript_of_run(root, "SYM90")
        said.append(f"{name}\n{what}\n")
    compare(SNAPSHOTS / f"{room}.txt", "\n".join(said))


def test_no_snapshot_is_left_over() -> None:
    assert not left_over(SNAPSHOTS, {f"{room}.txt" for room in ROOMS})
