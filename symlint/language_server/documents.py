"""The files that are open in the editor, with their unsaved text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from symlint.language_server.positions import BYTE_ORDER_MARK, Positions
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.language_server.positions import Encoding, Position


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


class Change(NamedTuple):
    """A new text for what is between two positions; without them, for the whole file."""

    text: str
    span: tuple[Position, Position] | None = None


def changed(text: str, changes: Iterable[Change], encoding: Encoding) -> str:
    """A text after changes, each of which is of the text that those before it have made."""
    for change in changes:
        if change.span is None:
            text = change.text
        else:
            positions = Positions(text, encoding)
            start, end = (positions.offset(it) for it in change.span)
            text = text[:start] + change.text + text[max(start, end) :]
    return text


def _whole(text: str, halves: Literal["surrogatepass", "replace"]) -> str:
    """A text with characters in place of their halves; what becomes of single ``halves`` is said.

    An edit may end inside of a character, as editors count, and the next one complete it.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", halves)
    return text


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
        text = _whole(text, "surrogatepass")
        marked = text.startswith(BYTE_ORDER_MARK)
        plain = text.removeprefix(BYTE_ORDER_MARK)
        self._documents[path] = Document(path, uri, plain, version, marked, saved)

    def change(
        self, path: str, changes: Iterable[Change], version: int, encoding: Encoding
    ) -> None:
        """Take the changes of an open file; of one that is not open, nothing is known."""
        document = self._documents.get(path)
        if document is not None:
            mark = BYTE_ORDER_MARK if document.marked else ""
            text = changed(mark + document.text, changes, encoding)
            self.put(path, document.uri, text, version, saved=False)

    def save(self, path: str) -> None:
        """Take note that what is on disk is the text of a file."""
        document = self._documents.get(path)
        if document is not None:
            self._documents[path] = document._replace(saved=True)

    def close(self, path: str) -> None:
        """Forget a file: what is on disk counts again."""
        self._documents.pop(path, None)

    def texts(self) -> dict[str, str]:
        """The text of each file by path, as it can be written: half a character is a replacement."""
        return {path: _whole(it.text, "replace") for path, it in self._documents.items()}

    def unsaved(self) -> frozenset[str]:
        """The paths of the files with text that is not on disk."""
        return frozenset(it.path for it in self if not it.saved)
