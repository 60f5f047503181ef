"""Where output goes: standard output and files, each format as its place asks for."""

from __future__ import annotations

import os
import sys

from symlint.annotations import TYPE_CHECKING, TextIO
from symlint.named_tuple import NamedTuple
from symlint.report.formats import FORMATS, render
from symlint.report.terminal import (
    ColorChoice,
    terminal_width,
    wants_color,
    wants_hyperlinks,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click

    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions


class Outputs(NamedTuple):
    """The formats for standard output, and the files with the format of each."""

    streamed: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


def choose_outputs(formats: Sequence[str], outputs: Sequence[str]) -> Outputs:
    """What ``--format`` and ``--output`` ask for.

    An output without a format is where the one ``--format`` goes instead of standard output.
    Raises click.UsageError where that is not clear.
    """
    files: list[tuple[str, str]] = []
    redirected = False
    for output in outputs:
        name, equals, path = output.partition("=")
        if equals and name in FORMATS:
            if not path:
                raise usage_error(f"--output {output}: the file is missing")
            files.append((name, path))
        elif equals and (meant := _meant_format(name)):
            raise usage_error(f"--output {output}: no format {name!r}; did you mean {meant}?")
        elif len(formats) == 1 and not redirected:
            files.append((formats[0], output))
            redirected = True
        else:
            raise usage_error(
                f"--output {output}: which format? Write --output FORMAT={output}, with one of "
                f"{', '.join(FORMATS)}"
            )
    streamed = () if redirected else tuple(dict.fromkeys(formats)) or ("text",)
    if "text" in streamed and "github" not in streamed and os.environ.get("GITHUB_ACTIONS"):
        streamed = (*streamed, "github")
    return Outputs(streamed, tuple(files))


def usage_error(message: str) -> click.UsageError:
    """An error in the command line; click is imported for it, which a run without one does not need."""
    import click

    return click.UsageError(message)


def _meant_format(name: str) -> str | None:
    from symlint.source.close_names import close_name

    return close_name(name, FORMATS)


def shown_here(color: ColorChoice) -> RenderOptions:
    """How the answer of a command is shown on standard output; paths are relative to the current folder."""
    from symlint.report.options import RenderOptions
    from symlint.version import __version__

    return stream_options(RenderOptions(os.getcwd(), "", __version__), color)


def stream_options(options: RenderOptions, color: ColorChoice) -> RenderOptions:
    """``options`` for standard output as it is: its width, colours and hyperlinks."""
    is_terminal = sys.stdout.isatty()
    environment = os.environ
    return options._replace(
        width=terminal_width(environment, descriptor(sys.stdout) if is_terminal else None),
        color=wants_color(color, environment, is_terminal=is_terminal),
        hyperlinks=wants_hyperlinks(environment, is_terminal=is_terminal),
    )


def descriptor(stream: TextIO) -> int | None:
    """The file descriptor of a stream that has one."""
    try:
        return stream.fileno()
    except (OSError, ValueError, AttributeError):
        return None


def write_report(
    report: Report, outputs: Outputs, options: RenderOptions, color: ColorChoice
) -> None:
    """Write a report everywhere it is wanted. Raises click.ClickException for a file."""
    for name, path in outputs.files:
        write_file(path, render(name, report, options), device=True)
    for name in outputs.streamed:
        sys.stdout.write(render(name, report, stream_options(options, color)))


def write_file(path: str, text: str, *, device: bool = False) -> None:
    """Write a file in UTF-8, which may be a device or pipe where that is said.

    Raises click.ClickException with status 2 when that fails.
    """
    from symlint.source.writing import write_atomically, write_output

    try:
        (write_output if device else write_atomically)(
            path, text.encode("utf-8", "backslashreplace")
        )
    except OSError as error:
        raise usage_error(f"Cannot write {path}: {error.strerror}") from error
