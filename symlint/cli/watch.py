"""``--watch``: lint again whenever a file changes.

watchfiles hears of changes from the operating system. Without it all files are looked at again and
again, which in a repository of 17,000 files takes more than a second of a core for each look.
"""

from __future__ import annotations

import os
import sys
import time

from symlint.annotations import TYPE_CHECKING, Final, NoReturn
from symlint.cli.streams import say
from symlint.lint.errors import UsageError
from symlint.report.escape import neutralise
from symlint.source.file_names import CONFIGURATION_SUFFIXES, VARIABLE_FILE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.cli.request import Request

INTERVAL: Final = 0.5
"""Seconds between two looks at the files, at least."""

_SHARE: Final = 20
"""How much longer the pause between two looks is than a look."""

_HEARING: Final = 100
"""Milliseconds after which watchfiles lets us look whether anything has happened."""

_WATCHED: Final = (*CONFIGURATION_SUFFIXES, *VARIABLE_FILE_SUFFIXES, ".py", ".toml", ".json")
_MOST_FILES: Final = 50_000


def watch(request: Request, check: Callable[[Request], int]) -> NoReturn:
    """Run ``check`` now and after every change, until interrupted."""
    folders = _folders(request)
    changes, how = _heard(folders), "Watching for changes; Ctrl-C stops.\n"
    if changes is None:
        changes = _looked_for(folders)
        how = (
            "Watching for changes by looking at all files; with pip install 'symlint[watch]' the "
            "operating system says what changes. Ctrl-C stops.\n"
        )
    for _ in changes:
        if sys.stdout.isatty():
            sys.stdout.write("\x1b[2J\x1b[H")
        try:
            check(request)
        except UsageError as error:
            # Half-saved configuration files are a normal sight while somebody edits them.
            say(f"symlint: {neutralise(str(error))}\n")
        sys.stdout.flush()
        say(how)
    raise KeyboardInterrupt


def _heard(folders: tuple[str, ...]) -> Iterator[None] | None:
    """Something now and after each change that watchfiles hears of; None where it cannot be used."""
    try:
        import watchfiles
    except ImportError:
        return None
    heard = watchfiles.watch(
        *folders,
        watch_filter=lambda _, path: is_watched(path, folders),
        rust_timeout=_HEARING,
        yield_on_timeout=True,
    )
    try:
        next(heard)  # from here on, nothing is missed
    except (OSError, RuntimeError):
        return None  # there are more folders than the system watches
    return _first_and_each(heard)


def _first_and_each(heard: Iterator[object]) -> Iterator[None]:
    yield
    yield from (None for changes in heard if changes)


def _looked_for(folders: tuple[str, ...]) -> Iterator[None]:
    """Something now and after each change that a look at all files shows."""
    while True:
        before = snapshot(folders)
        yield
        wait_for_change(folders, before)


def wait_for_change(folders: tuple[str, ...], before: dict[str, tuple[int, int]]) -> None:
    """Return when a watched file is new, gone or changed."""
    while True:
        start = time.monotonic()
        if snapshot(folders) != before:
            return
        time.sleep(max(INTERVAL, _SHARE * (time.monotonic() - start)))


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
        names[:] = [name for name in names if not _is_left_out(name)]
        for name in files:
            if name.endswith(_WATCHED):
                yield os.path.join(directory, name)


def is_watched(path: str, folders: tuple[str, ...]) -> bool:
    """Whether a change of a file below one of the folders counts."""
    if not path.endswith(_WATCHED):
        return False
    top = next((it for it in folders if path.startswith(os.path.join(it, ""))), "")
    inside = os.path.dirname(path)[len(top) :]
    return not any(map(_is_left_out, inside.split(os.sep)))


def _is_left_out(folder: str) -> bool:
    return folder.startswith(".") or folder == "node_modules"


def _folders(request: Request) -> tuple[str, ...]:
    """The repository of the linted paths, for modules may be anywhere in it."""
    from symlint.source.tree import repository_root

    found = []
    for path in request.paths:
        absolute = os.path.abspath(path)
        folder = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
        found.append(repository_root(folder) or folder)
    return tuple(dict.fromkeys(found))
