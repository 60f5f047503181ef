"""No rule takes time that grows with the square of the number of blocks.

What is counted is lines of Python, function by function: every machine counts the same. That few blocks
are enough: a function that looks at each pair runs a few hundred lines more than it may. What 1,000 and
2,000 of each block take is measured by ``python -m benchmarks.rule_growth``.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from many_blocks import configuration, written

from symlint.lint.registry import load_rules
from symlint.lint.run.judging import checking

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType, FrameType

FEW = 16
MOST_BEYOND_LINEAR = FEW * FEW // 2
"""Lines that a function may run for twice as many blocks beyond twice as many lines: a caller or two."""


def lines_by_function(directory: Path, count: int) -> tuple[Counter[CodeType], int]:
    """How many lines of each function all rules run, and how many steps they take."""
    sym = configuration(directory, written(count))
    lines: Counter[CodeType] = Counter()

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            lines[frame.f_code] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        checked = checking.check_configuration(sym, load_rules((), ()))
    finally:
        sys.settrace(before)
    assert checked.failures == []
    assert len(checked.findings) > count
    return lines, sym.terraform.budget.allowed - sym.terraform.budget.remaining


@pytest.mark.no_cover
def test_twice_as_many_blocks_are_twice_as_much_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_FINDINGS", 1_000_000)
    few, steps = lines_by_function(tmp_path / "few", FEW)
    many, more_steps = lines_by_function(tmp_path / "many", 2 * FEW)
    beyond = {
        f"{code.co_filename}:{code.co_firstlineno} {code.co_name}": f"{few[code]} -> {lines}"
        for code, lines in many.items()
        if lines - 2 * few[code] > MOST_BEYOND_LINEAR
    }
    assert beyond == {}
    assert more_steps < 2.1 * steps
