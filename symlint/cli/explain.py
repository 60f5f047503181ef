"""``symlint explain``: the page of a rule."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from symlint.cli.loading import known_rules
from symlint.cli.options import debug_option
from symlint.report.terminal import wants_color

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete(
    _ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Codes and names of rules; nothing when the configuration cannot be used."""
    from click.shell_completion import CompletionItem

    from symlint.lint.errors import UsageError
    from symlint.report.rule_page import summary

    try:
        rules = known_rules()
    except UsageError:
        return []
    return [
        CompletionItem(key, help=summary(rule))
        for rule in rules
        for key in (rule.code, rule.name)
        if key.lower().startswith(incomplete.lower())
    ]


@click.command(
    "explain",
    help="Show the page of a rule: what it wants, why, and examples.\n\n"
    "RULE is a code or a name, as in symlint explain SYM201.",
)
@click.argument("rule", shell_complete=_complete)
@debug_option
def command(rule: str) -> None:
    """Print the page, rendered on a terminal and as Markdown elsewhere."""
    from symlint.report.rule_page import rule_page

    rules = known_rules()
    found = rules.find(rule)
    if found is None:
        from symlint.lint.suggest import close_name

        meant = close_name(rule, rules.keys())
        hint = f"did you mean {meant}?" if meant else "symlint rules lists all rules."
        raise click.UsageError(f"No rule {rule!r}; {hint}")
    page = rule_page(found)
    if sys.stdout.isatty() and wants_color("auto", os.environ, is_terminal=True):
        _print_rendered(page)
    else:
        sys.stdout.write(page)


def _print_rendered(page: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(page), width=min(console.width, 100))
