"""Templates: the insides of quoted strings, of heredocs, and of template files.

Literal text is collected as one token per line (as HashiCorp's scanner cuts it), because strip
markers and the indentation rule of ``<<-`` are defined on those; what remains is melded into one
``Literal`` per stretch of text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.hcl.cursor import Cursor
from symlint.hcl.lexer import (
    CLOSE_QUOTE,
    DIRECTIVE,
    END_OF_FILE,
    IDENTIFIER,
    INTERPOLATION,
    SEQUENCE_END,
    TEXT,
    WHITESPACE,
)
from symlint.hcl.nodes import Interpolation, Literal, Template, TemplateFor, TemplateIf
from symlint.hcl.strings import quoted_text, template_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from symlint.hcl.nodes import Expression, TemplatePart


class _Text:
    """Literal text before strip markers and indentation are settled."""

    __slots__ = ("end", "start", "value")

    def __init__(self, start: int, end: int, value: str) -> None:
        self.start, self.end, self.value = start, end, value


class _Directive(NamedTuple):
    """``%{keyword ...}``; ``keyword_index`` is the keyword's token, for messages."""

    keyword: str
    keyword_index: int
    start: int
    end: int
    expression: Expression | None = None
    key_name: str | None = None
    value_name: str = ""


_Piece: TypeAlias = "_Text | _Directive | TemplatePart"

_DIRECTIVES = ("if", "else", "endif", "for", "endfor")


