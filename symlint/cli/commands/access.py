"""``symlint access``: who can get what, through what, for how long, approved by whom."""

from __future__ import annotations

import os
import sys

import click

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.cli.options import SectionedCommand, answering_options, format_option, schema_option
from symlint.cli.status import CLEAN, FINDINGS, UNTRUSTED
from symlint.cli.streams import say, say_failures
from symlint.cli.time_limit import time_limit
from symlint.report.access.layout import Layout
from symlint.source.stars import matches
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.report.options import RenderOptions
    from symlint.report.terminal import ColorChoice
    from symlint.sym.access.assertions import Judgement

DEFAULT_LOCK: Final = "access.lock.json"

TABLE_WIDTH: Final = 130
_COLUMN_WIDTH: Final = 14
"""What a terminal must have to have room for a table, and what each column of that needs there."""

_WITH_ANSWERS: Final = ("html", "json")

HELP: Final = """\
Show what access the root modules below PATH grant: which flow gives which target, who may ask, for
how long, who approves, and where it is recorded. Read from Terraform and from the Python of the flows;
what cannot be known is said. On a wide terminal the text is a table; elsewhere it is a block for each
flow with all columns and the places that they were read from.

\b
Examples:
  symlint access
  symlint access --by target environments/prod
  symlint access --columns grants,how-long,approve
  symlint access --format html > access.html
  symlint access --flow 'prod-*' --format json
  symlint access --lock access.lock.json
  symlint access --check

\b
Exit status:
  0  the inventory is shown, or the lock is right
  1  the lock is stale (--check)
  2  there is nothing to show, or the options are wrong
  3  the inventory cannot be trusted: something could not be read
"""


