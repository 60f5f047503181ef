"""The difference of two texts as a patch, in a time that is proportional to them.

difflib looks for the longest part that two texts have in common, which takes minutes for a long file
with many changes. Here the two are gone through side by side: what differs is followed by the next
lines that both have, if they are near.
"""

from __future__ import annotations

from io import StringIO

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONTEXT: Final = 3
"""How many lines are shown before and after a change."""

_MOST_LINES: Final = 200
"""How many lines of both texts together one change may have; after a longer one all is changed."""


_ESCAPES: Final = {code: f"\\{code:03o}" for code in (*range(32), 127)} | {
    ord(character): f"\\{letter}"
    for character, letter in zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True)
}


class _Change(NamedTuple):
    """The lines of the old text from ``start`` to ``end``, and those of the new one in their place."""

    start: int
    end: int
    new_start: int
    new_end: int


def unified_diff(old: str, new: str, old_name: str, new_name: str) -> str:
    """The patch that makes one text of the other; "" where they are the same."""
    before, after = list(StringIO(old)), list(StringIO(new))  # only a newline ends a line
    lines = [f"--- {_quoted(old_name)}\n", f"+++ {_quoted(new_name)}\n"]
    for hunk in _hunks(list(_changes(before, after))):
        lines += _written(hunk, before, after)
    if len(lines) == 2:
        return ""
    end = "\n\\ No newline at end of file\n"
    return "".join(line if line.endswith("\n") else line + end for line in lines)


def _quoted(name: str) -> str:
    """A name as git writes it in patches: in quotes where a line could not hold it as it is."""
    written = "".join(map(_as_octal, name.translate(_ESCAPES)))
    return name if written == name else f'"{written}"'


def _as_octal(character: str) -> str:
    """A character that a terminal may not show as it is, by its bytes."""
    if character.isprintable():
        return character
    return "".join(f"\\{it:03o}" for it in character.encode("utf-8", "surrogateescape"))


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    i = j = 0
    while True:
        while i < len(old) and j < len(new) and old[i] == new[j]:
            i, j = i + 1, j + 1
        if i == len(old) and j == len(new):
            return
        change = _change_at(old, new, i, j)
        yield change
        i, j = change.end, change.new_end


def _change_at(old: Sequence[str], new: Sequence[str], i: int, j: int) -> _Change:
    """The shortest change at two lines that differ, after which two lines are the same."""
    for lines in range(1, _MOST_LINES):
        for removed in range(min(lines, len(old) - i) + 1):
            a, b = i + removed, j + lines - removed
            if b <= len(new) and old[a : a + 2] == new[b : b + 2]:
                return _Change(i, a, j, b)
    return _Change(i, len(old), j, len(new))


def _hunks(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """The changes in groups whose context does not overlap."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.start - hunk[-1].end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _written(hunk: Sequence[_Change], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    first, last = hunk[0], hunk[-1]
    above = min(_CONTEXT, first.start)
    below = min(_CONTEXT, len(old) - last.end)
    here = _place(first.start - above, last.end + below)
    there = _place(first.new_start - above, last.new_end + below)
    yield f"@@ -{here} +{there} @@\n"
    position = first.start - above
    for change in hunk:
        yield from (f" {line}" for line in old[position : change.start])
        yield from (f"-{line}" for line in old[change.start : change.end])
        yield from (f"+{line}" for line in new[change.new_start : change.new_end])
        position = change.end
    yield from (f" {line}" for line in old[position : position + below])


def _place(start: int, end: int) -> str:
    """The first line, from 1, and the number of lines, as patches say them."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + bool(count)},{count}"
