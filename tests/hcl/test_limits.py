"""Hostile files: a message, no traceback, and work in proportion to the file's size."""

from __future__ import annotations

import subprocess
import sys

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


@pytest.mark.no_cover
@pytest.mark.parametrize("levels", [MAX_NESTING + 1, 2_000, 20_000])
@pytest.mark.parametrize("kind", NESTED)
def test_nesting_beyond_the_bound_is_one_problem(kind: str, levels: int) -> None:
    result = parsed(nested(kind, levels))
    too_deep = [problem for problem in result.problems if "nested too deeply" in problem.message]
    assert len(too_deep) == 1
    assert not result.body.complete


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", [kind for kind in NESTED if kind != "blocks"])
def test_trees_are_never_higher_than_the_bound(kind: str) -> None:
    for levels in range(MAX_NESTING // 8, MAX_NESTING + 2):
        for item in parsed(nested(kind, levels)).body.items:
            # One for the attribute, one for steps or items that are nodes of their own.
            assert not higher_than(item, 2 * MAX_NESTING + 2)


def test_what_follows_too_deep_nesting_is_read() -> None:
    body = parsed(nested("lists", 2_000) + "y = 1\n").body
    assert list(body.attributes) == ["y"]


@pytest.mark.no_cover
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

    lines(500)  # what is done once a process
    # Quadratic work would be sixteen times as much.
    assert lines(6_000) <= 4.4 * lines(1_500)


# What takes time in proportion to the square of the size does not end within the limit, and what
# keeps hundreds of bytes for each character does not fit into the memory.
CHILD = """
import resource, sys

resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))

from symlint.hcl import parse
from symlint.source.text import SourceFile

SIZE = 200_000


def times(unit):
    return unit * (SIZE // len(unit))


def numbered(unit):
    return "".join(unit.replace("#", str(number)) for number in range(SIZE // 20))


NATIVE = {
    "indexes over two lines": "x = a" + times("[\\n0]"),
    "namespaces": "x = " + times("a::") + "f()",
    "heredocs": numbered("h# = <<E#\\nx\\nE#\\n"),
    "heredocs of one marker": times("h = <<E\\nE\\n"),
    "blocks without an end": times("b {\\n"),
    "digits": "x = " + times("9"),
    "dollar signs": 'x = "' + times("$") + '"',
    "a line of dollar signs": "x = <<E\\n" + times("$") + "\\nE\\n",
    "carriage returns": "x = <<E\\n" + times("\\r") + "\\nE\\n",
    "words with signs in them": times("\\u00e9\\u00a7"),
    "letters without a meaning": times("\\u00bda"),
    "a long name with marks": "x = a" + times("\\u0301\\u0327"),
    "names of any length": numbered("n" * 150 + "\\u00e9# = 1\\n"),
    "closing braces": times("}\\n"),
}
JSON = {
    "elements of the wrong type": '{"locals": [' + times("1,") + "{}]}",
    "missing commas": '{"locals": {' + times('"a":1 ') + "}}",
    "one argument again and again": '{"locals": {' + times('"a":1,') + '"z":1}}',
    "objects in one another": '{"resource": {"sym_flow": {"f": {'
    + times('"p":' + '{"a":' * 120 + "1" + "}" * 120 + ",")
    + '"z":1}}}}',
}
for names, path in ((NATIVE, "/x/main.tf"), (JSON, "/x/main.tf.json")):
    for name, text in names.items():
        parsed = parse(SourceFile(path, text))
        print(name, len(parsed.problems) <= 100)
"""


def test_large_files_are_read_with_bounded_time_and_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.stderr == ""
    assert [line for line in done.stdout.splitlines() if not line.endswith(" True")] == []
    assert len(done.stdout.splitlines()) == 18
