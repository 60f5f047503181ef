"""``symlint graph``: what refers to what."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from symlint.cli.options import debug_option, project_options

if TYPE_CHECKING:
    from symlint.graph.picture import Picture
    from symlint.graph.reference_graph import ReferenceGraph
    from symlint.terraform.values.addresses import Address

HELP: Final = """\
Show what refers to what in the root module at PATH, through the modules that it calls.

\b
Examples:
  symlint graph | dot -Tsvg > graph.svg
  symlint graph environments/prod --around sym_flow.this --format mermaid
  symlint graph --format json
"""


@click.command("graph", help=HELP)
@click.argument("path", default=os.curdir, type=click.Path())
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(("dot", "mermaid", "json")),
    default="dot",
    show_default=True,
    help="The language of the output.",
)
@click.option(
    "--around",
    multiple=True,
    metavar="ADDRESS",
    help="Only what this reads or is read by. Repeatable.",
)
@project_options
@debug_option
def command(path: str, format_: str, around: tuple[str, ...], **values: Any) -> None:
    """Print the graph."""
    from symlint.cli.check import lint_options
    from symlint.graph.picture import around as part_around
    from symlint.graph.picture import draw_all
    from symlint.graph.reference_graph import ReferenceGraph
    from symlint.lint.run.opening import open_configuration
    from symlint.report.escape import guard_log

    configuration = open_configuration(path, lint_options(values)._replace(all_modules=True))
    graph = ReferenceGraph(configuration)
    picture = draw_all(graph)
    if around:
        picture = part_around(graph, picture, _found(graph, around))
    sys.stdout.write(guard_log(_written(picture, format_)))


def _found(graph: ReferenceGraph, names: tuple[str, ...]) -> list[Address]:
    found: list[Address] = []
    for name in names:
        addresses = graph.find(name)
        if not addresses:
            raise click.UsageError(f"Nothing has the address {name!r}.{_hint(graph, name)}")
        found += addresses
    return found


def _hint(graph: ReferenceGraph, name: str) -> str:
    from symlint.source.close_names import close_name

    meant = close_name(name, map(str, graph.declared))
    return f" Did you mean {meant}?" if meant else ""


def _written(picture: Picture, format_: str) -> str:
    from symlint.graph import export

    if format_ == "json":
        from symlint.report.places import relative_path

        directory = os.getcwd()
        return export.to_json(picture, lambda path: relative_path(path, directory))
    return export.to_dot(picture) if format_ == "dot" else export.to_mermaid(picture)
