"""Hostile calls end soon, with little memory, and say why nothing is known."""

from __future__ import annotations

import time

import pytest
from function_evaluation import FilesScope, run

from symlint.terraform.values.value import string

HUGE = "x" * 200_000


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
            "var.huge": string(HUGE),
            "var.digits": string("9" * 200_000),
            "var.nested": string("[" * 100_000),
            "var.bomb": string(bomb),
        },
        steps=2_000_000,
    )
    before = time.process_time()
    value, problems = run(text, scope)
    assert time.process_time() - before < 3
    assert value.unknown is not None or problems


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
def test_regular_expressions_take_time_linear_in_the_text(pattern: str, text: str) -> None:
    scope = FilesScope({"var.p": string(pattern), "var.t": string(text)})
    before = time.process_time()
    run("length(regexall(var.p, var.t))", scope)
    assert time.process_time() - before < 3


def test_large_inputs_within_the_budget_are_computed() -> None:
    scope = FilesScope({"var.huge": string(HUGE)})
    before = time.process_time()
    for text in (
        "length(var.huge)", "strrev(var.huge)", "sha256(var.huge)", "upper(var.huge)",
        "length(split(\"\", var.huge))", "base64decode(base64encode(var.huge))",
        "length(jsondecode(jsonencode(split(\"\", var.huge))))", "substr(var.huge, 100, 10)",
    ):  # fmt: skip
        value, problems = run(text, scope)
        assert value.unknown is None, text
        assert problems == []
    assert time.process_time() - before < 5


def test_the_budget_is_spent_and_not_overspent() -> None:
    scope = FilesScope({"var.huge": string(HUGE)}, steps=1000)
    value, _ = run("strrev(var.huge)", scope)
    assert value.unknown is not None
    assert value.unknown.kind == "budget"
    assert 0 <= scope.budget.remaining <= 1000
