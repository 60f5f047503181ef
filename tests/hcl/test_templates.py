"""Strings and heredocs: cooked text, interpolations, directives, strip markers, indentation."""

from __future__ import annotations

from typing import Any

import pytest
from trees import messages, shape, value

from symlint.hcl.nodes import Literal, Template
from symlint.hcl.walk import walk

STRINGS: list[tuple[str, Any]] = [
    (r'"a\n\r\t\"\\b"', 'a\n\r\t"\\b'),
    (r'"\u00e9\U0001F600"', "é\U0001f600"),
    ('"$${a} %%{b} $a %b $$ %% 100%"', "${a} %{b} $a %b $$ %% 100%"),
    ('"$$${a}"', "$${a}"),
    (r'"\\$${a}\n"', "\\${a}\n"),
    ('"é"', "é"),
    ('"e\u0301"', "é"),
    ('"${a}"', ("template", ("${}", "a"))),
    ('"${"a"}"', ("template", ("${}", "a"))),
    ('"x${a}y${b}"', ("template", "x", ("${}", "a"), "y", ("${}", "b"))),
    ('"${a}${b}"', ("template", ("${}", "a"), ("${}", "b"))),
    ('"${\n  a\n}"', ("template", ("${}", "a"))),
    (
        '"${{ a = { b = 1 } }["a"]}"',
        ("template", ("${}", ("of", ("object", ("a", ("object", ("b", 1)))), "['a']"))),
    ),
    ('"${f("${a}")}"', ("template", ("${}", ("call", "f", ("template", ("${}", "a")))))),
    # strip markers
    ('" \t ${~a~} \n x "', None),
    (r'" \n ${~ a ~} \n x "', ("template", "", ("${}", "a"), "x ")),
    ('"x ${~a} y"', ("template", "x", ("${}", "a"), " y")),
    ('"${a~} ${b}"', ("template", ("${}", "a"), "", ("${}", "b"))),
    ('"${a~}${b} c"', ("template", ("${}", "a"), ("${}", "b"), " c")),
    # directives
    ('"%{if a}b%{endif}"', ("template", ("%if", "a", ["b"], []))),
    ('"%{if a}b%{else}c%{endif}"', ("template", ("%if", "a", ["b"], ["c"]))),
    (
        '"x %{~ if a ~} b %{~ else ~} c %{~ endif ~} y"',
        ("template", "x", ("%if", "a", ["b"], ["c"]), "y"),
    ),
    (
        '"%{for v in a}${v},%{endfor}"',
        ("template", ("%for", (None, "v"), "a", [("${}", "v"), ","])),
    ),
    (
        '"%{for k, v in a}%{if k}x%{endif}%{endfor}z"',
        ("template", ("%for", ("k", "v"), "a", [("%if", "k", ["x"], [])]), "z"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case for case in STRINGS if case[1] is not None])
def test_quoted_string(text: str, expected: Any) -> None:
    node = value(text)
    assert shape(node) == expected
    assert node.range.text == text


HEREDOCS: list[tuple[str, Any]] = [
    ("<<E\nE", ""),
    ("<<E\na\nE", "a\n"),
    ("<<E\n  a\n b\nE", "  a\n b\n"),
    ('<<E\n\\n "q" $${x} %%{y}\nE', '\\n "q" ${x} %{y}\n'),
    ("<<E\na\n  E", "a\n"),
    ("<<E\r\na\r\n  E", "a\r\n"),
    ("<<-E\n    a\n      b\n\n    c\n    E", "a\n  b\n\nc\n"),
    ("<<-E\n\ta\n\t\tb\n  E", "a\n\tb\n"),
    ("<<-E\n    a\n  b\n    E", "  a\nb\n"),
    ("<<-E\n   \n    a\n    E", "   \na\n"),
    ("<<E\na${b}c\nE", ("template", "a", ("${}", "b"), "c\n")),
    ("<<E\n${b}\nE", ("template", ("${}", "b"), "\n")),
    ("<<-E\n    a ${b}\n      c\n    E", ("template", "a ", ("${}", "b"), "\n  c\n")),
    ("<<-E\n    a\n${b}\n    E", ("template", "    a\n", ("${}", "b"), "\n")),
    ("<<-E\n    ${b}\n    c\n    E", ("template", "", ("${}", "b"), "\nc\n")),
    ("<<E\na\n  ${~b~}  \n  c\nE", ("template", "a\n", ("${}", "b"), "  c\n")),
    (
        "<<E\n%{for v in a~}\n- ${v}\n%{endfor~}\nE",
        ("template", ("%for", (None, "v"), "a", ["- ", ("${}", "v"), "\n"]), ""),
    ),
    ("<<E\n${<<F\nx\nF\n}\nE", ("template", ("${}", "x\n"), "\n")),
    ("<<E\nE x\nE", "E x\n"),
    ("<<é\nx\né", "x\n"),
]


@pytest.mark.parametrize(("text", "expected"), HEREDOCS)
def test_heredoc(text: str, expected: Any) -> None:
    node = value(text)
    assert shape(node) == expected
    assert node.range.text == text
    assert isinstance(node, Literal) or (isinstance(node, Template) and node.heredoc)


def test_heredoc_ends_at_the_end_of_its_marker_line() -> None:
    node = value("[<<E\na\n E \t\n, 1]")
    assert shape(node) == ["a\n", 1]
    assert [part.range.text for part in walk(node)] == [
        "[<<E\na\n E \t\n, 1]",
        "<<E\na\n E \t",
        "1",
    ]


def test_parts_tile_the_string() -> None:
    text = '"a\\n${b}$${c}%{ if d }e%{ else }f%{ endif }"'
    node = value(text)
    assert isinstance(node, Template)
    assert [part.range.text for part in node.parts] == [
        "a\\n",
        "${b}",
        "$${c}",
        "%{ if d }e%{ else }f%{ endif }",
    ]


def test_parts_tile_the_heredoc() -> None:
    text = "<<-E\n  a\n  ${b} c\n  d\n  E"
    node = value(text)
    assert isinstance(node, Template)
    assert [part.range.text for part in node.parts] == ["  a\n  ", "${b}", " c\n  d\n"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '"%{if a}b"',
            '1:6 expected "%{endif}" to close the directive, found the end of the string',
        ),
        ('"%{endif}"', '1:6 expected "%{if}" before it, found "%{endif}"'),
        ('"%{endfor}"', '1:6 expected "%{for}" before it, found "%{endfor}"'),
        ('"%{if a}%{else}%{else}%{endif}"', '1:20 expected "%{endif}", found "%{else}"'),
        ('"%{if a}%{endfor}"', '1:13 expected "%{else}" or "%{endif}", found "%{endfor}"'),
        ('"%{for a in b}%{else}%{endfor}"', '1:19 expected "%{endfor}", found "%{else}"'),
        (
            '"%{while a}"',
            '1:8 expected "if", "else", "endif", "for" or "endfor" after "%{", found "while"',
        ),
        ('"%{if a b}%{endif}"', '1:13 expected "}" after the "if" directive, found "b"'),
        ('"${a b}"', '1:10 expected "}" after the interpolated expression, found "b"'),
        ('"${}"', '1:8 expected an expression, found "}"'),
        ('"${~}"', '1:9 expected an expression, found "}"'),
        (
            r'"\x"',
            '1:6 expected one of the escapes \\n, \\r, \\t, \\", \\\\, \\uXXXX and \\UXXXXXXXX, found "\\x"',
        ),
        (
            r'"\ud800"',
            '1:6 expected one of the escapes \\n, \\r, \\t, \\", \\\\, \\uXXXX and \\UXXXXXXXX, found "\\ud800"',
        ),
        (
            r'"\u12"',
            '1:6 expected one of the escapes \\n, \\r, \\t, \\", \\\\, \\uXXXX and \\UXXXXXXXX, found "\\u12"',
        ),
        (
            '"a',
            "1:7 expected '\"' to close the string on the line it began on, found the end of the line",
        ),
    ],
)
def test_bad_template(text: str, message: str) -> None:
    assert messages(f"x = {text}\n") == [message]
