"""The files that are open in the editor, with their unsaved text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.language_server.edited_text import EditedText
from symlint.language_server.positions import BYTE_ORDER_MARK
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.language_server.edited_text import Change
    from symlint.language_server.positions import Encoding


class Document(NamedTuple):
    """An open file. ``text`` is the editor's, with its byte order mark.

    ``saved`` where the text has not been changed since it was opened or saved.
    """

    path: str
    uri: str
    text: EditedText
    version: int
    saved: bool

    @property
    def marked(self) -> bool:
        """Whether the text of the editor has a byte order mark."""
        return self.text.whole.startswith(BYTE_ORDER_MARK)


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
        self._documents[path] = Document(path, uri, EditedText(text), version, saved)

    def change(
        self, path: str, changes: Iterable[Change], version: int, encoding: Encoding
    ) -> None:
        """Take the changes of an open file; of one that is not open, nothing is known."""
        document = self._documents.get(path)
        if document is not None:
            for change in changes:
                document.text.change(change, encoding)
            self._documents[path] = document._replace(version=version, saved=False)

    def save(self, path: str) -> None:
        """Take note that what is on disk is the text of a file."""
        document = self._documents.get(path)
        if document is not None:
            self._documents[path] = document._replace(saved=True)

    def close(self, path: str) -> None:
        """Forget a file: what is on disk counts again."""
        self._documents.pop(path, None)

    def texts(self) -> dict[str, str]:
        """The text of each file by path, as it can be written: without a byte order mark."""
        return {it.path: it.text.whole.removeprefix(BYTE_ORDER_MARK) for it in self}

    def unsaved(self) -> frozenset[str]:
        """The paths of the files with text that is not on disk."""
        return frozenset(it.path for it in self if not it.saved)
