"""Expressions and templates that are not part of a body: JSON strings and template files."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.native.cursor import MAX_NESTING, UnexpectedSyntax
from symlint.hcl.native.expressions import ExpressionParser
from symlint.hcl.native.lexer import tokenize
from symlint.hcl.native.tokens import END_OF_FILE, NEWLINE
from symlint.hcl.nodes import Literal, Template
from symlint.hcl.walk import higher_than

if TYPE_CHECKING:
    from symlint.hcl.native.tokens import Tokens
    from symlint.hcl.nodes import Expression
    from symlint.hcl.results import SyntaxProblem
    from symlint.source.text import SourceFile


def parse_expression(source: SourceFile) -> tuple[Expression | None, tuple[SyntaxProblem, ...]]:
    """The whole text of ``source`` as one expression; None and the problem if it is not one."""
    parser = ExpressionParser(source, tokenize(source.text))
    try:
        return _expression(parser), ()
    except UnexpectedSyntax as error:
        return None, (error.problem,)
    except RecursionError:
        return None, (parser.too_deep().problem,)


def parse_template(
    source: SourceFile,
) -> tuple[Template | Literal | None, tuple[SyntaxProblem, ...]]:
    """The whole text of ``source`` as a template; None and the problem if it is not one.

    It is what ``templatefile`` and ``templatestring`` read: text with ``${`` and ``%{`` sequences,
    in which quotes and backslashes mean nothing.
    """
    parser = ExpressionParser(source, tokenize(source.text, template=True))
    try:
        return _template(parser, 0, len(source.text)), ()
    except UnexpectedSyntax as error:
        return None, (error.problem,)
    except RecursionError:
        return None, (parser.too_deep().problem,)


def template_at(source: SourceFile, tokens: Tokens, start: int, end: int) -> Template | Literal:
    """The template that ``tokens`` are, as a node from ``start`` to ``end``.

    Raises ``UnexpectedSyntax``.
    """
    parser = ExpressionParser(source, tokens)
    try:
        return _template(parser, start, end)
    except RecursionError:
        raise parser.too_deep() from None


def expression_at(source: SourceFile, tokens: Tokens) -> Expression | None:
    """The expression that ``tokens`` are, or None if they are not one."""
    parser = ExpressionParser(source, tokens)
    try:
        return _expression(parser)
    except (UnexpectedSyntax, RecursionError):
        return None


def _template(parser: ExpressionParser, start: int, end: int) -> Template | Literal:
    parts, _ = parser.template_parts(END_OF_FILE, flush=False)
    if not parts:
        return Literal(parser.source, start, end, "")
    node: Template | Literal
    if len(parts) == 1 and type(parts[0]) is Literal:
        node = Literal(parser.source, start, end, parts[0].value)
    else:
        node = Template(parser.source, start, end, parts, heredoc=False)
    _check_height(parser, node)
    return node


def _expression(parser: ExpressionParser) -> Expression:
    while parser.kinds[parser.index] == NEWLINE:
        parser.index += 1
    node = parser.expression()
    while parser.kinds[parser.index] == NEWLINE:
        parser.index += 1
    if parser.kinds[parser.index] != END_OF_FILE:
        raise parser.unexpected("expected the end of the expression")
    _check_height(parser, node)
    return node


def _check_height(parser: ExpressionParser, node: Expression) -> None:
    if parser.deepest + parser.chained > MAX_NESTING and higher_than(node, MAX_NESTING):
        raise parser.too_deep()
