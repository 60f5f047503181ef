"""Templates: the insides of quoted strings, of heredocs, and of template files."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.native.cursor import Cursor
from symlint.hcl.native.patterns import WHITESPACE
from symlint.hcl.native.strings import quoted_text, template_text
from symlint.hcl.native.template_parts import (
    Directive,
    Text,
    melded,
    remove_indentation,
    structured,
)
from symlint.hcl.native.tokens import (
    CLOSE_QUOTE,
    DIRECTIVE,
    END_OF_FILE,
    IDENTIFIER,
    INTERPOLATION,
    SEQUENCE_END,
    TEXT,
)
from symlint.hcl.nodes import Interpolation, Literal, Template

if TYPE_CHECKING:
    from symlint.hcl.native.template_parts import Piece
    from symlint.hcl.nodes import Expression, TemplatePart


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
        pieces: list[Piece] = []
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
                pieces.append(Text(starts[index], ends[index], value))
                self.index = index + 1
            elif kind == close:
                self.index = index + (kind != END_OF_FILE)
                break
            elif kind in (INTERPOLATION, DIRECTIVE):
                if pieces and self.text_ends[index] - self.text_starts[index] == 3:
                    last = pieces[-1]
                    if type(last) is Text:
                        last.value = _stripped(last.value, close != CLOSE_QUOTE)
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
            remove_indentation(pieces)
        if directives:
            self.chained += len(pieces)
            return structured(self.source, pieces, self.described(index)), index
        return melded(self.source, pieces), index

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

    def _directive(self) -> Directive:
        opening = self.index
        self.index = opening + 1
        outer, self.skip_newlines = self.skip_newlines, True
        if self.peek() != IDENTIFIER or self.word(self.index) not in _DIRECTIVES:
            raise self.unexpected(
                'expected "if", "else", "endif", "for" or "endfor" after "%{"', _DIRECTIVES
            )
        keyword = self.word(self.index)
        self.index += 1
        expression: Expression | None = None
        key_name, value_name = None, ""
        if keyword == "if":
            expression = self.expression()
        elif keyword == "for":
            key_name, value_name = self.loop_variables()
            expression = self.expression()
        closing = self._sequence_end(f'expected "}}" after the "{keyword}" directive', outer)
        return Directive(
            keyword,
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


def _stripped(text: str, has_lines: bool) -> str:
    """Literal text before a strip marker.

    HashiCorp's scanner takes ``$`` or ``%`` and the character after it for one, and outside of
    quotes the end of the line after these two is a piece of its own, the only one to be stripped.
    """
    if has_lines and text[-3:-2] in ("$", "%") and text.endswith("\n"):
        return text[:-1]
    return text.rstrip(WHITESPACE)
