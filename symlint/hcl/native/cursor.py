"""The parser's place in the tokens, and how it reports what it did not expect."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.native.strings import normalized, visible
from symlint.hcl.native.tokens import (
    CLOSE_HEREDOC,
    CLOSE_QUOTE,
    DIRECTIVE,
    END_OF_FILE,
    INTERPOLATION,
    INVALID,
    NEWLINE,
    OPEN_HEREDOC,
    OPEN_QUOTE,
    SEQUENCE_END,
    STRING,
)
from symlint.hcl.results import SyntaxProblem
from symlint.source.text import Range

if TYPE_CHECKING:
    from symlint.hcl.native.tokens import Tokens
    from symlint.source.text import SourceFile

MAX_NESTING = 150
"""How many levels expressions, blocks and the syntax tree of one expression may nest.

Real configurations stay below 40. The bound keeps this parser, and every recursive reader of its
trees, within Python's default recursion limit of 1,000 frames.
"""
TOO_DEEP: Final = "nested too deeply"
"""How the message of a problem with ``MAX_NESTING`` ends: a limit of ours, and not of Terraform."""


class UnexpectedSyntax(Exception):  # noqa: N818 - never leaves the package; a signal, not an error
    """Raised where an item cannot be parsed further; caught where the next item begins."""

    def __init__(self, problem: SyntaxProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class NestedTooDeeply(UnexpectedSyntax):
    """Raised beyond ``MAX_NESTING``."""


def too_deep(place: Range) -> NestedTooDeeply:
    """The problem of nesting beyond ``MAX_NESTING`` at ``place``."""
    message = f"expected at most {MAX_NESTING} levels of nesting, found more: {TOO_DEEP}"
    return NestedTooDeeply(SyntaxProblem(place, message))


class Cursor:
    """A position in a token list, with the newline rule of the construct being read.

    Newlines end arguments, but mean nothing inside parentheses, brackets and sequences:
    ``skip_newlines`` says which holds.
    """

    __slots__ = (
        "chained",
        "deepest",
        "depth",
        "ends",
        "index",
        "kinds",
        "skip_newlines",
        "source",
        "starts",
        "text",
        "text_ends",
        "text_starts",
        "tokens",
    )

    def __init__(self, source: SourceFile, tokens: Tokens) -> None:
        self.source = source
        self.tokens = tokens
        self.text = tokens.text
        self.kinds = tokens.kinds
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.text_starts = tokens.text_starts
        self.text_ends = tokens.text_ends
        self.index = 0
        self.skip_newlines = False
        self.depth = 0
        # For the bound of the tree's height: the deepest recursion and the number of nodes that
        # lie above others without any (operators, indexes), since the item's start.
        self.deepest = 0
        self.chained = 0

    def peek(self) -> str:
        """The kind of the next token that counts here, and move to it."""
        kinds = self.kinds
        index = self.index
        if self.skip_newlines:
            while kinds[index] == NEWLINE:
                index += 1
            self.index = index
        return kinds[index]

    def word(self, index: int) -> str:
        """The source text of a token."""
        return self.text[self.text_starts[index] : self.text_ends[index]]

    def name(self, index: int) -> str:
        """The name that an identifier token stands for."""
        word = self.text[self.text_starts[index] : self.text_ends[index]]
        return word if word.isascii() else normalized(word)

    def expect(self, kind: str, what: str) -> int:
        """Move past the token of ``kind`` that must come next; returns its index."""
        if self.peek() != kind:
            raise self.unexpected(f"expected {what}", (what,))
        index = self.index
        self.index = index + 1
        return index

    def enter(self) -> None:
        """Count one more level of nesting; the caller counts down again when it leaves."""
        self.depth += 1
        if self.depth > self.deepest:
            self.deepest = self.depth
            if self.depth > MAX_NESTING:
                raise self.too_deep()

    def too_deep(self) -> NestedTooDeeply:
        """The problem of nesting beyond ``MAX_NESTING`` at the current token."""
        index = self.index
        return too_deep(Range(self.source, self.starts[index], self.ends[index]))

    def failure(
        self, message: str, expected: tuple[str, ...] = (), index: int | None = None
    ) -> UnexpectedSyntax:
        """The signal that ``message`` holds at a token (the current one, unless given)."""
        if index is None:
            index = self.index
        place = Range(self.source, self.starts[index], self.ends[index])
        return UnexpectedSyntax(SyntaxProblem(place, message, expected))

    def unexpected(
        self, message: str, expected: tuple[str, ...] = (), index: int | None = None
    ) -> UnexpectedSyntax:
        """Like ``failure``, with what was found added to ``message``.

        A token that no rule allows has a more specific message of its own.
        """
        if index is None:
            index = self.index
        if self.kinds[index] == INVALID and self.tokens.invalid.get(index):
            return self.failure(self.tokens.invalid[index], (), index)
        return self.failure(f"{message}, found {self.described(index)}", expected, index)

    def described(self, index: int) -> str:
        """A token in words, for a message."""
        kind = self.kinds[index]
        if kind == NEWLINE:
            return "the end of the line"
        if kind == END_OF_FILE:
            return "the end of the file"
        if kind == STRING:
            return f"the string {visible(self.word(index)[1:-1])}"
        if kind == OPEN_QUOTE:
            return "a string"
        if kind == OPEN_HEREDOC:
            return "a heredoc"
        if kind == CLOSE_QUOTE:
            return "the end of the string"
        if kind == CLOSE_HEREDOC:
            return "the end of the heredoc"
        if kind in (SEQUENCE_END, INTERPOLATION, DIRECTIVE):
            return visible(self.word(index))
        if kind == INVALID:
            return f"the invalid text {visible(self.word(index))}"
        return visible(self.word(index))
