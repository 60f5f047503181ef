"""``symlint explain``: the page of a rule."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from symlint.cli.loading import known_rules
from symlint.cli.options import code_options, debug_option
from symlint.cli.shells.offers import complete_rule
from symlint.report.terminal import wants_color


@click.command(
    "explain",
    help="Show the documentation of a rule: what it checks, why, and examples.\n\n"
    "RULE is a code or a name, as in symlint explain SYM201.",
)
@click.argument("rule", shell_complete=complete_rule)
@code_options
@debug_option
def command(rule: str, **code: Any) -> None:
    """Print the page, rendered on a terminal and as Markdown elsewhere."""
    from symlint.report.rule_page import rule_page

    rules = known_rules(code)
    found = rules.find(rule)
    if found is None:
        from symlint.source.close_names import close_name

        meant = close_name(rule, rules.keys())
        hint = f"did you mean {meant}?" if meant else "symlint rules lists all rules."
        raise click.UsageError(f"No rule {rule!r}; {hint}")
    page = rule_page(found.load())
    if sys.stdout.isatty() and wants_color("auto", os.environ, is_terminal=True):
        _print_rendered(page)
    else:
        sys.stdout.write(page)


def _print_rendered(page: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(page), width=min(console.width, 100))
