"""Values of whole module trees, and what Terraform plans for them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from symlint.graph.all_problems import problems
from symlint.terraform.checks.diagnosis import Diagnosis
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.values.value import ObjectReference, Unknown, Value

RECORDED = json.loads(
    (Path(__file__).parent / "module_trees" / "recorded.json").read_text(encoding="utf-8")
)


class Tally:
    """How many values were recorded, and how many of them are known to us and to Terraform."""

    wrong: list[str]

    def __init__(self) -> None:
        self.known = self.unknown = self.undecided = 0
        self.wrong = []

    def compare(self, where: str, ours: Value, case: Any) -> None:
        """Compare one output: what Terraform does not know when planning we may, if it is so."""
        before = len(self.wrong)
        self.part(where, ours, case["value"], case["unknown"])
        if len(self.wrong) > before:
            del self.wrong[before:]
            self.part(where, ours, case["applied"], False)

    def part(self, where: str, ours: Value, theirs: Any, unknown: Any) -> None:
        """Compare one value with what Terraform has for it, part by part."""
        content = ours.content
        if unknown is True:
            self.unknown += 1
            if not isinstance(content, (Unknown, ObjectReference)):
                self.wrong.append(f"{where}: Terraform does not know it, and we say {ours!r}")
        elif isinstance(content, Unknown):
            self.undecided += 1
        elif isinstance(content, tuple) and isinstance(theirs, list):
            self._elements(where, content, theirs, unknown)
        elif isinstance(content, dict) and isinstance(theirs, dict):
            marks = unknown if isinstance(unknown, dict) else {}
            if sorted(content) != sorted({**theirs, **marks}):
                self.wrong.append(f"{where}: keys {sorted(content)}, Terraform {theirs} {marks}")
                return
            for key, element in content.items():
                self.part(f"{where}.{key}", element, theirs.get(key), marks.get(key, False))
        else:
            self.known += 1
            if not _same(content, theirs):
                self.wrong.append(f"{where}: {content!r}, Terraform {theirs!r}")

    def _elements(
        self, where: str, ours: tuple[Value, ...], theirs: list[Any], unknown: Any
    ) -> None:
        marks = unknown if isinstance(unknown, list) else [False] * len(theirs)
        if len(ours) != max(len(theirs), len(marks)):
            self.wrong.append(f"{where}: {len(ours)} elements, Terraform {theirs} {unknown}")
            return
        for index, element in enumerate(ours):
            left = theirs[index] if index < len(theirs) else None
            self.part(f"{where}[{index}]", element, left, marks[index])


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, (int, Fraction)) and not isinstance(ours, bool):
        return not isinstance(theirs, bool) and theirs is not None and ours == Fraction(theirs)
    if isinstance(ours, tuple):
        return theirs == [] and not ours
    if isinstance(ours, dict):
        return theirs == {} and not ours
    return type(ours) is type(theirs) and bool(ours == theirs)


def tally_of_all(folder: Path) -> Tally:
    total = Tally()
    for seed, case in RECORDED.items():
        directory = folder / f"tree{seed}"
        directory.mkdir()
        for name, text in case["files"].items():
            path = directory / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        configuration = Configuration(str(directory))
        outputs = configuration.root.outputs()
        for name, theirs in case["outputs"].items():
            total.compare(f"{seed} {name}", outputs[name], theirs)
        total.wrong.extend(
            f"{seed}: {p.kind}: {p.message}" for p in problems(Diagnosis(configuration))
        )
    return total


def test_no_value_is_wrong_and_nearly_all_are_known(tmp_path: Path) -> None:
    tally = tally_of_all(tmp_path)
    assert tally.wrong == []
    recorded = tally.known + tally.undecided + tally.unknown
    assert recorded >= 2_000
    assert tally.undecided <= 0.02 * recorded
