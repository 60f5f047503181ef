"""Grammar that is newer than Python 3.11, whichever Python symlint runs with.

https://peps.python.org/pep-0695/, 0701, 0696, 0758 and 0750
"""

from __future__ import annotations

import ast
import io
import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.implementation.python_module import PythonProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule

    Newer = tuple[int, str]
    """An offset in the text, and what stands there."""

_PARAMETERS: Final = "type parameters, which came with Python 3.12"
_TYPE: Final = "the statement type, which came with Python 3.12"
_FSTRING: Final = "an f-string that only Python 3.12 and later can read"
_EXCEPT: Final = "except without parentheses, which came with Python 3.14"
_TEMPLATE: Final = "a t-string, which came with Python 3.14"

_LOOKS: Final = (
    (r"\s*type\s+\w+\s*(?:\[.*\]\s*)?=[^=]", _TYPE),
    (r"\s*(?:async\s+def|def|class)\s+\w+\s*\[[^\]]+\]\s*[(:]", _PARAMETERS),
    # With a small letter, it is a name in the form of Python 2.
    (r"\s*except\*?\s+(?:\w+\.)*[A-Z]\w*(?:\s*,\s*(?:\w+\.)*[A-Z]\w*)+\s*:", _EXCEPT),
    (r"""[^#"']*\b[tT][rR]?(["']).*\1""", _TEMPLATE),
    # The quotation mark of an f-string, or a backslash, between the braces of one.
    (
        r"""[^#]*?\b(?:[fF][rR]?|[rR][fF])(["'])"""
        r"""(?:(?!\1)[^{}])*\{(?:[^{}]*\1[^{}]*\1|[^{}]*\\)[^{}]*\}(?:(?!\1).)*\1""",
        _FSTRING,
    ),
)
"""Lines at which an older parser stops, and what a newer one takes them for."""

_LETTERS: Final = "".join(map(chr, (*range(65, 91), *range(97, 123))))

_LONGEST: Final = 300
"""How much of a line is looked at."""


def newer_line(code: Code, problem: PythonProblem) -> str | None:
    """What newer grammar the line of a problem is written in; None for a line that is wrong."""
    line = code.line(code.problem_span(problem)[0])[:_LONGEST]
    return next((what for pattern, what in _LOOKS if re.match(pattern, line)), None)


def newer_places(code: Code, module: PythonModule) -> Iterator[Newer]:
    """Where a newer parser has read what Python 3.11 could not."""
    if not hasattr(ast, "TypeAlias"):
        return
    for node in module.nodes:
        kind = type(node).__name__
        if kind == "TypeAlias" and isinstance(node, ast.stmt):
            yield code.span(node)[0], _TYPE
        elif kind == "TemplateStr" and isinstance(node, ast.expr):
            yield code.span(node)[0], _TEMPLATE
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if getattr(node, "type_params", ()):
                yield code.name_span(node)[0], _PARAMETERS
        elif isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple):
            start, end = code.span(node.type)
            if code.text[start:end][:1] != "(":
                yield start, _EXCEPT
    if any(isinstance(node, ast.JoinedStr) for node in module.nodes):
        yield from _newer_strings(code)


def _newer_strings(code: Code) -> Iterator[Newer]:
    """The texts inside f-strings that have the quotation marks of these, or a backslash."""
    import tokenize

    around: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(code.text).readline):
        kind, text = tokenize.tok_name[token.type], token.string
        inner = around and kind in ("STRING", "FSTRING_START")
        if inner and (around[-1] in text or "\\" in text):
            line, column = token.start
            yield code.problem_span(PythonProblem("", line, column + 1))[0], _FSTRING
        if kind == "FSTRING_START":
            around.append(text.lstrip(_LETTERS))
        elif kind == "FSTRING_END":
            around.pop()
