"""``symlint rules``: the list of all rules, or of those that a selector selects."""

from __future__ import annotations

import click

from symlint.annotations import Any
from symlint.cli.options import code_options, debug_option
from symlint.cli.plain.listing import list_rules
from symlint.cli.shells.offers import complete_rule


@click.command(
    "rules",
    help="List all rules, your own included: code, severity, name, and what it requires. Rules that do "
    "not run under the configuration of the current folder are marked off.\n\n"
    "SELECTORS are codes, names, beginnings of codes (SYM2) or profiles: only what they select is "
    "listed.",
)
@click.argument("selectors", nargs=-1, metavar="[SELECTORS]...", shell_complete=complete_rule)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(("table", "json", "markdown")),
    default="table",
    show_default=True,
    help="The output format.",
)
@code_options
@debug_option
def command(selectors: tuple[str, ...], format_: str, **code: Any) -> None:
    """Print the list."""
    list_rules(selectors, format_, code)
