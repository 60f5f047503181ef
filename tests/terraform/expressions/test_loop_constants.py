"""Calls in a loop that do not depend on its names: evaluated once, with the same result."""

from __future__ import annotations

import pytest
from support.configurations import plain
from support.static_scope import StaticScope, expression

from symlint.terraform.expressions.evaluate import evaluate

TEXT = 'jsonencode({ for i in range(300) : "k${i}" => i })'
"""Something that is worth decoding once."""


def worked(text: str) -> tuple[object, int, list[str]]:
    """The value of an expression, the steps that it takes, and what it reports."""
    scope = StaticScope({"local.json": evaluate(expression(TEXT), StaticScope())})
    before = scope.budget.remaining
    value = evaluate(expression(text), scope)
    spent = before - scope.budget.remaining
    return plain(value), spent, [problem.message for problem in scope.problems]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "loop",
    [
        "{ for k in sort(keys(jsondecode(local.json))) : k => jsondecode(local.json)[k] }",
        "[for i in range(300) : jsondecode(local.json)]",
        "[for i in range(300) : i if length(jsondecode(local.json)) > 1]",
        "[for i in range(300) : [for j in [1, 2] : keys(jsondecode(local.json))[i]]]",
        "[for i in range(300) : [for j in [i] : keys(jsondecode(local.json))[j]]]",
        '"%{ for i in range(300) }%{ if length(jsondecode(local.json)) > 1 }x%{ endif }%{ endfor }"',
    ],
)
def test_what_is_the_same_in_each_turn_is_evaluated_once(loop: str) -> None:
    _, once, _ = worked("jsondecode(local.json)")
    _, spent, _ = worked(loop)
    assert spent < 40 * once


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        ("[for i in range(3) : format(\"%s%s\", i, upper(\"a\"))]", ["0A", "1A", "2A"]),
        ("[for k, v in { a = 1, b = 2 } : [abs(v), upper(k), upper(\"x\")]]",
         [[1, "A", "X"], [2, "B", "X"]]),
        ("[for i in [1, 2] : [for j in [3, 4] : max(i, j, 0)]]", [[3, 4], [3, 4]]),
        ("[for i in [5, 2] : [for j in [3, 4] : max(i, 0)]]", [[5, 5], [2, 2]]),
        ("[for i in [1, 2] : [for i in [3, 4] : max(i, 0)]]", [[3, 4], [3, 4]]),
        ("[for i in [1, 2] : max([for j in [3, 4] : j]...)]", [4, 4]),
        ("[for i in [0, 1] : try(element([], i), max(7, 8))]", [8, 8]),
        ("[for i in [0, 1, 2] : i == 0 ? max(1, 2) : max(3, 4)]", [2, 4, 4]),
        ('"%{ for i in [1, 2] }${max(i, 0)}${upper("a")}%{ endfor }"', "1A2A"),
    ],
)  # fmt: skip  # a case a line
def test_what_differs_is_evaluated_in_each_turn(loop: str, expected: object) -> None:
    assert worked(loop)[0] == expected


def test_a_mistake_in_it_is_reported_once() -> None:
    _, _, reports = worked("[for i in range(3) : upper([])]")
    assert len(reports) == 1
    assert "upper" in reports[0]


def test_a_mistake_that_is_held_back_in_the_first_turn_is_reported_in_the_second() -> None:
    _, _, reports = worked('[for i in [false, true] : i ? upper([]) : upper("a")]')
    assert len(reports) == 1
