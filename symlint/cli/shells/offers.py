"""What a shell may offer as the value of an argument."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def complete_rule(
    ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Codes and names of rules: those of symlint where the configuration cannot be used."""
    from click.shell_completion import CompletionItem

    from symlint.cli.loading import load
    from symlint.lint.errors import UsageError
    from symlint.lint.registry import list_rules
    from symlint.report.rules.page import listed_summary

    try:
        rules = load(ctx.params).rules
    except UsageError:
        rules = list_rules()
    # Several may stand in one word, as in --select SYM201,SYM3.
    before, comma, started = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{key}", help=listed_summary(rule))
        for rule in rules
        for key in (rule.code, rule.name)
        if key.lower().startswith(started.lower())
    ]
