"""The help of ``symlint``, as click writes it."""

from __future__ import annotations

from symlint.annotations import Final
from symlint.cli.commands import COMMANDS

MOST_COLUMNS: Final = 100
"""How wide the help is at most."""
FEWEST_COLUMNS: Final = 80
"""Where there are fewer, only click knows how to break all of its lines."""
OPTIONS: Final = {
    "-V, --version": "Show the version and exit.",
    "-h, --help": "Show this message and exit.",
}
HELP: Final = """\
Find mistakes in Sym access flows declared in Terraform, before a plan, an apply, or somebody who
asks for access at night finds them. Needs no terraform init, network or credentials.

\b
Examples:
  symlint                              lint the current folder
  symlint environments/prod            lint every root module below a folder
  symlint main.tf                      show only what touches this file
  symlint --format sarif               write what code scanning reads
  symlint --fix                        repair what can be repaired safely
  symlint explain SYM201               what a rule wants, and why
  symlint check --help                 all options

\b
Exit status:
  0  nothing was found (or nothing as severe as --fail-on says)
  1  something was found
  2  the options or the configuration file are wrong
  3  the result cannot be trusted: something could not be looked at
"""


def help_text(columns: int) -> str:
    """What click makes of the command for so many columns, ``FEWEST_COLUMNS`` or more; a test compares."""
    from textwrap import indent, wrap

    paragraph, *blocks = HELP.split("\n\n\b\n")
    lines = "\n".join(wrap(paragraph, min(columns, MOST_COLUMNS) - 4))
    described = "\n\n".join((lines, *(block.strip() for block in blocks)))
    commands = {name: entry.help for name, entry in COMMANDS.items()}
    return (
        f"Usage: symlint [OPTIONS] COMMAND [ARGS]...\n\n{indent(described, '  ')}\n\n"
        f"Options:\n{_rows(OPTIONS)}\nCommands:\n{_rows(commands)}"
    )


def _rows(texts: dict[str, str]) -> str:
    width = max(map(len, texts))
    return "".join(f"  {name:{width}}  {text}\n" for name, text in texts.items())
