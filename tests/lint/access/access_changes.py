"""Two states of a configuration, and what became of access between them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from support.writing import replaced, write

from symlint.lint.access.comparison import Comparison, compare
from symlint.lint.access.inventory import take_inventory
from symlint.lint.access.rows import Row, rows_of
from symlint.lint.options import Options

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Files = dict[str, str]


def rows(directory: Path, files: Mapping[str, str]) -> tuple[Row, ...]:
    """The access that files grant, written to a folder where nothing else is."""
    shutil.rmtree(directory, ignore_errors=True)
    write(directory, files)
    return rows_of(take_inventory([str(directory)], Options()), str(directory))


def edited(files: Mapping[str, str], old: str, new: str) -> Files:
    """The files with a text replaced that stands in them once."""
    [name] = [name for name, text in files.items() if old in text]
    return {**files, name: replaced(files[name], old, new)}


def difference(
    directory: Path, before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[Comparison, Comparison]:
    """What a change does, and what it does to undo it."""
    old, new = rows(directory, before), rows(directory, after)
    return compare(old, new), compare(new, old)


def shown(comparison: Comparison) -> list[tuple[str, str]]:
    """Direction and column of each change."""
    return [(it.direction, it.column) for it in comparison.changes]
