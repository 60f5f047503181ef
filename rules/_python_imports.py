"""Writes imports into Python code: what the fixes of rules need."""

from __future__ import annotations

import ast
import re

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import Edit

if TYPE_CHECKING:
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule


def import_edit(
    code: Code, module: PythonModule, source: str, name: str, use: ast.expr | ast.stmt
) -> Edit | None:
    """The edit that adds ``from source import name``, or ``import name`` where ``source`` is empty.

    The name joins an import of the same module above its ``use``; else a line is added behind the
    last import there. None where the place stands nowhere as it is.
    """
    above = _imports_above(module, use)
    for statement in above:
        if isinstance(statement, ast.ImportFrom) and source and statement.module == source:
            end = code.span(statement.names[-1])[1]
            return insertion(code, end, f", {name}")
    line = f"from {source} import {name}" if source else f"import {name}"
    before = above[-1:] or _docstring(module)
    if before:
        end = _end_of_line(code.text, code.span(before[0])[1])
        blank = "\n" if before == _docstring(module) else ""
        return insertion(code, end, f"\n{blank}{line}")
    return insertion(code, _behind_comments(code.text), f"{line}\n\n")


def insertion(code: Code, offset: int, text: str) -> Edit | None:
    """Write ``text`` into the code; its lines are indented as those of the heredoc around them."""
    place = code.place(offset, offset)
    if place is None:
        return None
    source = place.source
    line = source.line_starts[source.position(place.start).line - 1]
    before = source.text[line : place.start]
    indent = before[: len(before) - len(before.lstrip())]
    # What stands before the first character of the line of code is the heredoc's own.
    own = code.line(offset)
    indent = indent.removesuffix(own[: len(own) - len(own.lstrip())])
    end = "\r\n" if "\r\n" in source.text else "\n"
    # Empty lines stay so.
    lines = re.sub(r"\n(?!\n)", lambda _: f"\n{indent}", text)
    return Edit(place, lines.replace("\n", end))


def _end_of_line(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if text[offset:end].endswith("\r") else end


def _imports_above(
    module: PythonModule, use: ast.expr | ast.stmt
) -> list[ast.Import | ast.ImportFrom]:
    """The imports of the text itself above the statement of the text that has a node."""
    found: list[ast.Import | ast.ImportFrom] = []
    for statement in module.tree.body:
        if use.lineno <= (statement.end_lineno or statement.lineno):
            break
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            found.append(statement)
    return found


def _docstring(module: PythonModule) -> list[ast.stmt]:
    body = module.tree.body
    return body[:1] if ast.get_docstring(module.tree, clean=False) is not None else []


def _behind_comments(text: str) -> int:
    """Where the text goes on behind the comments at its head."""
    offset = 0
    for line in text.splitlines(keepends=True):
        if not line.startswith("#"):
            break
        offset += len(line)
    return offset
