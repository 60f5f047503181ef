"""Lines, columns and ranges."""

from __future__ import annotations

import pytest

from symlint.source.text import Position, Range, SourceFile


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("abc", 0, 1, 1),
        ("abc", 3, 1, 4),
        ("a\nb", 1, 1, 2),
        ("a\nb", 2, 2, 1),
        ("a\r\nb", 3, 2, 1),
        ("a\n", 2, 2, 1),
        ("é\U0001f600x", 2, 1, 3),
        ("\n\n\n", 2, 3, 1),
    ],
)
def test_position(text: str, offset: int, line: int, column: int) -> None:
    assert SourceFile("/f", text).position(offset) == Position(line, column, offset)


def test_lines_come_without_their_ends() -> None:
    source = SourceFile("/f", "one\r\ntwo\n\nfour")
    assert [source.line(number) for number in range(6)] == ["", "one", "two", "", "four", ""]


def test_range_knows_its_text_and_place() -> None:
    source = SourceFile("/f", "a = 1\nbc = 2\n")
    place = Range(source, 6, 8)
    assert place.text == "bc"
    assert (place.line, place.column) == (2, 1)
    assert place.end_position == Position(2, 3, 8)
    assert place.path == "/f"


def test_ranges_sort_by_path_then_place() -> None:
    first, second = SourceFile("/a", "xy"), SourceFile("/b", "xy")
    ranges = [Range(second, 0, 1), Range(first, 1, 2), Range(first, 0, 2), Range(first, 0, 1)]
    assert sorted(ranges, key=Range.sort_key) == [ranges[3], ranges[2], ranges[1], ranges[0]]
