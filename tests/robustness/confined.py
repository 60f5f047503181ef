"""Runs a function in a process of its own, under limits of time and memory, and says how it went."""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

MOST_OUTPUT: Final = 100_000_000
ADDRESS_SPACE: Final = 2_000_000_000
"""Bytes of memory that may be asked for: far more than is used, since the interpreter maps much."""


class Outcome(NamedTuple):
    """How a process ended: ``status`` is None where a signal or the clock has ended it.

    ``seconds`` are of the processor, ``megabytes`` the most that was resident.
    """

    status: int | None
    signal: int
    seconds: float
    megabytes: float
    output: str
    errors: str


def confined(
    act: Callable[[], object], directory: str, seconds: int, standard_input: str = os.devnull
) -> Outcome:
    """Call ``act`` in a fork of this process, in ``directory``, with a file as standard input.

    It is ended after so many seconds of the processor, and after ten times that by the clock. The
    fork has all that was imported: many small runs cost little. Its memory counts from there.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()
        child = os.fork()
        if not child:
            _be_child(act, directory, seconds, output, errors, standard_input)
        status, usage = _wait(child, 10 * seconds)
        return Outcome(
            os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2),
            _text(output),
            _text(errors),
        )


def _be_child(
    act: Callable[[], object],
    directory: str,
    seconds: int,
    output: BinaryIO,
    errors: BinaryIO,
    standard_input: str,
) -> None:
    """Do the work and end the process; never returns."""
    status = 70
    try:
        os.chdir(directory)
        with Path(standard_input).open("rb") as given:
            os.dup2(given.fileno(), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(errors.fileno(), 2)
        # What these were may lead elsewhere: pytest collects what tests print.
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        act()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(status)


def _wait(child: int, seconds: float) -> tuple[int, resource.struct_rusage]:
    deadline = time.monotonic() + seconds
    pause = 0.001
    while True:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            return status, usage
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def _text(file: BinaryIO) -> str:
    file.seek(0)
    return file.read(MOST_OUTPUT).decode("utf-8", "replace")
