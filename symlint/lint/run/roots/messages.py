"""What processes send each other, as bytes; of each file, its text goes once over a connection."""

from __future__ import annotations

import io
import pickle

from symlint.annotations import Any, Final
from symlint.source.text import SourceFile


class Sender:
    """Turns things into messages."""

    def __init__(self) -> None:
        self._known: Final[dict[SourceFile, int]] = {}
        self._new: Final[list[tuple[str, str]]] = []

    def message(self, thing: object) -> bytes:
        """A message for the ``Receiver`` at the other end, which gets all of them in order."""
        buffer = io.BytesIO()
        _Pickler(buffer, self._known, self._new).dump(thing)
        message = pickle.dumps((self._new, buffer.getvalue()))
        # What cannot be sent leaves its files for the next message.
        self._new.clear()
        return message


class _Pickler(pickle.Pickler):
    def __init__(
        self, buffer: io.BytesIO, known: dict[SourceFile, int], new: list[tuple[str, str]]
    ) -> None:
        super().__init__(buffer)
        self._known: Final = known
        self._new: Final = new

    def persistent_id(self, thing: object) -> int | None:
        """The number of a file, which stands for it."""
        if not isinstance(thing, SourceFile):
            return None
        number = self._known.get(thing)
        if number is None:
            number = self._known[thing] = len(self._known)
            self._new.append((thing.path, thing.text))
        return number


class Receiver:
    """Turns the messages of one ``Sender`` into things."""

    def __init__(self) -> None:
        self._files: Final[list[SourceFile]] = []

    def thing(self, message: bytes) -> Any:
        """What a message says. Messages come from a process that this one has started."""
        new, content = pickle.loads(message)
        self._files.extend(SourceFile(path, text) for path, text in new)
        return _Unpickler(io.BytesIO(content), self._files).load()


class _Unpickler(pickle.Unpickler):
    def __init__(self, buffer: io.BytesIO, files: list[SourceFile]) -> None:
        super().__init__(buffer)
        self._files: Final = files

    def persistent_load(self, number: int) -> SourceFile:
        """The file that a number stands for."""
        return self._files[number]
