"""``symlint graph``: what refers to what, what reaches something, what a change touches."""

from __future__ import annotations

import os
import sys

import click

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.cli.options import SectionedCommand, answering_options, format_option
from symlint.cli.status import CLEAN, UNTRUSTED
from symlint.cli.streams import say_failures
from symlint.cli.time_limit import time_limit
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.graph.picture import Picture
    from symlint.graph.reference_graph import ReferenceGraph
    from symlint.lint.access.reach.answers import Answer
    from symlint.report.terminal import ColorChoice
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.addresses import Address

HELP: Final = """\
Show what refers to what in the root module at PATH, through the modules that it calls.

With --chains, only how access is granted is shown: each flow with its strategy, the targets and
integration of that, the connectors that they work through, and the runtime.

With --reaches, it is shown which flows reach something: an address, a target, the value of a setting
such as the id of a group, an AWS account. With --impact, what a change of an address or of a file of
Python touches: flows, targets, and who approves. What is not known is named.

\b
Examples:
  symlint graph --chains --format svg > access.svg
  symlint graph environments/prod --around sym_flow.this --depth 2 --format mermaid
  symlint graph --sym-only --format svg > sym.svg
  symlint graph --reaches 123456789012
  symlint graph --impact sym_integration.okta --format mermaid
  symlint graph --format json

\b
Exit status:
  0  the graph is shown
  2  nothing has the address, or the options are wrong
  3  the graph cannot be trusted: something could not be read
"""


class _Asked(NamedTuple):
    """What a part of the graph is asked for by."""

    around: tuple[str, ...]
    reaches: str | None
    impact: str | None
    chains: bool
    depth: int | None
    sym_only: bool


@click.command("graph", cls=SectionedCommand, help=HELP)
@click.argument("path", default=os.curdir, type=click.Path())
@format_option(
    ("text", "dot", "mermaid", "json", "svg"),
    "The language of the output; svg needs Graphviz (dot) on PATH.  [default: text on a terminal and for "
    "--reaches and --impact, dot otherwise]",
    default=None,
)
@click.option(
    "--around",
    multiple=True,
    metavar="ADDRESS",
    help="Only what this address reads, and what reads it. Repeatable.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    metavar="N",
    help="With --around: only what is at most N references away.",
)
@click.option(
    "--sym-only", is_flag=True, help="Only Sym's resources, and what leads from one to another."
)
@click.option(
    "--chains",
    is_flag=True,
    help="Only flows, strategies, targets, integrations, connectors and runtimes, with their types.",
)
@click.option(
    "--reaches",
    metavar="WHAT",
    help="Which flows reach an address, a target, the value of a setting, an AWS account.",
)
@click.option(
    "--impact",
    metavar="ADDRESS",
    help="Which flows, targets and approvers a change of this address, or file of Python, touches.",
)
@answering_options
def command(
    path: str,
    format_: str | None,
    around: tuple[str, ...],
    depth: int | None,
    sym_only: bool,
    chains: bool,
    reaches: str | None,
    impact: str | None,
    color: ColorChoice,
    **values: Any,
) -> int:
    """Print the graph; returns the exit status."""
    asked = _Asked(around, reaches, impact, chains, depth, sym_only)
    if format_ is None:
        answers = reaches is not None or impact is not None
        format_ = "text" if answers or sys.stdout.isatty() else "dot"
    _check(asked)
    from symlint.cli.request import lint_options
    from symlint.lint.hiding.showing import said_failure
    from symlint.lint.run.opening import hidden_of, open_configurations
    from symlint.sym.model.configuration import SymConfiguration

    with time_limit(values["timeout"]):
        opened = open_configurations(path, lint_options(values)._replace(all_modules=True))
        syms = {
            one.variable_files: SymConfiguration(one.configuration, one.catalogue) for one in opened
        }
        answer = _answer(syms, asked)
        if format_ == "text" and answer is not None:
            hidden = hidden_of(opened)
            text = _said(answer, color, hidden.text)
        else:
            picture = _picture(next(iter(syms.values())), asked, answer)
            hidden = hidden_of(opened)
            if format_ == "text":
                text = _grown(picture, color, hidden.text)
            else:
                text = _written(picture, format_, hidden.text, answer)
    sys.stdout.write(text)
    sys.stdout.flush()
    failures = dict.fromkeys(failure for one in opened for failure in one.failures())
    say_failures(said_failure(it, hidden) for it in failures)
    return UNTRUSTED if failures else CLEAN


def _check(asked: _Asked) -> None:
    """Raises UsageError for options that do not go together."""
    given = [bool(asked.around), asked.reaches is not None, asked.impact is not None]
    if given.count(True) > 1:
        raise click.UsageError("Use one of --around, --reaches and --impact.")
    if asked.depth is not None and not asked.around:
        raise click.UsageError("--depth is for --around.")


def _answer(syms: dict[str, SymConfiguration], asked: _Asked) -> Answer | None:
    """What reaches, or is touched; None where the graph itself is asked for."""
    if asked.reaches is None and asked.impact is None:
        return None
    from symlint.lint.access.reach.answers import what_is_touched, what_reaches

    if asked.reaches is not None:
        return what_reaches(syms, asked.reaches)
    return what_is_touched(syms, asked.impact or "")


def _picture(sym: SymConfiguration, asked: _Asked, answer: Answer | None) -> Picture:
    from symlint.graph.picture import around, draw_all, only_sym
    from symlint.sym.access_chains import draw_chains

    chains = draw_chains(sym) if asked.chains else None
    if answer is not None:
        from symlint.lint.access.reach.pictures import picture_of

        return picture_of(sym, [it.passage for it in answer.found], chains)
    picture = draw_all(sym.graph) if chains is None else chains
    if asked.around:
        found = _found(sym.graph, asked.around)
        picture = around(sym.graph, picture, found, asked.depth)
    return only_sym(picture) if asked.sym_only else picture


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


def _said(answer: Answer, color: ColorChoice, hide: Callable[[str], str]) -> str:
    from symlint.cli.output import shown_here
    from symlint.report.graph.answer_text import render_answer

    return render_answer(answer, shown_here(color), hide)


def _grown(picture: Picture, color: ColorChoice, hide: Callable[[str], str]) -> str:
    from symlint.cli.output import shown_here
    from symlint.report.graph.tree import render_tree

    return render_tree(picture, shown_here(color), hide)


def _written(
    picture: Picture, format_: str, hide: Callable[[str], str], answer: Answer | None
) -> str:
    from symlint.report.graph import picture as pictures

    if format_ == "json":
        from symlint.report.escape import without_surrogates
        from symlint.report.graph.answer_json import answer_data

        more = {}
        if answer is not None:
            more = answer_data(answer, lambda text: without_surrogates(hide(text)))
        return pictures.render_json(picture, hide, os.getcwd(), more)
    if format_ == "mermaid":
        return pictures.render_mermaid(picture, hide)
    text = pictures.render_dot(picture, hide)
    return _drawn(text) if format_ == "svg" else text


def _drawn(text: str) -> str:
    from symlint.graph.svg import DrawingError, to_svg
    from symlint.report.escape import guard_log

    try:
        return guard_log(to_svg(text))
    except DrawingError as error:
        raise click.UsageError(str(error)) from None
