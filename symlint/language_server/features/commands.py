"""Commands that an editor can run, by the names that it knows them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from symlint.source.text import Range

EXPLAIN: Final = "symlint.explain"
"""Show the page of a rule: its code."""

SELECT: Final = "symlint.select"
"""Put the cursor at a place: a range."""


class Command(NamedTuple):
    """A command and its arguments."""

    title: str
    name: str
    arguments: tuple[str | Range, ...] = ()
