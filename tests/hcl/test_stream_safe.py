"""Runs of combining characters: as Terraform has them, and short enough to be put in order."""

from __future__ import annotations

from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symlint.hcl.native.stream_safe import stream_safe
from symlint.hcl.native.strings import normalized

MARKS = st.text(
    "e\u0300\u0316\u0344\u0f73\u1161\u1100\uac01\u09c7\u09be\uff9e\u3133\u00e9", max_size=120
)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("e" + "\u0316" * 30, []),
        ("e" + "\u0316" * 31, [31]),
        ("e" + "\u0300\u0316" * 35 + "x", [30, 61]),
        ("\u0316" * 70, [30, 61]),
        ("\u0301" * 35, [30]),
        ("e" + "\u0316" * 30 + "\u034f" + "\u0316" * 31, [31, 62]),
        ("\u00e9" + "\u0316" * 30, [30]),
        ("\u1ec7" + "\u0316" * 30, [29]),
        ("\u1100\u1161" + "\u0316" * 31, [30]),
        ("e" + "\u0344" * 20, [30]),
        ("e" + "\u0f73" * 20, [31]),
        ("\u0958" * 40, []),
    ],
)
def test_a_joiner_stands_where_terraform_has_one(text: str, places: list[int]) -> None:
    """The places are those that ``terraform output -json`` of Terraform 1.11 shows."""
    found = normalized(text)
    assert [index for index, character in enumerate(found) if character == "\u034f"] == places


@given(MARKS)
def test_no_run_is_long(text: str) -> None:
    safe = stream_safe(text)
    assert safe.replace("\u034f", "") == text
    longest = run = 0
    for character in normalize("NFKD", safe):
        run = run + 1 if combining(character) else 0
        longest = max(longest, run)
    assert longest <= 33  # 30, and those that the character before them ends with


def test_a_long_run_is_normalized() -> None:
    text = normalized("e" + "\u0300\u0316" * 200_000)
    assert text.count("\u034f") == 13_333


def test_other_text_is_as_python_normalizes_it() -> None:
    text = "".join(map(chr, range(0xA0, 0x3000))) + "e\u0301\u1100\u1161\u11a8"
    short = [text[start : start + 12] for start in range(0, len(text), 12)]
    assert list(map(normalized, short)) == [normalize("NFC", one) for one in short]
