"""What it takes to lint a folder again after one edit, in the same process.

    python -m benchmarks.warm FOLDER FILE [--runs N]

FILE is one of the folder, of which each run sees another text (an overlay, as an editor has it). "cold"
is the same with nothing kept from the runs before, all modules imported.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable


def processor_time(run: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    began = time.process_time()
    run()
    return (time.process_time() - began) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=21)
    arguments = parser.parse_args()
    text = arguments.file.read_text(encoding="utf-8")
    path, memory = str(arguments.file.resolve()), Memory()
    warm: list[float] = []
    cold: list[float] = []
    for number in range(arguments.runs + 1):
        options = Options(overlays={path: f"{text}# {number}\n"})
        warm.append(processor_time(lambda: lint([arguments.folder], options, memory=memory)))  # noqa: B023 - called at once
        cold.append(processor_time(lambda: lint([arguments.folder], options)))  # noqa: B023 - called at once
    for name, times in (("warm", warm[1:]), ("cold", cold[1:])):
        print(f"{name}: median {statistics.median(times):.1f} ms, least {min(times):.1f} ms")


if __name__ == "__main__":
    main()
