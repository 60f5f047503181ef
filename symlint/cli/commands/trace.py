"""``symlint trace``: the value of an address, where it was written, and the path it took."""

from __future__ import annotations

import os
import sys

import click

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.cli.options import SectionedCommand, answering_options, format_option
from symlint.cli.time_limit import time_limit

if TYPE_CHECKING:
    from symlint.report.terminal import ColorChoice

HELP: Final = """\
Show the value of ADDRESS in the root module at PATH: where it was written, every reference that
it was read through, or why it is not known. Without an address, all outputs are shown, or all flows
where there are no outputs.

\b
Examples:
  symlint trace
  symlint trace local.environment_name environments/prod
  symlint trace 'sym_target.this["admin"].settings' --var-file prod.tfvars
  symlint trace 'module.flows["prod"].sym_flow.this.params[0].strategy_id'
  symlint trace module.flows.var.targets --format json

An address is one of Terraform's: a resource or data source, local.NAME, var.NAME, output.NAME,
module.NAME and what is inside of it (module.NAME.OUTPUT, module.NAME.var.NAME), with attributes,
nested blocks and keys behind it. Without instance keys all instances are shown.

\b
Exit status:
  0  the value is shown, known or not
  1  Terraform would refuse to evaluate it
  2  nothing has the address, or the options are wrong
  3  the result cannot be trusted: something could not be read
"""


@click.command("trace", cls=SectionedCommand, help=HELP)
@click.argument("address", required=False)
@click.argument("path", required=False, type=click.Path())
@format_option(
    ("tree", "text", "json"),
    "A tree or HCL for people, or JSON for programs (docs/trace.md).  [default: tree on a terminal, text "
    "otherwise]",
    default=None,
)
@answering_options
def command(
    address: str | None, path: str | None, format_: str | None, color: ColorChoice, **values: Any
) -> int:
    """Print the trace; returns the exit status."""
    from symlint.cli.output import shown_here
    from symlint.cli.request import lint_options
    from symlint.lint.run.evaluating import evaluate

    if address is not None and path is None and _is_path(address):
        address, path = None, address
    with time_limit(values["timeout"]):
        evaluation = evaluate(
            path or os.curdir, [address], lint_options(values), or_flows=address is None
        )
    options = shown_here(color)
    if format_ == "json":
        from symlint.report.trace.json import render_trace_json

        sys.stdout.write(render_trace_json(evaluation, options))
    else:
        from symlint.report.trace.text import render_trace

        tree = sys.stdout.isatty() if format_ is None else format_ == "tree"
        sys.stdout.write(render_trace(evaluation, options, tree=tree))
    return evaluation.exit_status


def _is_path(text: str) -> bool:
    """Whether the only argument is a path; ``trace ADDRESS .`` asks for an address all the same."""
    return os.path.lexists(text) or os.sep in text.partition("[")[0] or text in (".", "..")
