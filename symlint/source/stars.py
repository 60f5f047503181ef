"""Patterns in which * stands for any text and ? for any character, and all else for itself."""

from __future__ import annotations

import re


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern matches all of a text, whatever the case of letters.

    Between two stars, the leftmost place leaves the longest rest: nothing is tried twice.
    """
    text = text.casefold()
    first, *rest = pattern.casefold().split("*")
    if not rest:
        return _ends_with(text, first) and len(text) == len(first)
    *middle, last = rest
    if not _ends_with(text[: len(first)], first):
        return False
    start = len(first)
    for piece in filter(None, middle):
        found = _find(text, piece, start)
        if found < 0:
            return False
        start = found + len(piece)
    return len(text) - len(last) >= start and _ends_with(text, last)


def _find(text: str, piece: str, start: int) -> int:
    if "?" not in piece:
        return text.find(piece, start)
    expression = re.compile(re.escape(piece).replace(r"\?", "."), re.DOTALL)
    found = expression.search(text, start)
    return -1 if found is None else found.start()


def _ends_with(text: str, piece: str) -> bool:
    if "?" not in piece:
        return text.endswith(piece)
    end = text[max(0, len(text) - len(piece)) :]
    return len(end) == len(piece) and all(a in ("?", b) for a, b in zip(piece, end, strict=True))
