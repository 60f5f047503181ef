"""Open files and what is typed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symlint.language_server.documents import Change, Documents, changed
from symlint.language_server.positions import Position, Positions

if TYPE_CHECKING:
    from symlint.language_server.positions import Encoding

TEXTS = st.text("ab\n\r\N{ROCKET}\N{LATIN SMALL LETTER E WITH ACUTE}\u2028\x0c", max_size=12)
ENCODINGS: list[Encoding] = ["utf-8", "utf-16", "utf-32"]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6), TEXTS), max_size=4))
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_changes_in_a_row(encoding: Encoding, text: str, edits: list[tuple[int, int, str]]) -> None:
    changes, wanted = [], text
    for start, length, new in edits:
        positions = Positions(wanted, encoding)
        first, last = (positions.position(min(it, len(wanted))) for it in (start, start + length))
        changes.append(Change(new, (first, last)))
        # Between the two characters that end a line there is no position.
        start, end = positions.offset(first), positions.offset(last)
        wanted = wanted[:start] + new + wanted[end:]
    assert changed(text, changes, encoding) == wanted


def test_a_change_of_the_whole() -> None:
    nowhere = Position(99, 99)
    assert changed("a", [Change("b"), Change("c", (nowhere, nowhere))], "utf-16") == "bc"
    assert changed("abc", [Change("x", (Position(0, 2), Position(0, 1)))], "utf-16") == "abxc"


def test_lines_end_where_the_protocol_says() -> None:
    second = Position(1, 0)
    assert (
        changed("a\u2028b\x0cc\nd", [Change("x", (second, second))], "utf-16")
        == "a\u2028b\x0cc\nxd"
    )


def test_a_byte_order_mark_is_a_character_of_the_first_line() -> None:
    documents = Documents()
    documents.put("/a.tf", "file:///a.tf", "\ufeffab\nc", 1, saved=True)
    place = Position(0, 2)
    documents.change("/a.tf", [Change("x", (place, place))], 2, "utf-16")
    found = documents.get("/a.tf")
    assert found is not None
    assert (found.text, found.marked, found.version, found.saved) == ("axb\nc", True, 2, False)
    begin = Position(0, 0)
    documents.change("/a.tf", [Change("", (begin, Position(0, 1)))], 3, "utf-16")
    found = documents.get("/a.tf")
    assert found is not None
    assert (found.text, found.marked) == ("axb\nc", False)


def test_what_is_not_open_is_not_changed() -> None:
    documents = Documents()
    documents.change("/a.tf", [Change("x")], 2, "utf-16")
    assert documents.get("/a.tf") is None


def test_half_a_character_is_completed_by_the_next_edit() -> None:
    documents = Documents()
    documents.put("a.tf", "file:///a.tf", "xy", 1, saved=True)
    halves = "\ud83d", "\ude00"
    at = Position(0, 1), Position(0, 1)
    documents.change("a.tf", [Change(halves[0], at)], 2, "utf-16")
    assert documents.texts() == {"a.tf": "x\ufffdy"}
    after = Position(0, 2), Position(0, 2)
    documents.change("a.tf", [Change(halves[1], after)], 3, "utf-16")
    assert documents.texts() == {"a.tf": "x\U0001f600y"}
