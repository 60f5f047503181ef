"""How wide text is on a terminal, and wrapping by that width."""

from __future__ import annotations


def cell_width(text: str) -> int:
    """The columns that ``text`` takes on a terminal; ``text`` has no control characters."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    width = 0
    for character in text:
        if east_asian_width(character) in "WF":
            width += 2
        elif character not in "\u200c\u200d" and category(character) not in ("Mn", "Me"):
            width += 1
    return width


def wrap(text: str, first: int, rest: int | None = None) -> list[str]:
    """``text`` broken at blanks into lines of at most ``first`` (then ``rest``) columns.

    A word that is wider than a line stays whole: it is a path or an address that somebody will
    want to copy.
    """
    rest = first if rest is None else rest
    if cell_width(text) <= first:
        return [text]
    lines: list[str] = []
    line = ""
    room = first
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and cell_width(longer) > room:
            lines.append(line)
            line, room = word, rest
        else:
            line = longer
    return [*lines, line]