class TemplateParser(Cursor):
    """Reads templates; expressions inside them are read by the class built on this one."""

    __slots__ = ()

    def expression(self) -> Expression:
        """Read one expression."""
        raise NotImplementedError

    def template(self, close: str, flush: bool = False) -> Template | Literal:
        """Read the template whose opening token is the current one, up to the token ``close``.

        ``flush`` removes the indentation that all lines share (``<<-``).
        """
        opening = self.index
        self.index = opening + 1
        parts, closing = self.template_parts(close, flush)
        start, end = self.starts[opening], self.ends[closing]
        if not parts:
            return Literal(self.source, start, end, "")
        if len(parts) == 1 and type(parts[0]) is Literal:
            return Literal(self.source, start, end, parts[0].value)
        return Template(self.source, start, end, parts, close != CLOSE_QUOTE)

    def template_parts(self, close: str, flush: bool) -> tuple[tuple[TemplatePart, ...], int]:
        """Read up to the token ``close``; returns the parts and the index of that token."""
        pieces: list[_Piece] = []
        cook = quoted_text if close == CLOSE_QUOTE else template_text
        kinds, starts, ends = self.kinds, self.starts, self.ends
        strip_next = False
        directives = False
        while True:
            index = self.index
            kind = kinds[index]
            if kind == TEXT:
                value = cook(self.word(index))
                if strip_next:
                    value = value.lstrip(WHITESPACE)
                    strip_next = False
                pieces.append(_Text(starts[index], ends[index], value))
                self.index = index + 1
            elif kind == close:
                self.index = index + (kind != END_OF_FILE)
                break
            elif kind in (INTERPOLATION, DIRECTIVE):
                if pieces and self.text_ends[index] - self.text_starts[index] == 3:
                    last = pieces[-1]
                    if type(last) is _Text:
                        last.value = last.value.rstrip(WHITESPACE)
                if kind == INTERPOLATION:
                    pieces.append(self._interpolation())
                else:
                    directives = True
                    pieces.append(self._directive())
                closing = self.index - 1
                strip_next = self.text_ends[closing] - self.text_starts[closing] == 2
            else:
                raise self.unexpected("expected the end of the template")
        if flush:
            _remove_indentation(pieces)
        if directives:
            return self._structure(pieces, index), index
        return self._melded(pieces), index

    def _interpolation(self) -> Interpolation:
        opening = self.index
        self.index = opening + 1
        outer, self.skip_newlines = self.skip_newlines, True
        expression = self.expression()
        closing = self._sequence_end('expected "}" after the interpolated expression', outer)
        return Interpolation(self.source, self.starts[opening], self.ends[closing], expression)

    def _sequence_end(self, message: str, outer_skip_newlines: bool) -> int:
        if self.peek() != SEQUENCE_END:
            raise self.unexpected(message, ("}",))
        closing = self.index
        self.index = closing + 1
        self.skip_newlines = outer_skip_newlines
        return closing

    def _directive(self) -> _Directive:
        opening = self.index
        self.index = opening + 1
        outer, self.skip_newlines = self.skip_newlines, True
        if self.peek() != IDENTIFIER or self.word(self.index) not in _DIRECTIVES:
            raise self.unexpected(
                'expected "if", "else", "endif", "for" or "endfor" after "%{"', _DIRECTIVES
            )
        keyword_index = self.index
        keyword = self.word(keyword_index)
        self.index = keyword_index + 1
        expression: Expression | None = None
        key_name, value_name = None, ""
        if keyword == "if":
            expression = self.expression()
        elif keyword == "for":
            key_name, value_name = self.loop_variables()
            expression = self.expression()
        closing = self._sequence_end(f'expected "}}" after the "{keyword}" directive', outer)
        return _Directive(
            keyword,
            keyword_index,
            self.starts[opening],
            self.ends[closing],
            expression,
            key_name,
            value_name,
        )

    def loop_variables(self) -> tuple[str | None, str]:
        """Read ``value in`` or ``key, value in``; returns the two names."""
        value_name = self.name(self.expect(IDENTIFIER, 'a variable name after "for"'))
        key_name = None
        if self.peek() == ",":
            self.index += 1
            key_name = value_name
            value_name = self.name(self.expect(IDENTIFIER, 'a second variable name after ","'))
        if self.peek() != IDENTIFIER or self.word(self.index) != "in":
            raise self.unexpected('expected "in" after the names of "for"', ("in",))
        self.index += 1
        return key_name, value_name

    # --- from the flat pieces to the tree -------------------------------------------------------

    def _melded(self, pieces: Sequence[_Piece]) -> tuple[TemplatePart, ...]:
        """The pieces with each stretch of text as one literal; no directives are among them."""
        parts: list[TemplatePart] = []
        stretch: list[_Text] = []
        for piece in pieces:
            if type(piece) is _Text:
                stretch.append(piece)
                continue
            if stretch:
                parts.append(self._literal(stretch))
                stretch = []
            assert not isinstance(piece, _Text | _Directive)
            parts.append(piece)
        if stretch:
            parts.append(self._literal(stretch))
        return tuple(parts)

    def _literal(self, stretch: list[_Text]) -> Literal:
        first = stretch[0]
        if len(stretch) == 1:
            return Literal(self.source, first.start, first.end, first.value)
        value = "".join([text.value for text in stretch])
        return Literal(self.source, first.start, stretch[-1].end, value)

    def _structure(self, pieces: list[_Piece], closing: int) -> tuple[TemplatePart, ...]:
        """The tree of pieces in which directives open and close; ``closing`` ends the template."""
        current: list[_Piece] = []
        # The open directives: the directive, its else if read, what came before, the then part.
        open_directives: list[tuple[_Directive, _Directive | None, list[_Piece], list[_Piece]]] = []
        for piece in pieces:
            if type(piece) is not _Directive:
                current.append(piece)
                continue
            keyword = piece.keyword
            if keyword in ("if", "for"):
                self.chained += 1
                open_directives.append((piece, None, current, []))
                current = []
                continue
            opening, alternative, before, then = open_directives[-1] if open_directives else _NONE
            if keyword == "else" and opening.keyword == "if" and alternative is None:
                open_directives[-1] = (opening, piece, before, current)
                current = []
                continue
            if keyword != "end" + opening.keyword:
                raise self._unbalanced(piece, opening, alternative)
            open_directives.pop()
            node = self._closed(opening, piece, alternative, then, current)
            before.append(node)
            current = before
        if open_directives:
            opening = open_directives[-1][0]
            raise self.failure(
                f'expected the directive "%{{end{opening.keyword}}}" to close '
                f'"%{{{opening.keyword}}}", found {self.described(closing)}',
                ("end" + opening.keyword,),
                opening.keyword_index,
            )
        return self._melded(current)

    def _closed(
        self,
        opening: _Directive,
        closing: _Directive,
        alternative: _Directive | None,
        then: list[_Piece],
        current: list[_Piece],
    ) -> TemplateIf | TemplateFor:
        assert opening.expression is not None
        start, end = opening.start, closing.end
        if opening.keyword == "for":
            return TemplateFor(
                self.source,
                start,
                end,
                opening.key_name,
                opening.value_name,
                opening.expression,
                self._melded(current),
            )
        if alternative is None:
            then, current = current, []
        return TemplateIf(
            self.source,
            start,
            end,
            opening.expression,
            self._melded(then),
            self._melded(current),
        )

    def _unbalanced(
        self, found: _Directive, opening: _Directive, alternative: _Directive | None
    ) -> Exception:
        if not opening.keyword:
            wanted = "for" if found.keyword == "endfor" else "if"
            message = f'expected a "%{{{wanted}}}" before'
        elif opening.keyword == "if" and alternative is None:
            message = 'expected the directive "%{else}" or "%{endif}"'
        else:
            message = f'expected the directive "%{{end{opening.keyword}}}"'
        return self.failure(f'{message}, found "%{{{found.keyword}}}"', (), found.keyword_index)


_NONE: tuple[_Directive, _Directive | None, list[_Piece], list[_Piece]] = (
    _Directive("", 0, 0, 0),
    None,
    [],
    [],
)


def _remove_indentation(pieces: list[_Piece]) -> None:
    """Take the indentation that all lines share away: what ``<<-`` stands for.

    As HashiCorp's parser does it: lines of nothing but white space do not count, and a sequence
    at the very start of a line makes the shared indentation nothing.
    """
    shared: int | None = None
    adjusted: list[_Text] = []
    line_start = True
    for piece in pieces:
        if line_start:
            line_start = False
            indentation = 0
            if type(piece) is _Text:
                stripped = piece.value.lstrip(WHITESPACE)
                if not stripped and piece.value.endswith("\n"):
                    line_start = True
                    continue
                indentation = len(piece.value) - len(stripped)
                adjusted.append(piece)
            if shared is None or indentation < shared:
                shared = indentation
        if type(piece) is _Text and piece.value.endswith("\n"):
            line_start = True
    for text in adjusted:
        text.value = text.value[shared:]
