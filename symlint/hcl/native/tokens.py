"""Tokens of HCL native syntax.

Tokens live in three parallel lists (kinds, starts, ends) instead of objects: a file makes ten
times as many tokens as nodes, and the parser asks for their text only rarely. A token's kind is a
short string: punctuation is its own kind, so that parser code reads ``kind == "{"``.
"""

from __future__ import annotations

from symlint.annotations import Final

NEWLINE: Final = "newline"
IDENTIFIER: Final = "identifier"
NUMBER: Final = "number"
# A whole quoted string without interpolations: by far the most common string.
STRING: Final = "string"
OPEN_QUOTE: Final = "open quote"
CLOSE_QUOTE: Final = "close quote"
OPEN_HEREDOC: Final = "open heredoc"
CLOSE_HEREDOC: Final = "close heredoc"
TEXT: Final = "text"
INTERPOLATION: Final = "${"
DIRECTIVE: Final = "%{"
SEQUENCE_END: Final = "sequence end"
END_OF_FILE: Final = "end of file"
# Something that no rule of the lexer matches; ``Tokens.invalid`` has its message.
INVALID: Final = "invalid"


class Tokens:
    """The tokens of a text, as parallel lists, ended by one of kind ``END_OF_FILE``.

    ``starts`` and ``ends`` are offsets into the source file, ``text_starts`` and ``text_ends``
    into ``text``; they are the same lists unless the text was decoded from something else (a JSON
    string with escapes). ``invalid`` has the message for each token of kind ``INVALID``.
    """

    __slots__ = (
        "comments",
        "ends",
        "invalid",
        "kinds",
        "starts",
        "text",
        "text_ends",
        "text_starts",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.text_starts = self.starts
        self.text_ends = self.ends
        self.comments: list[tuple[int, int]] = []
        self.invalid: dict[int, str] = {}
