"""What a run may read, and where a path really leads.

Whoever starts a run may name any file. What is named by a file of the repository, or reached through
a symbolic link in it, is read only where it lies inside.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def repository_root(directory: str) -> str | None:
    """The nearest folder, from ``directory`` upwards, that holds ``.git``; None without one."""
    while True:
        if os.path.lexists(os.path.join(directory, ".git")):
            return directory
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent


def project_folder(path: str) -> str:
    """The folder that all belongs to which a named path does; ``path`` is absolute.

    It is the repository. Outside of one it is the folder itself that was named, and of a file the
    current folder, where it is below that, or the folder that it is in.
    """
    directory = path if os.path.isdir(path) else os.path.dirname(path)
    repository = repository_root(directory)
    if repository is not None:
        return repository
    current = os.getcwd()
    is_below = directory.startswith(os.path.join(current, ""))
    return current if is_below and directory != path else directory


def leads_out(path: str, top: str) -> bool:
    """Whether an absolute path that is below ``top`` by its name lies elsewhere, or in ``.git``."""
    if not path.startswith(os.path.join(top, "")):
        return False
    return not _is_inside(_real(path), {_real(top)})


def leads_out_of_repository(path: str) -> bool:
    """Whether an absolute path in a repository leads out of it through a symbolic link."""
    repository = repository_root(os.path.dirname(path))
    return repository is not None and leads_out(path, repository)


class Tree:
    """What a run may read: the repositories and folders of the paths it was given, single files, and
    the folders of modules.

    Paths are judged by where they really lead, symbolic links followed. What git keeps in ``.git`` is
    outside: there may be credentials in it.
    """

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._tops: set[str] = set()
        self._files: set[str] = set()
        self._folders: dict[str, str] = {}
        self._repositories: dict[str, str | None] = {}
        for path in paths:
            self.include(path)

    def include(self, path: str) -> bool:
        """Take in a path that was named: the folder, and the project that it is part of.

        Of a symbolic link that leads out of its repository nothing is taken in; the answer is false.
        """
        absolute = os.path.abspath(path)
        real = self._resolved(absolute)
        if real is None:
            return True
        folder = os.path.dirname(absolute)
        if folder not in self._repositories:
            self._repositories[folder] = repository_root(folder)
        repository = self._repositories[folder]
        if repository is not None:
            top = _real(repository)
            if not _is_inside(real, {top}):
                return False
            self._tops.add(top)
        if repository is None or os.path.isdir(real):
            self._tops |= {_real(project_folder(it)) for it in (absolute, real)}
        return True

    def include_file(self, path: str) -> None:
        """Take in a single file that was named, unless it leads out of its repository."""
        absolute = os.path.abspath(path)
        if not leads_out_of_repository(absolute):
            self._files.add(os.path.realpath(absolute))

    def real_path(self, path: str) -> str | None:
        """Where an absolute path leads; None where that may not be read."""
        real = self._resolved(path)
        if real is None:
            return None
        return real if real in self._files or _is_inside(real, self._tops) else None

    def holds(self, path: str) -> bool:
        """Whether what an absolute path leads to may be read."""
        return self.real_path(path) is not None

    def enter(self, caller: str, directory: str) -> bool:
        """Whether the module in ``directory`` may be read, for the one in ``caller`` that calls it.

        In a repository it may if it is there. Outside of one nothing says where the configuration
        ends: a module is read wherever its call says that it is, but through no symbolic link that
        leads out, and its folder belongs to the tree from then on.
        """
        if self.holds(directory):
            return True
        start = _real(caller)
        if repository_root(caller) is not None or repository_root(start) is not None:
            return False
        meant = os.path.normpath(os.path.join(start, os.path.relpath(directory, caller)))
        if _real(meant) != meant or os.path.dirname(meant) == meant:
            return False
        self._tops.add(meant)
        return True

    def _resolved(self, path: str) -> str | None:
        """The path without symbolic links; those of folders are looked up once."""
        if "\0" in path:
            return None
        folder, name = os.path.split(path)
        try:
            if name in ("", os.curdir, os.pardir):
                return os.path.realpath(path)
            real = self._folders.get(folder)
            if real is None:
                real = self._folders[folder] = os.path.realpath(folder)
            joined = os.path.join(real, name)
            return os.path.realpath(joined) if os.path.islink(joined) else joined
        except (OSError, ValueError):
            # A name that no file can have.
            return None


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _is_inside(real: str, tops: set[str]) -> bool:
    """Whether a path without symbolic links is one of the folders or below one, but not in .git."""
    current = real
    while current not in tops:
        parent, name = os.path.split(current)
        if parent == current or name.lower() == ".git":
            return False
        current = parent
    return True
