"""Ignore comments: what is written in one file, and which places each covers.

``# symlint: ignore[SYM201] reason`` (also after ``//``, in ``/* */``, and as the value of a ``"//"``
key in JSON) suppresses findings that touch

* its own line, where it stands behind something;
* the block, attribute or element that begins on the next line, where it has a line of its own;
* the object it is in, in JSON.

``# symlint: ignore-file[...]`` before the first block covers the file. Several codes or names are
separated by commas; ``until=2026-12-31`` among the words of the reason ends it after that day. What
the same comments cover in Python, ``python_ignores`` knows.
"""

from __future__ import annotations

from bisect import bisect_left

from symlint.annotations import TYPE_CHECKING, Final, Protocol, TypeAlias
from symlint.lint.suppression.marker import MARKER
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import is_json_file
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match

    from symlint.hcl.nodes import Node
    from symlint.hcl.results import ParsedFile
    from symlint.source.text import SourceFile

    Cover: TypeAlias = tuple[tuple[int, int], bool]

_DIRECTIVE: Final = r"(?:^|(?<=#)|(?<=//)|(?<=/\*))[ \t*]*symlint:[ \t]*(?P<rest>[^\n]*)"
_JSON_DIRECTIVE: Final = r'(?<=")[ \t]*symlint:[ \t]*(?P<rest>[^\n]*)'
_IGNORE: Final = r"(?P<verb>ignore|ignore-file)[ \t]*\[(?P<keys>[^\]\n]*)\](?P<reason>.*)"
_UNTIL: Final = r"(?<!\S)until[ \t]*=[ \t]*(?P<date>\S*)"


class Key(NamedTuple):
    """A code or name in the brackets of an ignore comment, as written."""

    text: str
    range: Range


class Ignore(NamedTuple):
    """One ignore comment, or one that was meant to be: then ``mistake`` says what is wrong.

    ``range`` is the whole comment. ``covers`` are the offsets of the covered stretch; findings
    that begin in it are covered, with ``one_line`` also those that end in it. ``until`` is an ISO
    date or "".
    """

    range: Range
    keys: tuple[Key, ...]
    reason: str
    until: str
    covers: tuple[int, int]
    one_line: bool = False
    mistake: str = ""

    @property
    def cover(self) -> Cover:
        """What it covers, and how."""
        return self.covers, self.one_line


class Places(Protocol):
    """Where the comments of a text stand among its code."""

    @property
    def first(self) -> str:
        """What ``ignore-file`` must stand before, in words."""

    @property
    def whole(self) -> tuple[int, int]:
        """What ``ignore-file`` covers."""

    def stands_for_file(self, comment: Range) -> bool:
        """Whether a comment is before all that."""

    def covered(self, comment: Range) -> Cover:
        """The stretch that an ``ignore`` covers, and whether it is the comment's own line."""


def read_ignores(file: ParsedFile) -> tuple[Ignore, ...]:
    """The ignore comments of a file, in source order."""
    places = _Places(file)
    form = _JSON_DIRECTIVE if places.is_json else _DIRECTIVE
    return tuple(
        ignore for comment in file.comments for ignore in in_comment(comment.range, places, form)
    )


def in_comment(comment: Range, places: Places, form: str = _DIRECTIVE) -> Iterator[Ignore]:
    """The ignore comments that are written in one comment."""
    import re

    text = comment.text
    if MARKER not in text:
        return
    content = text[:-2] if text.startswith("/*") else text
    for match in re.compile(form, re.MULTILINE).finditer(content):
        yield _ignore(match, comment, places)


def removal(ignore: Ignore, key: Key) -> Range | None:
    """What to remove so that ``key`` is gone: itself, or the whole comment and its line's rest.

    None where that would not do: a JSON object without its comment may be left with a comma.
    """
    import re

    source, start, end = ignore.range
    text = source.text
    if len(ignore.keys) > 1:
        number = bisect_left(ignore.keys, key.range.start, key=lambda other: other.range.start)
        if number:
            return Range(source, ignore.keys[number - 1].range.end, key.range.end)
        return Range(source, key.range.start, ignore.keys[1].range.start)
    if is_json_file(ignore.range.path):
        return None
    line_start, line_end = _line(source, start)[0], _line(source, end)[1]
    if not re.compile(r"[^ \t]").search(text, line_start, start):
        if re.compile(r"\S").search(text, end, line_end):
            return Range(source, start, end)
        return Range(source, line_start, min(len(text), line_end + 1))
    while text[start - 1] in " \t":
        start -= 1
    return Range(source, start, end)


