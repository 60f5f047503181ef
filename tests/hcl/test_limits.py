"""Hostile files: a message, no traceback, and work in proportion to the file's size."""

from __future__ import annotations

import pytest
from support.effort import lines_run
from trees import parsed

from symlint.hcl.native.cursor import MAX_NESTING
from symlint.hcl.walk import higher_than

NESTED = {
    "lists": ("x = ", "[", "1", "]"),
    "objects": ("x = ", "{ a = ", "1", "}"),
    "parentheses": ("x = ", "(", "1", ")"),
    "calls": ("x = ", "f(", "1", ")"),
    "loops": ("x = ", "[for a in b : ", "1", "]"),
    "loop collections": ("x = ", "[for a in ", "b", " : a]"),
    "templates": ("x = ", '"${', "1", '}"'),
    "indexes": ("x = ", "a[", "b", "]"),
    "directives": ('x = "', "%{if a}", "b", "%{endif}"),
    "operators before parentheses": ("x = ", "a || b && c == d < e + f * (", "1", ")"),
    "signs": ("x = ", "-", "1", ""),
    "sums": ("x = ", "1 + ", "1", ""),
    "left-deep indexes": ("x = a", "", "", "[b]"),
    "splats": ("x = a", "", "", "[*]"),
    "legacy splats": ("x = a", "", "", ".*[0]"),
    "conditions": ("x = ", "a ? b : ", "c", ""),
    "blocks": ("", "b {\n", "", "}\n"),
}


def nested(kind: str, levels: int) -> str:
    before, opening, inside, closing = NESTED[kind]
    end = '"\n' if before.endswith('"') else "\n"
    return before + opening * levels + inside + closing * levels + end


@pytest.mark.parametrize("kind", NESTED)
def test_nesting_within_the_bound_is_read(kind: str) -> None:
    result = parsed(nested(kind, 20))
    assert result.problems == ()
    assert result.body.complete


@pytest.mark.parametrize("levels", [MAX_NESTING + 1, 2_000, 20_000])
@pytest.mark.parametrize("kind", NESTED)
def test_nesting_beyond_the_bound_is_one_problem(kind: str, levels: int) -> None:
    result = parsed(nested(kind, levels))
    too_deep = [problem for problem in result.problems if "nested too deeply" in problem.message]
    assert len(too_deep) == 1
    assert not result.body.complete


@pytest.mark.parametrize("kind", [kind for kind in NESTED if kind != "blocks"])
def test_trees_are_never_higher_than_the_bound(kind: str) -> None:
    for levels in range(MAX_NESTING // 8, MAX_NESTING + 2):
        for item in parsed(nested(kind, levels)).body.items:
            # One for the attribute, one for steps or items that are nodes of their own.
            assert not higher_than(item, 2 * MAX_NESTING + 2)


def test_what_follows_too_deep_nesting_is_read() -> None:
    body = parsed(nested("lists", 2_000) + "y = 1\n").body
    assert list(body.attributes) == ["y"]


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "[",
        "x = (\n",
        "a {\n",
        'a "b" {\n',
        '"${',
        "x = <<E\n",
        'x = <<E\n}\na "b" {\n',
        "<<A b\n",
        "/*\na {\n",
        "x = 'a'\n",
        'x = "\n',
        "}",
        "%{if a}",
        "§",
        "\udcff",
        "x = [for a in ",
        "a.",
        '"\\',
        "0.",
    ],
)
def test_work_is_linear(unit: str) -> None:
    def lines(size: int) -> int:
        text = "x = " + unit * (size // len(unit))
        result = []
        count = lines_run(lambda: result.append(parsed(text)))
        assert result[0].problems
        return count

    lines(1_000)  # what is done once a process
    # Quadratic work would be sixteen times as much.
    assert lines(10_000) <= 4.4 * lines(2_500)
