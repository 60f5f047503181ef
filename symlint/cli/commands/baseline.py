"""``symlint baseline``: suppress the findings that are there today."""

from __future__ import annotations

import os
import sys

import click

from symlint.annotations import TYPE_CHECKING, Any
from symlint.cli.options import SectionedCommand, debug_option, project_options, rule_options
from symlint.cli.status import UNTRUSTED
from symlint.cli.streams import say
from symlint.cli.time_limit import time_limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.lint.report import Report
    from symlint.lint.settings.config import Config
    from symlint.lint.suppression.baseline import Baseline


@click.group(
    "baseline",
    help="Suppress the findings that exist today, so that only new ones fail.\n\n"
    "A baseline knows findings by rule, file, address and attribute, never by line. check uses "
    "the file that the setting baseline or the option --baseline names.",
)
def command() -> None:
    """The baseline."""


def _baseline_options(function: Callable[..., Any]) -> Callable[..., Any]:
    function = debug_option(function)
    function = project_options(function)
    function = rule_options(function)
    function = click.option(
        "--baseline",
        metavar="FILE",
        type=click.Path(),
        help="The file.  [default: the setting baseline, or symlint-baseline.json]",
    )(function)
    return click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())(function)


@command.command(
    "create",
    cls=SectionedCommand,
    help="Write a baseline that suppresses every finding under PATHS.",
    short_help="Write a baseline that suppresses every finding.",
)
@_baseline_options
def create(**values: Any) -> int:
    """Write the file; refuses when not everything could be looked at."""
    from symlint.lint.suppression.baseline import create_baseline, write_baseline
    from symlint.report.escape import neutralise
    from symlint.report.summary import count

    path = _path(values)
    report = _look(values)
    if _untrusted(report):
        return UNTRUSTED
    _write(lambda: write_baseline(create_baseline(report.findings, path)), path)
    shown = neutralise(os.path.relpath(path))
    sys.stdout.write(f"Wrote {shown}: {count(len(report.findings), 'finding')}.\n")
    if path not in {config.baseline for config in _configs(values)}:
        sys.stdout.write(f'Set baseline = "{shown}" in symlint.toml, or give --baseline.\n')
    return 0


@command.command(
    "prune",
    cls=SectionedCommand,
    help="Remove fixed findings from the baseline; add nothing.",
    short_help="Remove fixed findings; add nothing.",
)
@_baseline_options
def prune(**values: Any) -> int:
    """Write the file anew; refuses when not everything could be looked at."""
    from symlint.lint.suppression.baseline import (
        apply_baseline,
        prune_baseline,
        read_baseline,
        write_baseline,
    )
    from symlint.report.escape import neutralise
    from symlint.report.summary import count

    path = _path(values)
    baseline = read_baseline(path)
    report = _look(values)
    if _untrusted(report):
        return UNTRUSTED
    stale = apply_baseline(baseline, report.findings, _beneath(baseline, _paths(values))).stale
    removed = sum(entry.missing for entry in stale)
    if stale:
        _write(lambda: write_baseline(prune_baseline(baseline, stale)), path)
    sys.stdout.write(
        f"Removed {count(removed, 'finding')} from {neutralise(os.path.relpath(path))}.\n"
    )
    return 0


def _paths(values: dict[str, Any]) -> tuple[str, ...]:
    return values["paths"] or (os.curdir,)


def _beneath(baseline: Baseline, paths: tuple[str, ...]) -> list[str]:
    """The files of a baseline that were linted: those beneath the paths."""
    directory = os.path.dirname(baseline.path)
    files = {os.path.normpath(os.path.join(directory, entry.file)) for entry in baseline.counts}
    linted = [os.path.abspath(path) for path in paths]
    return [
        file
        for file in sorted(files)
        if any(file == path or file.startswith(os.path.join(path, "")) for path in linted)
    ]


def _look(values: dict[str, Any]) -> Report:
    from symlint.cli.request import lint_options
    from symlint.lint.run.engine import lint

    options = lint_options(values)._replace(use_baseline=False)
    with time_limit(values["timeout"]):
        return lint(_paths(values), options)


def _untrusted(report: Report) -> bool:
    """Whether the run has failures, which are then said."""
    from symlint.report.escape import neutralise

    for failure in report.failures:
        say(f"failed: {neutralise(failure.path)}: {neutralise(failure.message)}\n")
    if report.failures:
        say("symlint: not everything could be looked at; the baseline is unchanged\n")
    return bool(report.failures)


def _path(values: dict[str, Any]) -> str:
    """The absolute path of the baseline: the option, the setting, or the usual name."""
    from symlint.lint.suppression.baseline import DEFAULT_NAME

    return os.path.abspath(values["baseline"] or _configured(values) or DEFAULT_NAME)


def _configured(values: dict[str, Any]) -> str | None:
    """The setting for the paths. Raises click.UsageError where they have different ones."""
    from symlint.lint.run.setup import configured_baseline
    from symlint.source.tree import Tree

    tree = Tree(_paths(values))
    found = {configured_baseline(config, tree) for config in _configs(values)}
    if len(found) > 1:
        raise click.UsageError("The paths have different baselines; select one with --baseline.")
    return found.pop()


def _configs(values: dict[str, Any]) -> list[Config]:
    """The configuration of each path."""
    from symlint.cli.request import lint_options
    from symlint.lint.run.engine import config_for

    options = lint_options(values)
    return [config_for(path, options) for path in _paths(values)]


def _write(write: Callable[[], None], path: str) -> None:
    try:
        write()
    except OSError as error:
        raise click.UsageError(f"Cannot write {path}: {error.strerror}") from error
