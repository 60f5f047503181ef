"""Colours and hyperlinks of the text format.

Sixteen-colour codes, so that the user's own palette applies. Not rich: it takes as long to import
as symlint to run, and would read markup in text that is the user's.
"""

from __future__ import annotations

from symlint.annotations import Final

_CODES: Final = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "failure": "1;31",
    "undecided": "1;35",
    "title": "1",
    "gutter": "34",
    "related": "36",
    "key": "1",
    "good": "32",
    "faint": "2",
}


class Painter:
    """Paints text where that is wanted; otherwise returns it as it is."""

    __slots__ = ("color", "hyperlinks")

    def __init__(self, color: bool, hyperlinks: bool = False) -> None:
        self.color = color
        self.hyperlinks = hyperlinks

    def paint(self, text: str, style: str) -> str:
        """``text`` in a style of this module."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.color and text else text

    def link(self, text: str, uri: str) -> str:
        """``text`` as a link to a percent-encoded URI (OSC 8)."""
        return f"\x1b]8;;{uri}\x1b\\{text}\x1b]8;;\x1b\\" if self.hyperlinks else text
