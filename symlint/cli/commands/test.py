"""``symlint test``: run the examples of your own rules."""

from __future__ import annotations

import sys

import click

from symlint.cli.options import debug_option
from symlint.cli.status import CLEAN, FINDINGS, USAGE
from symlint.cli.streams import say


@click.command(
    "test",
    help="Run the examples of the rules in the Python files of FOLDER: each rule must find "
    "something in its bad example, and no rule anything in its good one.\n\n"
    "This executes the code in FOLDER.",
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@debug_option
def command(folder: str) -> int:
    """Say what is wrong with the examples; returns the exit status."""
    from symlint.lint.testing import check_folder
    from symlint.report.escape import guard_log, neutralise, neutralise_block
    from symlint.report.summary import count

    tested = check_folder(folder)
    if not tested.rules:
        say(f"symlint: there is no rule in {neutralise(folder)}\n")
        return USAGE
    for fault in tested.faults:
        message = guard_log(neutralise_block(fault.message))
        sys.stdout.write(f"{fault.code}: {fault.example} example: {message}\n")
    verdict = count(len(tested.faults), "fault") if tested.faults else "all examples passed"
    sys.stdout.write(f"{count(len(tested.rules), 'rule')}: {verdict}.\n")
    return FINDINGS if tested.faults else CLEAN
