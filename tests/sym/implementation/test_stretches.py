"""Each part of a text of Python stands where its file or heredoc has it."""

from __future__ import annotations

import ast
import json
import re
from random import Random
from typing import TYPE_CHECKING

import pytest

from symlint.sym.catalogue import load_catalogue
from symlint.sym.implementation.carried import implementations
from symlint.sym.model.configuration import SymConfiguration
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.instances.options import EvaluationOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from symlint.sym.implementation.code import Code

TEXT = """\
def on_approve(event):
\tname = "\u00e9\u6f22\U0001f600" + 'quote "in" \\\\ \\t quote'

    # a comment
def get_permissions(event):
    if event.user:
        shown = "${x} %{y}" + f"{event.user}"
        return [
            "one", "two",
        ]
    return \u00e4\u00f6\u00fc(event)
"""
TEXT = TEXT.replace("\tname", "    name")
OTHER = "\u00fc = 1\n\n\ndef helper(event):\n    return \u00fc\n"


def code_of(folder: Path, expression: str, files: dict[str, str], *, end: str = "\n") -> Code:
    """The code of a flow with such an implementation."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    main = f'resource "sym_flow" "this" {{\n  implementation = {expression}\n}}\n'
    (folder / "main.tf").write_bytes(main.replace("\n", end).encode("utf-8"))
    return only_code(folder)


def only_code(folder: Path) -> Code:
    found = Configuration(str(folder), EvaluationOptions())
    (one,) = SymConfiguration(found, load_catalogue()).once(implementations)
    assert one.code is not None, one.reason
    return one.code


def one_end(text: str) -> str:
    return bare(text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    return text.replace("${", "$${").replace("%{", "%%{")


def bare(text: str) -> str:
    """A text without the indentation of its lines, and what a heredoc writes twice written once."""
    text = re.sub(r"([$%])\1\{", r"\1{", text.replace("\r\n", "\n"))
    return re.sub(r"\n[ \t]*", "\n", text)


def unquoted(text: str) -> str:
    read: str = json.loads('"' + re.sub(r"([$%])\1\{", r"\1{", text) + '"')
    return re.sub(r"\n[ \t]*", "\n", read)


def check(code: Code, read: Callable[[str], str] = bare, *, everywhere: bool = True) -> int:
    """All parts of the code stand where the text is theirs; returns how many stand somewhere."""
    assert code.module is not None, code.problem
    found = 0
    for node in ast.walk(code.module.tree):
        if not isinstance(node, ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias):
            continue
        # The parser of Python 3.11 does not say where the parts of an f-string are.
        if not hasattr(node, "end_lineno") or _is_in_f_string(node, code):
            continue
        place = code.place(*code.span(node))
        if place is None:
            assert not everywhere, code.source(node)
            continue
        assert read(place.text) == one_end(code.source(node))
        found += 1
    return found


def _is_in_f_string(node: ast.AST, code: Code) -> bool:
    assert code.module is not None
    inside: set[int] = set()
    for outer in ast.walk(code.module.tree):
        if isinstance(outer, ast.JoinedStr):
            inside.update(id(inner) for inner in ast.walk(outer) if inner is not outer)
    return id(node) in inside


def indented(text: str, by: str) -> str:
    return "".join(by + line if line.strip() else line for line in text.splitlines(keepends=True))


HEREDOCS = {
    "<<": "<<EOT\n" + escaped(TEXT) + "EOT",
    "<<-": "<<-EOT\n" + indented(escaped(TEXT), "    ") + "  EOT",
    "<<- with tabs": "<<-EOT\n" + indented(escaped(TEXT), "\t\t") + "\tEOT",
    "<<- less indented": "<<-EOT\n" + escaped(TEXT) + "    EOT",
    "<<- with blank lines": "<<-EOT\n" + indented("\n   \n" + escaped(TEXT), "  ") + "EOT",
    "in parentheses": "trimspace((<<-EOT\n" + indented(escaped(TEXT), "    ") + "  EOT\n))",
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", [name for name in HEREDOCS if name != "in parentheses"])
def test_heredocs(tmp_path: Path, name: str, end: str) -> None:
    code = code_of(tmp_path, HEREDOCS[name], {}, end=end)
    assert check(code) > 20
    assert code.files == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files(tmp_path: Path, end: str, mark: str) -> None:
    code = code_of(tmp_path, 'file("impl.py")', {"impl.py": mark + TEXT.replace("\n", end)})
    assert check(code, one_end) > 20 or end == "\r"


def test_quoted_strings(tmp_path: Path) -> None:
    quoted = json.dumps(TEXT, ensure_ascii=False)
    assert check(code_of(tmp_path, escaped(quoted), {}), unquoted) > 20


def test_quoted_strings_with_escapes_of_unicode(tmp_path: Path) -> None:
    quoted = json.dumps(TEXT.replace("\U0001f600", ""))
    assert check(code_of(tmp_path, escaped(quoted), {}), unquoted) > 20
    quoted = "\"x = '\\U0001f600' + y\\n\""
    assert check(code_of(tmp_path, quoted, {}), lambda it: it.replace("\\U0001f600", "\U0001f600"))


def test_json(tmp_path: Path) -> None:
    block = {"resource": {"sym_flow": {"f": {"implementation": escaped(TEXT)}}}}
    (tmp_path / "main.tf.json").write_text(json.dumps(block), encoding="utf-8")
    assert check(only_code(tmp_path), unquoted) > 20


COMPOSED = {
    "joined": 'join("\\n", [file("other.py"), file("impl.py")])',
    "in quotes": '"${file("other.py")}\\n${file("impl.py")}"',
    "in quotes, with text": '"x = 1\\n${file("other.py")}\\n\\n${file("impl.py")}\\ny = 1\\n"',
    "in a heredoc": '<<EOT\n${file("other.py")}\nx = 1\n${file("impl.py")}\nEOT',
    "in an indented heredoc": '<<-EOT\n    ${file("other.py")}\n    x = 1\nEOT',
    "joined with a heredoc": 'join("\\n", [<<-EOT\n    x = 1\n  EOT\n, file("impl.py")])',
    "joined heredocs": 'join("\\n", [<<-EOT\n    x = 1\n  EOT\n, <<EOT\ny = [\n  2]\nEOT\n])',
    "nested": 'join("\\n", ["${file("other.py")}\\n", join("", [file("impl.py")])])',
}


@pytest.mark.parametrize("name", COMPOSED)
def test_what_is_put_together(tmp_path: Path, name: str) -> None:
    code = code_of(tmp_path, COMPOSED[name], {"other.py": OTHER, "impl.py": TEXT})
    assert check(code)
    named = [it for it in ("other.py", "impl.py") if it in COMPOSED[name]]
    assert [source.path.rpartition("/")[2] for source in code.files] == named


def test_interpolations_leave_the_rest_where_it_is(tmp_path: Path) -> None:
    expression = (
        '<<-EOT\n    channel = "${local.channel}"; ${local.name} = 1 + 1\n'
        "    def helper(event):\n        return ${local.name}\n    y = ${jsonencode([1, 2])}; z = [\n"
        '      ${1 + 1},\n      three,\n    ]\n  EOT\n}\nlocals {\n  channel = "#access"\n  name = "x"'
    )
    code = code_of(tmp_path, expression, {})
    assert code.text.startswith(
        'channel = "#access"; x = 1 + 1\ndef helper(event):\n    return x\n'
    )
    assert code.module is not None
    lines = {}
    for node in ast.walk(code.module.tree):
        if isinstance(node, ast.Name | ast.Constant):
            place = code.place(*code.span(node))
            lines[code.source(node)] = None if place is None else (place.line, place.text)
    assert lines["channel"] == (3, "channel")
    assert lines['"#access"'] == (3, '"${local.channel}"')
    assert lines["three"] == (8, "three")
    assert lines["z"] == (6, "z")
    assert lines["x"] == (5, "${local.name}")


def test_strip_markers(tmp_path: Path) -> None:
    expression = '<<EOT\nx = 1\n  \n${~ "" ~}\n  \ny = 2\n${~ "" }\nz = 3\nEOT'
    code = code_of(tmp_path, expression, {})
    check(code)


def test_what_a_function_has_made_stands_at_the_expression(tmp_path: Path) -> None:
    for expression in ('replace(file("impl.py"), "one", "two")', 'format("%s", file("impl.py"))'):
        code = code_of(tmp_path, expression, {"impl.py": TEXT})
        assert check(code, everywhere=False) == 0
        assert code.whole.text == expression
        assert code.files == ()


def test_a_text_that_is_not_normalized(tmp_path: Path) -> None:
    decomposed = TEXT.replace("\u00e9", "e\u0301")
    code = code_of(tmp_path, "<<EOT\n" + escaped(decomposed) + "EOT", {})
    assert check(code, everywhere=False) > 18
    code = code_of(tmp_path, 'file("impl.py")', {"impl.py": decomposed})
    assert check(code) > 20


@pytest.mark.no_cover
def test_any_text_in_any_place(tmp_path: Path) -> None:
    pieces = [
        "x", "\u00e9", "'a'", '"b"', "'${y}'", "'%{z}'", "'$$'", "'\\\\'", "f'{x}'", "(1,\n   2)",
        "[\n\u00fc,\n]", '"""\n  a\n"""', "'\U0001f600'", "g('\t')",
    ]  # fmt: skip  # as many a line as fit
    random = Random(6)
    for number in range(60):
        lines = []
        for _ in range(random.randint(1, 6)):
            statement = " + ".join(random.choices(pieces, k=random.randint(1, 3)))
            lines.append(
                random.choice(["", "if x:\n  ", "def f():\n\n    return ", "#\n"]) + statement
            )
        text = "\n".join(lines) + "\n"
        ast.parse(text)
        by = random.choice(["", "  ", "\t"])
        if '"""' in text or "\t" in text:
            by = ""
        ways = {
            "<<": f"<<EOT\n{escaped(text)}EOT",
            "<<-": f"<<-EOT\n{indented(escaped(text), by)}EOT",
            "file": 'file("impl.py")',
            "joined": f'join("", [file("other.py"), <<EOT\n{escaped(text)}EOT\n, file("impl.py")])',
        }
        folder = tmp_path / str(number)
        folder.mkdir()
        for way in ways.values():
            check(code_of(folder, way, {"impl.py": text, "other.py": OTHER}))
        check(code_of(folder, escaped(json.dumps(text, ensure_ascii=False)), {}), unquoted)
