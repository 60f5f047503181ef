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

    def resolve(self, path: str) -> str | None:
        """An absolute path without symbolic links; None where no file can be at it.

        Of what does not exist the folders above it are resolved.
        """
        if os.sep != "/":
            return os.path.realpath(path)
        try:
            return self._resolve(path, MOST_LINKS)
        except (OSError, ValueError):
            # A link that has just gone away, characters that are none of a path.
            return None

    def _resolve(self, path: str, links: int) -> str | None:
        if links < 0 or len(path) > MOST_CHARACTERS or "\0" in path:
            return None
        current = "/"
        for part in path.split("/"):
            if part == "..":
                current = os.path.dirname(current)
            elif part not in ("", "."):
                found = self._step(os.path.join(current, part), links)
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
