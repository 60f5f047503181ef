"""The structure of HCL native syntax: bodies, attributes and blocks, and going on after errors.

An item (attribute or block) that cannot be parsed is dropped with one problem, its body is marked
incomplete, and parsing goes on at the next item.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.native.cursor import MAX_NESTING, NestedTooDeeply, UnexpectedSyntax
from symlint.hcl.native.expressions import ExpressionParser
from symlint.hcl.native.lexer import tokenize
from symlint.hcl.native.strings import visible
from symlint.hcl.native.tokens import (
    CLOSE_QUOTE,
    END_OF_FILE,
    IDENTIFIER,
    NEWLINE,
    OPEN_QUOTE,
    STRING,
)
from symlint.hcl.nodes import Attribute, Block, Body, Comment, Label
from symlint.hcl.results import MAX_PROBLEMS, ParsedFile, SyntaxProblem, keep
from symlint.hcl.walk import higher_than
from symlint.source.text import Range

if TYPE_CHECKING:
    from symlint.hcl.native.tokens import Tokens
    from symlint.source.text import SourceFile

_MAX_READ_AGAIN = 200_000
"""How many tokens are read again, behind where unclosed top-level blocks should have ended."""


def parse_native(source: SourceFile) -> ParsedFile:
    """The tree, problems and comments of a file in HCL native syntax. Never raises."""
    tokens = tokenize(source.text)
    parser = BodyParser(source, tokens)
    body = parser.file()
    comments = tuple([Comment(source, start, end) for start, end in tokens.comments])
    problems = sorted(parser.problems, key=lambda problem: problem.range[1:])
    return ParsedFile(source, body, tuple(problems), comments)


class BodyParser(ExpressionParser):
    """Reads files and blocks."""

    __slots__ = ("_closers", "_read_again", "_too_deep", "problems")

    def __init__(self, source: SourceFile, tokens: Tokens) -> None:
        super().__init__(source, tokens)
        self.problems: list[SyntaxProblem] = []
        # The brackets that belong together, once an error made it necessary to know.
        self._closers: list[int] | None = None
        self._read_again = 0
        self._too_deep = False

    def file(self) -> Body:
        """Read the whole token list as the body of a file."""
        items, complete = self._items(nested=False)
        return Body(self.source, 0, len(self.source.text), tuple(items), complete)

    def report(self, problem: SyntaxProblem) -> None:
        """Keep a problem, unless there are too many already or one at the same place."""
        problems = self.problems
        if not (problems and problems[-1].range == problem.range):
            keep(problems, problem)

    def _items(self, *, nested: bool) -> tuple[list[Attribute | Block], bool]:
        """Read items up to the end of the body; returns them and whether none was lost."""
        kinds = self.kinds
        items: list[Attribute | Block] = []
        names: set[str] = set()
        complete = True
        depth = self.depth
        while True:
            kind = kinds[self.index]
            if kind == NEWLINE:
                self.index += 1
                continue
            if kind == END_OF_FILE or (nested and kind == "}"):
                return items, complete
            first = self.index
            try:
                item = self._item(nested)
            except (UnexpectedSyntax, RecursionError) as error:
                complete = False
                self.depth = depth
                self._recover(first, error, nested)
                continue
            items.append(item)
            if type(item) is Attribute:
                if item.name in names:
                    self._report_duplicate(item)
                names.add(item.name)
            elif type(item) is Block and not item.body.complete:
                complete = False

    def _report_duplicate(self, attribute: Attribute) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            return
        self.report(
            SyntaxProblem(
                attribute.name_range,
                f"expected each argument once, found {visible(attribute.name)} set a second time",
            )
        )

    def _recover(self, first: int, error: UnexpectedSyntax | RecursionError, nested: bool) -> None:
        """Report why the item that begins at token ``first`` is lost; move to the next one."""
        from symlint.hcl.native.recovery import matching_closers, next_item

        if isinstance(error, RecursionError):
            error = self.too_deep()
        if not (isinstance(error, NestedTooDeeply) and self._too_deep):
            self.report(error.problem)
        if isinstance(error, NestedTooDeeply):
            # One is enough: what follows is as deep.
            self._too_deep = True
        self.skip_newlines = False
        if self._closers is None:
            self._closers = matching_closers(self.kinds)
        self.index = next_item(self.kinds, self._closers, first, self.index, nested)

    def _item(self, nested: bool) -> Attribute | Block:
        first = self.index
        if self.kinds[first] != IDENTIFIER:
            expected = 'an argument, a block or "}"' if nested else "an argument or a block"
            raise self.unexpected(f"expected {expected}")
        self.deepest = self.depth
        self.chained = 0
        following = self.kinds[first + 1]
        if following == "=":
            attribute = self._attribute(first)
            kind = self.kinds[self.index]
            if kind == NEWLINE:
                self.index += 1
            elif kind != END_OF_FILE:
                raise self.unexpected("expected a newline after the argument", ("newline",))
            return attribute
        if following not in (IDENTIFIER, STRING, OPEN_QUOTE, "{"):
            raise self.unexpected(
                f'expected "=" or "{{" after {visible(self.word(first))}', ("=", "{"), first + 1
            )
        return self._block(first)

    def _attribute(self, first: int) -> Attribute:
        self.index = first + 2
        value = self.expression()
        if self.deepest + self.chained > MAX_NESTING and higher_than(value, MAX_NESTING):
            raise self.too_deep()
        return Attribute(
            self.source, self.starts[first], value.end, self.name(first), self.ends[first], value
        )

    def _block(self, first: int) -> Block:
        labels = self._labels(first)
        opening = self.index
        self.index = opening + 1
        self.enter()
        following = self.kinds[opening + 1]
        if following in (NEWLINE, "}", END_OF_FILE):
            body = self._block_body(first, opening)
        else:
            body = self._one_line_body(opening + 1)
        self.depth -= 1
        closed = self.kinds[self.index] == "}"
        end = self.ends[self.index] if closed else body.end
        block = Block(
            self.source,
            self.starts[first],
            end,
            self.word(first),
            labels,
            self.ends[opening - 1],
            body,
        )
        if closed:
            self.index += 1
            self._end_block()
        return block

    def _end_block(self) -> None:
        """Move past the newline that must follow a block; nothing is lost where it is missing."""
        kind = self.kinds[self.index]
        if kind == NEWLINE:
            self.index += 1
        elif kind != END_OF_FILE:
            self.report(self.unexpected("expected a newline after the block", ("newline",)).problem)

    def _labels(self, first: int) -> tuple[Label, ...]:
        """Read the labels after a block's type, up to its "{"."""
        labels: list[Label] = []
        index = first + 1
        while True:
            kind = self.kinds[index]
            if kind == "{":
                self.index = index
                return tuple(labels)
            start, end = self.starts[index], self.ends[index]
            if kind == STRING:
                value = self._string(index).value
                assert isinstance(value, str)
                labels.append(Label(self.source, start, end, value))
            elif kind == IDENTIFIER:
                labels.append(Label(self.source, start, end, self.name(index)))
            elif kind == OPEN_QUOTE:
                raise self._bad_label(index)
            else:
                raise self.unexpected('expected "{" or a block label', ("{", "label"), index)
            index += 1

    def _bad_label(self, opening: int) -> UnexpectedSyntax:
        """Why a label that is no plain string is wrong."""
        index = opening + 1
        while self.kinds[index] == "text":
            index += 1
        if self.kinds[index] == CLOSE_QUOTE:
            return self.failure("expected a plain string as block label", (), opening)
        return self.unexpected("expected a block label without template sequences", (), index)

    def _block_body(self, first: int, opening: int) -> Body:
        """Read the lines between the braces; the closing one is left to the caller."""
        items, complete = self._items(nested=True)
        start = self.ends[opening]
        if self.kinds[self.index] == "}":
            return Body(self.source, start, self.starts[self.index], tuple(items), complete)
        header = Range(self.source, self.starts[first], self.ends[opening])
        self.report(
            SyntaxProblem(
                header, 'expected "}" to close the block, found the end of the file', ("}",)
            )
        )
        end = self.starts[self.index]
        if self.depth == 1 and self._read_again < _MAX_READ_AGAIN:
            resume = self._next_top_level(opening)
            if resume:
                self._read_again += len(self.kinds) - resume
                self.index = resume
                end = self.starts[resume]
                items = self._cut(items, end)
                self.problems = [problem for problem in self.problems if problem.range.start < end]
        return Body(self.source, start, end, tuple(items), complete=False)

    def _next_top_level(self, opening: int) -> int:
        """The first token after ``opening`` that begins an unindented block; 0 if there is none.

        An unclosed block swallows the rest of the file. In a file that is indented at all, what
        stands unindented in it was not meant to be inside.
        """
        kinds, starts, text = self.kinds, self.starts, self.text
        for index in range(opening + 1, len(kinds) - 1):
            if (
                kinds[index] == IDENTIFIER
                and kinds[index - 1] == NEWLINE
                and text[starts[index] - 1] == "\n"
                and kinds[index + 1] in (IDENTIFIER, STRING, "{")
            ):
                return index
        return 0

    def _cut(self, items: list[Attribute | Block], end: int) -> list[Attribute | Block]:
        """What of ``items`` lies before ``end``; blocks that go on beyond it are cut there."""
        kept = [item for item in items if item.start < end]
        if kept and kept[-1].end > end:
            last = kept.pop()
            if type(last) is Block:
                inner = self._cut(list(last.body.items), end)
                body = Body(self.source, last.body.start, end, tuple(inner), complete=False)
                kept.append(
                    Block(
                        self.source,
                        last.start,
                        end,
                        last.type,
                        last.labels,
                        last.header_end,
                        body,
                    )
                )
        return kept

    def _one_line_body(self, first: int) -> Body:
        """Read the single argument of ``block { name = value }``."""
        if self.kinds[first] != IDENTIFIER:
            raise self.unexpected('expected a newline, "}" or one argument after "{"', (), first)
        if self.kinds[first + 1] != "=":
            raise self.unexpected(
                'expected "=" after the argument of a one-line block', ("=",), first + 1
            )
        attribute = self._attribute(first)
        if self.kinds[self.index] != "}":
            raise self.unexpected(
                'expected "}" on the same line after the one argument of a one-line block', ("}",)
            )
        return Body(self.source, self.ends[first - 1], self.starts[self.index], (attribute,), True)
