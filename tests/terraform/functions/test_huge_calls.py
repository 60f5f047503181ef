"""Every function with very large arguments: it ends, and the budget has paid for its work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from huge_calls import BUDGET, CALLS

from symlint.terraform import functions

HERE = Path(__file__).parent
PARTS = 2


def test_every_function_is_called() -> None:
    assert [
        name for name in functions.names() if not any(f"{name}(" in call for call in CALLS)
    ] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_the_budget_pays_for_all_work(part: int) -> None:
    ended = subprocess.run(
        [sys.executable, str(HERE / "huge_calls.py"), str(part), str(PARTS)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
        timeout=1_200,
        check=False,
    )
    *found, resident = map(json.loads, ended.stdout.splitlines() or ["0"])
    assert (ended.returncode, [one["call"] for one in found]) == (0, CALLS[part::PARTS])
    assert [one for one in found if one["raised"]] == []
    assert [one for one in found if not 0 < one["spent"] <= BUDGET] == []
    # The second number is for what is imported and compiled once a process.
    assert [one for one in found if one["lines"] > 15 * one["spent"] + 60_000] == []
    assert resident < 300
