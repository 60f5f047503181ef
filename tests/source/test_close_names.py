"""Did you mean: which name is close to another, and what it costs to find out."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from support.effort import lines_run

from symlint.graph.all_problems import problems
from symlint.source.close_names import MAX_CANDIDATES, CloseNames, close_name, distance, nearest
from symlint.terraform.checks.diagnosis import Diagnosis
from symlint.terraform.instances.configuration import Configuration

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.terraform.values.problems import Problem

MEANT = (
    ("enviroment", ("environment", "error"), "environment"),
    ("tpye", ("type", "name"), "type"),
    ("nmae", ("name", "type"), "name"),
    ("setings", ("settings", "name"), "settings"),
    ("strategy-id", ("strategy_id", "name"), "strategy_id"),
    ("Strategy_ID", ("strategy_id", "name"), "strategy_id"),
    ("strategyid", ("strategy_id", "name"), "strategy_id"),
    ("settnigs_json", ("settings_json", "name"), "settings_json"),
    ("target", ("targets", "target_id"), "targets"),
    ("lable", ("label", "table"), None),
    ("ab", ("abc", "abd"), None),
    ("ab", ("cd",), None),
    ("foo", ("bar",), None),
    ("name", ("names", "Name"), "Name"),
    ("okta_group", ("okta_app", "google_group"), None),
    ("one", ("one-a", "one_b"), None),
    ("", ("a",), None),
    ("b", ("a",), None),
    ("b", ("B",), "B"),
    ("", ("ab",), None),
    ("name", (), None),
    ("name", ("name", "name"), "name"),
    ("naem", ("name_", "nam"), "nam"),
    ("i\u0307d", ("\u0130d",), "\u0130d"),
)


@pytest.mark.parametrize(("name", "candidates", "meant"), MEANT)
def test_what_was_meant(name: str, candidates: tuple[str, ...], meant: str | None) -> None:
    assert close_name(name, candidates) == meant
    assert CloseNames(candidates).to(name) == meant


def _edit_distance(left: str, right: str) -> int:
    """By the book: insertions, deletions, replacements and swaps of neighbours."""
    rows = [[max(i, j) for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            cost = rows[i - 1][j - 1] + (left[i - 1] != right[j - 1])
            cost = min(cost, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
            if min(i, j) > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            rows[i][j] = cost
    return rows[-1][-1]


@pytest.mark.no_cover
def test_distances_are_those_of_the_book() -> None:
    generator = random.Random(7)
    words = ["".join(generator.choices("ab-", k=generator.randrange(7))) for _ in range(120)]
    for left in words:
        for right in words:
            expected = _edit_distance(left, right)
            assert distance(left, right, 2) == min(expected, 3), (left, right)


def test_a_name_that_is_too_long_was_not_mistyped() -> None:
    long = "a" * 100
    assert close_name(long[1:], (long,)) == long
    assert close_name(long, (long + "b", "a" * 5000)) is None
    assert close_name(long + "a", (long,)) is None
    assert lines_run(lambda: close_name("a" * 50_000, ("b" * 50_000,) * 10)) < 20


@pytest.mark.no_cover
def test_too_many_candidates_are_none() -> None:
    candidates = [f"name_{number:06}" for number in range(MAX_CANDIDATES)]
    assert close_name("namee_000007", [*candidates[:-1], "name_00000777"]) == "name_000007"
    assert close_name("namee_000007", [*candidates, "another"]) is None


@pytest.mark.no_cover
def test_the_questions_to_one_index_are_bounded() -> None:
    index = CloseNames(f"name_{number:04}" for number in range(1000))
    assert index.to("nam_0001") == "name_0001"

    def ask() -> int:
        return lines_run(lambda: [index.to("zyxw_vuts_0123") for _ in range(200)])

    while index.to("nam_0001") is not None:
        assert ask() < 2_000_000
    assert ask() < 2_000_000
    assert index.to("nam_0001") is None


@pytest.mark.no_cover
def test_many_undeclared_names_beside_many_declared_ones(tmp_path: Path) -> None:
    lines = [f"  declared_number_{number} = 1\n" for number in range(400)]
    lines += [f"  use_{number} = local.declared_numbers_{number}\n" for number in range(200)]
    (tmp_path / "main.tf").write_text(f"locals {{\n{''.join(lines)}}}\n", encoding="utf-8")
    found: list[Problem] = []

    def check() -> None:
        found.extend(problems(Diagnosis(Configuration(str(tmp_path)))))

    # To compare each with each by the book takes more than 100,000,000 lines.
    assert lines_run(check) < 9_000_000
    assert {it.suggestion for it in found} == {f"declared_number_{n}" for n in range(200)}


def test_the_nearest_of_several_groups() -> None:
    groups = [CloseNames(it) for it in (("settings", "name"), ("settings", "target"), ("targes",))]
    assert nearest("setings", groups) == "settings"
    assert nearest("targe", groups) is None
    assert nearest("targe", groups[:2]) == "target"
    assert nearest("targe", groups, ("target",)) == "targes"
