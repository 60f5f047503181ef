"""What counts for the coverage of the tests: processes of their own, and the first of many cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark.structures import ParameterSet

T = TypeVar("T")

ROOT = Path(__file__).parents[3]


def measured() -> list[str]:
    """What stands between Python and ``-m symlint``; nothing where no coverage is measured."""
    if "coverage" not in sys.modules or sys.modules["coverage"].Coverage.current() is None:
        return []
    files = [f"--data-file={ROOT / '.coverage'}", f"--rcfile={ROOT / 'pyproject.toml'}"]
    return ["-m", "coverage", "run", "--parallel-mode", *files]


def first_measured(cases: Iterable[T]) -> list[T | ParameterSet]:
    """The cases of a test, of which the first counts: the others go the same ways."""
    first, *others = cases
    return [first, *(pytest.param(it, marks=pytest.mark.no_cover) for it in others)]
