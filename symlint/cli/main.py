"""The entry point: runs a command and turns whatever happens into a message and an exit status."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NoReturn

from symlint.cli.status import BROKEN_PIPE, INTERRUPTED, UNTRUSTED, USAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

ISSUES: Final = "the issue tracker of symlint"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run symlint and exit; ``arguments`` are those of the process unless given.

    Exit status 0: clean, 1: findings, 2: wrong usage or configuration, 3: the run cannot be
    trusted, 130: interrupted, 141: nobody reads the output any more.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A log in ASCII must not keep anybody from reading what was found.
            stream.reconfigure(errors="backslashreplace")
    # A run keeps nearly all that it makes until it ends: looking for garbage after every few hundred
    # objects only costs time.
    gc.set_threshold(100_000)
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        status = _reader_left()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit status and raises nothing but SystemExit."""
    import click

    from symlint.cli.group import group
    from symlint.lint.errors import TimeLimitReachedError

    try:
        os.getcwd()
    except FileNotFoundError:
        sys.stderr.write("symlint: the current folder no longer exists\n")
        return USAGE
    try:
        status = group.main(arguments, prog_name="symlint", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except TimeLimitReachedError as limit:
        sys.stderr.write(f"symlint: {limit}; nothing of what was found can be shown\n")
        return UNTRUSTED
    except SystemExit:
        # click exits by itself when it has completed a word, and when the output is closed.
        if "_SYMLINT_COMPLETE" in os.environ:
            raise
        return _reader_left()
    except Exception as error:
        return _failed(error, arguments)
    return status if isinstance(status, int) else 0


def _failed(error: Exception, arguments: list[str]) -> int:
    """Print the error: wrong usage, or a bug of symlint."""
    from symlint.lint.errors import UsageError
    from symlint.report.escape import neutralise

    if "--debug" in arguments or os.environ.get("SYMLINT_DEBUG"):
        import traceback

        traceback.print_exception(error, limit=-40)
    if isinstance(error, UsageError):
        sys.stderr.write(f"symlint: {neutralise(str(error))}\n")
        return USAGE
    what = neutralise(f"{type(error).__name__}: {error}")
    sys.stderr.write(
        f"symlint: this is a bug in symlint, please report it to {ISSUES} with the output of "
        f"the same command and --debug ({what})\n"
    )
    return UNTRUSTED


def _reader_left() -> int:
    """Keep the interpreter from complaining about the closed pipe when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE
