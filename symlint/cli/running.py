"""Runs one command, and turns whatever happens into a message and an exit status."""

from __future__ import annotations

import os
import sys

from symlint.annotations import TYPE_CHECKING, Final
from symlint.cli.status import BROKEN_PIPE, UNTRUSTED, USAGE
from symlint.cli.stopping import status_of
from symlint.cli.streams import OutputError, ReaderLeftError, say, write_version

if TYPE_CHECKING:
    import click

ISSUES: Final = "the issue tracker of symlint"


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit status and raises nothing but SystemExit, when
    a shell asked for the completion of a word.
    """
    try:
        return _run(arguments)
    except KeyboardInterrupt as stopped:
        return status_of(stopped)
    except Exception as error:
        return _failed(error, arguments)
    except SystemExit as exit_:
        # click exits by itself when it has completed a word for a shell.
        if exit_.code and "_SYMLINT_COMPLETE" in os.environ:
            return _no_shell()
        raise


def finished(status: int) -> int:
    """The exit status, once all output is written."""
    try:
        sys.stdout.flush()
    except (OutputError, ReaderLeftError) as error:
        return _failed(error, [])
    return status


def _run(arguments: list[str]) -> int:
    try:
        os.getcwd()
    except OSError:
        say("symlint: the current folder no longer exists\n")
        return USAGE
    if arguments == ["--version"]:
        write_version()
        return 0
    from symlint.cli.plain.command_line import run_plain
    from symlint.lint.errors import TimeLimitReachedError

    try:
        status = run_plain(arguments)
        return _run_command(arguments) if status is None else status
    except TimeLimitReachedError as limit:
        say(f"symlint: {limit}; nothing of what was found can be shown\n")
        return UNTRUSTED


def _run_command(arguments: list[str]) -> int:
    import click

    from symlint.cli.group import group

    if "_SYMLINT_COMPLETE" in os.environ:
        from symlint.cli.shells.scripts import add_shells

        add_shells()
    try:
        status = group.main(arguments, prog_name="symlint", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    except click.Abort as abort:
        return status_of(abort.__cause__)
    return status if isinstance(status, int) else 0


def _show(error: click.ClickException) -> None:
    """Print what click says of wrong options, in which names of files may stand."""
    from io import StringIO

    text = StringIO()
    error.show(text)
    say(text.getvalue())


def _failed(error: Exception, arguments: list[str]) -> int:
    """Print the error: wrong usage, a place that takes no output, or a bug of symlint."""
    from symlint.lint.errors import UsageError
    from symlint.report.escape import neutralise

    if isinstance(error, ReaderLeftError):
        return BROKEN_PIPE
    if isinstance(error, OutputError):
        say(f"symlint: cannot write to standard output: {error}\n")
        return UNTRUSTED
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "--debug" in options or os.environ.get("SYMLINT_DEBUG"):
        import traceback

        say("".join(traceback.format_exception(error, limit=-40)))
    if isinstance(error, UsageError):
        say(f"symlint: {neutralise(str(error))}\n")
        return USAGE
    if "_SYMLINT_COMPLETE" in os.environ:
        return _no_shell()
    what = neutralise(f"{type(error).__name__}: {error}")
    say(
        f"symlint: this is a bug in symlint, please report it to {ISSUES} with the output of "
        f"the same command and --debug ({what})\n"
    )
    return UNTRUSTED


def _no_shell() -> int:
    say("symlint: _SYMLINT_COMPLETE is set, but this is no shell that completes a word\n")
    return USAGE
