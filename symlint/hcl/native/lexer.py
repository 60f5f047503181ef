"""The lexer of HCL native syntax.

It follows the scanner of HashiCorp's ``hclsyntax`` package (``scan_tokens.rl``): strings and
heredocs are templates whose literal text and ``${``/``%{`` sequences are tokens of their own, so
that every part of a template has an exact range.
"""

from __future__ import annotations

import re

from symlint.annotations import Final
from symlint.hcl.native.patterns import (
    AT_ONCE,
    WHITESPACE,
    block_pattern,
    identifier_end,
    identifier_pattern,
    invalid_pattern,
    line_pattern,
    match_token,
    quoted_pattern,
)
from symlint.hcl.native.strings import visible
from symlint.hcl.native.tokens import (
    CLOSE_HEREDOC,
    CLOSE_QUOTE,
    DIRECTIVE,
    END_OF_FILE,
    IDENTIFIER,
    INTERPOLATION,
    INVALID,
    NEWLINE,
    NUMBER,
    OPEN_HEREDOC,
    OPEN_QUOTE,
    SEQUENCE_END,
    STRING,
    TEXT,
    Tokens,
)

# How often reading goes on after something without an end; each time costs a look at the whole
# rest of the text.
_MAX_ABANDONED: Final = 20

# The groups of match_token that are one token each and nothing more.
_PLAIN_KINDS: Final = {3: NEWLINE, 4: STRING, 6: NUMBER}

# How many invalid tokens have messages: many more than are reported.
_MAX_MESSAGES: Final = 1_000

_SPACE: Final = WHITESPACE.replace("\n", "").replace("\r", "")

_NORMAL: Final = 0
_QUOTE: Final = 1
_BARE: Final = 2
_HEREDOC: Final = 3


def tokenize(
    text: str, start: int = 0, end: int | None = None, *, template: bool = False
) -> Tokens:
    """The tokens of ``text[start:end]``; ``template`` reads it as the inside of a template."""
    lexer = _Lexer(text, start, len(text) if end is None else end, template)
    lexer.run()
    return lexer.tokens


