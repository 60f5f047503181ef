"""The files that functions such as ``file`` may read: those of the configuration's own tree."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.source.files import ReadProblem, read_data

if TYPE_CHECKING:
    from symlint.terraform.modules.loader import FileCache

MAXIMUM_FILE_SIZE: Final = 1_000_000
"""The largest file that a function reads, in bytes."""

_MAXIMUM_LISTED: Final = 10_000
"""The most directory entries that ``fileset`` looks at."""


class ModuleFiles:
    """The files that functions may read in one module (``scope.Files``): those of the run's tree.

    Symbolic links that lead out of it count as outside.
    """

    __slots__ = ("_cache", "module_directory", "root_directory")

    def __init__(self, module_directory: str, root_directory: str, cache: FileCache) -> None:
        self.module_directory: Final = module_directory
        self.root_directory: Final = root_directory
        self._cache: Final = cache

    def _inside(self, path: str) -> str | None:
        """The real absolute path, or None when it lies outside."""
        # Terraform runs in the root module's directory: that is where relative paths start.
        return self._cache.tree.real_path(os.path.join(self.root_directory, path))

    def _overlay(self, path: str) -> bytes | None:
        """What stands in for a file."""
        return (
            None if "\0" in path else self._cache.overlay(os.path.join(self.root_directory, path))
        )

    def read(self, path: str) -> bytes | None:
        """The content, or None when the path is outside the configuration's tree or too large.

        Raises FileNotFoundError when the path is inside the tree and there is no such file,
        IsADirectoryError when it is a directory.
        """
        overlay = self._overlay(path)
        if overlay is not None:
            return overlay
        real = self._inside(path)
        if real is None:
            return None
        data = read_data(real, MAXIMUM_FILE_SIZE)
        if not isinstance(data, ReadProblem):
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
