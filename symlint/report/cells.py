"""How wide text is on a terminal, and wrapping by that width."""

from __future__ import annotations


def cell_width(text: str) -> int:
    """The columns that ``text`` takes on a terminal; ``text`` has no control characters."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    width = wcswidth(text)
    return len(text) if width < 0 else width


def wrap(text: str, first: int, rest: int | None = None) -> list[str]:
    """``text`` broken at blanks into lines of at most ``first`` (then ``rest``) columns.

    A word that is wider than a line stays whole: it is a path or an address that somebody will
    want to copy.
    """
    rest = first if rest is None else rest
    if cell_width(text) <= first:
        return [text]
    lines: list[str] = []
    line, taken = "", 0
    room = first
    for word in text.split(" "):
        width = cell_width(word)
        if line and taken + 1 + width > room:
            lines.append(line)
            line, taken, room = word, width, rest
        else:
            taken += width + bool(line)
            line = f"{line} {word}" if line else word
    return [*lines, line]
