"""What is written briefly and takes much work takes as much as the budget has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import write_files

from symlint.budget import Budget
from symlint.terraform.checks.diagnosis import Diagnosis
from symlint.terraform.expressions.iteration import (
    STEPS_PER_ELEMENT,
    TooManyError,
    iteration,
)
from symlint.terraform.instances.bodies import ConfiguredBody
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from pathlib import Path


def configuration(directory: Path, text: str, steps: int) -> Configuration:
    write_files(directory, text)
    return Configuration(str(directory), budget=Budget(steps))


def test_nested_dynamic_blocks_are_evaluated_as_far_as_the_budget_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated = 0
    evaluate_all = ConfiguredBody.evaluate_all

    def counting(body: ConfiguredBody) -> None:
        nonlocal evaluated
        evaluated += 1
        evaluate_all(body)

    monkeypatch.setattr(ConfiguredBody, "evaluate_all", counting)
    levels = 40
    dynamic = 'dynamic "a" {\n for_each = range(100)\n content {\n'
    nested = f"{dynamic * levels}{'}' * 2 * levels}".replace("}", "}\n")
    # Where too many are nested, the first one stands for all, on every level below.
    found = configuration(tmp_path, f'resource "x_y" "z" {{\n{nested}}}\n', 400_000)
    Diagnosis(found).evaluate_all()
    assert 100 < evaluated < 400_000 / 60
    assert "it has too many nested blocks to look at each of them" in found.budget.given_up
    assert found.budget.remaining > 10_000


def test_a_splat_of_a_single_value_costs_what_one_of_a_list_does(tmp_path: Path) -> None:
    text = "locals {\n  one = 1\n  list = [1]\n  a = local.one[*]\n  b = local.list[*]\n}\n"
    found = configuration(tmp_path, text, 100_000)
    spent = []
    for name in ("one", "list", "a", "b"):
        before = found.budget.remaining
        found.root.local(name)
        spent.append(before - found.budget.remaining)
    assert min(spent[2:]) > STEPS_PER_ELEMENT


def test_a_collection_that_is_too_large_to_go_through_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = configuration(tmp_path, "locals {\n  a = range(100)\n}\n", 10_000)
    collection = found.root.local("a")
    assert collection is not None
    node = found.root.module.locals["a"].attribute.value
    pairs = iteration(collection, node, found.root.scope)
    assert pairs is not None
    assert len(pairs) == 100
    found.budget.remaining = 99 * STEPS_PER_ELEMENT
    monkeypatch.setattr(Value, "with_hops", pytest.fail)
    with pytest.raises(TooManyError):
        iteration(collection, node, found.root.scope)
    assert found.budget.remaining == 99 * STEPS_PER_ELEMENT
