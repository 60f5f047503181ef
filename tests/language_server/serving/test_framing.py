"""Where messages begin and end, whatever comes over the wire."""

from __future__ import annotations

import io

import pytest

from symlint.language_server.serving import framing
from symlint.language_server.serving.framing import LONGEST, Unread, read_message


class Counted(io.BytesIO):
    """A stream that knows how much was asked for at once."""

    most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes."""
        self.most = max(self.most, size or 0)
        return super().read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line."""
        assert size is not None
        assert size > 0
        self.most = max(self.most, size)
        return super().readline(size)


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: 2\r\n\r\n",
        b"content-LENGTH:2 \r\n\r\n",
        b"Content-Length: 2\n\n",
        b"Content-Length:\r\n 2\r\n\r\n",
        b"\r\n\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: 2\r\n\r\n",
        b'X: y\r\nContent-Length: 2\r\nContent-Type: a; charset="UTF-8"\r\n\r\n',
    ],
)
def test_a_header_however_it_is_written(header: bytes) -> None:
    stream = io.BytesIO(header + b"{}" + header + b"[]")
    assert [read_message(stream) for _ in range(3)] == [b"{}", b"[]", None]


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"Content-Length: 99999999999999\r\n\r\n{}", "no length"),
        (b"Content-Length: -5\r\n\r\n", "no length"),
        (b"Content-Length: 5_0\r\n\r\n", "no length"),
        (b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", "no length"),
        (b"X: y\r\n\r\n", "no Content-Length"),
        (b"hello\r\n\r\n", "no Content-Length"),
        (b"X: " + b"a" * 100_000, "more than 10000 bytes"),
        (b"X: a\r\n" * 10_000, "more than 10000 bytes"),
        (b"\n" * 100_000, "more than 10000 bytes"),
    ],
)
def test_after_which_nothing_can_be_read(sent: bytes, reason: str) -> None:
    stream = Counted(sent)
    found = read_message(stream)
    assert isinstance(found, Unread)
    assert found.last
    assert reason in found.reason
    assert stream.tell() <= 30_000
    assert stream.most <= 65_536


@pytest.mark.parametrize(
    ("header", "length", "reason"),
    [
        (b"Content-Length: 200000", 200_000, "at most 100000 are read"),
        (b"Content-Type: x; charset=latin1\r\nContent-Length: 9", 9, "not in UTF-8"),
    ],
)
def test_what_is_not_read_is_passed_over(
    header: bytes, length: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(framing, "LONGEST", 100_000)
    stream = Counted(header + b"\r\n\r\n" + b"x" * length + b"Content-Length: 2\r\n\r\n{}")
    found = read_message(stream)
    assert isinstance(found, Unread)
    assert not found.last
    assert reason in found.reason
    assert read_message(stream) == b"{}"
    assert stream.most <= 65_536


def test_the_end_in_the_middle() -> None:
    for sent in (b"Content-", b"Content-Length: 5\r\n", b"Content-Length: 5\r\n\r\n{", b""):
        stream = Counted(sent)
        assert read_message(stream) is None
    stream = Counted(b"Content-Length: %d\r\n\r\n{" % LONGEST)
    assert read_message(stream) is None
    assert stream.most <= 65_536