def _ignore(directive: Match[str], comment: Range, places: Places) -> Ignore:
    import re

    source = comment.source
    rest = directive["rest"].rstrip()
    match = re.fullmatch(_IGNORE, rest)
    if match is None:
        return _mistake(comment, "expected ignore[CODE] reason or ignore-file[CODE] reason")
    offset = comment.start + directive.start("rest") + match.start("keys")
    keys = tuple(
        Key(part.group(), Range(source, offset + part.start(), offset + part.end()))
        for part in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", match["keys"])
    )
    if not keys:
        return _mistake(comment, "expected codes or names of rules in the brackets")
    reason, until = _reason_and_date(match["reason"])
    if until and not _is_date(until):
        return _mistake(comment, "expected a date such as until=2026-12-31")
    one_line = False
    if match["verb"] == "ignore-file":
        if not places.stands_for_file(comment):
            return _mistake(comment, f"expected ignore-file before {places.first}")
        covers = places.whole
    else:
        covers, one_line = places.covered(comment)
    return Ignore(comment, keys, reason, until, covers, one_line)


def _mistake(comment: Range, mistake: str) -> Ignore:
    return Ignore(comment, (), "", "", (0, 0), mistake=mistake)


def _reason_and_date(text: str) -> tuple[str, str]:
    import re

    until = re.search(_UNTIL, text)
    date = (until["date"].rstrip(".,;)") or "?") if until else ""
    reason = text if until is None else text[: until.start()] + text[until.end() :]
    return reason.strip(" \t\r:-\N{EN DASH}\N{EM DASH}"), date


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class _Places:
    """Where the comments of a file stand among its code."""

    first: Final = "the first block of the file"

    def __init__(self, file: ParsedFile) -> None:
        self.file = file
        self.whole: Final = (0, len(file.source.text) + 1)
        self.is_json = is_json_file(file.source.path)
        self._text = file.source.text
        self._by_start = {comment.start: comment for comment in file.comments}
        self._next_code: dict[int, int | None] = {}

    def covered(self, comment: Range) -> Cover:
        """The stretch that an ``ignore`` covers, and whether it is the comment's own line."""
        import re

        text, source = self._text, self.file.source
        if self.is_json:
            return self._enclosing_object(comment), False
        line = (_line(source, comment.start)[0], _line(source, comment.end)[1])
        before = re.compile(r"[^ \t\ufeff]").search(text, line[0], comment.start)
        after = re.compile(r"\S").search(text, comment.end, line[1])
        if before or (after and not text.startswith(("#", "//", "/*"), after.start())):
            return line, True
        target = self._code_after(comment)
        if target is None:
            return line, True
        node = self._outermost_at(target)
        return (_line(source, target), True) if node is None else ((node.start, node.end), False)

    def stands_for_file(self, comment: Range) -> bool:
        """Whether a comment is before the first item; in JSON, whether it is in none."""
        if self.is_json:
            return self._enclosing_object(comment)[0] == 0
        return not any(item.start < comment.start for item in self.file.body.items[:1])

    def _code_after(self, comment: Range) -> int | None:
        """Where the next line that is not a comment begins; None when a blank line is in between."""
        import re

        source = self.file.source
        passed: list[int] = []
        end = comment.end
        while end not in self._next_code:
            passed.append(end)
            following = _line(source, end)[1] + 1
            code = None
            if following < len(self._text):
                code = re.compile(r"\S").search(self._text, *_line(source, following))
            if code and code.start() in self._by_start:
                end = self._by_start[code.start()].end
            else:
                self._next_code[end] = code.start() if code else None
        found = self._next_code[end]
        self._next_code.update(dict.fromkeys(passed, found))
        return found

    def _outermost_at(self, offset: int) -> Node | None:
        """The largest node that begins at ``offset``."""
        return next((node for node in self._around(offset) if node.start == offset), None)

    def _enclosing_object(self, comment: Range) -> tuple[int, int]:
        """The smallest block, object or body of a JSON file that holds the comment."""
        from symlint.hcl.nodes import Block, Object

        start, end = 0, len(self._text) + 1
        for node in self._around(comment.start):
            if isinstance(node, Block | Object):
                start, end = node.start, node.end
        return start, end

    def _around(self, offset: int) -> Iterator[Node]:
        """The nodes that a place lies in, from the largest to the smallest."""
        from symlint.hcl.walk import child_at, children

        node: Node | None = self.file.body
        while node is not None and (node := child_at(children(node), offset)):
            yield node


def _line(source: SourceFile, offset: int) -> tuple[int, int]:
    """Where the line of a place begins and ends."""
    number = source.position(offset).line
    start = source.line_starts[number - 1]
    following = source.line_starts[number : number + 1]
    return start, following[0] - 1 if following else len(source.text)
