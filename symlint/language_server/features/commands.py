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

ACCESS: Final = "symlint.access"
"""Show who gets what through a flow: the address of the file, and that of the flow."""

GRAPH: Final = "symlint.graph"
"""Show how access is granted, as a Mermaid flow chart: the address of a file."""

TRACE: Final = "symlint.trace"
"""Show a value and where it comes from: the address of a file, a line and a character from 0."""

VARIABLE_FILES: Final = "symlint.variableFiles"
"""List the variable files beside a file: its address."""

CHOOSE_VARIABLE_FILES: Final = "symlint.chooseVariableFiles"
"""Lint with some variable files, or with those of the configuration file: paths, or none."""


class Command(NamedTuple):
    """A command and its arguments."""

    title: str
    name: str
    arguments: tuple[str | Range, ...] = ()