class _Lexer:
    __slots__ = (
        "_abandoned",
        "_depth",
        "_end",
        "_heredocs",
        "_mode",
        "_position",
        "_stack",
        "tokens",
    )

    def __init__(self, text: str, start: int, end: int, template: bool) -> None:
        self.tokens = Tokens(text)
        self._position = start
        self._end = end
        self._mode = _BARE if template else _NORMAL
        # Braces open in the current expression; a "}" at 0 ends the template sequence.
        self._depth = 0
        # The enclosing modes with their brace depths.
        self._stack: list[tuple[int, int]] = []
        self._abandoned = 0
        # The end marker and the opening token of each open heredoc.
        self._heredocs: list[tuple[str, int]] = []

    def run(self) -> None:
        """Read up to the end of the text."""
        while self._position < self._end or self._stack:
            if self._mode == _NORMAL:
                self._read_normal()
                if self._position >= self._end:
                    break
            elif self._mode == _QUOTE:
                self._read_quoted()
            else:
                self._read_lines()
        self._add(END_OF_FILE, self._end, self._end)
        if not self.tokens.text.isascii():
            _mark_undecodable(self.tokens)

    def _add(self, kind: str, start: int, end: int) -> None:
        tokens = self.tokens
        tokens.kinds.append(kind)
        tokens.starts.append(start)
        tokens.ends.append(end)

    def _add_invalid(self, start: int, end: int, message: str) -> None:
        if len(self.tokens.invalid) < _MAX_MESSAGES:
            self.tokens.invalid[len(self.tokens.kinds)] = message
        self._add(INVALID, start, end)

    def _push(self, mode: int) -> None:
        self._stack.append((self._mode, self._depth))
        self._mode, self._depth = mode, 0

    def _pop(self) -> None:
        self._mode, self._depth = self._stack.pop()

    # --- bodies and expressions -----------------------------------------------------------------

    def _read_normal(self) -> None:
        """Read tokens up to the end of the text or to where a template begins or goes on."""
        tokens = self.tokens
        text, end = tokens.text, self._end
        add_kind, add_start = tokens.kinds.append, tokens.starts.append
        add_end = tokens.ends.append
        ascii_only = text.isascii()
        position = self._position
        depth = self._depth
        while True:
            match = match_token(text, position, end)
            if match is None:
                self._depth = depth
                position = self._read_unmatched(position)
                depth = self._depth
                continue
            group = match.lastindex
            if group is None:
                self._position = end
                return
            start, position = match.span(group)
            if group == 1:
                if not ascii_only or position - start == AT_ONCE:
                    position = identifier_end(text, start, position, end)
                    if position == start:
                        position = self._read_invalid_character(start)
                        continue
                add_kind(IDENTIFIER)
            elif group == 2:
                kind = match[2]
                add_kind(kind)
                if kind == "{":
                    depth += 1
            elif group in _PLAIN_KINDS:
                add_kind(_PLAIN_KINDS[group])
            elif group == 7:
                if depth == 0 and self._stack:
                    self._add(SEQUENCE_END, start, position)
                    self._pop()
                    self._position = position
                    return
                if position - start == 2:
                    self._add_invalid(start, start + 1, _STRAY_STRIP_MARKER)
                    start += 1
                add_kind("}")
                if depth:
                    depth -= 1
            elif group == 8:
                self._add_line_comment(start, position)
                continue
            elif group == 9:
                tokens.comments.append((start, position))
                continue
            else:
                self._depth = depth
                self._open_template(match, group, start, position)
                return
            add_start(start)
            add_end(position)

    def _add_line_comment(self, start: int, end: int) -> None:
        text = self.tokens.text
        if text[end - 1] == "\n":
            text_end = end - 2 if text[end - 2] == "\r" else end - 1
            self._add(NEWLINE, text_end, end)
        else:
            text_end = end
        self.tokens.comments.append((start, text_end))

    def _open_template(self, match: re.Match[str], group: int, start: int, position: int) -> None:
        """Begin the string (group 5) or heredoc (group 11) that ``match`` found."""
        if group == 5:
            self._add(OPEN_QUOTE, start, position)
            self._push(_QUOTE)
        else:
            text = self.tokens.text
            name_end = identifier_end(text, start, position, position)
            position = match.end()
            start = match.start(10) - 2
            if name_end != match.end(11):
                # What follows the marker's name is not an identifier character.
                self._position = self._read_bad_heredoc(start)
                return
            self._add(OPEN_HEREDOC, start, position)
            self._heredocs.append((text[match.start(11) : name_end], len(self.tokens.kinds) - 1))
            self._push(_HEREDOC)
        self._position = position

    def _read_unmatched(self, position: int) -> int:
        """Read what no token begins with, as an invalid token; returns the offset after it."""
        text = self.tokens.text
        while text[position] in " \t":
            position += 1
        if text.startswith("/*", position):
            self._add_invalid(position, position + 2, _UNTERMINATED_COMMENT)
            return self._abandon_block(position + 2)
        if text.startswith("<<", position):
            return self._read_bad_heredoc(position)
        return self._read_invalid_character(position)

    def _read_bad_heredoc(self, position: int) -> int:
        """Read a heredoc whose opening line is wrong; returns the offset after it.

        The lines up to an end marker are skipped: they are text, not configuration.
        """
        text = self.tokens.text
        name = position + (3 if text.startswith("-", position + 2) else 2)
        match = identifier_pattern().match(text, name, self._end)
        assert match is not None  # the caller saw that something like a name begins here
        line_end = text.find("\n", match.end(), self._end)
        line_end = self._end if line_end < 0 else line_end
        found = visible(text[match.end() : line_end].rstrip("\r"))
        message = f"expected a newline directly after the heredoc's marker, found {found}"
        self._add_invalid(position, match.end(), message)
        self._abandoned += 1
        if self._abandoned <= _MAX_ABANDONED:
            marker = re.escape(match[0])
            closing = re.compile(rf"^[ \t]*{marker}[ \t]*(?=\r?$)", re.MULTILINE).search(
                text, line_end, self._end
            )
            if closing:
                return closing.end()
        return line_end

    def _read_invalid_character(self, position: int) -> int:
        """Read characters that HCL has no use for; returns the offset after them."""
        text = self.tokens.text
        character = text[position]
        self._add_invalid(position, position + 1, _INVALID_CHARACTERS.get(character, ""))
        match = invalid_pattern().match(text, position + 1, self._end)
        if match and character not in _INVALID_CHARACTERS:
            position = match.end() - 1
            self.tokens.ends[-1] = position + 1
        return position + 1

    # --- templates ------------------------------------------------------------------------------

    def _open_sequence(self, position: int) -> None:
        """Begin the ``${`` or ``%{`` at ``position``, its strip marker included."""
        text = self.tokens.text
        kind = INTERPOLATION if text[position] == "$" else DIRECTIVE
        end = position + (3 if text.startswith("~", position + 2, self._end) else 2)
        self._add(kind, position, end)
        self._position = end
        self._push(_NORMAL)

    def _read_quoted(self) -> None:
        """Read a quoted string from inside it up to its end or to a sequence."""
        text = self.tokens.text
        position = self._position
        while True:
            match = quoted_pattern().match(text, position, self._end)
            if match and match.end() > position:
                self._add(TEXT, position, match.end())
                position = match.end()
            following = text[position : min(position + 2, self._end)]
            if following[:1] == '"':
                self._add(CLOSE_QUOTE, position, position + 1)
                self._position = position + 1
                self._pop()
                return
            if following in ("${", "%{"):
                self._open_sequence(position)
                return
            if following[:1] == "\\" and following[1:] not in ("\r", "\n", ""):
                length = 2
                if following[1] in "uU":
                    digits = 4 if following[1] == "u" else 8
                    while (
                        length < 2 + digits
                        and text[position + length : position + length + 1] in _HEX
                    ):
                        length += 1
                found = visible(text[position : position + length])
                self._add_invalid(position, position + length, f"{_BAD_ESCAPE}, found {found}")
                position += length
                continue
            self._abandon_quoted(position)
            return

    def _abandon_quoted(self, position: int) -> None:
        """End an unterminated string, and the strings it stands in, at the end of the line.

        Without this, one missing quote would turn the meaning of every later quote around.
        """
        nested = False
        self._add_invalid(position, position, "")
        index = len(self.tokens.kinds) - 1
        while True:
            self._add(CLOSE_QUOTE, position, position)
            self._pop()
            # The mode is now that of an expression; is it one inside a quoted string?
            if not self._stack or self._stack[-1][0] != _QUOTE:
                break
            nested = True
            self._add(SEQUENCE_END, position, position)
            self._pop()
        self.tokens.invalid[index] = _UNTERMINATED_NESTED if nested else _UNTERMINATED
        self._position = position

    def _read_lines(self) -> None:
        """Read a heredoc or bare template, line by line, up to its end or to a sequence."""
        text, end = self.tokens.text, self._end
        position = self._position
        marker = self._heredocs[-1][0] if self._mode == _HEREDOC else None
        line_start = bool(self.tokens.kinds) and self.tokens.kinds[-1] == OPEN_HEREDOC
        while True:
            if line_start and marker is not None:
                line_end = text.find("\n", position, end)
                if line_end > position:
                    line_end -= text[line_end - 1] == "\r"
                    if text[position:line_end].strip(_SPACE) == marker:
                        self._add(CLOSE_HEREDOC, position, line_end)
                        self._close_heredoc(line_end)
                        return
            match = line_pattern().match(text, position, end)
            assert match is not None  # the pattern matches the empty string
            line_start = match.lastindex is not None
            if match.end() > position:
                self._add(TEXT, position, match.end())
                position = match.end()
            if line_start:
                continue
            if position < end and text[position] in "$%":
                self._open_sequence(position)
                return
            if position < end and marker is None:
                # A lone carriage return, which only heredocs refuse.
                self._add(TEXT, position, position + 1)
                position += 1
            elif position < end:
                found = visible(text[position + 1 : position + 2])
                self._add_invalid(
                    position,
                    position + 1,
                    f"expected a line feed after the carriage return, found {found}",
                )
                position += 1
            else:
                if marker is not None:
                    self._abandon_heredoc()
                else:
                    self._position = end
                return

    def _abandon_heredoc(self) -> None:
        """Give up on a heredoc that is never closed: go on at the next top-level block."""
        tokens = self.tokens
        opening = self._heredocs[-1][1]
        start, end = tokens.starts[opening], tokens.ends[opening]
        for tokens_list in (tokens.kinds, tokens.starts, tokens.ends):
            del tokens_list[opening:]
        tokens.invalid = {i: text for i, text in tokens.invalid.items() if i < opening}
        tokens.comments = [comment for comment in tokens.comments if comment[0] < start]
        self._add_invalid(start, end, _UNTERMINATED_HEREDOC)
        self._close_heredoc(end)
        self._position = self._abandon_block(end)

    def _abandon_block(self, position: int) -> int:
        """Close what is open; returns the offset of the next top-level block after ``position``.

        Something without an end would otherwise swallow the rest of the file. In a file that is
        indented at all, what looks like the header of a block and is not indented is one.
        """
        self._abandoned += 1
        match = None
        if self._abandoned <= _MAX_ABANDONED:
            match = block_pattern().search(self.tokens.text, position, self._end)
        resume = match.start() if match else self._end
        self._add(NEWLINE, resume, resume)
        depth = self._depth
        while self._stack:
            closer = CLOSE_HEREDOC if self._mode == _HEREDOC else CLOSE_QUOTE
            self._add(SEQUENCE_END if self._mode == _NORMAL else closer, resume, resume)
            self._pop()
            depth += self._depth
        self._heredocs.clear()
        for _ in range(depth):
            self._add("}", resume, resume)
            self._add(NEWLINE, resume, resume)
        self._depth = 0
        return resume

    def _close_heredoc(self, position: int) -> None:
        self._heredocs.pop()
        self._position = position
        self._pop()


