"""Judges many small inputs in one process, one after the other: that takes half the time.

An input in which something looks odd there is left to a process of its own.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
import traceback
from typing import TYPE_CHECKING, Final

from robustness.confined import in_turn, limit_memory
from robustness.judging import Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from robustness.tree import Tree

_BATCH: Final = 200
"""How many inputs one process judges: what it has kept of them is gone when it ends."""

_LARGE: Final = 300
"""After so many megabytes, a process judges no more inputs: it cannot tell what the next one takes."""

_MOST_SILENT: Final = 300
"""How many seconds by the clock a process may take for one input."""


def judged_together(
    seeds: Sequence[int], make: Callable[[int], tuple[str, Tree]], scratch: Path
) -> Iterator[tuple[int, Verdict | None]]:
    """The verdict on each input in order; None for one that must be judged by itself."""
    left = list(seeds)
    while left:
        judged = 0
        for seed, verdict in _batch(left[:_BATCH], make, scratch):
            judged += 1
            yield seed, verdict
        if not judged:
            yield left[0], None
            judged = 1
        del left[:judged]


def _batch(
    seeds: Sequence[int], make: Callable[[int], tuple[str, Tree]], scratch: Path
) -> Iterator[tuple[int, Verdict | None]]:
    """Verdicts in order, until one is None or the process that makes them has ended."""
    with tempfile.TemporaryFile() as told:
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if not child:
            _be_child(seeds, make, scratch, told)
        _wait(child, told)
        told.seek(0)
        for seed, line in zip(seeds, told.read().splitlines(), strict=False):
            verdict = Verdict(*json.loads(line))
            yield seed, None if _is_odd(verdict) else verdict


def _is_odd(verdict: Verdict) -> bool:
    return bool(verdict.faults) or verdict.megabytes > _LARGE


def _be_child(
    seeds: Sequence[int],
    make: Callable[[int], tuple[str, Tree]],
    scratch: Path,
    told: BinaryIO,
) -> None:
    """Judge the inputs, tell of each in a line, and end the process; never returns."""
    try:
        limit_memory()
        gc.freeze()  # what was imported is no garbage, and takes long to look through
        for seed in seeds:
            verdict = judge(make(seed)[1], seed, scratch, in_turn)
            told.write(json.dumps(verdict).encode() + b"\n")
            told.flush()
            if _is_odd(verdict):
                break
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _wait(child: int, told: BinaryIO) -> None:
    """Wait until a process has ended; one that has told nothing for long is ended."""
    size, since = -1, time.monotonic()
    while not os.waitpid(child, os.WNOHANG)[0]:
        now = os.fstat(told.fileno()).st_size
        if now != size:
            size, since = now, time.monotonic()
        elif time.monotonic() - since > _MOST_SILENT:
            os.kill(child, 9)
        time.sleep(0.02)
