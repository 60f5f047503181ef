"""The access that the root modules below some paths grant: what ``symlint access`` shows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.lint.errors import UsageError
from symlint.lint.report import Failure
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.graph.picture import Picture
    from symlint.lint.access.chains import Chains, Unasked
    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.options import Options
    from symlint.lint.run.opening import Opened
    from symlint.lint.run.shares import Shares
    from symlint.lint.settings.config import Config
    from symlint.memory import Memory
    from symlint.sym.access.grants import Grant
    from symlint.sym.assertion import Assertion
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.modules.loader import FileCache


class RootGrants(NamedTuple):
    """The grants of one root module, under one set of variable files ("" for none).

    ``assertions`` are those of its configuration file. Where that was asked for, ``picture`` shows how
    access is granted, ``chains`` know which flows stand on what, and ``unasked`` are the targets that
    nobody can ask for.
    """

    directory: str
    variable_files: str
    grants: tuple[Grant, ...]
    assertions: tuple[Assertion, ...] = ()
    picture: Picture | None = None
    chains: Chains | None = None
    unasked: tuple[Unasked, ...] = ()


class Inventory(NamedTuple):
    """The grants of all root modules, in path order.

    ``failures`` are what could not be read or was given up; ``hidden`` knows what may not be shown;
    ``work`` is what it took, in steps of the budget.
    """

    roots: tuple[RootGrants, ...]
    failures: tuple[Failure, ...]
    hidden: Hidden | None
    work: int = 0

    def hide(self, text: str) -> str:
        """A text without secrets."""
        return text if self.hidden is None else self.hidden.text(text)

    @property
    def by_flow(self) -> list[list[tuple[RootGrants, Grant]]]:
        """The grants of each flow, with their root module."""
        found: dict[tuple[str, ...], list[tuple[RootGrants, Grant]]] = {}
        for root, grant in self.grants:
            key = (root.directory, root.variable_files, grant.address)
            found.setdefault(key, []).append((root, grant))
        return list(found.values())

    @property
    def grants(self) -> Iterator[tuple[RootGrants, Grant]]:
        """Every grant with its root module."""
        for root in self.roots:
            for grant in root.grants:
                yield root, grant

    @property
    def doubts(self) -> int:
        """How many cells are not known, or of something that does not work."""
        return sum(len(grant.doubts) for _, grant in self.grants)


def take_inventory(
    paths: Sequence[str],
    options: Options,
    *,
    with_chains: bool = False,
    spent: int = 0,
    memory: Memory | None = None,
) -> Inventory:
    """The access that is granted below some paths; ``with_chains``, how each root grants it, too.

    ``spent`` is what has been done already of the work that is allowed, in steps; ``memory`` what has
    been made of texts.
    Raises UsageError where no root module uses Sym, and for a configuration file that cannot be used.
    """
    from symlint.lint.hiding.showing import said_failure
    from symlint.lint.run.inputs import file_cache
    from symlint.lint.run.opening import hidden_of
    from symlint.lint.run.shares import Shares
    from symlint.source.tree import Tree
    from symlint.sym.access.grants import grants_of
    from symlint.sym.model.configuration import SymConfiguration

    paths = tuple(paths) or (os.curdir,)
    cache = file_cache(options, Tree(paths), memory)
    shares = Shares(spent=spent)
    failures: dict[Failure, None] = {}
    opened: list[Opened] = []
    found = []
    for one, config in _opened(paths, options, cache, failures, shares):
        sym = SymConfiguration(one.configuration, one.catalogue)
        directory, grants = one.configuration.directory, grants_of(sym)
        root = RootGrants(directory, one.variable_files, grants, config.assertions)
        found.append(_with_chains(root, sym) if with_chains else root)
        failures.update(dict.fromkeys(one.failures()))
        opened.append(one)
    hidden = hidden_of(opened) if opened else None
    shown = failures if hidden is None else [said_failure(it, hidden) for it in failures]
    return Inventory(tuple(found), tuple(shown), hidden, shares.used)


def _with_chains(root: RootGrants, sym: SymConfiguration) -> RootGrants:
    from symlint.lint.access.chains import chains_of, unasked_targets
    from symlint.sym.access_chains import draw_chains

    return root._replace(
        picture=draw_chains(sym),
        chains=chains_of(sym),
        unasked=unasked_targets(sym, root.grants),
    )


def _opened(
    paths: Sequence[str],
    options: Options,
    cache: FileCache,
    failures: dict[Failure, None],
    shares: Shares,
) -> Iterator[tuple[Opened, Config]]:
    """The configurations of all root modules below the paths, each opened when it is asked for."""
    from symlint.lint.run.engine import config_for
    from symlint.lint.run.inputs import VANISHED, open_configuration, variable_file_sets
    from symlint.lint.run.opening import Opened
    from symlint.lint.run.paths import Paths
    from symlint.lint.run.setup import shipped_and_own_facts
    from symlint.lint.run.shares import too_many

    roots: dict[str, Config] = {}
    for path in paths:
        config = config_for(path, options)
        looked = Paths(config, options, cache)
        for root in looked.find([path]):
            roots.setdefault(root.directory, config)
        failures.update({Failure(it.path, it.message): None for it in looked.problems})
    if not roots and not failures:
        raise UsageError(f"{paths[0]}: no root module uses Sym")
    shares.divide(len(roots), cache.characters)
    if len(roots) > shares.most:
        failures[Failure("", too_many(len(roots) - shares.most))] = None
    for directory, config in sorted(roots.items())[: shares.most]:
        if cache.module(directory) is None:
            failures[Failure(directory, VANISHED)] = None
            continue
        facts = shipped_and_own_facts(config)
        budget = shares.lend()
        for files in variable_file_sets(directory, options, config):
            configuration = open_configuration(directory, files, options, facts, cache, budget)
            budget.add(shares.for_more(cache.characters))
            yield Opened(configuration, files.name, facts.catalogue), config
        shares.take_back(budget)
