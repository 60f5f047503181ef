"""What is written in place of a text, in native syntax and in JSON."""

from __future__ import annotations

import json

import pytest

from symlint.lint.replacement import expression_in_place, name_in_place
from symlint.source.text import Range, SourceFile


def marked(text: str, name: str = "main.tf") -> Range:
    """The range between the guillemets."""
    start, end = text.index("«"), text.index("»") - 1
    return Range(SourceFile(name, text.replace("«", "").replace("»", "")), start, end)


IN_JSON = (
    ('{"a": «"b"»}', "sym_flow.a.id", '"${sym_flow.a.id}"'),
    ('{"a": «"b"»}', 'file("${path.module}/impl.py")', '"${file(\\"${path.module}/impl.py\\")}"'),
    ('{"a": «"b"»}', '"c"', '"c"'),
    ('{"a": «1»}', '["c", "${var.d}"]', '["c", "${var.d}"]'),
    ('{"a": «["b"]»}', "true", "true"),
    ('{"a": [1, «{"b": "}"}»]}', "local.x", '"${local.x}"'),
    ('{"a": "${«local.b»}"}', "local.c", "local.c"),
    ('{"a": "${f(«local.b»)}"}', 'x["y"]', 'x[\\"y\\"]'),
    ('{"a": "${f(\\"b\\", «\\"c\\"»)}"}', '"d"', '\\"d\\"'),
    ('{"a\\\\": «null»}', "local.c", '"${local.c}"'),
)


@pytest.mark.parametrize(("text", "expression", "expected"), IN_JSON)
def test_an_expression_in_json(text: str, expression: str, expected: str) -> None:
    range_ = marked(text, "main.tf.json")
    assert expression_in_place(range_, expression) == expected
    whole = range_.source.text
    json.loads(whole[: range_.start] + expected + whole[range_.end :])


def test_an_expression_in_native_syntax_is_itself() -> None:
    assert expression_in_place(marked("a = «b»"), 'c["d"]') == 'c["d"]'


def test_a_line_that_is_too_long_is_left_alone() -> None:
    filler = '"x": 1, ' * 1_000
    assert expression_in_place(marked(f'{{{filler}"a": «1»}}', "a.tf.json"), "local.a") is not None
    assert expression_in_place(marked(f'{{{filler * 2}"a": «1»}}', "a.tf.json"), "local.a") is None
    assert (
        expression_in_place(marked(f'{{{filler * 2}"a": «"b"»}}', "a.tf.json"), "x.a") is not None
    )


NAMES = (
    ("«b» = 1", "name", "name"),
    ("«b» = 1", "two words", None),
    ("«b» = 1", "1st", None),
    ('resource «"a"» {', "sym_flow", '"sym_flow"'),
    ('x = { «"b"» = 1 }', 'say "c"', '"say \\"c\\""'),
    ("x = var«.a»", "b", ".b"),
    ("x = var«.a»", "b c", '["b c"]'),
    ('x = var«["a"]»', "b", '["b"]'),
    ('x = var«["a"]»', "${b}", '["$${b}"]'),
    ("x = var«[local.a]»", "b", None),
    ("x = var.«a»", "b", "b"),
    ("x = var.«a»", "1b", None),
)


@pytest.mark.parametrize(("text", "name", "expected"), NAMES)
def test_a_name(text: str, name: str, expected: str | None) -> None:
    assert name_in_place(marked(text), name) == expected


NAMES_IN_JSON = (
    ('{«"b"»: 1}', "name", '"name"'),
    ('{«"b"»: 1}', "two words", '"two words"'),
    ('{"a": "${var«.a»}"}', "b", ".b"),
    ('{"a": "${var«.a»}"}', "b c", '[\\"b c\\"]'),
    ('{"a": "${var«[\\"a\\"]»}"}', "b", '[\\"b\\"]'),
    ('{"a": "${«foo»(1)}"}', "max", "max"),
)


@pytest.mark.parametrize(("text", "name", "expected"), NAMES_IN_JSON)
def test_a_name_in_json(text: str, name: str, expected: str) -> None:
    range_ = marked(text, "main.tf.json")
    assert name_in_place(range_, name) == expected
    whole = range_.source.text
    json.loads(whole[: range_.start] + expected + whole[range_.end :])
