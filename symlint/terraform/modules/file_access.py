"""The files that functions such as ``file`` may read: those of the configuration's own tree."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.files import ReadProblem, outside, read_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.budget import Budget
    from symlint.source.filesets import FilesetPattern
    from symlint.source.text import SourceFile
    from symlint.source.tree import Tree
    from symlint.terraform.modules.loader import FileCache

MAXIMUM_FILE_SIZE: Final = 1_000_000
"""The largest file that a function reads, in bytes."""

_MAXIMUM_LISTED: Final = 10_000
"""The most directory entries that ``fileset`` looks at."""

_STEPS_PER_ENTRY: Final = 30
"""What looking at one of them costs, in steps of the budget."""


class ModuleFiles:
    """The files that functions may read in one module (``scope.Files``): those of the run's tree.

    Symbolic links that lead out of it count as outside.
    """

    __slots__ = ("_budget", "_cache", "_module", "_root", "used")

    def __init__(
        self,
        module_directory: str,
        root_directory: str,
        cache: FileCache,
        budget: Budget | None = None,
    ) -> None:
        """``budget`` grows with what is read."""
        self._module: Final = module_directory
        self._root: Final = root_directory
        self._cache: Final = cache
        self._budget: Final = budget
        self.used = False
        """Whether something was asked for whose answer depends on where the root module is."""

    @property
    def module_directory(self) -> str:
        """The directory of the module."""
        self.used = True
        return self._module

    @property
    def root_directory(self) -> str:
        """The directory of the root module, where relative paths start."""
        self.used = True
        return self._root

    def _inside(self, path: str) -> str | None:
        """The real absolute path, or None when it lies outside, or nobody knows where it is."""
        if self._cache.alone:
            return None
        # Terraform runs in the root module's directory: that is where relative paths start.
        return self._cache.tree.real_path(os.path.join(self.root_directory, path))

    def _overlay(self, path: str) -> bytes | None:
        """What stands in for a file."""
        return (
            None if "\0" in path else self._cache.overlay(os.path.join(self.root_directory, path))
        )

    def source(self, path: str) -> SourceFile | ReadProblem:
        """The text of a file, read once in a run; or why it cannot be had."""
        absolute = os.path.normpath(os.path.join(self.root_directory, path))
        alone = self._cache.alone and self._cache.overlay(absolute) is None
        return outside(absolute) if alone else self._cache.text(absolute)

    def read(self, path: str) -> bytes | None:
        """The content, or None when the path is outside the configuration's tree or too large.

        Raises FileNotFoundError when the path is inside the tree and there is no such file,
        IsADirectoryError when it is a directory.
        """
        real = self._inside(path)
        overlay = self._overlay(path)
        if overlay is not None:
            if real is not None:
                self._cache.count_for_functions(real, 0)
            return overlay
        if real is None:
            return None
        data = read_data(real, MAXIMUM_FILE_SIZE)
        if not isinstance(data, ReadProblem):
            if self._budget is not None:
                self._budget.add(self._cache.count_for_functions(real, len(data)))
            return data
        if data.kind == "directory":
            raise IsADirectoryError(path)
        if not os.path.lexists(real):
            raise FileNotFoundError(path)
        return None

    def exists(self, path: str) -> bool | None:
        """Whether there is such a file; None when the path is outside the tree."""
        if self._overlay(path) is not None:
            return True
        real = self._inside(path)
        return None if real is None else os.path.isfile(real)

    def is_directory(self, path: str) -> bool:
        """Whether the path is inside the tree and that of a directory."""
        real = self._inside(path)
        return real is not None and os.path.isdir(real)

    def matching(
        self, directory: str, pattern: str, spend: Callable[[int], None] | None = None
    ) -> tuple[str, ...] | None:
        """What ``fileset`` returns, in order; None where that is not certain.

        That is outside the tree, where there is too much to list, and where links lead to more
        directories. ``spend`` is told what it costs, in steps of the budget.
        """
        from symlint.source.filesets import WILDCARDS, read_fileset_pattern

        real = self._inside(directory)
        wanted = read_fileset_pattern(pattern)
        # Terraform takes the path of the directory for a part of the pattern.
        if real is None or wanted is None or any(it in directory for it in WILDCARDS):
            return None
        listing = _Listing(self._cache.tree, wanted, spend)
        return tuple(sorted(listing.found)) if listing.read(real) else None


class _Listing:
    """The files below a directory that a pattern matches."""

    def __init__(
        self, tree: Tree, pattern: FilesetPattern, spend: Callable[[int], None] | None
    ) -> None:
        self._tree: Final = tree
        self._pattern: Final = pattern
        self._spend: Final = spend
        self._stack: Final[list[tuple[str, int, str]]] = []
        self.found: Final[list[str]] = []

    def read(self, top: str) -> bool:
        """Whether all of it is certain."""
        if not os.path.isdir(top):
            return True
        seen = 0
        self._stack.append((top, 0, ""))
        while self._stack:
            directory, depth, prefix = self._stack.pop()
            try:
                with os.scandir(directory) as entries:
                    for entry in entries:
                        seen += 1
                        if seen > _MAXIMUM_LISTED or not self._take(entry, depth, prefix):
                            return False
            except OSError:
                return False
        return True

    def _take(self, entry: os.DirEntry[str], depth: int, prefix: str) -> bool:
        if self._spend is not None:
            self._spend(_STEPS_PER_ENTRY)
        path = prefix + entry.name
        deeper = self._pattern.depth is None or depth < self._pattern.depth
        if entry.is_dir(follow_symlinks=False):
            if deeper:
                self._stack.append((entry.path, depth + 1, path + "/"))
            return True
        real = self._tree.real_path(entry.path) if entry.is_symlink() else None
        if real is not None and os.path.isdir(real):
            return not deeper
        if not self._pattern.matches(path):
            return True
        regular = entry.is_file() if real is None else os.path.isfile(real)
        if regular:
            self.found.append(path)
        # A link may lead out of the tree, or nowhere, and a name may be text in no encoding.
        followed = not entry.is_symlink() or (real is not None and os.path.lexists(real))
        return followed and path.isprintable()
