"""A folder that is made up in memory: files, links and pipes, and what real ones look like."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).resolve().parents[1]
READ: Final = frozenset({".tf", ".tfvars", ".py", ".json"})
"""The suffixes of files that symlint reads."""


class Tree:
    """Files by their path in the folder, symbolic links with their targets, and named pipes.

    ``configured`` says that the tree may hold something that makes the exit status 2 correct.
    """

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.files: Final = dict(files or {})
        self.links: Final[dict[str, str]] = {}
        self.pipes: Final[list[str]] = []
        self.configured = False

    def add(self, name: str, text: str | bytes) -> None:
        """Add to the end of a file, which need not be there yet."""
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        self.files[name] = self.files.get(name, b"") + data

    def write(self, directory: Path) -> None:
        """Write everything below ``directory``; what the file system does not take is left out."""
        for name, data in self.files.items():
            _put(directory, name, lambda path, data=data: path.write_bytes(data))
        for name, target in self.links.items():
            _put(directory, name, lambda path, target=target: path.symlink_to(target))
        for name in self.pipes:
            _put(directory, name, lambda path: os.mkfifo(path))


def _put(directory: Path, name: str, make: object) -> None:
    path = Path(os.path.normpath(directory / name))
    if directory not in path.parents:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(path):
            make(path)  # type: ignore[operator]  # one of the functions above
    except (OSError, ValueError, UnicodeError):
        return


@cache
def real_trees() -> tuple[dict[str, bytes], ...]:
    """The files of all whole configurations of the tests, and of the bad examples of all rules."""
    from symlint.lint.registry import load_rules

    folders = [*TESTS.glob("fixtures/*"), *TESTS.glob("bases/*")]
    found = [
        {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in READ
        }
        for folder in sorted(folders)
    ]
    for rule in load_rules():
        files = {"main.tf": rule.bad} if isinstance(rule.bad, str) else rule.bad
        found.append({name: text.encode() for name, text in files.items()})
    return tuple(found)
