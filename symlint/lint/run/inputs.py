"""The files of a run, sets of variable files, and configurations opened with them."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from symlint.budget import Budget
    from symlint.lint.options import Options
    from symlint.lint.run.setup import Facts
    from symlint.lint.settings.config import Config
    from symlint.memory import Memory
    from symlint.source.tree import Tree
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.options import GivenInput

VANISHED: Final = "its files have vanished since the run began"
"""What is said of a root module that has no files any more."""


def file_cache(
    options: Options, tree: Tree, memory: Memory | None = None, texts: Mapping[str, str] = {}
) -> FileCache:
    """The files of a run, those of ``tree``, with some texts in place of what is on disk.

    These are those of the options, and ``texts``.

    The variable files that the options name are added to the tree.
    """
    for files in options.variable_files:
        for path in files:
            tree.include_file(path)
    parser = "native" if options.parser == "symlint" else options.parser
    overlays = {**options.overlays, **texts}
    return FileCache(parser, tree, overlays, memory, alone=options.alone)


class VariableFiles(NamedTuple):
    """A set of variable files that are loaded together; ``name`` is how the user wrote it."""

    name: str
    paths: tuple[str, ...]


NO_FILES = VariableFiles("", ())


def variable_file_sets(root: str, options: Options, config: Config) -> tuple[VariableFiles, ...]:
    """The sets under which a root module is checked, one after the other; at least one.

    Those of the options are relative to the current folder. Those of the configuration file are
    relative to the root module, and a set is left out of roots that have none of its files.
    """
    if options.variable_files:
        return tuple(
            VariableFiles(" + ".join(files), tuple(map(os.path.abspath, files)))
            for files in options.variable_files
        )
    found = []
    for files in config.variable_files:
        paths = tuple(os.path.normpath(os.path.join(root, file)) for file in files)
        if any(map(os.path.exists, paths)):
            found.append(VariableFiles(" + ".join(files), paths))
    return tuple(found) or (NO_FILES,)


def unused_variable_files(
    roots: Iterable[str], options: Options, config: Config
) -> Iterator[tuple[str, ...]]:
    """The sets of the configuration file that no root module has a file of."""
    if options.variable_files:
        return
    directories = list(roots)
    for files in config.variable_files:
        paths = (os.path.join(root, file) for root in directories for file in files)
        if not any(map(os.path.exists, paths)):
            yield files


def open_configuration(
    root: str,
    files: VariableFiles,
    options: Options,
    facts: Facts,
    cache: FileCache,
    budget: Budget,
) -> Configuration:
    """The configuration of a root module under one set of variable files, not evaluated yet."""
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.options import EvaluationOptions

    given: list[GivenInput] = [("file", path) for path in files.paths]
    given += [("value", f"{name}={text}") for name, text in options.variables.items()]
    evaluation = EvaluationOptions(
        given=tuple(given),
        environment=os.environ if options.environment_variables else None,
        workspace=options.workspace,
        schema=facts.schema,
        interfaces=facts.interfaces,
    )
    return Configuration(root, evaluation, cache, budget=budget)
