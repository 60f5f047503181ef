"""What all rules take for so many of each resource of Sym, and for twice as many.

    python -m benchmarks.rule_growth [--blocks 1000]

Functions whose calls more than double are printed, and so is each rule, evaluation included where it is
the first to ask for it, that takes more than 2.5 times as long. Half of the blocks are wrong, half have
names that are not known. The tests count lines of few blocks (``tests/lint/test_linear_rules.py``).
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

MOST_CALLS = 2.2
MOST_TIME = 2.5
"""How many times as much twice as many blocks may take; the time of little work is noise."""


class Taken(NamedTuple):
    """Seconds of the processor, steps of the budget, calls by function, and seconds by rule."""

    seconds: float
    steps: int
    calls: dict[str, int]
    rules: dict[str, float]


def measure(count: int, first: int) -> Taken:
    """Run all rules on ``count`` of each block."""
    from many_blocks import configuration, written

    from symlint.lint.registry import load_rules
    from symlint.lint.run.judging import checking

    checking.MOST_FINDINGS = 1_000_000_000  # type: ignore[misc]  # all that rules find
    with tempfile.TemporaryDirectory() as scratch:
        sym = configuration(Path(scratch), written(count, first))
        rules = load_rules((), ())
        profile = cProfile.Profile()
        # Searches for garbage would be counted for whichever rule they come in.
        gc.disable()
        began = time.process_time()
        profile.enable()
        checked = checking.check_configuration(sym, rules)
        profile.disable()
        seconds = time.process_time() - began
        gc.enable()
    if checked.failures:
        sys.exit(f"a rule has failed: {checked.failures[0].message}")
    if len(checked.findings) < count:
        sys.exit(f"{count} of each have {len(checked.findings)} mistakes: not all was read")
    calls: dict[str, int] = {}
    by_rule: dict[str, float] = {}
    for (file, line, name), (_, number, _, within, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]  # typeshed lacks it
        calls[f"{file}:{line} {name}"] = number
        if name in ("check", "check_run") and "rules" in Path(file).parts:
            by_rule[file] = within
    budget = sym.terraform.budget
    return Taken(seconds, budget.allowed - budget.remaining, calls, by_rule)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--blocks", type=int, default=1_000)
    few: int = parser.parse_args().blocks
    first = 10 ** len(str(2 * few))
    one, two = measure(few, first), measure(2 * few, first)
    for count, taken in ((few, one), (2 * few, two)):
        calls = sum(taken.calls.values())
        print(f"{count} of each: {taken.seconds:.1f} s, {taken.steps:,} steps, {calls:,} calls")
    print(f"steps: {two.steps / one.steps:.3f}x")
    print(f"calls: {sum(two.calls.values()) / sum(one.calls.values()):.3f}x")
    for name, calls in sorted(two.calls.items()):
        before = one.calls.get(name, 0)
        if calls > few and calls > MOST_CALLS * before:
            print(f"more than twice the calls: {name}: {before:,} -> {calls:,}")
    for file, seconds in sorted(two.rules.items()):
        took = one.rules.get(file, 0.0)
        if seconds > 1 and seconds > MOST_TIME * took:
            print(f"more than twice the time: {file}: {took:.1f} s -> {seconds:.1f} s")


if __name__ == "__main__":
    tests = Path(__file__).resolve().parents[1] / "tests"
    sys.path[:0] = [str(tests), str(tests / "lint")]
    main()
