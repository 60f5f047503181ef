"""The files that functions such as ``file`` may read: those of the configuration's own tree."""

from __future__ import annotations

import os
from typing import Final

MAXIMUM_FILE_SIZE: Final = 1_000_000
"""The largest file that a function reads, in bytes."""

_MAXIMUM_LISTED: Final = 10_000
"""The most directory entries that ``fileset`` looks at."""


class ModuleFiles:
    """The files that functions may read in one module (``scope.Files``).

    Nothing is read outside of ``tree`` and of the directory of the module, which a call may lead to
    from elsewhere; symbolic links that lead out of them count as outside.
    """

    __slots__ = ("_tops", "module_directory", "root_directory", "tree")

    def __init__(self, module_directory: str, root_directory: str, tree: str) -> None:
        self.module_directory: Final = module_directory
        self.root_directory: Final = root_directory
        self.tree: Final = os.path.realpath(tree)
        self._tops: Final = (self.tree, os.path.realpath(module_directory))

    def _inside(self, path: str) -> str | None:
        """The real absolute path, or None when it lies outside."""
        if "\0" in path:
            return None
        # Terraform runs in the root module's directory: that is where relative paths start.
        real = os.path.realpath(os.path.join(self.root_directory, path))
        return real if any(_is_below(real, top) for top in self._tops) else None

    def read(self, path: str) -> bytes | None:
        """The content, or None when the path is outside the configuration's tree or too large.

        Raises FileNotFoundError when the path is inside the tree and there is no such file,
        IsADirectoryError when it is a directory.
        """
        real = self._inside(path)
        if real is None:
            return None
        try:
            if not os.path.isfile(real):
                if os.path.isdir(real):
                    raise IsADirectoryError(path)
                if os.path.lexists(real):
                    return None
                raise FileNotFoundError(path)
            with open(real, "rb") as file:
                data = file.read(MAXIMUM_FILE_SIZE + 1)
        except FileNotFoundError:
            raise FileNotFoundError(path) from None
        except IsADirectoryError:
            raise
        except OSError:
            return None
        return data if len(data) <= MAXIMUM_FILE_SIZE else None

    def exists(self, path: str) -> bool | None:
        """Whether there is such a file; None when the path is outside the tree."""
        real = self._inside(path)
        return None if real is None else os.path.isfile(real)

    def is_directory(self, path: str) -> bool:
        """Whether the path is inside the tree and that of a directory."""
        real = self._inside(path)
        return real is not None and os.path.isdir(real)

    def matching(self, directory: str, pattern: str) -> tuple[str, ...] | None:
        """What ``fileset`` returns, in order; None when outside the tree or too much to list."""
        real = self._inside(directory)
        if real is None:
            return None
        import re

        try:
            matches = re.compile(_glob_expression(pattern)).fullmatch
        except re.error:
            return None
        found: list[str] = []
        seen = 0
        for current, directories, files in os.walk(real):
            directories.sort()
            seen += len(directories) + len(files)
            if seen > _MAXIMUM_LISTED:
                return None
            for name in files:
                path = os.path.join(current, name)
                relative = os.path.relpath(path, real).replace(os.sep, "/")
                if os.path.isfile(path) and matches(relative):
                    found.append(relative)
        return tuple(sorted(found))


def _is_below(path: str, top: str) -> bool:
    try:
        return os.path.commonpath((path, top)) == top
    except ValueError:  # of Windows: on two drives
        return False


def _glob_expression(pattern: str) -> str:
    """A regular expression for a pattern of https://github.com/bmatcuk/doublestar."""
    import re

    parts = []
    index = 0
    while index < len(pattern):
        character = pattern[index]
        if pattern.startswith("**/", index) and (index == 0 or pattern[index - 1] == "/"):
            parts.append("(?:[^/]+/)*")
            index += 3
        elif pattern[index:] == "**" and (index == 0 or pattern[index - 1] == "/"):
            parts.append(".*")
            index += 2
        elif character == "*":
            parts.append("[^/]*")
            index += 1
        elif character == "?":
            parts.append("[^/]")
            index += 1
        elif character == "{" and "}" in pattern[index:]:
            end = pattern.index("}", index)
            choices = pattern[index + 1 : end].split(",")
            parts.append("(?:" + "|".join(map(_glob_expression, choices)) + ")")
            index = end + 1
        elif character == "[" and "]" in pattern[index + 2 :]:
            end = pattern.index("]", index + 2)
            inner = pattern[index + 1 : end].replace("\\", "\\\\")
            inner = "^" + inner[1:] if inner[0] in "!^" else inner
            parts.append(f"[{inner}]")
            index = end + 1
        elif character == "\\" and index + 1 < len(pattern):
            parts.append(re.escape(pattern[index + 1]))
            index += 2
        else:
            parts.append(re.escape(character))
            index += 1
    return "".join(parts)
