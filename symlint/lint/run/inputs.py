"""Source files with overlays, sets of variable files, and configurations opened with them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.named_tuple import NamedTuple
from symlint.source.file_names import is_configuration_file, read_together
from symlint.source.files import ReadProblem
from symlint.source.text import SourceFile
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.budget import Budget
    from symlint.lint.options import Options
    from symlint.lint.run.setup import Facts
    from symlint.lint.settings.config import Config
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.options import GivenInput


class OverlaidFiles(FileCache):
    """The files on disk, with some texts in place of what is there."""

    def __init__(self, overlays: Mapping[str, str], parser: str) -> None:
        super().__init__("python-hcl2" if parser == "python-hcl2" else "native")
        # A file may have several names: links to it.
        self._overlays = {os.path.realpath(path): text for path, text in overlays.items()}
        self._overlaid = tuple(map(os.path.split, map(os.path.abspath, overlays)))

    def source(self, path: str) -> SourceFile | ReadProblem:
        """The text of a file: the overlay's, where there is one."""
        text = self._overlays.get(os.path.realpath(path)) if self._overlays else None
        if text is None or path in self._sources:
            return super().source(path)
        found = self._sources[path] = SourceFile(path, text.removeprefix("\ufeff"))
        return found

    def names(self, directory: str) -> tuple[str, ...] | ReadProblem:
        """The names of the configuration files in a directory, those of overlays among them."""
        found = super().names(directory)
        added = [
            name
            for folder, name in self._overlaid
            if folder == directory and is_configuration_file(name)
        ]
        if not added:
            return found
        return read_together({*(() if isinstance(found, ReadProblem) else found), *added})


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


def open_configuration(
    root: str,
    files: VariableFiles,
    options: Options,
    facts: Facts,
    cache: FileCache,
    budget: Budget | None = None,
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
