"""The second parser: python-hcl2, its raw Lark tree lowered to the same nodes.

Chosen with ``--parser python-hcl2``, and the referee in tests: wherever both parsers accept a
file, blocks, arguments and traversals must agree. It is slower, stops at the first error, and
knows less of HCL (no ``${~``, opaque heredocs, no newline rules): the inside of heredocs is read
by the native template parser here. Only this module imports ``hcl2`` and ``lark``.
"""

from __future__ import annotations

from functools import cache

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.lowering import Lowering
from symlint.hcl.native.cursor import UnexpectedSyntax, too_deep
from symlint.hcl.native.lexer import tokenize
from symlint.hcl.native.strings import visible
from symlint.hcl.nodes import Body, Comment
from symlint.hcl.results import ParsedFile, SyntaxProblem
from symlint.source.text import Range

if TYPE_CHECKING:
    from lark import Lark
    from lark.exceptions import UnexpectedInput

    from symlint.source.text import SourceFile


MAX_CHARACTERS: Final = 100_000
"""The longest text that is read: python-hcl2 takes seconds for it, and minutes for the next longer."""

_TOO_LARGE: Final = (
    f"expected at most {MAX_CHARACTERS:,} characters, which is what python-hcl2 can read in "
    "reasonable time, found more: use the native parser"
)


def parse_python_hcl2(source: SourceFile) -> ParsedFile:
    """The tree, problems and comments of a file in HCL native syntax. Never raises.

    After a problem the tree is empty.
    """
    from lark.exceptions import LarkError, UnexpectedInput

    problem: SyntaxProblem
    try:
        if len(source.text) > MAX_CHARACTERS:
            raise UnexpectedSyntax(SyntaxProblem(Range(source, 0, 0), _TOO_LARGE))
        # The grammar wants a newline at the end of the file.
        tree = _lark().parse(source.text + "\n")
        body, problems = Lowering(source).file(tree)
    except UnexpectedSyntax as error:
        problem = error.problem
    except UnexpectedInput as error:
        problem = _problem(source, error)
    except RecursionError:
        problem = too_deep(Range(source, 0, 0)).problem
    except LarkError as error:
        first_line = str(error).partition("\n")[0]
        problem = SyntaxProblem(
            Range(source, 0, 0), f"expected text that python-hcl2 reads, found {first_line!r}"
        )
    else:
        return ParsedFile(source, body, problems, _comments(source))
    empty = Body(source, 0, len(source.text), (), complete=False)
    return ParsedFile(source, empty, (problem,), _comments(source))


def _comments(source: SourceFile) -> tuple[Comment, ...]:
    # python-hcl2's grammar merges comments with newlines and its lexer drops some.
    found = tokenize(source.text).comments
    return tuple([Comment(source, start, end) for start, end in found])


def _problem(source: SourceFile, error: UnexpectedInput) -> SyntaxProblem:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    length = len(source.text)
    start = length if error.pos_in_stream is None else min(max(error.pos_in_stream, 0), length)
    names: set[str] = set()
    end = start
    if isinstance(error, UnexpectedToken):
        names = set(error.accepts or error.expected or ())
        if error.token.type != "$END":
            # What Lark could not place it reads as a string's text, over the end of the line.
            shown = error.token.splitlines()[0] if error.token.strip() else error.token
            end = min(start + len(shown), length)
    elif isinstance(error, UnexpectedCharacters):
        names = set(error.allowed or ())
        end = min(start + 1, length)
    expected = tuple(sorted({_TERMINALS.get(name, name.lower()) for name in names}))
    found = visible(source.text[start:end]) if end > start else "the end of the file"
    if found == '"\\n"':
        found = "the end of the line"
    if not expected:
        message = f"expected valid HCL, found {found}"
    elif len(expected) > _MOST_EXPECTED:
        message = (
            f"expected something else (python-hcl2 allows {len(expected)} kinds), found {found}"
        )
    else:
        message = f"expected {' or '.join(expected)}, found {found}"
    return SyntaxProblem(Range(source, start, end), message, expected)


_MOST_EXPECTED = 6

_TERMINALS = {
    "NAME": "a name",
    "NL_OR_COMMENT": "a newline",
    "INT_LITERAL": "a number",
    "FLOAT_LITERAL": "a number",
    "DBLQUOTE": "a string",
    "EQ": '"="',
    "LBRACE": '"{"',
    "RBRACE": '"}"',
    "LPAR": '"("',
    "RPAR": '")"',
    "LSQB": '"["',
    "RSQB": '"]"',
    "COMMA": '","',
    "COLON": '":"',
    "DOT": '"."',
    "FOR_OBJECT_ARROW": '"=>"',
    "$END": "the end of the file",
}


@cache
def _lark() -> Lark:
    """python-hcl2's parser, with its compiled grammar kept in the user's cache folder.

    python-hcl2 keeps it beside its own code, which a read-only installation refuses: three seconds
    for each run. Without a usable cache folder there is no cache.
    """
    import hcl2
    from hcl2.postlexer import PostLexer
    from lark import Lark

    return Lark.open(
        "hcl2.lark",
        rel_to=hcl2.__file__,
        parser="lalr",
        cache=_grammar_cache() or False,
        propagate_positions=True,
        postlex=PostLexer(),
    )


def _grammar_cache() -> str | None:
    """The file for the compiled grammar, its folder made; None if there cannot be one.

    The file is a pickle: the folder must be the user's own and writable by nobody else.
    """
    import os
    import sys
    from importlib.metadata import version
    from pathlib import Path

    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        folder = (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "symlint"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
        if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
            return None
        if not os.access(folder, os.W_OK):
            return None
    except (OSError, RuntimeError):
        return None
    python = f"{sys.version_info.major}{sys.version_info.minor}"
    name = f"python-hcl2-{version('python-hcl2')}-lark-{version('lark')}-py{python}.grammar"
    return str(folder / name)
