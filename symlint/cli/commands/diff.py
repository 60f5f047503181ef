"""``symlint diff``: what a change does to who can get what."""

from __future__ import annotations

import os
import sys

import click

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.cli.options import SectionedCommand, answering_options, format_option, schema_option
from symlint.cli.status import CLEAN, FINDINGS, UNTRUSTED
from symlint.cli.streams import say, say_failures
from symlint.cli.time_limit import time_limit

if TYPE_CHECKING:
    from symlint.lint.access.comparison import Comparison
    from symlint.lint.access.rows import Row
    from symlint.lint.options import Options
    from symlint.lint.report import Failure
    from symlint.report.terminal import ColorChoice

HELP: Final = """\
Compare the access that BASE grants with that of HEAD. Each is a directory, a lock, or what
symlint access --format json has written. What is widened is named first, with who can get what now.

\b
Examples:
  git worktree add ../base origin/main && symlint diff ../base .
  symlint diff access.lock.json .
  symlint diff ../base . --format markdown --fail-on never

\b
Exit status:
  0  nothing as wide as --fail-on says
  1  access is widened (or what --fail-on says)
  2  there is nothing to compare, or the options are wrong
  3  the comparison cannot be trusted: something could not be read
"""


@click.command("diff", cls=SectionedCommand, help=HELP)
@click.argument("base", type=click.Path())
@click.argument("head", type=click.Path())
@format_option(
    ("text", "markdown", "json", "github"),
    "For people, for a pull request, for programs (docs/access.md), for the log of a workflow.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("widened", "changed", "unknown", "never")),
    default="widened",
    show_default=True,
    help="Exit with 1 when access is widened; on any change; also when a change is not comparable; never.",
)
@schema_option("diff")
@answering_options
def command(
    base: str, head: str, format_: str, fail_on: str, color: ColorChoice, **values: Any
) -> int:
    """Print the comparison; returns the exit status."""
    from symlint.cli.output import shown_here
    from symlint.cli.request import lint_options
    from symlint.lint.access.comparison import compare
    from symlint.report.diff import render_comparison

    options = lint_options(values)
    with time_limit(values["timeout"]):
        before, failed = _rows(base, options)
        after, failed_too = _rows(head, options)
        comparison = compare(before, after)
    failures = dict.fromkeys((*failed, *failed_too))
    if (failed and not before) or (failed_too and not after):
        # To call all of the other side new, or gone, would be wrong.
        say_failures(failures)
        return UNTRUSTED
    if comparison.is_unrelated:
        say(
            f"note: {base} and {head} have no flow in common; is one of them another configuration?\n"
        )
    sys.stdout.write(render_comparison(format_, comparison, shown_here(color)))
    sys.stdout.flush()
    say_failures(failures)
    if failures:
        return UNTRUSTED
    return FINDINGS if _fails(comparison, fail_on) else CLEAN


def _rows(path: str, options: Options) -> tuple[tuple[Row, ...], tuple[Failure, ...]]:
    """The grants of a directory or file, and what could not be read."""
    from symlint.lint.access.inventory import take_inventory
    from symlint.lint.access.rows import read_rows, rows_of

    if os.path.isfile(path):
        return read_rows(path), ()
    inventory = take_inventory([path], options)
    return rows_of(inventory, os.path.abspath(path)), inventory.failures


def _fails(comparison: Comparison, fail_on: str) -> bool:
    if fail_on == "changed":
        return bool(comparison.changes)
    if fail_on == "unknown":
        return bool(comparison.of("widened") or comparison.of("not comparable"))
    return fail_on == "widened" and bool(comparison.of("widened"))
