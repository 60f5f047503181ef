"""Messages as they come in: a header, an empty line, and as many bytes as the header says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from symlint.named_tuple import NamedTuple
from symlint.source.files import MAX_FILE_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST: Final = 4 * MAX_FILE_SIZE
"""The bytes of the longest message that is read: room for the largest file, with its escapes."""

LONGEST_PASSED_OVER: Final = 1_000_000_000
"""The bytes of the longest message that may be meant: it is passed over, and the next one read."""

_LONGEST_HEADER: Final = 10_000
_AT_ONCE: Final = 65_536


class Stream(Protocol):
    """What comes from the client."""

    def readline(self, size: int, /) -> bytes:
        """The next line with its end, or so many bytes of it; nothing at the end."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, as many as are wanted unless the end comes before."""


class Unread(NamedTuple):
    """Why a message was not read. After a ``last`` one nobody knows where the next one begins."""

    reason: str
    last: bool = False


def read_message(stream: Stream) -> bytes | Unread | None:
    """The next message, or why it was not read; None at the end."""
    lines = _header(stream)
    if lines is None or isinstance(lines, Unread):
        return lines
    length = _length(lines)
    if isinstance(length, Unread):
        return length
    if length > LONGEST:
        problem: str | None = f"a message has {length} bytes, and at most {LONGEST} are read"
    else:
        problem = _charset_problem(lines)
    if problem is None:
        return _body(stream, length)
    return Unread(problem) if _pass_over(stream, length) else None


def _header(stream: Stream) -> list[bytes] | Unread | None:
    """The lines of a header, without blanks around them; None at the end."""
    lines: list[bytes] = []
    size = 0
    while size <= _LONGEST_HEADER:
        line = stream.readline(_LONGEST_HEADER)
        if not line:
            return None
        size += len(line)
        if line[:1] in (b" ", b"\t") and line.strip() and lines:
            lines[-1] += b" " + line.strip()  # a line may go on in the next one
        elif line.strip():
            lines.append(line.strip())
        elif lines:
            return lines
    return Unread(f"the header of a message has more than {_LONGEST_HEADER} bytes", last=True)


def _length(lines: Iterable[bytes]) -> int | Unread:
    """How long a message is by its header."""
    given = set(_fields(lines, b"content-length"))
    if not given:
        return Unread("the header of a message has no Content-Length", last=True)
    value = given.pop()
    if given or not value.isdigit() or len(value) > len(str(LONGEST_PASSED_OVER)):
        return Unread("the Content-Length of a message is no length that can be read", last=True)
    return int(value)


def _charset_problem(lines: Iterable[bytes]) -> str | None:
    """What is wrong with the encoding that a header names."""
    for value in _fields(lines, b"content-type"):
        for parameter in value.lower().split(b";")[1:]:
            name, _, charset = parameter.partition(b"=")
            if name.strip() == b"charset" and charset.strip(b'" \t') not in (b"utf-8", b"utf8"):
                return "a message is not in UTF-8, which is all that is read"
    return None


def _fields(lines: Iterable[bytes], name: bytes) -> Iterable[bytes]:
    """The values of what has a name, however that is written."""
    for line in lines:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            yield value.strip()


def _body(stream: Stream, length: int) -> bytes | None:
    """So many bytes, for which room is made as they come; None where the end comes before."""
    body = b"".join(_parts(stream, length))
    return body if len(body) == length else None


def _pass_over(stream: Stream, length: int) -> bool:
    """Take so many bytes and keep none; whether there were so many."""
    return sum(map(len, _parts(stream, length))) == length


def _parts(stream: Stream, length: int) -> Iterator[bytes]:
    """So many bytes, piece by piece; fewer where the end comes before."""
    while length and (part := stream.read(min(length, _AT_ONCE))):
        yield part
        length -= len(part)
