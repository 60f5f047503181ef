"""Builds the tree of a template from its literals, interpolations and directives.

Literal text comes as one piece per line (as HashiCorp's scanner cuts it), because strip markers
and the indentation rule of ``<<-`` are defined on those; what remains is merged into one
``Literal`` per stretch of text. Directives come as they are written; what stands between the
opening and the closing one becomes theirs.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.hcl.native.cursor import UnexpectedSyntax
from symlint.hcl.native.patterns import WHITESPACE
from symlint.hcl.nodes import Interpolation, Literal, TemplateFor, TemplateIf
from symlint.hcl.results import SyntaxProblem
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.hcl.nodes import Expression, TemplatePart
    from symlint.source.text import SourceFile


class Text:
    """Literal text before strip markers and indentation are settled."""

    __slots__ = ("end", "start", "value")

    def __init__(self, start: int, end: int, value: str) -> None:
        self.start, self.end, self.value = start, end, value


class Directive(NamedTuple):
    """One ``%{keyword ...}``, its braces included."""

    keyword: str
    start: int
    end: int
    expression: Expression | None = None
    key_name: str | None = None
    value_name: str = ""


Piece: TypeAlias = "Text | Directive | TemplatePart"


class _Open(NamedTuple):
    """A directive that is not closed yet."""

    directive: Directive
    # The pieces before the directive, and those before its else if it was read.
    before: list[Piece]
    then: list[Piece] | None = None


def melded(source: SourceFile, pieces: Sequence[Piece]) -> tuple[TemplatePart, ...]:
    """The pieces with each stretch of text as one literal; no directives may be among them."""
    parts: list[TemplatePart] = []
    stretch: list[Text] = []
    for piece in pieces:
        if type(piece) is Text:
            stretch.append(piece)
            continue
        if stretch:
            parts.append(_literal(source, stretch))
            stretch = []
        assert isinstance(piece, Interpolation | TemplateIf | TemplateFor)
        parts.append(piece)
    if stretch:
        parts.append(_literal(source, stretch))
    return tuple(parts)


def _literal(source: SourceFile, stretch: list[Text]) -> Literal:
    first = stretch[0]
    if len(stretch) == 1:
        return Literal(source, first.start, first.end, first.value)
    value = "".join([text.value for text in stretch])
    return Literal(source, first.start, stretch[-1].end, value)


def structured(
    source: SourceFile, pieces: Sequence[Piece], ended_by: str
) -> tuple[TemplatePart, ...]:
    """The tree of pieces in which directives open and close.

    ``ended_by`` says in words what the template ends with. Raises ``UnexpectedSyntax`` where
    directives are not balanced.
    """
    current: list[Piece] = []
    stack: list[_Open] = []
    for piece in pieces:
        if type(piece) is not Directive:
            current.append(piece)
        elif piece.keyword in ("if", "for"):
            stack.append(_Open(piece, current))
            current = []
        else:
            opening = stack.pop() if stack else None
            if opening is None or not _follows(opening, piece):
                raise _unbalanced(source, opening, piece)
            if piece.keyword == "else":
                stack.append(opening._replace(then=current))
                current = []
            else:
                opening.before.append(_closed(source, opening, piece, current))
                current = opening.before
    if stack:
        directive = stack[-1].directive
        closing = "end" + directive.keyword
        message = f'expected "%{{{closing}}}" to close the directive, found {ended_by}'
        place = Range(source, directive.start, directive.end)
        raise UnexpectedSyntax(SyntaxProblem(place, message, (closing,)))
    return melded(source, current)


def _follows(opening: _Open, directive: Directive) -> bool:
    if directive.keyword == "else":
        return opening.directive.keyword == "if" and opening.then is None
    return directive.keyword == "end" + opening.directive.keyword


def _closed(
    source: SourceFile, opening: _Open, closing: Directive, current: list[Piece]
) -> TemplateIf | TemplateFor:
    """The node of a directive and what stands in it."""
    directive = opening.directive
    start, end = directive.start, closing.end
    assert directive.expression is not None
    if directive.keyword == "for":
        return TemplateFor(
            source,
            start,
            end,
            directive.key_name,
            directive.value_name,
            directive.expression,
            melded(source, current),
        )
    then, otherwise = (current, []) if opening.then is None else (opening.then, current)
    return TemplateIf(
        source,
        start,
        end,
        directive.expression,
        melded(source, then),
        melded(source, otherwise),
    )


def _unbalanced(source: SourceFile, opening: _Open | None, found: Directive) -> UnexpectedSyntax:
    expected: tuple[str, ...]
    if opening is None:
        expected = ("for",) if found.keyword == "endfor" else ("if",)
        message = f'expected "%{{{expected[0]}}}" before it'
    elif opening.directive.keyword == "if" and opening.then is None:
        expected = ("else", "endif")
        message = 'expected "%{else}" or "%{endif}"'
    else:
        expected = ("end" + opening.directive.keyword,)
        message = f'expected "%{{{expected[0]}}}"'
    place = Range(source, found.start, found.end)
    problem = SyntaxProblem(place, f'{message}, found "%{{{found.keyword}}}"', expected)
    return UnexpectedSyntax(problem)


def remove_indentation(pieces: Sequence[Piece]) -> None:
    """Take the indentation that all lines share away: what ``<<-`` stands for.

    As HashiCorp's parser does it: lines of nothing but white space do not count, and a sequence
    at the very start of a line makes the shared indentation nothing.
    """
    shared: int | None = None
    adjusted: list[Text] = []
    line_start = True
    for piece in pieces:
        if line_start:
            line_start = False
            indentation = 0
            if type(piece) is Text:
                stripped = piece.value.lstrip(WHITESPACE)
                if not stripped and piece.value.endswith("\n"):
                    line_start = True
                    continue
                indentation = len(piece.value) - len(stripped)
                adjusted.append(piece)
            if shared is None or indentation < shared:
                shared = indentation
        if type(piece) is Text and piece.value.endswith("\n"):
            line_start = True
    for text in adjusted:
        text.value = text.value[shared:]
