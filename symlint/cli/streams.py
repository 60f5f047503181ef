"""Standard input, output and error, whatever state they are in.

A stream may be closed when the process begins, its reader may go away, its disk may be full.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from errno import EBADF
from io import BufferedWriter, FileIO, TextIOWrapper

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from symlint.lint.report import Failure


class OutputError(Exception):
    """Standard output cannot be written; the text is the reason, as a phrase."""


class ReaderLeftError(Exception):
    """Nobody reads standard output any more."""


class _Output(FileIO):
    """Where standard output goes. What cannot be written is not tried again when Python ends."""

    def write(self, data: object) -> int:
        """Write a part of ``data``. Raises OutputError or ReaderLeftError."""
        try:
            written = super().write(data)  # type: ignore[arg-type]  # as it was given
            while written is None:  # whoever shares it may have made it one that does not block
                _wait_for(self)
                written = super().write(data)  # type: ignore[arg-type]  # as it was given
        except BrokenPipeError:
            _lead_nowhere(self)
            raise ReaderLeftError from None
        except OSError as error:
            _lead_nowhere(self)
            reason = (error.strerror or type(error).__name__).lower()
            raise OutputError("it is closed" if error.errno == EBADF else reason) from None
        return written


class _Messages(FileIO):
    """Where standard error goes: nowhere, when it cannot be written."""

    def write(self, data: object) -> int:
        """Write a part of ``data``, or drop it."""
        try:
            return super().write(data) or len(data)  # type: ignore[arg-type]  # as it was given
        except OSError:
            return len(data)  # type: ignore[arg-type]  # as it was given


def _wait_for(file: FileIO) -> None:
    from select import select

    select([], [file], [])


def _lead_nowhere(file: FileIO) -> None:
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), file.fileno())


def open_streams() -> None:
    """Make all three streams usable; a closed one says so when it is used.

    The number of a closed one is taken, so that no file that is opened later gets it.
    """
    if sys.stdin is None:
        # The null device the wrong way round: reading it fails as a closed file does.
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_WRONLY), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    sys.stdout = _text(sys.stdout, _Output)
    sys.stderr = _text(sys.stderr, _Messages)


def _text(stream: TextIO, kind: type[FileIO]) -> TextIO:
    """The same stream, with what it does when it cannot be written, and a buffer.

    PYTHONUNBUFFERED takes the buffer away, and with it what notices that only a part was written. A
    log in ASCII must not keep anybody from reading what was found.
    """
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return stream  # no file: somebody who calls symlint collects the text
    terminal = stream.isatty()
    return TextIOWrapper(
        BufferedWriter(kind(number, "w", closefd=False)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=terminal or kind is _Messages,
    )


def write_version() -> None:
    """Write what ``--version`` asks for."""
    from symlint.version import __version__

    sys.stdout.write(f"symlint {__version__}\n")


def say(text: str) -> None:
    """Write lines to standard error, in which nothing steers a terminal or a CI system."""
    from symlint.report.escape import guard_log, neutralise_block

    sys.stderr.write(guard_log(neutralise_block(text)))


def say_failures(failures: Iterable[Failure]) -> None:
    """Say on standard error what keeps a result from being trusted, one line each."""
    from symlint.report.escape import neutralise
    from symlint.report.places import shown_path

    for failure in failures:
        place = shown_path(failure.path, os.getcwd())
        say(f"failed: {place}: {neutralise(failure.message)}\n")
