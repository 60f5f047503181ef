"""Texts that are no longer than anybody reads: names and values in files may be megabytes long."""

from __future__ import annotations

from symlint.annotations import Final

MOST_OF_WORDS: Final = 2_000
"""The most characters of a sentence or an address in a message; what people write has some hundred."""


def cut(text: str, most: int = MOST_OF_WORDS) -> str:
    """A text of at most so many characters, with an ellipsis where it was longer."""
    return text if len(text) <= most else text[: most - 1] + "…"
