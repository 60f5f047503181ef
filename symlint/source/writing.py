"""Writing files: the only place where symlint opens one to write it.

Who starts a run may name any place. Where a name in the repository, or below the current folder, is a
symbolic link or leads out through one, nothing is written: the link may be somebody else's.
"""

from __future__ import annotations

import os
from contextlib import suppress

from symlint.source.links import links_of
from symlint.source.tree import current_folder_above, lies_in, repository_root


def write_atomically(path: str, data: bytes, *, follow: bool = False) -> None:
    """Replace the content of a file; see ``Replacement``. Raises OSError; the file is then as it was."""
    with Replacement(path, data, follow=follow) as replacement:
        replacement.take_place()


class Replacement:
    """The new content of a file, complete on disk under another name in the same folder.

    It takes the file's place with the file's owner, mode and attributes. With ``follow`` a link inside
    the repository stays one, and what it leads to is replaced. As a context it leaves nothing behind.
    """

    def __init__(self, path: str, data: bytes, *, follow: bool = False) -> None:
        """Write the content. Raises OSError; there is then nothing of it."""
        _refuse_link(os.path.abspath(path), follow=follow)
        self._target = target = os.path.realpath(path)
        name = f".{os.path.basename(target)[:100]}.{os.getpid()}.symlint"
        self._temporary = os.path.join(os.path.dirname(target), name)
        replaces = os.path.exists(target)
        if replaces and not os.path.isfile(target):
            raise OSError(0, "it is a directory, device, pipe or socket, and no regular file")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        # Of a file that not everybody may read, the new content is nothing to read either.
        descriptor = os.open(self._temporary, flags, 0o600 if replaces else 0o666)
        try:
            with open(descriptor, "wb") as file:
                if replaces:
                    _make_alike(target, self._temporary)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            self.discard()
            raise

    def take_place(self) -> None:
        """Put the content in the place of the file's. Raises OSError."""
        os.replace(self._temporary, self._target)

    def discard(self) -> None:
        """Remove the content, unless it has taken its place."""
        with suppress(OSError):
            os.unlink(self._temporary)

    def __enter__(self) -> Replacement:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()


def write_output(path: str, data: bytes) -> None:
    """Write what somebody asked to have in ``path``: a file, or a device such as /dev/stdout.

    Raises OSError.
    """
    absolute = os.path.abspath(path)
    _refuse_link(absolute, follow=False)
    with open(absolute, "wb") as file:
        file.write(data)


def _refuse_link(path: str, *, follow: bool) -> None:
    """Raises OSError for a link that somebody else may have made, unless it may be followed."""
    for link in links_of(path):
        folder = os.path.dirname(link)
        top = repository_root(folder) or current_folder_above(folder)
        if top is not None and not lies_in(path, top):
            raise OSError(
                0, "a symbolic link leads out of the repository here, and is not followed"
            )
        if top is not None and link == path and not follow:
            raise OSError(0, "it is a symbolic link, and is not followed")


def _make_alike(source: str, target: str) -> None:
    """Give one file the owner, the mode and the extended attributes of another."""
    status = os.stat(source)
    if hasattr(os, "chown"):
        # Who is not root may not give files away.
        with suppress(PermissionError):
            os.chown(target, status.st_uid, status.st_gid)
    if hasattr(os, "listxattr"):
        # Some are the system's own, and some file systems have none.
        with suppress(OSError):
            for name in os.listxattr(source):
                with suppress(OSError):
                    os.setxattr(target, name, os.getxattr(source, name))
    os.chmod(target, status.st_mode & 0o7777)
