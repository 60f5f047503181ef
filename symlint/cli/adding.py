"""``--add-ignore REASON``: ignore comments for what is found."""

from __future__ import annotations

import sys
from functools import partial

import click

from symlint.annotations import TYPE_CHECKING, Final
from symlint.cli.status import UNTRUSTED
from symlint.cli.streams import say
from symlint.report.escape import neutralise
from symlint.report.places import shown_path, shown_place
from symlint.report.summary import count

if TYPE_CHECKING:
    from symlint.cli.request import Request

_TOO_MUCH: Final = (
    "what they would lead to takes too much work to find out in one run; name some of the folders"
)


def add_ignores(request: Request) -> int:
    """Write the comments, say where, and show what is left; returns the exit status."""
    from symlint.lint.run.roots.kept import Kept
    from symlint.lint.suppression.adding import add_ignores

    reason = request.values["add_ignore"].strip()
    if not reason or not reason.isprintable():
        raise click.UsageError("--add-ignore needs a reason, in one line.")
    if reason.startswith("--"):
        raise click.UsageError(f"--add-ignore needs a reason; {reason} looks like an option.")
    if request.values["fix"] or request.values["diff"] or request.values["no_ignores"]:
        raise click.UsageError("--add-ignore goes with neither --fix, --diff nor --no-ignores.")
    kept = Kept()
    added = add_ignores(partial(request.look, kept=kept), reason, kept)
    status = request.show(added.report)
    sys.stdout.flush()
    directory = request.render_options.directory
    if added.ignored:
        say(f"Added comments for {count(len(added.ignored), 'finding')}:\n")
    for finding in added.ignored:
        say(f"  {shown_place(finding.range, directory)}: {finding.code}\n")
    if added.too_much:
        say(f"symlint: no comments were added: {_TOO_MUCH}\n")
    for finding in () if added.too_much else added.left:
        place = shown_place(finding.range, directory)
        say(f"symlint: no comment can stand at {place} for {finding.code}\n")
    for path, why in added.failed:
        say(f"symlint: cannot write {shown_path(path, directory)}: {neutralise(why)}\n")
    return UNTRUSTED if added.failed else status
