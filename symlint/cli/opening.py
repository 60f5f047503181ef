"""The one configuration that a command is about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from symlint.lint.options import Options
    from symlint.terraform.configuration import Configuration


def open_configuration(path: str, options: Options) -> Configuration:
    """The configuration whose root module is at ``path`` or the only one below it.

    Raises click.UsageError when there is none or there are several, UsageError for a
    configuration file that cannot be used.
    """
    from symlint.lint.engine import config_for
    from symlint.lint.inputs import OverlaidFiles, evaluation_options, variable_file_sets
    from symlint.lint.paths import Paths
    from symlint.lint.setup import shipped_and_own_facts
    from symlint.report.places import shown_path
    from symlint.terraform.configuration import Configuration

    config = config_for(path, options)
    cache = OverlaidFiles(options.overlays, options.parser)
    paths = Paths(config, options, cache)
    roots = [root.directory for root in paths.find([path])]
    if os.path.abspath(path) in roots:
        roots = [os.path.abspath(path)]
    if not roots:
        problem = paths.problems[0].message if paths.problems else "no root module concerns Sym"
        raise click.UsageError(f"{path}: {problem}")
    if len(roots) > 1:
        listed = "".join(f"\n  {shown_path(root, os.getcwd())}" for root in roots)
        raise click.UsageError(f"{path} has several root modules; name one of:{listed}")
    facts = shipped_and_own_facts(config)
    files = variable_file_sets(roots[0], options, config)[0]
    return Configuration(
        roots[0], evaluation_options(options, files, facts.schema, facts.interfaces), cache
    )
