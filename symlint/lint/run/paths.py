"""From the paths of a run to root modules, and which findings of each are shown."""

from __future__ import annotations

import os
from functools import cached_property

from symlint.annotations import TYPE_CHECKING
from symlint.lint.errors import UsageError
from symlint.lint.settings.config_file import FILE_NAMES
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import PYTHON_SUFFIX
from symlint.source.files import ReadProblem
from symlint.source.tree import Upwards
from symlint.terraform.modules.discovery import discover, mentions_sym

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.options import Options
    from symlint.lint.settings.config import Config
    from symlint.lint.settings.globs import PathGlobs
    from symlint.source.directories import Directories
    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.modules.discovery import PathProblem
    from symlint.terraform.modules.loader import FileCache


class Root(NamedTuple):
    """A root module; of one that files stand for only what touches ``files`` is shown, and what stops
    Terraform in their ``modules``.

    ``calls`` are the blocks that call the modules of the files: what such a block has got wrong may
    come from a change in the module. So may what is wrong at ``carriers``, the arguments that carry
    files of Python.
    """

    directory: str
    files: frozenset[str] | None = None
    calls: tuple[Range, ...] = ()
    carriers: tuple[Range, ...] = ()
    modules: frozenset[str] = frozenset()

    def within(self, configuration: Configuration) -> Root:
        """The root, with the calls of the files' modules in its configuration."""
        if self.files is None:
            return self
        called = configuration.called.calls
        modules = folders(self.files)
        calls = [call.block.range for it in modules for call in called.get(it, ())]
        return self._replace(calls=tuple(calls), modules=frozenset(modules))

    def beside(self, carriers: Mapping[str, Sequence[Range]]) -> Root:
        """The root, with the arguments that carry its files of Python: of ``carriers``, by path.

        A file may have several names: links to it.
        """
        if self.files is None or not any(path.endswith(PYTHON_SUFFIX) for path in self.files):
            return self
        real = {os.path.realpath(path) for path in self.files}
        names = [path for path in carriers if os.path.realpath(path) in real]
        found = tuple(range_ for path in names for range_ in carriers[path])
        return self._replace(files=self.files.union(names), carriers=found)

    def shows(self, outcome: Finding | Undecided) -> bool:
        """Whether a finding or an undecided question is shown."""
        if self.files is None or outcome.range.path in self.files:
            return True
        # What a changed file has lost, or a deleted one, is missed in the others of its module.
        if getattr(outcome, "stops", False) and os.path.dirname(outcome.range.path) in self.modules:
            return True
        if any(outcome.range.is_within(carrier) for carrier in self.carriers):
            return True
        ranges = [outcome.range]
        ranges += (related.range for related in getattr(outcome, "related", ()))
        ranges += (hop.range for hop in getattr(outcome, "path", ()))
        return any(range_.path in self.files for range_ in ranges) or any(
            range_.path == call.path and call.start <= range_.start < call.end
            for range_ in ranges
            for call in self.calls
        )


def folders(files: Iterable[str]) -> set[str]:
    """The folders of the modules that files are a part of; one of Python is of none."""
    return {os.path.dirname(path) for path in files if not path.endswith(PYTHON_SUFFIX)}


