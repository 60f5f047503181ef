"""Lint generated hostile inputs: see ``tests/robustness/``.

    python -m benchmarks.hostile --count 10000 --seed 1
    python -m benchmarks.hostile --count 10000 --seed 1 --size 20000 --wild
    python -m benchmarks.hostile --count 100000 --seed 1 --size 2500 --together

The first are real configurations with hazards in them and around them; the wild ones are written by a
grammar, spoilt byte for byte, and laid out oddly. Each seed gives the same input everywhere.

Small inputs take half as long --together: one process lints many of them, and what looks odd there is
linted again by itself.

Each input is linted in a process with limits of time and memory. Whatever takes more than 10 seconds
of the processor or 512 MB, crashes, shows or writes what it must not, or is repaired into something
broken, is printed with the command that does it again.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from robustness.hostile_run import main

    sys.exit(main())
