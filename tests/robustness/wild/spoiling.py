"""Changes of the bytes of a file, whatever they mean: what a broken disk, editor or enemy makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

ODD: Final = (
    *(b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xf4\x90\x80\x80", b"\xe2\x80"),
    *("\u2028".encode(), "\u0085".encode(), "\u202e".encode(), "\u0301".encode() * 40, b"\x1b[2J"),
    *(b"\r", b"\n", b"\r\n", b"\x0b", b"\x0c", b"\x1a", b"\x7f", b"\t", b" ", b"::error::x\n"),
    *(b'"', b"'", b"{", b"}", b"[", b"]", b"(", b")", b"=", b",", b":", b"#", b"/*", b"*/", b"\\", b"$"),
    *(b"${", b"%{", b"<<E\n", b"E\n", b"-", b"...", b"*", b"?", b"null", b"9" * 400, b"0", b"e", b"."),
)  # fmt: skip  # as many a line as fit
"""Bytes that some reader treats in its own way."""


def spoiled(rng: Random, data: bytes, others: list[bytes], size: int) -> bytes:
    """The bytes after a few changes; ``others`` are what may be mixed in."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        data = rng.choice(CHANGES)(rng, data, size)
        if others and rng.random() < 0.1:
            other = rng.choice(others)
            at, start = rng.randrange(len(data) + 1), rng.randrange(len(other) + 1)
            data = data[:at] + other[start : start + rng.choice((1, 20, 400, size))] + data[at:]
        data = data[: 2 * size + 20_000]
    return data


def _flip(rng: Random, data: bytes, _: int) -> bytes:
    changed = bytearray(data or b"a")
    for _ in range(rng.choice((1, 2, 5, 40, 400))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _put(rng: Random, data: bytes, size: int) -> bytes:
    piece = rng.choice((rng.choice(ODD), rng.choice(ODD), rng.randbytes(rng.choice((1, 4, 60)))))
    for _ in range(rng.choice((1, 1, 3, 20))):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + piece * rng.choice((1, 1, 1, 3, max(1, size // len(piece)))) + data[at:]
        data = data[: 4 * size + 20_000]
    return data


def _leave_out(rng: Random, data: bytes, _: int) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.choice((1, 1, 2, 9, 90, len(data))) :]


def _repeat(rng: Random, data: bytes, size: int) -> bytes:
    at = rng.randrange(len(data) + 1)
    piece = data[at : at + rng.choice((1, 3, 30, 300, len(data)))] or b"a"
    return data[:at] + piece * rng.choice((2, 2, 10, max(1, size // len(piece)))) + data[at:]


def _encode(rng: Random, data: bytes, _: int) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = rng.choice(
        ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp037", "utf-7")
    )
    return text.encode(encoding, "replace")


def _end_lines(rng: Random, data: bytes, _: int) -> bytes:
    ends = rng.choice(((b"\r\n",), (b"\r",), (b"\n", b"\r\n", b"\r"), (b" ",), (b"",), (b"\n\0",)))
    return b"".join(line + rng.choice(ends) for line in data.split(b"\n"))


def _space(rng: Random, data: bytes, _: int) -> bytes:
    space = rng.choice(
        (b"\t", b"\xc2\xa0", b"\xe3\x80\x80", b"", b"\n", b"  " * 30, b"/**/", b"#\n")
    )
    return data.replace(b" ", space, rng.choice((1, 5, -1)))


def _shuffle(rng: Random, data: bytes, _: int) -> bytes:
    pieces = rng.choice((data.splitlines(keepends=True), re.findall(rb"\w+|\s+|.", data)))
    if rng.random() < 0.5:
        rng.shuffle(pieces)
    elif len(pieces) > 1:
        for _ in range(rng.choice((1, 2, 30))):
            i, j = rng.randrange(len(pieces)), rng.randrange(len(pieces))
            pieces[i], pieces[j] = pieces[j], pieces[i]
    return b"".join(pieces)


def _letters(rng: Random, data: bytes, _: int) -> bytes:
    words = re.findall(rb"[A-Za-z_]\w*", data)
    if not words:
        return data
    word = rng.choice(words)
    new = rng.choice(
        (word.upper(), word[::-1], word * 30, b"\xc3\xa9" + word, b"", rng.choice(words))
    )
    return data.replace(word, new, rng.choice((1, -1)))


CHANGES: Final[tuple[Callable[[Random, bytes, int], bytes], ...]] = (
    *(_flip, _put, _put, _put, _leave_out, _leave_out, _repeat, _encode, _end_lines, _space),
    *(_shuffle, _letters),
)
