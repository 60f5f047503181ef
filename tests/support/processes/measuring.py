"""Processes of their own count for the coverage of the tests, where it is measured."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def measured() -> list[str]:
    """What stands between Python and ``-m symlint``; nothing where no coverage is measured."""
    if "coverage" not in sys.modules or sys.modules["coverage"].Coverage.current() is None:
        return []
    files = [f"--data-file={ROOT / '.coverage'}", f"--rcfile={ROOT / 'pyproject.toml'}"]
    return ["-m", "coverage", "run", "--parallel-mode", *files]
