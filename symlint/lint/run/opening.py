"""Opens the only root module at or below a path, once for each set of variable files."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING
from symlint.budget import Budget
from symlint.lint.errors import UsageError
from symlint.lint.report import Failure
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.options import Options
    from symlint.lint.run.paths import Paths
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.terraform.instances.configuration import Configuration


class Opened(NamedTuple):
    """A configuration; ``variable_files`` are the names of those that it was opened with.

    ``catalogue`` is what is known of Sym, with the additions of the configuration file.
    """

    configuration: Configuration
    variable_files: str
    catalogue: Catalogue

    def failures(self) -> Iterator[Failure]:
        """What keeps an answer about the configuration from being trusted, as far as it is known.

        Files that cannot be read or parsed, and what was given up because it is too much work.
        """
        configuration = self.configuration
        for problem in (*configuration.cache.read_problems, *configuration.inputs.unreadable):
            yield Failure(problem.path, problem.message)
        for file in configuration.cache.parsed_files.values():
            for error in file.problems:
                place = error.range.start_position
                message = f"{place.line}:{place.column}: {error.message}"
                yield Failure(file.source.path, message)
        for what in configuration.budget.given_up:
            yield Failure(configuration.directory, what)


def open_configurations(path: str, options: Options) -> tuple[Opened, ...]:
    """The configuration whose root module is at ``path`` or the only one below it.

    There is one for each set of variable files, and at least one. Raises UsageError when there is
    no root module or there are several, ConfigError for a configuration file that cannot be used.
    """
    from symlint.lint.run.engine import config_for
    from symlint.lint.run.inputs import (
        VANISHED,
        file_cache,
        open_configuration,
        variable_file_sets,
    )
    from symlint.lint.run.paths import Paths
    from symlint.lint.run.setup import shipped_and_own_facts
    from symlint.lint.run.shares import Shares
    from symlint.source.tree import Tree

    config = config_for(path, options)
    facts = shipped_and_own_facts(config)
    cache = file_cache(options, Tree([path]))
    root = _root(path, Paths(config, options, cache))
    if cache.module(root) is None:
        raise UsageError(f"{path}: {VANISHED}")
    opened = []
    budget, shares = Budget(), Shares()
    for files in variable_file_sets(root, options, config):
        configuration = open_configuration(root, files, options, facts, cache, budget)
        budget.add(shares.for_more(cache.characters))
        opened.append(Opened(configuration, files.name, facts.catalogue))
    return tuple(opened)


def hidden_of(opened: Sequence[Opened]) -> Hidden:
    """What hides the secrets of configurations, which have been evaluated as far as they will be."""
    from symlint.lint.hiding.collecting import Secrets

    configurations = [one.configuration for one in opened]
    roots = [(it.called, it.inputs) for it in configurations]
    values = [value for it in configurations for value in it.evaluation.secrets]
    secrets = Secrets(opened[0].catalogue)
    secrets.take(roots, values)
    return secrets.hidden()


def _root(path: str, paths: Paths) -> str:
    roots = [root.directory for root in paths.find([path])]
    if os.path.abspath(path) in roots:
        return os.path.abspath(path)
    if not roots:
        problem = paths.problems[0].message if paths.problems else "no root module uses Sym"
        raise UsageError(f"{path}: {problem}")
    if len(roots) > 1:
        listed = ", ".join(os.path.relpath(root) for root in roots[:12])
        listed += " and others" if len(roots) > 12 else ""
        raise UsageError(f"{path} has several root modules; name one of {listed}")
    return roots[0]