class Paths:
    """What a run looks at."""

    def __init__(self, config: Config, options: Options, cache: FileCache) -> None:
        self._config = config
        self._options = options
        self._cache = cache
        self._directory = config.directory or os.getcwd()
        self._marks = own_addresses(config)
        self.files: frozenset[str] = frozenset()
        """The files that are named and not excluded."""
        self.excluded_files: tuple[str, ...] = ()
        self._whole: set[str] = set()
        self._linted = Upwards[str](lambda _: None)
        """The nearest folder that is linted as a whole."""
        self.problems: list[PathProblem] = []
        self.skipped: frozenset[str] = frozenset()
        """The directories of modules that do not concern Sym."""
        self.is_nested = False
        """Whether the configuration file was found below the paths, which then have all that it is for."""
        self.below: tuple[Directories, ...] = ()
        """What there is below the paths that are directories."""
        self.found: tuple[str, ...] = ()
        """The root modules that were found there, excluded ones as well."""
        self.calls: Mapping[str, Sequence[str]] = {}
        """Which directories each module there calls."""
        self.excluded_by_path: dict[str, bool] = {}
        self.left_out: dict[str, None] = {}
        """The directories of root modules that are not linted because there are too many."""

    def find(self, paths: Sequence[str]) -> tuple[Root, ...]:
        """The root modules below the given paths, in path order."""
        absolute = [_governed(os.path.abspath(path)) for path in paths]
        overlays = {os.path.abspath(path) for path in self._options.overlays}
        files = [p for p in absolute if (p in overlays or os.path.isfile(p))]
        named = frozenset(files)
        others = [path for path in absolute if path not in named]
        linted = frozenset(others)
        self._whole = set(linted)
        self._linted = Upwards(lambda it: it if it in linted else None)
        roots: dict[str, Root] = {}
        if others:
            found = discover(others, self._cache, self._options.all_modules, self._marks)
            self.problems += filter(self._is_problem, found.problems)
            self.skipped, self.below = frozenset(found.skipped), found.below
            self.found, self.calls = found.roots, found.calls
            roots = {directory: Root(directory) for directory in found.roots}
        wanted = [path for path in files if not self.is_excluded(path)]
        self.files = frozenset(wanted)
        self.excluded_files = tuple(sorted(named - self.files))
        for directory in self._roots_of_files(wanted):
            roots.setdefault(directory, Root(directory, self.files))
        kept = (root for path, root in sorted(roots.items()) if not self.is_excluded(path))
        return tuple(kept)

    def take(self, root: Root) -> bool:
        """Look at a root that was found under another configuration file; not where excluded."""
        if self.is_excluded(root.directory):
            return False
        self._whole.add(root.directory)
        return True

    @property
    def partial(self) -> str:
        """Why not all that the configuration file is for is looked at as it is deployed; "" if it is."""
        options = self._options
        if options.exclude or options.overlays:
            return "the options leave out a part of what the configuration file is for"
        given = options.variable_files or options.variables or options.environment_variables
        if given or options.workspace is not None:
            return "the options set variables: with others, there may be other grants"
        inside = os.path.join(self._directory, "")
        if self.is_nested or any(inside.startswith(os.path.join(it, "")) for it in self._whole):
            return ""
        return "only a part of what the configuration file is for is looked at"

    def beneath(self, root: Root) -> str:
        """The linted folder that a root module was found in; its own for one that files stand for."""
        if root.files is not None:
            return root.directory
        return self._linted(os.path.dirname(root.directory)) or root.directory

    def _is_problem(self, problem: PathProblem) -> bool:
        """Whether a problem of discovery is one: nobody looks into what is excluded."""
        if problem.kind == "empty" and self._options.allow_empty:
            return False
        return problem.kind != "unreadable" or not self.is_excluded(problem.path)

    def holds_all(self, config: Config) -> bool:
        """Whether everything that a configuration file is for is looked at."""
        inside = os.path.join(config.directory, "")
        return any(inside.startswith(os.path.join(it, "")) for it in self._whole)

    def _roots_of_files(self, files: Sequence[str]) -> tuple[str, ...]:
        """The root modules that files stand for; an overlay may be of a file that is not there."""
        there = [path for path in files if os.path.lexists(path) or path.endswith(PYTHON_SUFFIX)]
        elsewhere = {os.path.dirname(path) for path in files if path not in there}
        if not there:
            return tuple(elsewhere)
        found = discover(there, self._cache, self._options.all_modules, self._marks)
        self.problems += filter(self._is_problem, found.problems)
        return (*found.roots, *elsewhere)

    def relative(self, path: str) -> str:
        """A path as globs see it: relative to the configuration file, with ``/``."""
        return os.path.relpath(path, self._directory).replace(os.sep, "/")

    def is_excluded(self, path: str) -> bool:
        """Whether the configuration file or the options leave a path out.

        Raises UsageError for more patterns than can be compared with the paths.
        """
        if not self._config.exclude and not self._options.exclude:
            return False
        known = self.excluded_by_path.get(path)
        if known is None:
            here = os.path.relpath(path).replace(os.sep, "/")
            by_config, by_options = self._exclude
            known = by_config.match(self.relative(path)) or by_options.match(here)
            self.excluded_by_path[path] = known
        return known

    @cached_property
    def _exclude(self) -> tuple[PathGlobs, PathGlobs]:
        """The patterns of the configuration file, and those of the options."""
        from symlint.lint.settings.globs import PathGlobs, path_globs
        from symlint.source.path_patterns import Work

        work = Work()
        return (
            path_globs(self._config, ("exclude",), self._config.exclude, work),
            PathGlobs(self._options.exclude, work, lambda it: UsageError(f"--exclude: {it}")),
        )

    def is_foreign(self, path: str) -> bool:
        """Whether a path is excluded or was downloaded by ``terraform init``."""
        parts = path.split(os.sep)
        return ".terraform" in parts or self.is_excluded(path)

    def has_module(self, directory: str) -> bool:
        """Whether there are Terraform files in a folder."""
        names = self._cache.names(directory)
        return not isinstance(names, ReadProblem) and bool(names)

    def concerns_sym(self, directory: str) -> bool:
        """Whether a module is the user's own and mentions Sym."""
        return not self.is_foreign(directory) and mentions_sym(directory, self._cache, self._marks)

    def is_shown(self, path: str) -> bool:
        """Whether findings in a file are shown whichever root they come from."""
        if path in self.files:
            return True
        return bool(self._whole) or not self.files

    def shows_anywhere(self, finding: Finding) -> bool:
        """Whether a finding that belongs to no root is shown."""
        return self.is_shown(finding.range.path)


def _governed(path: str) -> str:
    """The folder that a configuration file is for; any other path as it is."""
    is_config = os.path.basename(path) in FILE_NAMES and os.path.isfile(path)
    return os.path.dirname(path) if is_config else path


def own_addresses(config: Config) -> tuple[str, ...]:
    """The addresses of the modules that the configuration file adds: who calls them concerns Sym."""
    modules = config.catalogue.get("modules", {})
    entries = modules.values() if isinstance(modules, dict) else ()
    sources = [source for entry in entries for source in entry.get("sources", ())]
    return tuple(source["address"] for source in sources)
