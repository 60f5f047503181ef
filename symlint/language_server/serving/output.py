"""What goes to the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO


class Output:
    """A stream that takes note of it, and does no more, when nobody reads it any longer."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream: Final = stream
        self.is_closed = False

    def write(self, data: bytes) -> None:
        """Write a message."""
        if self.is_closed:
            return
        try:
            self._stream.write(data)
            self._stream.flush()
        except Exception:  # what it raises depends on who opened it
            self.is_closed = True

    def close(self) -> None:
        """Write no more."""
        self.is_closed = True
