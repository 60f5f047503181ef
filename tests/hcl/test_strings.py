"""Text in Unicode's form NFC, of any length and with any marks, as Terraform has it."""

from __future__ import annotations

import sys
from random import Random
from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symlint.hcl.native.stream_safe import stream_safe
from symlint.hcl.native.strings import normalized

MARKS = [chr(code) for code in range(sys.maxunicode + 1) if combining(chr(code))]
RUNS = st.text(
    "e\u0300\u0316\u0344\u0f73\u1161\u1100\uac01\u09c7\u09be\uff9e\u3133\u00e9", max_size=120
)
OTHERS = ["e", "é", "\u1100\u1161", "\ud55c", "\u01d5", "\U0001d15e", "a", "👍", "\ufdfa"]


@pytest.mark.parametrize("seed", range(20))
def test_long_texts_are_normalized_as_short_ones(seed: int) -> None:
    random = Random(seed)
    text = "".join(random.choice((random.choice(MARKS), random.choice(OTHERS))) for _ in range(600))
    assert normalized(text) == normalize("NFC", text)


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


@given(RUNS)
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
