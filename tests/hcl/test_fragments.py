"""Expressions and templates on their own."""

from __future__ import annotations

from typing import Any

import pytest
from trees import shape

from symlint.hcl.fragments import parse_expression, parse_template
from symlint.source.text import SourceFile


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("a\nb\n", "a\nb\n"),
        ('say "\\n" $${x} %%{y} $ %', 'say "\\n" ${x} %{y} $ %'),
        ("${a}", ("template", ("${}", "a"))),
        ("x ${a} y\n", ("template", "x ", ("${}", "a"), " y\n")),
        ("x\n${~ a ~}\ny", ("template", "x", ("${}", "a"), "y")),
        (
            "%{ for v in a ~}\n${v}\n%{ endfor ~}\n",
            ("template", ("%for", (None, "v"), "a", ["", ("${}", "v"), "\n"]), ""),
        ),
        ("a\r\nb", "a\r\nb"),
    ],
)
def test_template(text: str, expected: Any) -> None:
    node, problems = parse_template(SourceFile("/t.tftpl", text))
    assert problems == ()
    assert node is not None
    assert shape(node) == expected
    assert node.range.text == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n${", "expected an expression, found the end of the file"),
        ("${a b}", 'expected "}" after the interpolated expression, found "b"'),
        ("%{if a}x", 'expected "%{endif}" to close the directive, found the end of the file'),
        (
            "${" + "[" * 2000,
            "expected at most 150 levels of nesting, found more: nested too deeply",
        ),
    ],
)
def test_bad_template(text: str, message: str) -> None:
    node, (problem,) = parse_template(SourceFile("/t.tftpl", text))
    assert node is None
    assert problem.message == message


def test_expression() -> None:
    node, problems = parse_expression(SourceFile("/e", "\n a.b[0]\n\n"))
    assert problems == ()
    assert node is not None
    assert shape(node) == "a.b[0]"
    assert node.range.text == "a.b[0]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected an expression, found the end of the file"),
        ("a b", 'expected the end of the expression, found "b"'),
        ("a\nb", 'expected the end of the expression, found "b"'),
        ("-" * 5000 + "a", "expected at most 150 levels of nesting, found more: nested too deeply"),
    ],
)
def test_bad_expression(text: str, message: str) -> None:
    node, (problem,) = parse_expression(SourceFile("/e", text))
    assert node is None
    assert problem.message == message
