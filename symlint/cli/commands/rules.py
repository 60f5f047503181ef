"""``symlint rules``: the list of all rules, or of those that a selector selects."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from symlint.cli.loading import Loaded, load
from symlint.cli.options import code_options, debug_option
from symlint.cli.shells.offers import complete_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.rule import AnyRule


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
    from symlint.report.rules.page import rules_index, rules_json

    loaded = load(code)
    rules = loaded.selected(selectors)
    if format_ == "json":
        sys.stdout.write(rules_json([rule.load() for rule in rules], loaded.enabled()))
    elif format_ == "markdown":
        sys.stdout.write(rules_index([rule.load() for rule in rules]))
    else:
        print_table(rules, loaded)


def print_table(rules: Sequence[AnyRule], loaded: Loaded) -> None:
    """Print a line for each rule: as a table on a terminal."""
    from symlint.cli.output import stream_options
    from symlint.report.options import RenderOptions
    from symlint.report.rules.table import rules_lines, rules_table

    terminal = stream_options(RenderOptions(os.getcwd(), "", ""), "auto")
    enabled = loaded.enabled()
    if terminal.width is None:
        sys.stdout.write(rules_lines(rules, enabled))
    else:
        sys.stdout.write(rules_table(rules, enabled, terminal.width, color=terminal.color))
