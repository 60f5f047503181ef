"""``symlint graph``: what refers to what."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from symlint.cli.options import SectionedCommand, debug_option, project_options
from symlint.cli.status import CLEAN, UNTRUSTED
from symlint.cli.streams import say_failures
from symlint.cli.time_limit import time_limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.graph.picture import Picture
    from symlint.graph.reference_graph import ReferenceGraph
    from symlint.terraform.values.addresses import Address

HELP: Final = """\
Show what refers to what in the root module at PATH, through the modules that it calls.

With --chains, only how access is granted is shown: each flow with its strategy, the targets and
integration of that, the connectors that they work through, and the runtime.

\b
Examples:
  symlint graph --chains --format svg > access.svg
  symlint graph environments/prod --around sym_flow.this --format mermaid
  symlint graph --format json

\b
Exit status:
  0  the graph is shown
  2  nothing has an address, or the options are wrong
  3  the graph cannot be trusted: something could not be read
"""


@click.command("graph", cls=SectionedCommand, help=HELP)
@click.argument("path", default=os.curdir, type=click.Path())
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(("dot", "mermaid", "json", "svg")),
    default="dot",
    show_default=True,
    help="The language of the output; svg needs Graphviz (dot) on PATH.",
)
@click.option(
    "--around",
    multiple=True,
    metavar="ADDRESS",
    help="Only what this address reads, and what reads it. Repeatable.",
)
@click.option(
    "--chains",
    is_flag=True,
    help="Only flows, strategies, targets, integrations, connectors and runtimes, with their types.",
)
@project_options
@debug_option
def command(path: str, format_: str, around: tuple[str, ...], chains: bool, **values: Any) -> int:
    """Print the graph; returns the exit status."""
    from symlint.cli.request import lint_options
    from symlint.graph.picture import around as part_around
    from symlint.graph.picture import draw_all
    from symlint.lint.hiding.showing import said_failure
    from symlint.lint.run.opening import hidden_of, open_configurations
    from symlint.sym.access_chains import draw_chains
    from symlint.sym.model.configuration import SymConfiguration

    with time_limit(values["timeout"]):
        opened = open_configurations(path, lint_options(values)._replace(all_modules=True))[0]
        sym = SymConfiguration(opened.configuration, opened.catalogue)
        graph = sym.graph
        picture = draw_chains(sym) if chains else draw_all(graph)
        if around:
            picture = part_around(graph, picture, _found(graph, around))
        hidden = hidden_of([opened])
        text = _written(picture, format_, hidden.text)
    sys.stdout.write(text)
    sys.stdout.flush()
    failures = dict.fromkeys(opened.failures())
    say_failures(said_failure(it, hidden) for it in failures)
    return UNTRUSTED if failures else CLEAN


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


def _written(picture: Picture, format_: str, hide: Callable[[str], str]) -> str:
    from symlint.graph import export
    from symlint.report.escape import guard_log, json_text, neutralise, without_surrogates
    from symlint.report.places import relative_path

    if format_ == "json":
        directory = os.getcwd()
        data = export.document(
            picture,
            lambda text: without_surrogates(hide(text)),
            lambda path: without_surrogates(relative_path(path, directory)),
        )
        return json_text(data) + "\n"
    if format_ == "mermaid":
        return guard_log(export.to_mermaid(picture, lambda text: neutralise(hide(text))))
    text = guard_log(export.to_dot(picture, lambda text: neutralise(hide(text))))
    return guard_log(_drawn(text)) if format_ == "svg" else text


def _drawn(text: str) -> str:
    from symlint.graph.svg import DrawingError, to_svg

    try:
        return to_svg(text)
    except DrawingError as error:
        raise click.UsageError(str(error)) from None
