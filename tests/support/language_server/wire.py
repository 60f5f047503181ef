"""A client for tests that says anything, byte for byte, to a server in the same process."""

from __future__ import annotations

import asyncio
import io
import json
import threading
from typing import TYPE_CHECKING, Any, Final

from symlint.language_server.serving.output import Output
from symlint.language_server.serving.start import new_server
from symlint.language_server.workspace import Settings

if TYPE_CHECKING:
    from symlint.language_server.serving.server import SymlintServer

PATIENCE: Final = 12
"""Seconds until a client waits no longer for an answer."""

INITIALIZE: Final = {"id": "first", "method": "initialize", "params": {"capabilities": {}}}


class Wire(io.BytesIO):
    """What a client has said; its end comes when ``wanted`` answers have come to its output."""

    def __init__(self, said: bytes, wanted: int) -> None:
        super().__init__(said)
        self.wanted: Final = wanted
        self.heard: Final[list[dict[str, Any]]] = []
        self._all: Final = threading.Event()
        self.output: Final = Output(_Listener(self))

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line, or the end."""
        line = super().readline(size)
        if not line and self.wanted:
            assert self._all.wait(PATIENCE), self.answers
        return line

    def hear(self, message: dict[str, Any]) -> None:
        """Take a message of the server."""
        self.heard.append(message)
        if len(self.answers) >= self.wanted:
            self._all.set()

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What was answered, in order."""
        return [it for it in self.heard if "method" not in it]

    @property
    def codes(self) -> list[int | None]:
        """The codes of errors by answer; None for those with a result."""
        return [it["error"]["code"] if "error" in it else None for it in self.answers]


class _Listener(io.BytesIO):
    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire: Final = wire

    def write(self, data: Any) -> int:
        self._wire.hear(json.loads(bytes(data).partition(b"\r\n\r\n")[2]))
        return len(data)


def framed(*messages: dict[str, Any] | bytes) -> bytes:
    """Messages as they are sent; bytes are the body of one."""
    bodies = [
        it if isinstance(it, bytes) else json.dumps({"jsonrpc": "2.0", **it}).encode()
        for it in messages
    ]
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(it), it) for it in bodies)


def served(said: bytes, wanted: int, server: SymlintServer | None = None) -> Wire:
    """What a server has said until ``wanted`` answers had come, or the client had left."""
    wire = Wire(said, wanted)
    asyncio.run((server or new_server(Settings())).converse(wire, wire.output))
    return wire


def talked(*messages: dict[str, Any] | bytes, answers: int | None = None) -> Wire:
    """What a server has said to a client that has been initialized; one answer a message if not said."""
    wanted = 1 + (len(messages) if answers is None else answers)
    wire = served(framed(INITIALIZE, *messages), wanted)
    assert wire.heard.pop(0)["id"] == INITIALIZE["id"]
    return wire
