"""``--watch``: lint again whenever a file changes."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Final, NoReturn

from symlint.cli.streams import say
from symlint.lint.errors import UsageError
from symlint.report.escape import neutralise
from symlint.source.file_names import CONFIGURATION_SUFFIXES, VARIABLE_FILE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.cli.request import Request

INTERVAL: Final = 0.5
"""Seconds between two looks at the files."""

_WATCHED: Final = (*CONFIGURATION_SUFFIXES, *VARIABLE_FILE_SUFFIXES, ".py", ".toml", ".json")
_MOST_FILES: Final = 50_000


def watch(request: Request, check: Callable[[Request], int]) -> NoReturn:
    """Run ``check`` now and after every change, until interrupted."""
    while True:
        before = snapshot(_folders(request))
        if sys.stdout.isatty():
            sys.stdout.write("\x1b[2J\x1b[H")
        try:
            check(request)
        except UsageError as error:
            # Half-saved configuration files are a normal sight while somebody edits them.
            say(f"symlint: {neutralise(str(error))}\n")
        sys.stdout.flush()
        say("Watching for changes; Ctrl-C stops.\n")
        wait_for_change(_folders(request), before)


def wait_for_change(folders: tuple[str, ...], before: dict[str, tuple[int, int]]) -> None:
    """Return when a watched file is new, gone or changed."""
    while snapshot(folders) == before:
        time.sleep(INTERVAL)


def snapshot(folders: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Time of change and size of every watched file below the folders."""
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        for path in _files(folder):
            try:
                status = os.stat(path)
            except OSError:
                continue
            found[path] = (status.st_mtime_ns, status.st_size)
            if len(found) >= _MOST_FILES:
                return found
    return found


def _files(folder: str) -> Iterator[str]:
    for directory, names, files in os.walk(folder):
        names[:] = [name for name in names if not name.startswith(".") and name != "node_modules"]
        for name in files:
            if name.endswith(_WATCHED):
                yield os.path.join(directory, name)


def _folders(request: Request) -> tuple[str, ...]:
    """The repository of the linted paths, for modules may be anywhere in it."""
    from symlint.source.tree import repository_root

    found = []
    for path in request.paths:
        absolute = os.path.abspath(path)
        folder = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
        found.append(repository_root(folder) or folder)
    return tuple(dict.fromkeys(found))
