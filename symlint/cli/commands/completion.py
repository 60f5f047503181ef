"""``symlint completion``: the completion script of a shell, by click."""

from __future__ import annotations

import sys

import click

from symlint.cli.options import debug_option


@click.command(
    "completion",
    help="""\
Print the completion script of a shell.

\b
bash:  eval "$(symlint completion bash)"       in ~/.bashrc
zsh:   eval "$(symlint completion zsh)"        in ~/.zshrc
fish:  symlint completion fish | source        in ~/.config/fish/config.fish
""",
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
@debug_option
def command(ctx: click.Context, shell: str) -> None:
    """Print the script."""
    from click.shell_completion import ShellComplete, get_completion_class

    from symlint.cli.shells.scripts import add_shells

    add_shells()
    kind = get_completion_class(shell)
    assert kind is not None
    completion = kind(ctx.find_root().command, {}, "symlint", "_SYMLINT_COMPLETE")
    # Not BashComplete.source: it runs bash to ask for its version.
    sys.stdout.write(ShellComplete.source(completion).strip() + "\n")
