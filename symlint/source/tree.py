"""What a run may read, and where a path really leads.

Whoever starts a run may name any file. What is named by a file of the repository, or reached through
a symbolic link in it, is read only where it lies inside.
"""

from __future__ import annotations

import os
from functools import partial

from symlint.annotations import TYPE_CHECKING, Generic, TypeVar
from symlint.source.links import Links, links_of, real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


class Upwards(Generic[T]):
    """What the nearest folder answers, from one upwards, that has an answer; each is asked once."""

    def __init__(self, ask: Callable[[str], T | None]) -> None:
        """``ask`` gives None where the folder above is to be asked."""
        self._ask = ask
        self._answers: dict[str, T | None] = {}

    def __call__(self, folder: str) -> T | None:
        """The answer for a folder; None where neither it nor any above it has one."""
        passed: list[str] = []
        answer: T | None = None
        while folder not in self._answers:
            passed.append(folder)
            answer = self._ask(folder)
            parent = os.path.dirname(folder)
            if answer is not None or parent == folder:
                break
            folder = parent
        else:
            answer = self._answers[folder]
        self._answers.update(dict.fromkeys(passed, answer))
        return answer


def _ask_whether_inside(tops: set[str], folder: str) -> bool | None:
    """Whether a path without symbolic links is one of the folders, or surely below none: in .git."""
    if folder in tops:
        return True
    return False if os.path.basename(folder).lower() == ".git" else None


def _is_repository(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, ".git"))


def _repositories() -> Upwards[str]:
    return Upwards(lambda it: it if _is_repository(it) else None)


def repository_root(directory: str) -> str | None:
    """The nearest folder, from ``directory`` upwards, that holds ``.git``; None without one."""
    return _repositories()(directory)


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
    return bool(Upwards(partial(_ask_whether_inside, {real_path(top)}))(real_path(path)))


def leads_out_of_repository(path: str, links: Links | None = None) -> bool:
    """Whether an absolute path goes through a symbolic link that leads out of its repository.

    ``links`` are those that have been followed.
    """
    if links is not None and links.resolve(path) == path:
        return False
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
        self.repository = _repositories()
        """The repository that a folder is in; None where it is in none."""
        self._is_inside = Upwards(partial(_ask_whether_inside, self._tops))
        self._have: dict[tuple[str, ...], Upwards[bool]] = {}
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
            self._add(real_path(project_folder(absolute)))
            self._add(real_path(project_folder(real_path(absolute))))
        if not is_folder:
            self._included.add(folder)
        return True

    def include_file(self, path: str) -> None:
        """Take in a single file that was named, unless it leads out of its repository."""
        absolute = os.path.abspath(path)
        if not leads_out_of_repository(absolute):
            self._files.add(real_path(absolute))

    def _add(self, top: str) -> None:
        if top not in self._tops:
            self._tops.add(top)
            self._is_inside = Upwards(partial(_ask_whether_inside, self._tops))

    def resolve(self, path: str) -> str:
        """An absolute path without symbolic links, whether it may be read or not.

        As it is where no file can be at it.
        """
        return self._links.resolve(path) or path

    def real_path(self, path: str) -> str | None:
        """Where an absolute path leads; None where that may not be read."""
        real = self._links.resolve(path)
        if real is None:
            return None
        return real if real in self._files or self._is_inside(real) else None

    def holds(self, path: str) -> bool:
        """Whether what an absolute path leads to may be read."""
        return self.real_path(path) is not None

    def has(self, names: tuple[str, ...], directory: str) -> bool:
        """Whether a directory, or one above it in its repository, has a file of one of these names."""
        if self.repository(directory) is None:
            return _has_file(names, directory)
        have = self._have.get(names)
        if have is None:

            def ask(folder: str) -> bool | None:
                return _has_file(names, folder) or (False if _is_repository(folder) else None)

            have = self._have[names] = Upwards(ask)
        return bool(have(directory))

    def enter(self, caller: str, directory: str) -> bool:
        """Whether the module in ``directory`` may be read, for the one in ``caller`` that calls it.

        In a repository it may if it is there. Outside of one nothing says where the configuration
        ends: a module is read wherever its call says that it is, but through no symbolic link that
        leads out, and its folder belongs to the tree from then on.
        """
        if self.holds(directory):
            return True
        start = self.resolve(caller)
        if self.repository(caller) is not None or self.repository(start) is not None:
            return False
        meant = os.path.normpath(os.path.join(start, os.path.relpath(directory, caller)))
        if self._links.resolve(meant) != meant or os.path.dirname(meant) == meant:
            return False
        self._add(meant)
        return True


def _has_file(names: tuple[str, ...], folder: str) -> bool:
    return any(os.path.isfile(os.path.join(folder, name)) for name in names)
