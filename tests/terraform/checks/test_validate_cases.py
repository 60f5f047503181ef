"""Terraform's verdict on small configurations, and ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.snapshots import compare
from support.writing import write
from validate_cases.record import RECORDED, read_cases

from symlint.graph.all_problems import problems
from symlint.terraform.checks.diagnosis import Diagnosis
from symlint.terraform.instances.configuration import Configuration

CASES = read_cases()
SNAPSHOTS = Path(__file__).parent / "snapshots"
VERDICTS: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))

NOT_SEEN = {
    # Terraform knows the type of the elements of a list that has no value yet.
    "reference-splat-of-list-variable-wrong",
    # A module that is passed a provider is made to be called.
    "provider-alias-passed-by-the-caller",
    # Terraform judges the default of each file before it merges them.
    "override-variable-default-repaired",
}
STRICTER = {
    # In a block that is overridden, Terraform passes over what it does not know.
    "override-resource-unknown-argument",
    "override-module-unknown-argument",
    # It passes over the block, which does nothing there.
    "override-removed",
}


def test_every_case_is_recorded() -> None:
    assert set(CASES) == set(VERDICTS)
    assert len(CASES) >= 400


@pytest.mark.parametrize("name", CASES)
def test_same_verdict_and_line(name: str, tmp_path: Path) -> None:
    for file, text in CASES[name].items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = problems(Diagnosis(Configuration(str(tmp_path))))
    ours = [(str(Path(p.range.path).relative_to(tmp_path)), p.range.line) for p in found]
    theirs = VERDICTS[name]["errors"]
    if name in NOT_SEEN:
        assert not ours, "seen now: take it off the list"
        return
    if name in STRICTER:
        assert ours, "not seen any more: take it off the list"
        assert not theirs
        return
    assert bool(ours) == bool(theirs), (found, theirs)
    placed = [(file, line) for file, line, _ in theirs if file]
    near = [o for o in ours for t in placed if o[0] == t[0] and abs(o[1] - t[1]) <= 1]
    assert near or not placed, (found, theirs)


def test_snapshot_of_all_problems(tmp_path: Path) -> None:
    """Of each case all that is said: kind, place, message, label, evidence, help, suggestion."""
    lines = []
    for name, files in CASES.items():
        root = write(tmp_path / name, files)
        for it in problems(Diagnosis(Configuration(str(root)))):
            place = f"{Path(it.range.path).relative_to(root)}:{it.range.line}:{it.range.column}"
            related = "".join(f" ({other.range.line}: {other.label})" for other in it.related)
            help_ = f"{it.help} {it.suggestion or ''}".rstrip().replace("\n", " / ")
            said = f"{it.kind}: {it.message} ^ {it.label}{related} -> {help_}"
            lines.append(f"{name} {place} {said}")
    compare(SNAPSHOTS / "validate_cases.txt", "\n".join((*lines, "")))
