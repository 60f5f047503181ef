"""What is linted and asked: root modules as they are with the unsaved texts of the editor.

A ``Workspace`` lives as long as the server and keeps what does not change; a ``Snapshot`` is what
the files say at one moment. Neither knows the protocol, and only one thread uses them.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Final

from symlint.budget import Budget
from symlint.language_server.trust import has_own_rules, without_own_rules
from symlint.lint.options import Options
from symlint.lint.run.setup import Loaded
from symlint.memory import Memory
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import PYTHON_SUFFIX, VARIABLE_FILE_SUFFIXES, is_configuration_file
from symlint.source.files import ReadProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from symlint.hcl.results import ParsedFile
    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.registry import RuleSet
    from symlint.lint.report import Report
    from symlint.lint.settings.config import Config
    from symlint.source.text import SourceFile
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.modules.loader import FileCache


class Settings(NamedTuple):
    """What the client says once.

    ``trusted`` where the code that a configuration file names may be run. ``variable_files`` are
    one set of variable files to use instead of those of the configuration files.
    """

    trusted: bool = False
    variable_files: tuple[str, ...] = ()


class SupersededError(Exception):
    """What is being linted has been changed meanwhile."""


def concerns_symlint(path: str) -> bool:
    """Whether a file is one that can lead to a root module."""
    return is_configuration_file(os.path.basename(path)) or path.endswith(
        (*VARIABLE_FILE_SUFFIXES, PYTHON_SUFFIX)
    )


def _is_spent(budget: Budget) -> bool:
    """Whether questions have taken so much that others may not be answered."""
    return budget.remaining * 2 < budget.allowed


class Workspace:
    """What stays as it is from one change to the next."""

    def __init__(self, settings: Settings = Settings()) -> None:  # noqa: B008 - it never changes
        self.settings = settings
        self.loaded: Final = Loaded()
        self.memory: Final = Memory()
        """What was made of texts that have not changed."""
        self.roots: Final[dict[str, tuple[str, ...]]] = {}
        """The root modules of each file, as far as they have been looked for."""
        self.configs: Final[dict[str, Config]] = {}
        """The configuration file of each root module."""

    def forget_roots(self) -> None:
        """Look for root modules and configuration files again: files were saved, or came and went."""
        self.roots.clear()
        self.configs.clear()

    @cached_property
    def shipped_rules(self) -> RuleSet:
        """The rules that symlint comes with."""
        from symlint.lint.registry import list_rules

        return list_rules()

    def options(self, overlays: Mapping[str, str]) -> Options:
        """The options of a run."""
        files = self.settings.variable_files
        return Options(
            overlays=overlays,
            variable_files=(files,) if files else (),
            trust_config=self.settings.trusted,
        )

    def config(self, root: str) -> Config:
        """The configuration file of a root module. Raises ConfigError."""
        from symlint.lint.run.engine import config_for

        found = self.configs.get(root)
        if found is None:
            found = config_for(root, Options())
            if not self.settings.trusted and has_own_rules(found):
                found = without_own_rules(found, self.shipped_rules)
            self.configs[root] = found
        return found


class Snapshot:
    """The files as they are at one moment. ``overlays`` are the texts of open files by path.

    Methods that have to read a configuration file raise UsageError where it cannot be used.
    """

    def __init__(self, workspace: Workspace, overlays: Mapping[str, str]) -> None:
        from symlint.lint.run.inputs import file_cache
        from symlint.source.tree import Tree

        self.workspace: Final = workspace
        self.overlays: Final = overlays
        self.options: Final = workspace.options(overlays)
        self.files: Final[FileCache] = file_cache(self.options, Tree(overlays), workspace.memory)
        self._configurations: dict[str, tuple[SymConfiguration, ...]] = {}

    # --- files ---

    def with_texts(self, texts: Mapping[str, str]) -> Snapshot:
        """The same files, but for some texts in place of theirs."""
        return Snapshot(self.workspace, {**self.overlays, **texts})

    def text(self, path: str) -> SourceFile | None:
        """The text of a file, as it is in the editor; None where it cannot be read."""
        found = self.files.text(path)
        return None if isinstance(found, ReadProblem) else found

    def parsed(self, path: str) -> ParsedFile | None:
        """The syntax tree of a file of Terraform's; None where there is none."""
        if path.endswith(PYTHON_SUFFIX):
            return None
        found = self.files.parse(path)
        return None if isinstance(found, ReadProblem) else found

    # --- root modules ---

    def roots_of(self, path: str) -> tuple[str, ...]:
        """The root modules, which concern Sym, that a file belongs to: those that call its module."""
        known = self.workspace.roots.get(path)
        if known is None:
            known = tuple(it for it in self._roots(path) if self._concerns_sym(it))
            self.workspace.roots[path] = known
        return known

    def _roots(self, path: str) -> Iterable[str]:
        from symlint.terraform.modules.discovery import discover

        if not concerns_symlint(path):
            return ()
        if not path.endswith(PYTHON_SUFFIX) and not os.path.lexists(path):
            return (os.path.dirname(path),)
        return discover([path], self.files).roots

    def _concerns_sym(self, root: str) -> bool:
        from symlint.terraform.modules.discovery import mentions_sym

        module = self.files.module(root)
        if module is None:
            return False
        if mentions_sym(root, self.files):
            return True
        called = self.configurations(root)[0].terraform.called.modules
        return any(mentions_sym(directory, self.files) for directory in called)

    def variable_files(self, path: str) -> tuple[str, ...]:
        """The variable files in the root modules of a file."""
        found = []
        for root in self.roots_of(path):
            try:
                names = sorted(os.listdir(root))
            except OSError:
                continue
            found += [os.path.join(root, it) for it in names if it.endswith(VARIABLE_FILE_SUFFIXES)]
        return tuple(found)

    def lint(self, roots: Iterable[str], go_on: Callable[[], bool] = lambda: True) -> Report | None:
        """The findings of root modules; None where there are none.

        Raises SupersededError where ``go_on`` says, between two of them, that nobody waits for it.
        """
        from symlint.lint.run.engine import lint_roots

        def look(_done: int, _all: int, _directory: str) -> None:
            if not go_on():
                raise SupersededError

        configs = {root: self.workspace.config(root) for root in sorted(roots)}
        if not configs:
            return None
        return lint_roots(configs, self.options, self.files, self.workspace.loaded, look)

    # --- configurations ---

    def configurations_of(self, path: str) -> tuple[SymConfiguration, ...]:
        """The configurations of all root modules that a file belongs to."""
        return tuple(it for root in self.roots_of(path) for it in self.configurations(root))

    def configurations(self, root: str) -> tuple[SymConfiguration, ...]:
        """The configuration of a root module under each set of variable files, evaluated on demand."""
        found = self._configurations.get(root)
        if found is None or any(_is_spent(it.terraform.budget) for it in found):
            found = self._configurations[root] = tuple(self._opened(root))
        return found

    def _opened(self, root: str) -> Iterable[SymConfiguration]:
        from symlint.lint.run.inputs import open_configuration, variable_file_sets
        from symlint.sym.model.configuration import SymConfiguration

        config = self.workspace.config(root)
        facts = self.workspace.loaded.facts(config)
        for files in variable_file_sets(root, self.options, config):
            configuration = open_configuration(
                root, files, self.options, facts, self.files, Budget()
            )
            yield SymConfiguration(configuration, facts.catalogue)

    def hidden(self, sym: SymConfiguration) -> Hidden:
        """What hides the secrets that a configuration has evaluated so far."""
        from symlint.lint.run.opening import Opened, hidden_of

        return hidden_of([Opened(sym.terraform, "", sym.catalogue)])