def _columns(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The columns that are named; in the words of the help, or of the JSON."""
    from symlint.source.close_names import close_name

    names = [] if value is None else [it.strip().replace("-", "_") for it in value.split(",")]
    for name in names:
        if name not in COLUMNS:
            meant = close_name(name, COLUMNS)
            hint = f"; did you mean {meant.replace('_', '-')}?" if meant else ""
            shown = name.replace("_", "-")
            raise click.BadParameter(f"there is no column {shown!r}{hint}", ctx, parameter)
    return tuple(dict.fromkeys(names))


@click.command("access", cls=SectionedCommand, help=HELP)
@click.argument("paths", nargs=-1, type=click.Path())
@format_option(
    ("text", "json", "csv", "markdown", "html"),
    "For people, for programs (docs/access.md), for spreadsheets, for a wiki, for a browser.",
)
@click.option(
    "--by",
    type=click.Choice(("flow", "target", "approver")),
    default="flow",
    show_default=True,
    help="What it is ordered by: one block or group of lines for each of these.",
)
@click.option(
    "--columns",
    callback=_columns,
    metavar="NAME,...",
    help="Only these columns: " + ", ".join(it.replace("_", "-") for it in COLUMNS) + ".",
)
@click.option(
    "--flow",
    "flows",
    multiple=True,
    metavar="NAME",
    help="Only flows of this name; * for any text.",
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="NAME",
    help="Only targets of this name; * for any text.",
)
@click.option(
    "--lock",
    metavar="FILE",
    type=click.Path(),
    help="Write the inventory without places to FILE, such as access.lock.json, to be committed.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing: say how the lock (that of --lock, or access.lock.json) differs, and exit with 1.",
)
@click.option(
    "--explain-assert",
    metavar="NAME",
    help="Show what this assertion of the configuration file comes to for each grant.",
)
@schema_option("inventory", "lock")
@answering_options
def command(
    paths: tuple[str, ...],
    format_: str,
    by: str,
    columns: tuple[str, ...],
    flows: tuple[str, ...],
    targets: tuple[str, ...],
    lock: str | None,
    check: bool,
    explain_assert: str | None,
    color: ColorChoice,
    **values: Any,
) -> int:
    """Print, lock or check the inventory; returns the exit status."""
    from symlint.cli.output import shown_here
    from symlint.cli.request import lint_options
    from symlint.lint.access.inventory import take_inventory
    from symlint.memory import Memory
    from symlint.report.access import render_inventory
    from symlint.report.access.judgements import render_judgements

    asked = format_ in _WITH_ANSWERS and not (lock or check or explain_assert)
    with time_limit(values["timeout"]):
        run = lint_options(values)
        memory = Memory() if asked else None
        inventory = take_inventory(paths, run, with_chains=asked, memory=memory)
        inventory = _chosen(inventory, flows, targets)
        options = shown_here(color)
        if explain_assert is not None:
            text = render_judgements(_judged(inventory, explain_assert), options)
            sys.stdout.write(inventory.hide(text))
            return UNTRUSTED if inventory.failures else CLEAN
        if lock is not None or check:
            return _locked(inventory, lock or DEFAULT_LOCK, check, options)
        layout = Layout(by, columns)
        if memory is not None:
            from symlint.cli.access import answers_about

            found = answers_about(inventory, paths, run, options.directory, memory)
            layout = layout._replace(answers=found)
        if format_ == "text" and _has_room(options.width, len(columns)):
            format_ = "table"
        text = render_inventory(format_, inventory, options, layout)
    sys.stdout.write(text)
    return UNTRUSTED if inventory.failures else CLEAN


def _has_room(width: int | None, columns: int) -> bool:
    """Whether standard output is a terminal with room for a table of so many columns."""
    needed = max(TABLE_WIDTH, (columns + 3) * _COLUMN_WIDTH)
    return sys.stdout.isatty() and width is not None and width >= needed


def _judged(inventory: Inventory, name: str) -> list[tuple[RootGrants, Judgement]]:
    """What an assertion comes to; raises UsageError for one that no configuration file has."""
    from symlint.source.close_names import close_name
    from symlint.sym.access.assertions import judge

    names = {it.name: None for root in inventory.roots for it in root.assertions}
    if name not in names:
        meant = close_name(name, names)
        hint = (
            f"did you mean {meant!r}?"
            if meant
            else "the configuration file has " + (", ".join(map(repr, names)) or "none")
        )
        raise click.UsageError(f"There is no assertion {name!r}; {hint}")
    return [
        (root, judgement)
        for root in inventory.roots
        for assertion in root.assertions
        if assertion.name == name
        for judgement in judge(assertion, root.grants)
    ]


def _locked(inventory: Inventory, path: str, check: bool, options: RenderOptions) -> int:
    """Write the lock, or compare the one that is there; its folder is what roots are relative to."""
    from symlint.cli.output import write_file
    from symlint.lint.access.comparison import compare
    from symlint.lint.access.rows import lock_text, read_rows, rows_of
    from symlint.report.diff import render_comparison
    from symlint.report.summary import count

    rows = rows_of(inventory, os.path.dirname(os.path.abspath(path)))
    say_failures(inventory.failures)
    if not check:
        if inventory.failures:
            say(f"{path} is not written: the inventory cannot be trusted.\n")
            return UNTRUSTED
        write_file(path, lock_text(rows))
        say(f"Wrote {path}: {count(len(rows), 'grant')}.\n")
        return CLEAN
    if not os.path.lexists(path):
        raise click.UsageError(f"{path} does not exist; symlint access --lock {path} writes it.")
    comparison = compare(read_rows(path), rows)
    if inventory.failures or not comparison.changes:
        return UNTRUSTED if inventory.failures else CLEAN
    sys.stdout.write(render_comparison("text", comparison, options))
    sys.stdout.write(
        f"{path} is not what the configuration grants: symlint access --lock {path} writes it.\n"
    )
    return FINDINGS


def _chosen(inventory: Inventory, flows: tuple[str, ...], targets: tuple[str, ...]) -> Inventory:
    """The grants of the named flows and targets; raises UsageError for a name that nothing has."""
    if not flows and not targets:
        return inventory
    grants = [grant for _, grant in inventory.grants]
    unasked = [it.name for root in inventory.roots for it in root.unasked]
    if not inventory.failures:
        _demand("flow", flows, [inventory.hide(it.flow) for it in grants])
        names = [*(it.target for it in grants if it.target), *unasked]
        _demand("target", targets, [inventory.hide(it) for it in names])
    roots = tuple(
        root._replace(
            grants=tuple(
                grant
                for grant in root.grants
                if _is_one_of(grant.flow, flows) and _is_one_of(grant.target, targets)
            ),
            unasked=tuple(it for it in root.unasked if _is_one_of(it.name, targets)),
        )
        for root in inventory.roots
    )
    return inventory._replace(roots=roots)


def _demand(what: str, wanted: tuple[str, ...], names: list[str]) -> None:
    from symlint.source.close_names import close_name

    for name in wanted:
        if not any(_is_one_of(it, (name,)) for it in names):
            meant = close_name(name, dict.fromkeys(names))
            hint = f"; did you mean {meant}?" if meant else "."
            raise click.UsageError(f"No {what} has the name {name!r}{hint}")


def _is_one_of(name: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or any(matches(it, name) for it in wanted)
