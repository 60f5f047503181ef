"""Where a path really leads, its symbolic links followed, at a cost that is bounded.

``os.path.realpath`` resolves links inside of links anew for each path, and in a recursion as deep as they
are many.
"""

from __future__ import annotations

import os

from symlint.annotations import Final

MOST_CHARACTERS: Final = 4096
"""No system opens a file by a longer path."""

MOST_LINKS: Final = 40
"""How many links may lead to one another: as many as Linux follows."""


class Links:
    """What has been found of paths so far: each link is followed once."""

    def __init__(self) -> None:
        self._real: dict[str, str] = {}
        self._folders: dict[str, str | None] = {}

    def resolve(self, path: str) -> str | None:
        """An absolute path without symbolic links; None where no file can be at it.

        Of what does not exist the folders above it are resolved.
        """
        if os.sep != "/":
            return os.path.realpath(path)
        known = self._real.get(path)
        if known is not None:
            return known
        try:
            return self._in_folder(path)
        except (OSError, ValueError):
            # A link that has just gone away, characters that are none of a path.
            return None

    def _in_folder(self, path: str) -> str | None:
        """The same, of what has many files beside it and folders above it."""
        folder, _, name = path.rpartition("/")
        if name in ("", ".", "..") or not _is_possible(path):
            return self._resolve(path, MOST_LINKS)
        real = self._folder(folder)
        return None if real is None else self._step(_below(real, name), MOST_LINKS)

    def _folder(self, path: str) -> str | None:
        """The same of a folder, by way of those above it, each of which is resolved once."""
        passed: list[tuple[str, str]] = []
        while path not in self._folders:
            folder, _, name = path.rpartition("/")
            if name in ("", ".", ".."):
                self._folders[path] = self._resolve(path, MOST_LINKS)
                break
            passed.append((path, name))
            path = folder
        real = self._folders[path]
        for path, name in reversed(passed):
            real = None if real is None else self._step(_below(real, name), MOST_LINKS)
            self._folders[path] = real
        return real

    def _resolve(self, path: str, links: int) -> str | None:
        if links < 0 or not _is_possible(path):
            return None
        current = "/"
        for part in path.split("/"):
            if part == "..":
                current = os.path.dirname(current)
            elif part not in ("", "."):
                found = self._step(_below(current, part), links)
                if found is None:
                    return None
                current = found
        return current

    def _step(self, path: str, links: int) -> str | None:
        """The same of a path of which only the last part may be a link."""
        real = self._real.get(path)
        if real is None:
            real = path
            if os.path.islink(path):
                target = os.path.join(os.path.dirname(path), os.readlink(path))
                if (found := self._resolve(target, links - 1)) is None:
                    return None
                real = found
            self._real[path] = real
        return real


def _is_possible(path: str) -> bool:
    return len(path) <= MOST_CHARACTERS and "\0" not in path


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder != "/" else f"/{name}"


def real_path(path: str) -> str:
    """An absolute path without symbolic links; as it is where no file can be at it."""
    return Links().resolve(path) or path


def links_of(path: str) -> tuple[str, ...]:
    """The symbolic links among an absolute path and the folders above it, from the end."""
    found = []
    parent = os.path.dirname(path)
    while parent != path and len(path) <= MOST_CHARACTERS:
        if os.path.islink(path):
            found.append(path)
        path, parent = parent, os.path.dirname(parent)
    return tuple(found)
