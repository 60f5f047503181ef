"""``symlint explain``: the page of a rule."""

from __future__ import annotations

import click

from symlint.annotations import Any
from symlint.cli.options import code_options, debug_option
from symlint.cli.plain.page import explain
from symlint.cli.shells.offers import complete_rule


@click.command(
    "explain",
    help="Show the documentation of a rule: what it checks, why, and examples.\n\n"
    "RULE is a code or a name, as in symlint explain SYM201. Of the beginning of codes, such as SYM2, all "
    "rules are listed.",
)
@click.argument("rule", shell_complete=complete_rule)
@code_options
@debug_option
def command(rule: str, **code: Any) -> None:
    """Print the page."""
    explain(rule, code)
