"""The directories with Terraform files below a path, and what is left out of them and why.

Hidden directories, ``.terraform``, what git ignores, and files that OpenTofu reads others instead of
are left out, and symbolic links to directories are not followed. What is left out is found all the same, to say what was skipped.
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.source.file_names import is_configuration_file, read_together
from symlint.source.tree import repository_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.ignored import IgnoreFile, Ignoring

MAXIMUM_DIRECTORIES: Final = 50_000
"""Directories that are looked into below one path."""

MAXIMUM_DEPTH: Final = 100
"""How deep below the path these are: the longer a path is, the longer a system takes to follow it."""

MAXIMUM_COUNTED: Final = 2_000
"""Directories that are looked into only to count the files that are left out."""

Reason: TypeAlias = Literal["dot_terraform", "hidden", "git_ignored", "replaced"]


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
        self.unread: Final[dict[str, str]] = {}
        """The directories that cannot be read, each with the reason."""
        self.looked_into = 0
        """How many directories are looked into, MAXIMUM_DIRECTORIES at most."""
        self.beyond = 0
        """How many more there are at least."""
        self.too_deep = 0
        """How many are not looked into because they are deeper than MAXIMUM_DEPTH."""
        self._ignoring: Ignoring | None = None
        self._counted = 0 if count else MAXIMUM_COUNTED
        found = self._find(top)
        self.files: Final[dict[str, tuple[str, ...]]] = dict(sorted(found.items()))

    @property
    def too_many_patterns(self) -> bool:
        """Whether there is more to ignore than can be compared with what there is."""
        return self._ignoring is not None and self._ignoring.given_up

    def _find(self, top: str) -> dict[str, tuple[str, ...]]:
        found = {}
        stack = [(top, self._ignore_files_above(top), 0)]
        while stack:
            if self.looked_into == MAXIMUM_DIRECTORIES:
                self.beyond = len(stack)
                break
            directory, ignore_files, depth = stack.pop()
            if depth > MAXIMUM_DEPTH:
                self.too_deep += 1
                continue
            self.looked_into += 1
            entries = _Entries(directory)
            if entries.problem:
                self.unread[directory] = entries.problem
            if entries.ignore_file is not None:
                ignore_files = (*ignore_files, *self._read_ignore_file(entries.ignore_file))
            names = entries.files
            if names and all(self._ignored(directory, it, False, ignore_files) for it in names):
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
                elif self._ignored(directory, name, True, ignore_files):
                    self._count("git_ignored", path)
                else:
                    stack.append((path, ignore_files, depth + 1))
        return found

    # --- git ---

    def _ignored(
        self, directory: str, name: str, is_directory: bool, files: tuple[IgnoreFile, ...]
    ) -> bool:
        if not files or self._ignoring is None:
            return False
        return self._ignoring.ignores(os.path.join(directory, name), is_directory, files)

    def _read_ignore_file(self, path: str, directory: str | None = None) -> Iterator[IgnoreFile]:
        if self._ignoring is None:
            from symlint.source.ignored import Ignoring

            self._ignoring = Ignoring()
        file = self._ignoring.read(path, directory)
        if file is not None:
            yield file

    def _ignore_files_above(self, top: str) -> tuple[IgnoreFile, ...]:
        """The ignore files of the enclosing git repository above ``top``, outermost first."""
        repository = repository_root(top)
        if repository is None:
            return ()
        exclude = os.path.join(repository, ".git", "info", "exclude")
        files = [*self._read_ignore_file(exclude, repository)]
        current = repository
        for part in os.path.relpath(top, repository).split(os.sep):
            if current == top:
                break
            files += self._read_ignore_file(os.path.join(current, ".gitignore"))
            current = os.path.join(current, part)
        return tuple(files)

    # --- what is left out ---

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

    __slots__ = ("directories", "files", "ignore_file", "links", "problem")

    def __init__(self, directory: str) -> None:
        self.directories: list[str] = []
        self.files: list[str] = []
        self.links: list[str] = []
        self.ignore_file: str | None = None
        self.problem = ""
        try:
            with os.scandir(directory) as entries:
                for entry in entries:
                    self._take(entry)
        except OSError as error:
            self.problem = (error.strerror or type(error).__name__).lower()
        # Where not everything is looked at, it must not depend on the file system what is.
        self.directories.sort(reverse=True)
        self.files.sort()

    def _take(self, entry: os.DirEntry[str]) -> None:
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            self.directories.append(name)
        elif entry.is_symlink() and os.path.isdir(entry.path):
            self.links.append(name)
        elif is_configuration_file(name):
            self.files.append(name)
        elif name == ".gitignore":
            self.ignore_file = entry.path
