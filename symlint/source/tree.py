"""What a run may read, and where a path really leads.

Whoever starts a run may name any file. What is named by a file of the repository, or reached through
a symbolic link in it, is read only where it lies inside.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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
    current = None if directory == path else current_folder_above(directory)
    return current or directory


def current_folder_above(directory: str) -> str | None:
    """The current folder, if a directory is in it; None otherwise, and in the topmost folder."""
    current = os.getcwd()
    is_top = os.path.dirname(current) == current
    is_in = directory == current or directory.startswith(os.path.join(current, ""))
    return current if is_in and not is_top else None


def lies_in(path: str, top: str) -> bool:
    """Whether a path leads into a folder, and not to what git keeps there in ``.git``."""
    return _is_inside(_real(path), {_real(top)})


def leads_out_of_repository(path: str) -> bool:
    """Whether an absolute path goes through a symbolic link that leads out of its repository."""
    return any(
        (repository := repository_root(os.path.dirname(link))) is not None
        and not lies_in(path, repository)
        for link in links_of(path)
    )


def links_of(path: str) -> Iterator[str]:
    """The symbolic links among an absolute path and the folders above it, from the end."""
    parent = os.path.dirname(path)
    while parent != path:
        if os.path.islink(path):
            yield path
        path, parent = parent, os.path.dirname(parent)


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
        self._included: set[str] = set()
        for path in paths:
            self.include(path)

    def include(self, path: str) -> bool:
        """Take in a path that was named: the folder, and the project that it is part of.

        Of a symbolic link that leads out of its repository nothing is taken in; the answer is false.
        """
        absolute = os.path.abspath(path)
        if leads_out_of_repository(absolute):
            return False
        folder, is_folder = os.path.dirname(absolute), os.path.isdir(absolute)
        # Of many files that are named most are in the same folders.
        if is_folder or folder not in self._included:
            self._tops.add(_real(project_folder(absolute)))
            self._tops.add(_real(project_folder(_real(absolute))))
        if not is_folder:
            self._included.add(folder)
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
