"""The files that are open in the editor, with their unsaved text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.language_server.positions import BYTE_ORDER_MARK
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Document(NamedTuple):
    """An open file. ``text`` has no byte order mark; ``marked`` where the editor's text has one.

    ``saved`` where the text has not been changed since it was opened or saved.
    """

    path: str
    uri: str
    text: str
    version: int
    marked: bool
    saved: bool


class Documents:
    """The open files by path."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents.values())

    def get(self, path: str) -> Document | None:
        """The open file at a path, or None."""
        return self._documents.get(path)

    def put(self, path: str, uri: str, text: str, version: int, *, saved: bool) -> None:
        """Take the text of a file that was opened or changed."""
        marked = text.startswith(BYTE_ORDER_MARK)
        plain = text.removeprefix(BYTE_ORDER_MARK)
        self._documents[path] = Document(path, uri, plain, version, marked, saved)

    def save(self, path: str) -> None:
        """Take note that what is on disk is the text of a file."""
        document = self._documents.get(path)
        if document is not None:
            self._documents[path] = document._replace(saved=True)

    def close(self, path: str) -> None:
        """Forget a file: what is on disk counts again."""
        self._documents.pop(path, None)

    def texts(self) -> dict[str, str]:
        """The text of each file by path."""
        return {path: document.text for path, document in self._documents.items()}

    def unsaved(self) -> frozenset[str]:
        """The paths of the files with text that is not on disk."""
        return frozenset(it.path for it in self if not it.saved)
