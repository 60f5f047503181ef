"""The directories with Terraform files below a path, and what is left out of them and why.

Hidden directories, ``.terraform``, what git ignores, and files that OpenTofu reads others instead of
are left out, and symbolic links to directories are not followed. What is left out is found all the same, to say what was skipped.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.source.file_names import is_configuration_file, read_together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.source.ignored import IgnoreFile

MAXIMUM_DIRECTORIES: Final = 50_000
"""Directories that are looked into below one path."""

MAXIMUM_COUNTED: Final = 2_000
"""Directories that are looked into only to count the files that are left out."""

Reason: TypeAlias = Literal["dot_terraform", "hidden", "git_ignored", "replaced"]


def top_directory(directory: str) -> str:
    """The nearest directory above that holds ``.git``; ``directory`` itself if there is none."""
    current = directory
    while True:
        if os.path.lexists(os.path.join(current, ".git")):
            return current
        parent = os.path.dirname(current)
        if parent == current:
            return directory
        current = parent


def is_at_or_above(names: Iterable[str], directory: str, top: str) -> bool:
    """Whether a directory or one above it, up to ``top``, has a file of one of these names."""
    current = directory
    while not any(os.path.isfile(os.path.join(current, name)) for name in names):
        parent = os.path.dirname(current)
        if current in (top, parent):
            return False
        current = parent
    return True


class Directories:
    """What there is below ``top``.

    ``files`` are the names of the Terraform files of each directory that has any, in path order.
    """

    def __init__(self, top: str, *, count: bool = True) -> None:
        """With ``count``, the files that are left out are found as well."""
        self.top: Final = top
        self.left_out: Final[dict[Reason, list[str]]] = {}
        """The Terraform files that are left out, by reason; a module that is called may be one."""
        self.all_counted = True
        """Whether these are all."""
        self.links: Final[list[str]] = []
        """The symbolic links to directories."""
        self.unread: Final[list[str]] = []
        """The directories that cannot be read, and those beyond MAXIMUM_DIRECTORIES."""
        self._counted = 0 if count else MAXIMUM_COUNTED
        found = self._find(top)
        self.files: Final[dict[str, tuple[str, ...]]] = dict(sorted(found.items()))

    def _find(self, top: str) -> dict[str, tuple[str, ...]]:
        found = {}
        seen = 0
        stack = [(top, _ignore_files_above(top))]
        while stack:
            directory, ignore_files = stack.pop()
            seen += 1
            entries = _Entries(directory) if seen <= MAXIMUM_DIRECTORIES else None
            if entries is None or not entries.readable:
                self.unread.append(directory)
                continue
            if entries.ignore_file is not None:
                ignore_files = (*ignore_files, entries.ignore_file)
            names = entries.files
            if names and all(_ignored(directory, name, False, ignore_files) for name in names):
                self._leave_out("git_ignored", directory, names)
            elif names:
                found[directory] = read_together(names)
                self._leave_out(
                    "replaced", directory, [it for it in names if it not in found[directory]]
                )
            self.links.extend(os.path.join(directory, name) for name in entries.links)
            for name in entries.directories:
                path = os.path.join(directory, name)
                if name.startswith("."):
                    self._count("dot_terraform" if name == ".terraform" else "hidden", path)
                elif _ignored(directory, name, True, ignore_files):
                    self._count("git_ignored", path)
                else:
                    stack.append((path, ignore_files))
        return found

    def _count(self, reason: Reason, top: str) -> None:
        """Find the files in a directory that is left out; in .git there are none of anybody's."""
        stack = [] if os.path.basename(top) == ".git" else [top]
        while stack:
            self._counted += 1
            if self._counted > MAXIMUM_COUNTED:
                self.all_counted = False
                return
            directory = stack.pop()
            entries = _Entries(directory)
            self._leave_out(reason, directory, entries.files)
            stack += (os.path.join(directory, it) for it in entries.directories if it != ".git")

    def _leave_out(self, reason: Reason, directory: str, names: list[str]) -> None:
        self.left_out.setdefault(reason, []).extend(os.path.join(directory, it) for it in names)


class _Entries:
    """What is in one directory, as far as it matters here."""

    __slots__ = ("directories", "files", "ignore_file", "links", "readable")

    def __init__(self, directory: str) -> None:
        self.directories: list[str] = []
        self.files: list[str] = []
        self.links: list[str] = []
        self.ignore_file: IgnoreFile | None = None
        self.readable = True
        try:
            with os.scandir(directory) as entries:
                for entry in entries:
                    self._take(entry)
        except OSError:
            self.readable = False

    def _take(self, entry: os.DirEntry[str]) -> None:
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            self.directories.append(name)
        elif entry.is_symlink() and os.path.isdir(entry.path):
            self.links.append(name)
        elif is_configuration_file(name):
            self.files.append(name)
        elif name == ".gitignore":
            from symlint.source.ignored import read_ignore_file

            self.ignore_file = read_ignore_file(entry.path)


def _ignored(directory: str, name: str, is_directory: bool, files: tuple[IgnoreFile, ...]) -> bool:
    if not files:
        return False
    from symlint.source.ignored import is_ignored

    return is_ignored(os.path.join(directory, name), is_directory, files)


def _ignore_files_above(top: str) -> tuple[IgnoreFile, ...]:
    """The ignore files of the enclosing git repository above ``top``, outermost first."""
    repository = top_directory(top)
    if not os.path.lexists(os.path.join(repository, ".git")):
        return ()
    from symlint.source.ignored import read_ignore_file

    exclude = os.path.join(repository, ".git", "info", "exclude")
    files = [read_ignore_file(exclude, repository)]
    current = repository
    for part in os.path.relpath(top, repository).split(os.sep):
        if current == top:
            break
        files.append(read_ignore_file(os.path.join(current, ".gitignore")))
        current = os.path.join(current, part)
    return tuple(file for file in files if file is not None)
