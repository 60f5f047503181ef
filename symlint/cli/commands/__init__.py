"""The commands by name, one module each, which is imported when the command is called."""

from __future__ import annotations

from symlint.annotations import Final
from symlint.named_tuple import NamedTuple


class Entry(NamedTuple):
    """Where a command is, and the line about it in the help."""

    module: str
    help: str


COMMANDS: Final = {
    "check": Entry("symlint.cli.commands.check", "Lint configurations; what symlint PATH... does."),
    "init": Entry("symlint.cli.commands.init", "Set up configuration, pre-commit hook and CI job."),
    "explain": Entry("symlint.cli.commands.explain", "Show the documentation of a rule."),
    "rules": Entry("symlint.cli.commands.rules", "List all rules."),
    "access": Entry("symlint.cli.commands.access", "Show who can get what, and who lets them."),
    "diff": Entry("symlint.cli.commands.diff", "Compare the access of two configurations."),
    "graph": Entry("symlint.cli.commands.graph", "Show what refers to what."),
    "trace": Entry("symlint.cli.commands.trace", "Show a value, and where it comes from."),
    "config": Entry(
        "symlint.cli.commands.config", "Show, start or describe the configuration file."
    ),
    "baseline": Entry("symlint.cli.commands.baseline", "Suppress the findings that exist today."),
    "lsp": Entry(
        "symlint.cli.commands.lsp", "Serve an editor: findings, fixes, where values come from."
    ),
    "test": Entry("symlint.cli.commands.test", "Run the examples of your own rules."),
    "completion": Entry(
        "symlint.cli.commands.completion", "Print the completion script of a shell."
    ),
}
