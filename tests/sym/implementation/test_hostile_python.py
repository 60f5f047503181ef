"""Text that is costly, deep or no Python is told what it is, and nothing else happens."""

from __future__ import annotations

import ast
import warnings

import pytest
from support.effort import lines_run

from symlint.budget import Budget
from symlint.sym.implementation.python_module import (
    MAXIMUM_DEPTH,
    MAXIMUM_SIZE,
    PythonModule,
    PythonProblem,
    parse,
)

TOO_LONG = "it is longer than 250,000 characters"
TOO_DEEP = "it is nested too deeply"
NOT_PYTHON = {
    "too long": ("#" * (MAXIMUM_SIZE + 1), TOO_LONG),
    "a megabyte": ("a\n" * 500_000, TOO_LONG),
    "parentheses": ("(" * 100_000 + ")" * 100_000, "too many nested parentheses"),
    "open parentheses": ("x = " + "(" * 200_000, "too many nested parentheses"),
    "minus signs": ("x = " + "-" * 200_000 + "1\n", TOO_DEEP),
    "not": ("x = " + "not " * 60_000 + "1\n", TOO_DEEP),
    "lambdas": ("x = " + "lambda: " * 30_000 + "1\n", TOO_DEEP),
    "conditionals": ("x = " + "a if b else " * 20_000 + "1\n", TOO_DEEP),
    "attributes": ("x = a" + ".b" * 100_000 + "\n", TOO_DEEP),
    "a long import": ("import a" + ".b" * 20_000 + "\n", TOO_DEEP),
    "a long import of several lines": ("from a" + ". \\\n b" * 20_000 + " import c\n", TOO_DEEP),
    "calls": ("x = a" + "()" * 100_000 + "\n", TOO_DEEP),
    "operators": ("x = " + "1 + " * 60_000 + "1\n", TOO_DEEP),
    "some operators": ("x = " + "1 + " * 400 + "1\n", TOO_DEEP),
    "branches": ("if a:\n    b\n" + "elif a:\n    b\n" * 15_000, TOO_DEEP),
    "f-strings in one": ('x = f"' + "{a}" * 80_000 + '"\n', "its f-strings are too long"),
    "NUL": ("x = 1\0\n", "source code string cannot contain null bytes"),
    "other encodings": ("x = '\udce4'\n", "it is not UTF-8"),
    "a byte order mark inside": ("x = 1\n\ufeffy = 1\n", "invalid non-printable character U+FEFF"),
    "hexadecimal digits": ("x = 0x" + "f" * 5_000 + "\n", "a number in it is too long"),
    "digits": ("x = " + "1" * 5_000 + "\n", "Exceeds the limit"),
}


@pytest.mark.parametrize("name", NOT_PYTHON)
def test_what_is_not_read_says_why(name: str) -> None:
    text, message = NOT_PYTHON[name]
    problem = parse(text)
    assert isinstance(problem, PythonProblem)
    assert problem.message.startswith(message)


PYTHON = {
    "nothing": "",
    "blank lines": "\n" * 200_000,
    "comments": "#a\n" * 80_000,
    "functions": "def f(): pass\n" * 5_000,
    "a long number": "x = 0x" + "f" * 3_000 + "\n",
    "a long list": "x = [" + "1, " * 50_000 + "]\n",
    "operators": "x = " + "1 + " * (MAXIMUM_DEPTH - 10) + "1\n",
    "blocks": "".join(" " * depth + "if x:\n" for depth in range(90)) + " " * 90 + "x\n",
    "braces without f-strings": "x = " + "{}, " * 60_000 + "\n",
    "a coding line": "# -*- coding: latin-1 -*-\nx = '\u00e4'\n",
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", PYTHON)
def test_what_is_large_and_flat_is_read(name: str) -> None:
    module = parse(PYTHON[name])
    assert isinstance(module, PythonModule)
    assert module.nodes == tuple(ast.walk(module.tree))


def test_nobody_is_warned() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(parse("x = '\\d'\ny = 1 is 1\n(1)(2)\n"), PythonModule)


def test_work_is_counted() -> None:
    text = "a\n" * 1_000
    for steps, enough in ((1_000, False), (50_000, False), (120_000, True)):
        budget = Budget(steps)
        assert isinstance(parse(text, budget), PythonModule) is enough
        assert bool(budget.given_up) is not enough


@pytest.mark.parametrize("unit", ["def f(e):\n  return f(e)\n", "def f(e):\n  g(e)\nf(1)\n"])
def test_functions_of_one_name_cost_what_they_are(unit: str) -> None:
    def effort(times: int) -> int:
        module = parse(unit * times)
        assert isinstance(module, PythonModule)

        def ask() -> None:
            for node in module.nodes:
                if isinstance(node, ast.Name):
                    module.meanings.of(node)

        return lines_run(ask)

    effort(1)  # what is done once a process
    assert effort(400) <= 4.8 * effort(100)
