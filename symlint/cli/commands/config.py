"""``symlint config``: show, start and describe the configuration file."""

from __future__ import annotations

import os
import sys

import click

from symlint.annotations import Any
from symlint.cli.options import SectionedCommand, debug_option, project_options, rule_options
from symlint.cli.streams import say


@click.group("config", help="Show, start or describe the configuration file.")
def command() -> None:
    """The configuration file."""


@command.command(
    "show",
    cls=SectionedCommand,
    help="Show every setting for PATH, and where it comes from.\n\n"
    "The options are those of check and have the same effect.",
    short_help="Show every setting, and where it comes from.",
)
@click.argument("path", default=os.curdir, type=click.Path())
@rule_options
@project_options
@debug_option
def show(path: str, **values: Any) -> None:
    """Print every key with its value and origin."""
    import json

    from symlint.cli.request import lint_options
    from symlint.lint.run.engine import config_for
    from symlint.lint.settings.show import effective_settings
    from symlint.report.escape import neutralise
    from symlint.report.places import shown_path

    options = lint_options(values)
    config = config_for(path, options)
    if config.path is None:
        say("There is no configuration file; symlint config init writes one.\n")
    rows = []
    for setting in effective_settings(config, options):
        value = "(none)" if setting.value is None else json.dumps(setting.value, default=str)
        origin = shown_path(setting.origin, os.getcwd())
        rows.append((setting.key, neutralise(value), origin))
    _write_rows(rows)


def _write_rows(rows: list[tuple[str, str, str]]) -> None:
    """Keys, values and where they come from: as a table on a terminal."""
    from symlint.cli.output import stream_options
    from symlint.report.options import RenderOptions

    terminal = stream_options(RenderOptions(os.getcwd(), "", ""), "auto")
    if terminal.width is not None:
        from symlint.report.tables import Cell, table

        cells = [(Cell(key, "bold"), Cell(origin), Cell(value)) for key, value, origin in rows]
        head = ("key", "from", "value")
        sys.stdout.write(table(head, cells, terminal.width, color=terminal.color))
        return
    key_width = max(len(key) for key, _, _ in rows)
    value_width = min(max(len(value) for _, value, _ in rows), 40)
    for key, value, origin in rows:
        sys.stdout.write(f"{key:<{key_width}}  {value:<{value_width}}  {origin}\n")


@command.command(
    "init",
    help="Write a commented symlint.toml into the current folder.",
    short_help="Write a commented symlint.toml.",
)
@click.option("--force", is_flag=True, help="Replace an existing file.")
@debug_option
def init(force: bool) -> None:
    """Write the file; refuses to replace one."""
    from symlint.cli.output import write_file
    from symlint.lint.settings.show import starter_text

    name = "symlint.toml"
    if os.path.lexists(name) and not force:
        raise click.UsageError(f"{name} already exists; --force replaces it.")
    write_file(name, starter_text())
    sys.stdout.write(f"Wrote {name}.\n")


@command.command("schema", help="Print the JSON schema of symlint.toml.")
@debug_option
def schema() -> None:
    """Print the schema."""
    from symlint.lint.settings.show import config_schema
    from symlint.report.escape import json_text

    sys.stdout.write(json_text(config_schema()) + "\n")
