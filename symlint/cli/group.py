"""The command ``symlint``: a group whose commands are imported when they are called."""

from __future__ import annotations

import os

import click

from symlint.annotations import TYPE_CHECKING, Final
from symlint.cli.commands import COMMANDS
from symlint.cli.plain.help import HELP, MOST_COLUMNS, OPTIONS
from symlint.cli.streams import write_version

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

DEFAULT: Final = "check"
_OWN_OPTIONS: Final = ("--help", "-h", "--version", "-V")
_MEANT: Final = {"version": "--version", "help": "--help"}
"""Words that are commands elsewhere, and the option that does the same."""


class LazyGroup(click.Group):
    """Commands that are imported when they are called, and one that is the default."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command = import_module(COMMANDS[cmd_name].module).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before arguments that do not begin with a command."""
        if not ctx.resilient_parsing:
            args = _meant(args)
        if args[:1] and args[0] not in (*COMMANDS, *_OWN_OPTIONS):
            self._refuse_misspelt(ctx, args[0])
            args = [DEFAULT, *args]
        elif not args and not ctx.resilient_parsing:
            args = [DEFAULT]
        return super().parse_args(ctx, args)

    def _refuse_misspelt(self, ctx: click.Context, name: str) -> None:
        """Reject a misspelt command (``symlint explian``), which would be a path that does not exist."""
        if not name.isalpha() or os.path.lexists(name) or ctx.resilient_parsing:
            return
        from symlint.source.close_names import close_name

        meant = close_name(name, COMMANDS)
        if meant:
            raise click.UsageError(f"No path or command {name!r}; did you mean {meant}?", ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, and what may follow the default command."""
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=entry.help)
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        default = self.get_command(ctx, DEFAULT)
        assert default is not None
        inner = click.Context(default, info_name=DEFAULT, parent=ctx, resilient_parsing=True)
        rest = default.shell_complete(inner, incomplete)
        # First, because click's script for bash forgets what came before a file.
        return [CompletionItem(incomplete, type="file"), *commands, *rest]


def _meant(args: list[str]) -> list[str]:
    """``symlint version`` and ``symlint help COMMAND`` as options, unless a path is called so."""
    if not args or args[0] not in _MEANT or os.path.lexists(args[0]):
        return args
    option = _MEANT[args[0]]
    return [args[1], option, *args[2:]] if args[1:] and args[1] in COMMANDS else [option]


def _print_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        write_version()
        ctx.exit()


group: Final = LazyGroup(
    name="symlint",
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": MOST_COLUMNS},
    no_args_is_help=False,
    params=[
        click.Option(
            ["-V", "--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_print_version,
            help=OPTIONS["-V, --version"],
        )
    ],
)
"""The command ``symlint``."""
