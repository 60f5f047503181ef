"""SYM602: what is no Python, what only a newer one reads, and what the parser cannot bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import write

from symlint.rules._examples import configuration
from symlint.rules._python_examples import FLOW, with_only

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM602")
NO_PYTHON = {
    "a missing colon": ("def f(x)\n    pass\n", 1),
    "an open parenthesis": ("x = (1,\n", 1),
    "a closing one too many": ("x = 1)\n", 1),
    "the indentation": ("def f():\n    x = 1\n      y = 2\n", 3),
    "no body": ("def f():\nx = 1\n", 2),
    "a text without an end": ("x = 'abc\n", 1),
    "Python 2": ("x = 1\nprint 'hello'\n", 2),
    "its exceptions": ("try:\n    x = 1\nexcept ValueError, e:\n    pass\n", 3),
    "a conflict": ("x = 1\n<<<<<<< HEAD\ny = 2\n", 2),
    "a word too many": ("a b\n", 1),
    "an f-string": ("x = f'{1'\n", 1),
    "Terraform's interpolation": ("x = ${name}\n", 1),
    "a return outside": ("x = 1\nreturn x\n", 2),
    "a return in a class": ("class A:\n    return 1\n", 2),
    "a break outside": ("def f():\n    break\n", 2),
    "a continue behind a loop": ("for x in 'a':\n    pass\nelse:\n    continue\n", 4),
    "a yield outside": ("x = 1\nyield x\n", 2),
    "a parameter twice": ("def f(a, b, a):\n    pass\n", 1),
    "a default before none": ("def f(a=1, b):\n    pass\n", 1),
}
NEWER = {
    "a type alias": "type Names = list[str]\n",
    "a generic alias": "type Pair[T] = tuple[T, T]\n",
    "type parameters": "def first[T](xs: list[T]) -> T:\n    return xs[0]\n",
    "of a class": "class Box[T]:\n    pass\n",
    "quotation marks": "x = {}\ny = f'{x['a']}'\n",
    "a backslash": "x = []\ny = f\"{'\\n'.join(x)}\"\n",
    "except": "try:\n    pass\nexcept KeyError, ValueError:\n    pass\n",
    "a t-string": "name = 1\nx = t'{name}'\n",
}
OLD = {
    "nothing but a comment": "# nothing\n",
    "all in their places": (
        "def f(a, *b, c, **d):\n    for x in a:\n        if x:\n            break\n"
        "        while x:\n            continue\n    yield a\n    return None\n"
        "x = lambda y: (yield)\n"
    ),
    "match": "def f(x):\n    match x:\n        case 1:\n            return 2\n",
    "a name type": "type = 1\nx = type\n",
    "except*": "try:\n    pass\nexcept* ValueError:\n    pass\n",
    "f-strings": "x = {}\ny = f'{x[\"a\"]}' f\"{x['b']!r:>{3}}\"\n",
    "an invalid escape": "x = '\\d'\n",
    "a byte order mark": "\ufeffx = 1\n",
    "walrus": "if (x := 1):\n    pass\n",
    "carriage returns": "x = 1\r\ndef f():\r\n    return x\r\n",
    "tuples of exceptions": "try:\n    pass\nexcept (KeyError, ValueError):\n    pass\n",
}


def found(root: Path, text: str) -> list[Finding]:
    write(root, configuration(FLOW))
    (root / "impl.py").write_text(text, encoding="utf-8", newline="")
    return findings(root, RULE)


@pytest.mark.parametrize(("text", "line"), NO_PYTHON.values(), ids=NO_PYTHON)
def test_no_python(tmp_path: Path, text: str, line: int) -> None:
    (one,) = found(tmp_path, text)
    assert (one.severity, one.title) == ("error", "the code of implementation is not valid Python")
    assert (one.range.path, one.range.line) == (str(tmp_path / "impl.py"), line)
    assert one.label
    assert one.related[0].range.path == str(tmp_path / "main.tf")


@pytest.mark.parametrize("text", NEWER.values(), ids=NEWER)
def test_newer_grammar_is_a_note(tmp_path: Path, text: str) -> None:
    (one,) = found(tmp_path, text)
    assert (one.severity, "too new" in one.title) == ("note", True)


@pytest.mark.parametrize("text", OLD.values(), ids=OLD)
def test_what_every_python_reads(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("(" * 100_000, "nested"),
        ("not " * 50_000 + "1", "nested"),
        ("x = 1\n" * 200_000, "longer than"),
    ],
)
def test_what_no_parser_bears(tmp_path: Path, text: str, label: str) -> None:
    main = FLOW.replace('file("${path.module}/impl.py")', '"${path.module}/impl.py"')
    write(tmp_path, {**configuration(main, provider="~> 2.0"), "impl.py": text})
    (one,) = findings(tmp_path, RULE)
    assert label in one.label


def test_another_encoding(tmp_path: Path) -> None:
    main = FLOW.replace("file(", "(")
    write(tmp_path, {**configuration(main, provider="~> 2.0")})
    (tmp_path / "impl.py").write_bytes("x = 1\ny = 'ü'\n".encode("latin-1"))
    (one,) = findings(tmp_path, RULE)
    assert (one.label, one.range.line, one.range.column) == ("it is not UTF-8", 2, 6)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("<<-EOT\n    def f(x)\n        pass\n  EOT", 20),
        ("<<EOT\nx = 1\ndef f(x)\n    pass\nEOT", 21),
    ],
)
def test_in_a_heredoc(tmp_path: Path, code: str, line: int) -> None:
    main = FLOW.replace('file("${path.module}/impl.py")', code)
    write(tmp_path, configuration(main))
    (one,) = findings(tmp_path, RULE)
    assert one.range.line == line
    assert one.range.source.text[: one.range.start].endswith("def f(x)")


def test_in_a_text_that_terraform_makes(tmp_path: Path) -> None:
    main = FLOW.replace('file("${path.module}/impl.py")', 'join("\\n", ["x = 1", "y = = 2"])')
    write(tmp_path, configuration(main))
    (one,) = findings(tmp_path, RULE)
    assert one.range.text.startswith("join(")
    assert one.label.endswith('"y = = 2"')


def test_other_rules_are_silent_of_it(tmp_path: Path) -> None:
    write(tmp_path, with_only("def get_permissions(event)\n"))
    assert {it.code for it in findings(tmp_path, rules_of("SYM6"))} == {"SYM602"}


def test_what_is_not_known_is_undecided(tmp_path: Path) -> None:
    main = FLOW.replace('file("${path.module}/impl.py")', "var.code") + 'variable "code" {}\n'
    write(tmp_path, configuration(main))
    assert findings(tmp_path, RULE) == []
    assert [question for _, question, _ in undecided(tmp_path, RULE)] == ["is its code Python?"]
