"""Ignore comments: what is written in one file, and which places each covers.

``# symlint: ignore[SYM201] reason`` (also after ``//``, in ``/* */``, and as the value of a ``"//"``
key in JSON) suppresses findings that touch

* its own line, where it stands behind something;
* the block, attribute or element that begins on the next line, where it has a line of its own;
* the object it is in, in JSON.

``# symlint: ignore-file[...]`` before the first block covers the file. Several codes or names are
separated by commas; ``until=2026-12-31`` among the words of the reason ends it after that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match

    from symlint.hcl.nodes import Comment, Node
    from symlint.hcl.results import ParsedFile

MARKER: Final = "symlint:"
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

    def covers_range(self, range_: Range) -> bool:
        """Whether a finding at ``range_`` is covered."""
        first, last = self.covers
        if range_.path != self.range.path:
            return False
        return first <= range_.start < last or (self.one_line and first < range_.end <= last)


def read_ignores(file: ParsedFile) -> tuple[Ignore, ...]:
    """The ignore comments of a file, in source order."""
    if MARKER not in file.source.text:
        return ()
    return tuple(ignore for comment in file.comments for ignore in _of_comment(comment, file))


def removal(ignore: Ignore, key: Key) -> Range | None:
    """What to remove so that ``key`` is gone: itself, or the whole comment and its line's rest.

    None where that would not do: a JSON object without its comment may be left with a comma.
    """
    source, start, end = ignore.range
    text = source.text
    if len(ignore.keys) > 1:
        number = ignore.keys.index(key)
        if number:
            return Range(source, ignore.keys[number - 1].range.end, key.range.end)
        return Range(source, key.range.start, ignore.keys[1].range.start)
    if ignore.range.path.endswith(".json"):
        return None
    before = text[:start].rstrip(" \t")
    alone = not before or before.endswith("\n")
    if alone and text[end : _end_of_line(text, end)].strip():
        return Range(source, start, end)
    if alone:
        return Range(source, len(before), min(len(text), _end_of_line(text, end) + 1))
    return Range(source, len(before), end)


def _of_comment(comment: Comment, file: ParsedFile) -> Iterator[Ignore]:
    import re

    text = comment.range.text
    if MARKER not in text:
        return
    content = text[:-2] if text.startswith("/*") else text
    form = _JSON_DIRECTIVE if _is_json(file) else _DIRECTIVE
    for match in re.compile(form, re.MULTILINE).finditer(content):
        yield _ignore(match, comment, file)


def _ignore(directive: Match[str], comment: Comment, file: ParsedFile) -> Ignore:
    import re

    source = file.source
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
        if not _stands_for_file(comment, file):
            return _mistake(comment, "expected ignore-file before the first block of the file")
        covers = (0, len(source.text) + 1)
    else:
        covers, one_line = _covered(comment, file)
    return Ignore(comment.range, keys, reason, until, covers, one_line)


def _mistake(comment: Comment, mistake: str) -> Ignore:
    return Ignore(comment.range, (), "", "", (0, 0), mistake=mistake)


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


def _covered(comment: Comment, file: ParsedFile) -> tuple[tuple[int, int], bool]:
    """The stretch that an ``ignore`` covers, and whether it is the comment's own line."""
    text = file.source.text
    line_start = text.rfind("\n", 0, comment.start) + 1
    line_end = _end_of_line(text, comment.end)
    if _is_json(file):
        return _enclosing_object(comment, file), False
    before = text[line_start : comment.start]
    after = text[comment.end : line_end]
    if before.strip(" \t\ufeff") or (after.strip() and not _starts_comment(after)):
        return (line_start, line_end), True
    target = _next_code(comment, file)
    if target is None:
        return (line_start, line_end), True
    node = _outermost_at(file.body, target)
    if node is None:
        return (text.rfind("\n", 0, target) + 1, _end_of_line(text, target)), True
    return (node.start, node.end), False


def _is_json(file: ParsedFile) -> bool:
    return file.source.path.endswith(".json")


def _stands_for_file(comment: Comment, file: ParsedFile) -> bool:
    """Whether a comment is before the first item; in JSON, whether it is in none."""
    if _is_json(file):
        return _enclosing_object(comment, file)[0] == 0
    return not any(item.start < comment.start for item in file.body.items[:1])


def _end_of_line(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _starts_comment(text: str) -> bool:
    return text.lstrip().startswith(("#", "//", "/*"))


def _next_code(comment: Comment, file: ParsedFile) -> int | None:
    """Where the next line that is not a comment begins; None when a blank line is in between."""
    text = file.source.text
    starts = {other.start: other for other in file.comments}
    end = comment.end
    while True:
        line_start = _end_of_line(text, end) + 1
        line = text[line_start : _end_of_line(text, line_start)]
        code = line_start + len(line) - len(line.lstrip())
        if not line.strip():
            return None
        if code not in starts:
            return code
        end = starts[code].end


def _outermost_at(body: Node, offset: int) -> Node | None:
    """The largest node inside ``body`` that begins at ``offset``."""
    from symlint.hcl.walk import children

    level = children(body)
    while level:
        for child in level:
            if child.start == offset:
                return child
            if child.start < offset < child.end:
                level = children(child)
                break
        else:
            return None
    return None


def _enclosing_object(comment: Comment, file: ParsedFile) -> tuple[int, int]:
    """The smallest block, object or body of a JSON file that holds the comment."""
    from symlint.hcl.nodes import Block, Object
    from symlint.hcl.walk import walk

    start, end = 0, len(file.source.text) + 1
    for node in walk(file.body):
        if isinstance(node, Block | Object) and node.start <= comment.start < node.end:
            start, end = node.start, node.end
    return start, end
