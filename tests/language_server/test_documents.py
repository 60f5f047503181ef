"""Open files and what is typed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symlint.language_server import edited_text
from symlint.language_server.documents import Documents
from symlint.language_server.edited_text import Change, EditedText
from symlint.language_server.positions import Position, Positions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.language_server.positions import Encoding

TEXTS = st.text("ab\n\r\N{ROCKET}\N{LATIN SMALL LETTER E WITH ACUTE}\u2028\x0c", max_size=12)
ENCODINGS: list[Encoding] = ["utf-8", "utf-16", "utf-32"]


def changed(text: str, changes: Iterable[Change], encoding: Encoding = "utf-16") -> str:
    """A text after changes, each of which is of the text that those before it have made."""
    edited = EditedText(text)
    for change in changes:
        edited.change(change, encoding)
    return edited.whole


@pytest.mark.no_cover
@given(TEXTS, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6), TEXTS), max_size=6))
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("piece", [1, 2, 4_096])
def test_changes_in_a_row(
    piece: int, encoding: Encoding, text: str, edits: list[tuple[int, int, str]]
) -> None:
    changes, wanted = [], text
    for start, length, new in edits:
        positions = Positions(wanted, encoding)
        first, last = (positions.position(min(it, len(wanted))) for it in (start, start + length))
        changes.append(Change(new, (first, last)))
        # Between the two characters that end a line there is no position.
        start, end = positions.offset(first), positions.offset(last)
        wanted = wanted[:start] + new + wanted[end:]
    with patch.object(edited_text, "_PIECE", piece):
        assert changed(text, changes, encoding) == wanted


@given(TEXTS, st.integers(0, 6), st.integers(0, 12))
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_places_that_are_not_there(
    encoding: Encoding, text: str, line: int, character: int
) -> None:
    place = Position(line, character)
    offset = Positions(text, encoding).offset(place)
    with patch.object(edited_text, "_PIECE", 1):
        found = changed(text, [Change("x", (place, place))], encoding)
    assert found == f"{text[:offset]}x{text[offset:]}"


def test_a_change_makes_a_piece_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    class Counted(Positions):
        def __init__(self, text: str, encoding: Encoding) -> None:
            made.append(len(text))
            super().__init__(text, encoding)

    monkeypatch.setattr(edited_text, "Positions", Counted)
    for text, place in (
        ("a line\n" * 100_000, Position(50_000, 3)),
        ("\N{ROCKET}" * 200_000, Position(0, 300_001)),
    ):
        edited = EditedText(text)
        edited.change(Change("x", (place, place)), "utf-16")
        made.clear()
        for _ in range(20):
            edited.change(Change("x", (place, place)), "utf-16")
        assert sum(made) < 200_000
        assert edited.whole.count("x") == 21


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
    assert documents.texts() == {"/a.tf": "axb\nc"}
    assert (found.marked, found.version, found.saved) == (True, 2, False)
    begin = Position(0, 0)
    documents.change("/a.tf", [Change("", (begin, Position(0, 1)))], 3, "utf-16")
    found = documents.get("/a.tf")
    assert found is not None
    assert documents.texts() == {"/a.tf": "axb\nc"}
    assert not found.marked


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
