"""Runs a function under limits of time and memory, and says how it went."""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


class Confine(Protocol):
    """``confined`` or ``in_turn``."""

    def __call__(
        self,
        act: Callable[[], object],
        directory: str,
        seconds: int,
        standard_input: str = os.devnull,
    ) -> Outcome:
        """How ``act`` ended."""


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
            _megabytes(usage),
            _text(output),
            _text(errors),
        )


def in_turn(
    act: Callable[[], object], directory: str, seconds: int, standard_input: str = os.devnull
) -> Outcome:
    """Call ``act`` as ``confined`` does, in this process, which ends if it takes too long.

    It costs half of that. The memory is the most that this process has ever had.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        before = _processor_seconds()
        resource.setrlimit(resource.RLIMIT_CPU, (int(before) + seconds + 1, resource.RLIM_INFINITY))
        with _streams(standard_input, output, errors):
            status = _status(act, directory)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        taken = _processor_seconds() - before
        return Outcome(status, 0, taken, _megabytes(usage), _text(output), _text(errors))


def limit_memory() -> None:
    """Let this process and its forks ask for so much memory, and write files so large, and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
        with _streams(standard_input, output, errors):
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
            limit_memory()
            status = _status(act, directory)
    finally:
        os._exit(status)


def _status(act: Callable[[], object], directory: str) -> int:
    """The exit status of a program that does ``act`` in a directory."""
    try:
        os.chdir(directory)
        act()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
        return 70
    return 0


@contextmanager
def _streams(standard_input: str, output: BinaryIO, errors: BinaryIO) -> Iterator[None]:
    """Let the standard streams be these files, and then what they were before."""
    before = sys.stdin, sys.stdout, sys.stderr
    kept = [os.dup(number) for number in range(3)]
    try:
        with Path(standard_input).open("rb") as given:
            os.dup2(given.fileno(), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(errors.fileno(), 2)
        # What these were may lead elsewhere: pytest collects what tests print.
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        yield
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        for number, file in enumerate(kept):
            os.dup2(file, number)
            os.close(file)
        sys.stdin, sys.stdout, sys.stderr = before


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


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _text(file: BinaryIO) -> str:
    file.seek(0)
    return file.read(MOST_OUTPUT).decode("utf-8", "replace")
