"""What a run may read, and where a path really leads.

Whoever starts a run may name any file. What is named by a file of the repository, or reached through
a symbolic link in it, is read only where it lies inside.
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING
from symlint.source.links import Links, links_of, real_path

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
    return _is_inside(real_path(path), {real_path(top)})


def leads_out_of_repository(path: str) -> bool:
    """Whether an absolute path goes through a symbolic link that leads out of its repository."""
    return any(
        (repository := repository_root(os.path.dirname(link))) is not None
        and not lies_in(path, repository)
        for link in links_of(path)
    )


class Tree:
    """What a run may read: the repositories and folders of the paths it was given, single files, and
    the folders of modules.

    Paths are judged by where they really lead, symbolic links followed. What git keeps in ``.git`` is
    outside: there may be credentials in it.
    """

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._tops: set[str] = set()
        self._files: set[str] = set()
        self._links = Links()
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
            self._tops.add(real_path(project_folder(absolute)))
            self._tops.add(real_path(project_folder(real_path(absolute))))
        if not is_folder:
            self._included.add(folder)
        return True

    def include_file(self, path: str) -> None:
        """Take in a single file that was named, unless it leads out of its repository."""
        absolute = os.path.abspath(path)
        if not leads_out_of_repository(absolute):
            self._files.add(real_path(absolute))

    def real_path(self, path: str) -> str | None:
        """Where an absolute path leads; None where that may not be read."""
        real = self._links.resolve(path)
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
        start = real_path(caller)
        if repository_root(caller) is not None or repository_root(start) is not None:
            return False
        meant = os.path.normpath(os.path.join(start, os.path.relpath(directory, caller)))
        if self._links.resolve(meant) != meant or os.path.dirname(meant) == meant:
            return False
        self._tops.add(meant)
        return True


def _is_inside(real: str, tops: set[str]) -> bool:
    """Whether a path without symbolic links is one of the folders or below one, but not in .git."""
    current = real
    while current not in tops:
        parent, name = os.path.split(current)
        if parent == current or name.lower() == ".git":
            return False
        current = parent
    return True
