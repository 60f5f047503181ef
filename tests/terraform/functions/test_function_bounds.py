"""Hostile calls end soon, with little memory, and say why nothing is known."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
from function_evaluation import FilesScope, run
from support.configurations import configuration
from support.effort import lines_run

from symlint.terraform.functions.re2.matching import compile_pattern
from symlint.terraform.values.value import string

if TYPE_CHECKING:
    from pathlib import Path

HUGE = "x" * 200_000


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "text",
    [
        'format("%999999999d", 1)',
        'format("%.999999999f", 1)',
        'format("%999999999s", "a")',
        'indent(999999999999, "a\\nb")',
        "setproduct(range(1000), range(1000), range(1000))",
        "parseint(var.digits, 10)",
        "pow(2, 1e300)",
        'replace(var.huge, "x", var.huge)',
        'replace(var.huge, "/x/", var.huge)',
        'join(var.huge, split("", var.huge))',
        'regex("(a{1000}){100}", "a")',
        'regex("((a{100}){100}){100}", "a")',
        "jsondecode(var.nested)",
        "yamldecode(var.nested)",
        "yamldecode(var.bomb)",
        'regex(var.nested, "a")',
    ],
)
def test_too_much_work_is_unknown_or_refused(text: str) -> None:
    nine = ", ".join(["*{0}"] * 9)
    bomb = "\n".join([f"a{n}: &a{n} [{nine.format(f'a{n - 1}') if n else 'x'}]" for n in range(9)])
    scope = FilesScope(
        {
            "var.huge": string("x" * 50_000),
            "var.digits": string("9" * 200_000),
            "var.nested": string("[" * 25_000),
            "var.bomb": string(bomb),
        },
        steps=500_000,
    )
    tracemalloc.start()
    try:
        results = []
        lines = lines_run(lambda: results.append(run(text, scope)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    value, problems = results[0]
    assert value.unknown is not None or problems
    spent = 500_000 - scope.budget.remaining
    # The second number is for what is imported and compiled once a process.
    assert lines <= 30 * spent + 100_000
    assert peak < 10_000_000


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+$", "a" * 2000 + "!"),
        ("(a|a)*b", "a" * 2000),
        ("(x+x+)+y", "x" * 2000),
        ("(.*)*(.*)*(.*)*=", "a" * 1000),
        ("(a?){100}a{100}", "a" * 100),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 2000),
    ],
)
def test_regular_expressions_take_work_linear_in_the_text(pattern: str, text: str) -> None:
    def work(times: int) -> tuple[int, int]:
        scope = FilesScope({"var.p": string(pattern), "var.t": string(text * times)})
        before = scope.budget.remaining
        lines = lines_run(lambda: run("length(regexall(var.p, var.t))", scope))
        return before - scope.budget.remaining, lines

    work(1)  # what is done once a process
    steps, lines = work(1)
    more_steps, more_lines = work(4)
    assert steps < 500_000
    assert more_steps <= 4.4 * steps
    assert more_lines <= 4.4 * lines


@pytest.mark.parametrize("pattern", ["abcdefghij" * 20, "^[a-z0-9]{1,63}(\\.[a-z]{2,9}){1,9}$"])
def test_reading_a_pattern_takes_what_is_counted(pattern: str) -> None:
    steps: list[int] = []
    compile_pattern(pattern, steps.append)  # what is done once a process
    steps.clear()
    assert lines_run(lambda: compile_pattern(pattern, steps.append)) < 2 * sum(steps)


CALLS = [
    "length(var.text)",
    "strrev(var.text)",
    "sha256(var.text)",
    "upper(var.text)",
    'length(split("", var.text))',
    "base64decode(base64encode(var.text))",
    'length(jsondecode(jsonencode(split("", var.text))))',
    "substr(var.text, 100, 10)",
]


@pytest.mark.no_cover
@pytest.mark.parametrize("call", CALLS)
def test_large_inputs_within_the_budget_are_computed(call: str) -> None:
    scope = FilesScope({"var.text": string(HUGE)}, steps=80 * len(HUGE))
    value, problems = run(call, scope)
    assert value.unknown is None
    assert problems == []


@pytest.mark.parametrize("call", CALLS)
def test_calls_take_work_linear_in_the_text(call: str) -> None:
    def lines(size: int) -> int:
        scope = FilesScope({"var.text": string("x" * size)})
        return lines_run(lambda: run(call, scope))

    lines(1)  # what is done once a process
    assert lines(8_000) <= 4.4 * lines(2_000)


def test_the_budget_is_spent_and_not_overspent() -> None:
    scope = FilesScope({"var.huge": string(HUGE)}, steps=1000)
    value, _ = run("strrev(var.huge)", scope)
    assert value.unknown is not None
    assert value.unknown.kind == "budget"
    assert 0 <= scope.budget.remaining <= 1000


@pytest.mark.parametrize(
    ("first", "next_"),
    [
        ('["x"]', "concat(local.a@, [1])"),
        ('["x"]', "flatten([local.a@, [1]])"),
        ('{ x = "x" }', "merge(local.a@, { k@ = 1 })"),
    ],
)
def test_the_paths_that_elements_have_come_are_counted(
    tmp_path: Path, first: str, next_: str
) -> None:
    # Each element remembers through which locals it came, and is there once for each local.
    count = 120
    steps = "".join(
        f"  a{number + 1} = {next_.replace('@', str(number))}\n" for number in range(count)
    )
    found = configuration(tmp_path, f"locals {{\n  a0 = {first}\n{steps}}}\n")
    before = found.budget.remaining
    kept = 0
    for number in range(count + 1):
        value = found.root.local(f"a{number}")
        assert value is not None
        parts = value.elements or tuple((value.items or {}).values())
        assert len(parts) == number + 1
        kept += sum([len(part.hops) for part in parts])
    assert kept > 200_000
    assert before - found.budget.remaining > kept
