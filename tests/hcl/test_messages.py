"""What is said about a syntax error: place, what was expected, what was found."""

from __future__ import annotations

import re

import pytest
from trees import messages, parsed

CASES = [
    # bodies
    ("= 1\n", '1:1 expected an argument or a block, found "="'),
    ('"a" = 1\n', '1:1 expected an argument or a block, found the string "a"'),
    ("a\n", '1:2 expected "=" or "{" after "a", found the end of the line'),
    ("a", '1:2 expected "=" or "{" after "a", found the end of the file'),
    ("a: 1\n", '1:2 expected "=" or "{" after "a", found ":"'),
    ("a.b = 1\n", '1:2 expected "=" or "{" after "a", found "."'),
    ("a =\n", "1:4 expected an expression, found the end of the line"),
    ("a = 1 2\n", '1:7 expected a newline after the argument, found "2"'),
    ("a = 1, b = 2\n", '1:6 expected a newline after the argument, found ","'),
    ("a = 1;\n", '1:6 expected a newline between arguments, found ";"'),
    ("a = 1\na = 2\n", '2:1 expected each argument once, found "a" set a second time'),
    ("}\n", '1:1 expected an argument or a block, found "}"'),
    # blocks
    ("a {\n  b = 1\n", '1:1 expected "}" to close the block, found the end of the file'),
    ("a {\n  ]\n}\n", '2:3 expected an argument, a block or "}", found "]"'),
    ("a {} b {}\n", '1:6 expected a newline after the block, found "b"'),
    (
        "a { b = 1, c = 2 }\n",
        '1:10 expected "}" on the same line after the one argument of a one-line block, found ","',
    ),
    ("a { b {} }\n", '1:7 expected "=" after the argument of a one-line block, found "{"'),
    ('a "b" = 1\n', '1:7 expected "{" or a block label, found "="'),
    ('a "b"\n{\n}\n', '1:6 expected "{" or a block label, found the end of the line'),
    ('a "${b}" {}\n', '1:4 expected a block label without template sequences, found "${"'),
    # expressions
    ("a = (1\n", '2:1 expected ")" or an operator, found the end of the file'),
    ("a = f(1 2)\n", '1:9 expected "," or ")" after the argument of f(), found "2"'),
    ("a = f(b... c)\n", '1:12 expected ")" after "...", found "c"'),
    ("a = [1 2]\n", '1:8 expected "," or "]" after the list element, found "2"'),
    (
        "a = { b = 1 c = 2 }\n",
        '1:13 expected a newline, "," or "}" after the object element, found "c"',
    ),
    ("a = { b }\n", '1:9 expected "=" or ":" and a value after the object key, found "}"'),
    ("a = { , }\n", '1:7 expected an object key or "}", found ","'),
    ("a = b.\n", '1:7 expected an attribute name after ".", found the end of the line'),
    ("a = b.0.1\n", '1:7 expected indexes in brackets ([0][1]), found "0.1"'),
    ("a = b[*\n]\n", '1:8 expected "]" after "[*", found the end of the line'),
    (
        "a = b ? c\n",
        '1:10 expected ":" and the other result of the conditional, found the end of the line',
    ),
    ("a = 1.2.3\n", '1:5 expected a number, found "1.2.3"'),
    ("a = 1 +\n", "1:8 expected an expression, found the end of the line"),
    ("a = [for x y : x]\n", '1:12 expected "in" after the names of "for", found "y"'),
    (
        "a = {for x in y : x}\n",
        '1:20 expected "=>" and a value after the key of the "for" expression, found "}"',
    ),
    (
        "a = [for x in y : x => x]\n",
        '1:21 expected "]" at the end of the "for" expression, found "=>"',
    ),
    ("a = b:::c()\n", '1:8 expected a function name after "::", found ":"'),
    ("a = b::c\n", '1:9 expected "(" after the function name, found the end of the line'),
    # characters
    ("a = 'b'\n", "1:5 expected strings in double quotes, found a single quote"),
    ("a = b & c\n", '1:7 expected the operator "&&", found "&"'),
    ("a = b ^ c\n", '1:7 expected an operator, found "^"'),
    ("a = §\n", '1:5 expected an expression, found the invalid text "§"'),
    ("a = \u00a01\n", '1:5 expected an expression, found the invalid text "\\xa0"'),
    ("\ufeffa = 1\n", '1:1 expected an argument or a block, found the invalid text "\\ufeff"'),
    ('a = "b\udcff"\n', "1:7 expected UTF-8 text, found a byte that is not valid UTF-8"),
    ("a = \udcff\n", "1:5 expected UTF-8 text, found a byte that is not valid UTF-8"),
    ("a = \x1b[31m\n", '1:5 expected an expression, found the invalid text "\\x1b"'),
    ("a = 1\rb = 2\n", '1:6 expected a newline after the argument, found the invalid text "\\r"'),
    ("a = {b = 1 ~}\n", '1:12 expected "~}" to end a template sequence, found none open'),
    # what never ends
    ("/* a\n", '1:1 expected "*/" to end the comment, found the end of the file'),
    (
        "a = <<E\nb\n",
        "1:5 expected the heredoc's end marker on a line of its own, found the end of the file",
    ),
    (
        "a = <<E b\nE\n",
        '1:5 expected a newline directly after the heredoc\'s marker, found " b"',
    ),
    ("a = <<E\nx\ry\nE\n", '2:2 expected a line feed after the carriage return, found "y"'),
]


@pytest.mark.parametrize(("text", "message"), CASES)
def test_message(text: str, message: str) -> None:
    assert messages(text) == [message]


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_form_of_messages(text: str) -> None:
    for problem in parsed(text).problems:
        assert "found" in problem.message
        assert not re.match("[A-Z]", problem.message)
        assert not problem.message.endswith(".")
        assert problem.message.isprintable()


def test_long_source_text_is_cut_short() -> None:
    (message,) = messages(f"a = 1 {'b' * 500}\n")
    assert message == f'1:7 expected a newline after the argument, found "{"b" * 39}…"'


def test_source_text_with_double_quotes_is_shown_in_single_ones() -> None:
    assert messages('a = 1 "b\\"c"\n') == [
        "1:7 expected a newline after the argument, found the string 'b\\\"c'"
    ]


def test_expected_is_a_list_for_tools() -> None:
    (problem,) = parsed("a = [1 2]\n").problems
    assert problem.expected == (",", "]")
    assert problem.range.text == "2"
