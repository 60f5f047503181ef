"""Writing a file whole or not at all."""

from __future__ import annotations

import os


def write_atomically(path: str, data: bytes) -> None:
    """Replace the content of ``path``; it keeps its mode, and a symbolic link stays one.

    The new content is complete on disk, under another name in the same folder, before it takes
    the file's place. Raises OSError; the file is then as it was.
    """
    target = os.path.realpath(path)
    temporary = os.path.join(
        os.path.dirname(target), f".{os.path.basename(target)[:100]}.{os.getpid()}.symlint"
    )
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        with open(descriptor, "wb") as file:
            if os.path.exists(target):
                _copy_mode(target, temporary)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _copy_mode(source: str, target: str) -> None:
    os.chmod(target, os.stat(source).st_mode & 0o7777)
