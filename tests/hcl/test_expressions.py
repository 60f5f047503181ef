"""Expressions: the shape of the tree and the exact text of its parts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from trees import parsed, shape, value

from symlint.hcl.nodes import (
    AttributeStep,
    Binary,
    Call,
    For,
    IndexStep,
    Node,
    Object,
    RelativeTraversal,
    Splat,
    SplatItem,
    Traversal,
    Unary,
)
from symlint.hcl.walk import walk

SHAPES: list[tuple[str, Any]] = [
    # literals
    ("1", 1),
    ("0.5", Decimal("0.5")),
    ("1.50", Decimal("1.50")),
    ("1e3", 1000),
    ("2.5e1", 25),
    ("1e-2", Decimal("0.01")),
    ("12345678901234567890123", 12345678901234567890123),
    ("0.1000000000000000055511151231257827", Decimal("0.1000000000000000055511151231257827")),
    ("true", True),
    ("false", False),
    ("null", None),
    ('"a"', "a"),
    ('""', ""),
    # operators: precedence and associativity
    ("a - b - c", ("-", ("-", "a", "b"), "c")),
    ("a + b * c", ("+", "a", ("*", "b", "c"))),
    ("a * b + c", ("+", ("*", "a", "b"), "c")),
    (
        "a || b && c == d < e + f * g",
        ("||", "a", ("&&", "b", ("==", "c", ("<", "d", ("+", "e", ("*", "f", "g")))))),
    ),
    (
        "a * b + c < d == e && f || g",
        ("||", ("&&", ("==", ("<", ("+", ("*", "a", "b"), "c"), "d"), "e"), "f"), "g"),
    ),
    ("a == b != c", ("!=", ("==", "a", "b"), "c")),
    ("-a + -b", ("+", ("-", "a"), ("-", "b"))),
    ("!a && !!b", ("&&", ("!", "a"), ("!", ("!", "b")))),
    ("-a.b[0]", ("-", "a.b[0]")),
    ("(a + b) * c", ("*", ("()", ("+", "a", "b")), "c")),
    ("(\n  a\n  + b\n)", ("()", ("+", "a", "b"))),
    ("a ? b : c ? d : e", ("if", "a", "b", ("if", "c", "d", "e"))),
    ("a ? b ? c : d : e", ("if", "a", ("if", "b", "c", "d"), "e")),
    ("a || b ? c : d", ("if", ("||", "a", "b"), "c", "d")),
    # traversals
    ("a.b.c", "a.b.c"),
    ('a["k"].b[0]', "a['k'].b[0]"),
    ("a.0.b", "a[0].b"),
    ("a [ 0 ] . b", "a[0].b"),
    ("a[\n0\n]", "a[0]"),
    ("a[1.5]", "a[Decimal('1.5')]"),
    ("a[b].c[d]", ("index", ("of", ("index", "a", "b"), ".c"), "d")),
    ("a[-1]", ("index", "a", ("-", 1))),
    ("a[true]", ("index", "a", True)),
    ('a["${b}"]', ("index", "a", ("template", ("${}", "b")))),
    ("(a).b", ("of", ("()", "a"), ".b")),
    ("f(a).b[0]", ("of", ("call", "f", "a"), ".b[0]")),
    ('"x".y', ("of", "x", ".y")),
    ("[a][0]", ("of", ["a"], "[0]")),
    ("{a = 1}.a", ("of", ("object", ("a", 1)), ".a")),
    # splats
    ("a[*]", ("splat", "a", "*")),
    ("a[*].b[0].c", ("splat", "a", ("of", "*", ".b[0].c"))),
    ("a[*].b[c]", ("splat", "a", ("index", ("of", "*", ".b"), "c"))),
    ("a[*].b[*].c", ("splat", "a", ("splat", ("of", "*", ".b"), ("of", "*", ".c")))),
    ("a.*.b.c", ("legacy splat", "a", ("of", "*", ".b.c"))),
    ("a.*.b[0]", ("of", ("legacy splat", "a", ("of", "*", ".b")), "[0]")),
    ("a.*", ("legacy splat", "a", "*")),
    ("a.*.b.0", ("legacy splat", "a", ("of", "*", ".b[0]"))),
    ("a[b].*.c", ("legacy splat", ("index", "a", "b"), ("of", "*", ".c"))),
    # calls
    ("f()", ("call", "f")),
    ("f(a, b,)", ("call", "f", "a", "b")),
    ("f(a, b...)", ("call", "f", "a", "b", "...")),
    ("provider::sym::f(a)", ("call", "provider::sym::f", "a")),
    ("true(a)", ("call", "true", "a")),
    ("f(\n  a,\n  b\n)", ("call", "f", "a", "b")),
    # collections
    ("[]", []),
    ("[a, [1],]", ["a", [1]]),
    ("{}", ("object",)),
    ("{ a = 1, b : 2 }", ("object", ("a", 1), ("b", 2))),
    ('{\n  "a" = 1\n  (b) = 2\n  c.d = 3\n\n}', ("object", ("a", 1), (("()", "b"), 2), ("c.d", 3))),
    ("{ true = 1, null = 2, 3 = 4 }", ("object", ("true", 1), ("null", 2), (3, 4))),
    ('{ "${a}" = 1 }', ("object", (("template", ("${}", "a")), 1))),
    ("{ format = 1 }", ("object", ("format", 1))),
    # for
    ("[for v in a : v]", ("for", (None, "v"), "a", None, "v", "", None)),
    ("[for k, v in a : v if k]", ("for", ("k", "v"), "a", None, "v", "", "k")),
    ("{for k, v in a : k => v}", ("for", ("k", "v"), "a", "k", "v", "", None)),
    ("{\n  for v in a : v.k => v...\n  if v\n}", ("for", (None, "v"), "a", "v.k", "v", "...", "v")),
    ("[for if in for : if]", ("for", (None, "if"), "for", None, "if", "", None)),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES, ids=[text for text, _ in SHAPES])
def test_shape(text: str, expected: Any) -> None:
    node = value(text)
    assert shape(node) == expected
    assert node.range.text == text


def test_integers_are_int_and_fractions_are_decimal() -> None:
    assert type(shape(value("1.0"))) is int
    assert type(shape(value("1.5"))) is Decimal


def test_huge_numbers_stay_small_in_memory() -> None:
    assert shape(value("1e999999")) == Decimal("1e999999")
    assert shape(value("9" * 5000)) == Decimal("9" * 5000)


def test_ranges_of_every_part() -> None:
    text = 'f(a.b["c"], [for k, v in x : "${k}-z" if v], { (m) = -n[0] })'
    found = {(type(node).__name__, node.range.text) for node in walk(value(text))}
    assert found == {
        ("Call", text),
        ("Traversal", 'a.b["c"]'),
        ("AttributeStep", ".b"),
        ("IndexStep", '["c"]'),
        ("For", '[for k, v in x : "${k}-z" if v]'),
        ("Traversal", "x"),
        ("Template", '"${k}-z"'),
        ("Interpolation", "${k}"),
        ("Traversal", "k"),
        ("Literal", "-z"),
        ("Traversal", "v"),
        ("Object", "{ (m) = -n[0] }"),
        ("ObjectItem", "(m) = -n[0]"),
        ("Parenthesis", "(m)"),
        ("Traversal", "m"),
        ("Unary", "-n[0]"),
        ("Traversal", "n[0]"),
        ("IndexStep", "[0]"),
    }


def test_names_within_nodes() -> None:
    call = value("a::b::c (1)")
    assert isinstance(call, Call)
    assert call.source.text[call.start : call.name_end] == "a::b::c"
    traversal = value("ab.c")
    assert isinstance(traversal, Traversal)
    assert traversal.source.text[traversal.start : traversal.root_end] == "ab"


def test_steps_with_space_and_comments_between() -> None:
    traversal = value("(a /* 1 */ .\n b [ /* 2 */ 0 ]\n)")
    steps = next(node for node in walk(traversal) if isinstance(node, Traversal)).steps
    assert [type(step) for step in steps] == [AttributeStep, IndexStep]
    assert [step.range.text for step in steps] == [".\n b", "[ /* 2 */ 0 ]"]


def test_the_splat_item_stands_behind_the_marker() -> None:
    splat = value("a[*].b")
    assert isinstance(splat, Splat)
    assert isinstance(splat.each, RelativeTraversal)
    assert isinstance(splat.each.operand, SplatItem)
    assert (splat.each.operand.start, splat.each.range.text) == (splat.each.start, ".b")


@pytest.mark.parametrize("text", ["a[*]\n", "a.*\n"])
def test_a_splat_without_steps_ends_with_its_marker(text: str) -> None:
    splat = parsed(f"x = {text}").body.attributes["x"].value
    assert splat.range.text == text.strip()


def test_operator_nodes_begin_and_end_with_their_operands() -> None:
    node = value("a + b * -c")
    texts = [inner.range.text for inner in walk(node) if isinstance(inner, Binary | Unary)]
    assert texts == ["a + b * -c", "b * -c", "-c"]


def test_names_are_compared_in_normal_form_c() -> None:
    node = value("caf\u0065\u0301.\u0065\u0301")
    assert shape(node) == "café.é"
    assert node.range.text == "caf\u0065\u0301.\u0065\u0301"


@pytest.mark.parametrize("name", ["é", "名前", "a-b", "_x", "ªb", "x\u0301", "℘", "a\u0387"])
def test_identifiers(name: str) -> None:
    assert not parsed(f"{name} = {name}.{name}\n").problems


@pytest.mark.parametrize("name", ["\u0301x", "€", "²", "-a", "1a", "a€b", "\u200d", "😀"])
def test_not_identifiers(name: str) -> None:
    assert parsed(f"{name} = 1\n").problems


def test_object_items_and_loops_keep_their_text() -> None:
    node = value("{ a = 1\n  b : [for x in y : x]\n}")
    assert isinstance(node, Object)
    assert [item.range.text for item in node.items] == ["a = 1", "b : [for x in y : x]"]
    loop = node.items[1].value
    assert isinstance(loop, For)
    assert loop.collection.range.text == "y"


def test_walk_goes_in_source_order() -> None:
    nodes: list[Node] = list(walk(value("[a, {b = c}, d ? e : f]")))
    assert [node.range.text for node in nodes if isinstance(node, Traversal)] == [
        *"acdef",
    ]
