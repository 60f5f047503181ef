"""``symlint rules``: the list of all rules."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from symlint.cli.loading import known_rules
from symlint.cli.options import code_options, debug_option

if TYPE_CHECKING:
    from symlint.lint.registry import RuleSet


@click.command("rules", help="List all rules: code, severity, name, and what it requires.")
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
def command(format_: str, **code: Any) -> None:
    """Print the list."""
    from symlint.report.rule_page import rules_index, rules_json

    rules = known_rules(code)
    if format_ == "json":
        sys.stdout.write(rules_json([rule.load() for rule in rules]))
    elif format_ == "markdown":
        sys.stdout.write(rules_index([rule.load() for rule in rules]))
    else:
        _print_table(rules)


def _print_table(rules: RuleSet) -> None:
    from symlint.cli.output import descriptor
    from symlint.report.rule_page import rules_table
    from symlint.report.style import Painter
    from symlint.report.terminal import terminal_width, wants_color

    is_terminal = sys.stdout.isatty()
    width = terminal_width(os.environ, descriptor(sys.stdout) if is_terminal else None)
    painter = Painter(wants_color("auto", os.environ, is_terminal=is_terminal))
    sys.stdout.write(rules_table(rules.rules, width, painter))
