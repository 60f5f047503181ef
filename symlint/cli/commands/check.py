"""``symlint check``: lint, and show what was found."""

from __future__ import annotations

import os
import sys

import click

from symlint.annotations import Any, Final
from symlint.cli.options import SECTIONS, SectionedCommand, check_options
from symlint.cli.plain.checking import check_once
from symlint.cli.request import Request
from symlint.cli.streams import say
from symlint.source.files import MAX_FILE_SIZE

HELP: Final = """\
Lint Sym access flows.

PATHS are folders (every root module below is linted; the current folder by default), files of
Terraform or Python (shown is what touches them, or keeps Terraform from planning in their folders) or
- for standard input.

\b
Examples:
  symlint check environments modules/okta
  symlint check --format text --output sarif=symlint.sarif
  symlint check --select SYM2,flow-strategy --fail-on error
  symlint check --var-file prod.tfvars --show-undecided
  symlint check - --stdin-filename main.tf < main.tf

\b
Exit status:
  0  nothing was found (or nothing as severe as --fail-on says)
  1  something was found
  2  the options or the configuration file are wrong
  3  the result cannot be trusted: something could not be looked at
"""


ELSEWHERE: Final = {
    "--output-format": "--format FORMAT",
    "--output-file": "--output FORMAT=FILE",
    "--exit-zero": "--fail-on never",
    "--unsafe-fixes": "--fix=all",
    "--add-noqa": "--add-ignore REASON",
    "--config-file": "--config FILE",
    "--no-color": "--color never",
    "--soft-fail": "--fail-on never",
}
"""Options of other linters, and what does the same here."""

_EXTENTS: Final = ("safe", "all")


def _with_values(options: list[str]) -> list[str]:
    """``--fix`` as ``--fix=safe``, and ``--fix all`` as ``--fix=all`` where no path is called so."""
    found: list[str] = []
    for option in options:
        if found[-1:] == ["--fix=safe"] and option in _EXTENTS and not os.path.lexists(option):
            found[-1] = f"--fix={option}"
        else:
            found.append("--fix=safe" if option == "--fix" else option)
    return found


class CheckCommand(SectionedCommand):
    """Lets ``--fix`` stand without a value and before a path."""

    sections = tuple(SECTIONS)
    own = ()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``--fix`` means ``--fix=safe``; click would take the next argument for its value."""
        end = args.index("--") if "--" in args else len(args)
        try:
            return super().parse_args(ctx, [*_with_values(args[:end]), *args[end:]])
        except click.NoSuchOption as error:
            meant = ELSEWHERE.get(error.option_name)
            if meant is None:
                raise
            message = f"No such option {error.option_name!r}; symlint has {meant}."
            raise click.UsageError(message, ctx) from None


@click.command("check", cls=CheckCommand, help=HELP)
@check_options
def command(**values: Any) -> int:
    """Lint, and show what was found; returns the exit status."""
    if "-" in values["paths"]:
        values = _with_standard_input(values)
    request = Request(values)
    if values["watch"]:
        from symlint.cli.watch import watch

        return watch(request, check_once)
    return check_once(request)


def _with_standard_input(values: dict[str, Any]) -> dict[str, Any]:
    """The values with the text of standard input in place of the file that it stands for."""
    if values["fix"] or values["watch"] or values["add_ignore"] is not None:
        raise click.UsageError("--fix, --watch and --add-ignore need files, not standard input.")
    name = values["stdin_filename"]
    if name is None and not values["quiet"]:
        say("symlint: standard input is judged alone; say where it belongs with --stdin-filename\n")
    path = os.path.abspath(name or "stdin.tf")
    text = _read_standard_input().decode("utf-8-sig", "surrogateescape")
    paths = tuple(path if given == "-" else given for given in values["paths"])
    return {**values, "paths": paths, "overlays": {path: text}, "alone": name is None}


def _read_standard_input() -> bytes:
    try:
        data = sys.stdin.buffer.read(MAX_FILE_SIZE + 1)
    except OSError as error:
        raise click.UsageError(f"Cannot read standard input: {error.strerror}.") from error
    if len(data) > MAX_FILE_SIZE:
        raise click.UsageError(
            f"Standard input is larger than {MAX_FILE_SIZE // 1_000_000} MB, the most that is read."
        )
    return data
