"""``symlint init``: configuration, pre-commit hook and CI job for the repository."""

from __future__ import annotations

import os
import sys

import click

from symlint.annotations import TYPE_CHECKING, Final
from symlint.cli.options import debug_option

if TYPE_CHECKING:
    from symlint.cli.starting.plan import Step

HELP: Final = """\
Write what a repository needs to use symlint: symlint.toml, the hook for pre-commit, and a job for GitHub
or GitLab where one of them is in use.

Shows what it writes as a diff. Files that are there are never changed: what to add to them is shown, to
be added by hand.

\b
Examples:
  symlint init --diff              only show it
  symlint init                     write the files that are not there
  symlint init --diff | git apply  also add to those that are there
"""


@click.command("init", help=HELP)
@click.option("--diff", "only_diff", is_flag=True, help="Write nothing.")
@debug_option
def command(only_diff: bool) -> None:
    """Show the diff, and write the new files."""
    from symlint.cli.starting.plan import HOOK_FILE, steps
    from symlint.cli.starting.snippets import COMMIT
    from symlint.cli.streams import say
    from symlint.report.places import relative_path
    from symlint.report.rules.address import REPOSITORY
    from symlint.source.tree import repository_root

    top = repository_root(os.getcwd()) or os.getcwd()
    planned = steps(top)
    for step in planned:
        _show(step, relative_path(step.path, top))
    sys.stdout.flush()
    for step in planned:
        name = relative_path(step.path, top)
        if step.old is not None:
            say(f"{name} is there: add this to it by hand.\n")
        elif not only_diff:
            _write(step)
            say(f"Wrote {name}.\n")
    if any(COMMIT in step.new for step in planned):
        say(f"Where {COMMIT} stands, put the hash of a commit of {REPOSITORY}.\n")
    if any(HOOK_FILE in step.path for step in planned):
        say("Then run pre-commit install, once in each clone.\n")
    if not planned:
        say("symlint is in use here already; nothing to write.\n")


def _show(step: Step, name: str) -> None:
    from symlint.report.escape import guard_log, neutralise_block
    from symlint.source.patch import unified_diff

    before = "/dev/null" if step.old is None else f"a/{name}"
    patch = unified_diff(step.old or "", step.new, before, f"b/{name}")
    sys.stdout.write(guard_log(neutralise_block(patch)))


def _write(step: Step) -> None:
    from symlint.cli.output import write_file

    os.makedirs(os.path.dirname(step.path), exist_ok=True)
    write_file(step.path, step.new)
