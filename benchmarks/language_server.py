"""How long the language server takes for an edit, and what it keeps: a root module while it is typed.

    python -m benchmarks.language_server ROOT [EDITS]

Edits a file of a root module again and again, as somebody types, and asks a hover after each: median and
95th percentile of both in milliseconds of processor time, and how much memory the process has after a tenth of the edits
and after all.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from statistics import median, quantiles

from symlint.language_server.features.hover import hover
from symlint.language_server.findings import NOTHING, shown
from symlint.language_server.workspace import Snapshot, Workspace


def main(root: str, edits: int) -> None:
    """Print what editing takes."""
    gc.set_threshold(100_000)  # as the command line has it
    path = max(Path(root).resolve().glob("*.tf"), key=lambda it: it.stat().st_size)
    text = path.read_text(encoding="utf-8")
    workspace, memory = Workspace(), NOTHING
    linting: list[float] = []
    asking: list[float] = []
    for number in range(edits):
        place = (number * 37) % len(text)
        changed = f"{text[:place]}{'x' * (number % 3)}{text[place:]}"
        began = time.process_time()
        snapshot = Snapshot(workspace, {str(path): changed})
        report = snapshot.lint(snapshot.roots_of(str(path)))
        _, memory = shown(() if report is None else report.findings, {str(path)}, memory)
        linted = time.process_time()
        source = snapshot.text(str(path))
        if source is not None:
            hover(snapshot, source, place)
        asking.append(time.process_time() - linted)
        linting.append(linted - began)
        if number in (edits // 10, edits - 1):
            gc.collect()
            print(f"after {number + 1} edits: {_resident()} MB")
    for name, times in (("findings", linting[5:]), ("hover", asking[5:])):
        last = quantiles(times, n=20)[-1]
        print(f"{name}: median {median(times) * 1000:.0f} ms, p95 {last * 1000:.0f} ms")


def _resident() -> int:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(it for it in status.splitlines() if it.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
