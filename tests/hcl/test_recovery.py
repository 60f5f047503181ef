"""After a syntax error the rest of the file is still read, and what is incomplete says so."""

from __future__ import annotations

from typing import Any

import pytest
from trees import block, body_shape, messages, parsed

from symlint.hcl.nodes import Attribute, Block

REST = 'output "o" {\n  value = 1\n}\n'
REST_SHAPE = ("output", ["o"], [("value", 1)])

# What stands before the rest, and what of it survives.
BROKEN: list[tuple[str, list[Any]]] = [
    ("a = \n", []),
    ("a = 'x'\n", []),
    ('a = "x\n', []),
    ('a = "${x"\n', []),
    ('a = "${f("x)}"\n', []),
    ("a = [1,\n", []),
    ("a = (1\n", []),
    ("a = {\n  b = 1\n", []),
    ("a = f(1, [2)\n", []),
    ("a b c\n", []),
    ("] ) }\n", []),
    ("a = <<E\n  x\n", []),
    ("a = <<E b\n  x = 1\nE\n", []),
    ("/* a\n", []),
    ('a "b"\n{\n  c = 1\n}\n', []),
    ("a {\n  b = 1\n", [("a", [], [("b", 1)])]),
    ("a {\n  b {\n    c = 1\n", [("a", [], [("b", [], [("c", 1)])])]),
    ("a {\n  b = [\n  c = 1\n}\n", [("a", [], [("c", 1)])]),
    ("a {\n  b = 1 +\n  c = 1\n}\n", [("a", [], [("c", 1)])]),
    ('a {\n  b = "x\n  c = 1\n}\n', [("a", [], [("c", 1)])]),
    ("a {\n  b = f(1\n  c = 1\n}\n", [("a", [], [("c", 1)])]),
    ("a {\n  b = f(\n    1,\n    2;\n  )\n  c = 1\n}\n", [("a", [], [("c", 1)])]),
    ("a {\n  b {\n    ?\n  }\n  c = 1\n}\n", [("a", [], [("b", [], []), ("c", 1)])]),
    ("a {\n  b = {\n    x = 1 2\n    y = 3\n  }\n  c = 1\n}\n", [("a", [], [("c", 1)])]),
    ("a {\n  b = <<E\n  x\n", [("a", [], [])]),
    ("a {\n  b = f(<<E\n  x\n", [("a", [], [])]),
    ("a {\n  b {\n  }\n  /* c\n  d = 1\n}\n", [("a", [], [("b", [], [])])]),
]


@pytest.mark.parametrize(("text", "survives"), BROKEN)
def test_the_next_block_survives(text: str, survives: list[Any]) -> None:
    result = parsed("locals {\n  l = 1\n}\n" + text + REST)
    assert result.problems
    assert body_shape(result.body) == [("locals", [], [("l", 1)]), *survives, REST_SHAPE]
    assert not result.body.complete


@pytest.mark.parametrize(("text", "survives"), BROKEN)
def test_what_lost_something_is_incomplete(text: str, survives: list[Any]) -> None:
    result = parsed(text + REST)
    for item in result.body.items:
        if isinstance(item, Block):
            assert item.body.complete == (item.type == "output")


def test_each_error_is_reported_once_where_it_is() -> None:
    text = "a = [\n  1\n  2\n]\nb {\n  c = 'x'\n  d = 1\n}\ne = \"x\nf = 1\n"
    assert messages(text) == [
        '3:3 expected "," or "]" after the list element, found "2"',
        "6:7 expected strings in double quotes, found a single quote",
        "9:7 expected '\"' to close the string on the line it began on, found the end of the line",
    ]
    assert body_shape(parsed(text).body) == [("b", [], [("d", 1)]), ("f", 1)]


def test_incompleteness_is_that_of_the_bodies_around() -> None:
    body = parsed("a {\n  b {\n    ?\n  }\n  c {\n  }\n}\nd {\n}\n").body
    outer = block(body, "a")
    assert not body.complete
    assert not outer.body.complete
    assert not block(outer.body, "b").body.complete
    assert block(outer.body, "c").body.complete
    assert block(body, "d").body.complete


def test_a_duplicate_argument_loses_nothing() -> None:
    body = parsed("a = 1\na = 2\n").body
    assert body.complete
    assert body_shape(body) == [("a", 1), ("a", 2)]
    attribute = body.attribute("a")
    assert isinstance(attribute, Attribute)
    assert attribute.start == 0
    assert body.attributes["a"] is attribute


def test_the_same_argument_in_two_blocks_is_no_duplicate() -> None:
    assert messages("a {\n  b = 1\n}\na {\n  b = 1\n}\n") == []


def test_a_missing_newline_after_a_block_loses_nothing() -> None:
    result = parsed("a {} b {\n}\n")
    assert len(result.problems) == 1
    assert body_shape(result.body) == [("a", [], []), ("b", [], [])]
    assert result.body.complete


def test_nested_blocks_that_are_not_indented_belong_where_they_stand() -> None:
    body = parsed("a {\nb {\n}\n}\nc {\n}\n").body
    assert body_shape(body) == [("a", [], [("b", [], [])]), ("c", [], [])]


def test_items_after_an_unclosed_block_belong_to_the_file() -> None:
    text = 'a {\n  b {\n    c = 1\n  }\n\nd "e" {\n  f = 1\n}\n\ng {\n  h = 1\n}\n'
    result = parsed(text)
    assert messages(text) == ['1:1 expected "}" to close the block, found the end of the file']
    assert body_shape(result.body) == [
        ("a", [], [("b", [], [("c", 1)])]),
        ("d", ["e"], [("f", 1)]),
        ("g", [], [("h", 1)]),
    ]
    assert result.body.items[0].range.text == "a {\n  b {\n    c = 1\n  }\n\n"


def test_comments_are_kept_in_broken_files() -> None:
    result = parsed("# one\na = [ # two\nb = 1 // three\n/* four */ c = \n")
    assert [comment.range.text for comment in result.comments] == [
        "# one",
        "# two",
        "// three",
        "/* four */",
    ]


def test_problems_are_in_source_order_and_bounded() -> None:
    problems = parsed("a = ?\n" * 1000 + "b {\n").problems
    assert len(problems) == 100
    assert list(problems) == sorted(problems, key=lambda problem: problem.range.start)
