"""Positions count units of an encoding, offsets code points."""

from __future__ import annotations

import pytest

from symlint.language_server.positions import Encoding, Position, Positions

TEXT = 'a = 1\r\nemoji = "\N{ROCKET}é" # x\rb\n'


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 15), ("utf-16", 12), ("utf-32", 11)])
def test_a_character_behind_an_emoji(encoding: Encoding, character: int) -> None:
    positions = Positions(TEXT, encoding)
    offset = TEXT.index('" #')
    assert positions.position(offset) == Position(1, character)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_there_and_back(encoding: Encoding) -> None:
    positions = Positions(TEXT, encoding)
    inside_line_end = TEXT.index("\r\n") + 1
    for offset in range(len(TEXT) + 1):
        if offset != inside_line_end:
            assert positions.offset(positions.position(offset)) == offset


def test_lines_end_as_the_protocol_says() -> None:
    # Not where Python's splitlines does: at form feeds and U+2028, too.
    positions = Positions("a\rb\u2028c\fd\r\ne", "utf-16")
    assert positions.position(2) == Position(1, 0)
    assert positions.position(9) == Position(2, 0)


@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 3), ("utf-16", 1), ("utf-32", 1)])
def test_a_byte_order_mark_counts_where_the_client_sends_one(
    encoding: Encoding, width: int
) -> None:
    positions = Positions("ab\nc", encoding, marked=True)
    assert positions.position(1) == Position(0, 1 + width)
    assert positions.offset(Position(0, 1 + width)) == 1
    assert positions.offset(Position(0, 0)) == 0
    assert positions.position(3) == Position(1, 0)


def test_places_that_are_not_there() -> None:
    positions = Positions("ab\nc", "utf-16")
    assert positions.offset(Position(0, 99)) == 2
    assert positions.offset(Position(99, 0)) == 4
    # Between the halves of a pair.
    assert Positions("\N{ROCKET}b", "utf-16").offset(Position(0, 1)) == 0


def test_bytes_that_are_no_text() -> None:
    for encoding in ("utf-8", "utf-16", "utf-32"):
        positions = Positions("a\udcffb", encoding)
        assert positions.offset(positions.position(2)) == 2
