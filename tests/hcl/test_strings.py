"""Text in Unicode's form NFC, of any length and with any marks."""

from __future__ import annotations

import sys
from random import Random
from unicodedata import combining, normalize

import pytest

from symlint.hcl.native.strings import normalized

MARKS = [chr(code) for code in range(sys.maxunicode + 1) if combining(chr(code))]
OTHERS = ["e", "é", "\u1100\u1161", "\ud55c", "\u01d5", "\U0001d15e", "a", "👍", "\ufdfa"]


@pytest.mark.parametrize("seed", range(20))
def test_long_texts_are_normalized_as_short_ones(seed: int) -> None:
    random = Random(seed)
    text = "".join(random.choice((random.choice(MARKS), random.choice(OTHERS))) for _ in range(600))
    assert normalized(text) == normalize("NFC", text)


def test_marks_in_the_wrong_order_are_sorted_once() -> None:
    # Mended two at a time, they would take a quarter of an hour.
    marks = 500_000
    expected = "\u00e1" + "\u0327" * marks + "\u0301" * (marks - 1)
    assert normalized("a" + "\u0301\u0327" * marks) == expected
