"""The rules about integrations, contexts, secrets and log destinations, and what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import facts, findings, rules_of
from support.writing import marked, place, write

if TYPE_CHECKING:
    from pathlib import Path

RULES = (
    *rules_of("SYM310", "SYM311", "SYM312", "SYM313", "SYM314", "SYM315", "SYM316", "SYM317"),
    *rules_of("SYM506", "SYM507", "SYM508", "SYM509", "SYM510", "SYM511"),
)


def found_in(directory: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Code, severity and title of what the rules find in some files."""
    return facts(findings(write(directory, files), RULES))


def check_marked(directory: Path, files: dict[str, str], expected: tuple[str, str, str]) -> None:
    """The rules find one thing in the files: at the line that bears the mark."""
    root = write(directory, files)
    found = findings(root, RULES)
    assert facts(found) == [expected]
    assert place(root, found[0]) == marked(root)