def _mark_undecodable(tokens: Tokens) -> None:
    """Make tokens that hold bytes that are not UTF-8 invalid; comments may hold anything."""
    from bisect import bisect_right

    for match in re.finditer("[\ud800-\udfff]", tokens.text):
        index = bisect_right(tokens.starts, match.start()) - 1
        if index >= 0 and match.start() < tokens.ends[index]:
            tokens.kinds[index] = INVALID
            tokens.starts[index], tokens.ends[index] = match.span()
            tokens.invalid[index] = _NOT_UTF8


_HEX = frozenset("0123456789abcdefABCDEF")
_BAD_ESCAPE = 'expected one of the escapes \\n, \\r, \\t, \\", \\\\, \\uXXXX and \\UXXXXXXXX'
_UNTERMINATED = (
    "expected '\"' to close the string on the line it began on, found the end of the line"
)
_UNTERMINATED_NESTED = (
    'expected \'"\' to close the string or "}" to close the sequence around it, '
    "found the end of the line"
)
_UNTERMINATED_HEREDOC = (
    "expected the heredoc's end marker on a line of its own, found the end of the file"
)
_UNTERMINATED_COMMENT = 'expected "*/" to end the comment, found the end of the file'
_STRAY_STRIP_MARKER = 'expected "~}" to end a template sequence, found none open'
_NOT_UTF8 = "expected UTF-8 text, found a byte that is not valid UTF-8"
_INVALID_CHARACTERS = {
    "'": "expected strings in double quotes, found a single quote",
    "`": "expected strings in double quotes, found a backquote",
    ";": 'expected a newline between arguments, found ";"',
    "&": 'expected the operator "&&", found "&"',
    "|": 'expected the operator "||", found "|"',
    "^": 'expected an operator, found "^"',
}
