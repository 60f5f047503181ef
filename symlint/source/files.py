"""Reading files: the only place where symlint opens one to read it.

Files are other people's input: they may be missing, unreadable, binary, huge, or no files at all.
Each of these is a ``ReadProblem``, never an exception.
"""

from __future__ import annotations

import errno
import os
import stat

from symlint.annotations import Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.source.text import SourceFile

MAX_FILE_SIZE = 5_000_000
"""The largest file that is read, in bytes; a hundred times the largest configuration file seen."""

ProblemKind: TypeAlias = Literal[
    "missing", "unreadable", "directory", "not a file", "binary", "too large", "outside"
]


class ReadProblem(NamedTuple):
    """A file that could not be read; ``message`` is one sentence in lower case, no full stop.

    ``path`` is absolute. ``message`` does not repeat it.
    """

    path: str
    message: str
    kind: ProblemKind


def read_file(path: str | os.PathLike[str]) -> SourceFile | ReadProblem:
    """The text of a file, or why it cannot be had. Never raises.

    A byte order mark is left out. Bytes that are not UTF-8 become lone surrogates
    (``surrogateescape``), so that the parser can report their place.
    """
    # Path.resolve would follow symbolic links: a message must name the path the user knows.
    absolute = os.path.abspath(os.fspath(path))
    data = read_data(absolute)
    return data if isinstance(data, ReadProblem) else source_from_bytes(absolute, data)


def read_data(path: str, most: int = MAX_FILE_SIZE) -> bytes | ReadProblem:
    """The bytes of a file, or why they cannot be had. Never raises, and never waits.

    Only regular files (or symbolic links to them) of at most ``most`` bytes are read: a named pipe
    would block, and a device need not end.
    """
    try:
        with open(path, "rb", opener=_open_without_blocking) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return _not_a_file(path, status.st_mode)
            # One byte more than allowed: the file may grow after its size was asked for.
            data = file.read(most + 1)
    except FileNotFoundError:
        return _missing(path)
    except IsADirectoryError:
        return _not_a_file(path, stat.S_IFDIR)
    except OSError as error:
        return _unreadable(path, error)
    except ValueError:
        # A NUL character in the path.
        return _missing(path)
    return data if len(data) <= most else _too_large(path, most)


def source_from_bytes(path: str, data: bytes) -> SourceFile | ReadProblem:
    """The text of a file's bytes, by the same rules as ``read_file``."""
    if len(data) > MAX_FILE_SIZE:
        return _too_large(path, MAX_FILE_SIZE)
    if b"\0" in data:
        return ReadProblem(path, "the file is binary: it contains NUL bytes", "binary")
    text = data.decode("utf-8", "surrogateescape")
    return SourceFile(path, text.removeprefix("\ufeff"))


def outside(path: str) -> ReadProblem:
    """The problem with a file that ``Tree`` does not hold."""
    try:
        os.stat(path)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENAMETOOLONG):
            return _unreadable(path, error)
    except ValueError:
        return _missing(path)
    return ReadProblem(
        path, "it leads out of the repository or the linted folder, and is not read", "outside"
    )


def _missing(path: str) -> ReadProblem:
    return ReadProblem(path, "the file does not exist", "missing")


def _unreadable(path: str, error: OSError) -> ReadProblem:
    reason = (error.strerror or type(error).__name__).lower()
    return ReadProblem(path, f"the file cannot be read: {reason}", "unreadable")


def _too_large(path: str, most: int) -> ReadProblem:
    message = f"the file is larger than {most // 1_000_000} MB, the most that is read"
    return ReadProblem(path, message, "too large")


def _open_without_blocking(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _not_a_file(path: str, mode: int) -> ReadProblem:
    if stat.S_ISDIR(mode):
        return ReadProblem(path, "expected a file, found a directory", "directory")
    return ReadProblem(
        path, "expected a regular file, found a device, pipe or socket", "not a file"
    )
