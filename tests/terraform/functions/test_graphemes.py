"""Characters as Terraform counts them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from symlint.terraform.functions.text.graphemes import clusters, count

RANGES: dict[str, list[list[int]]] = json.loads(
    Path(__file__).with_name("graphemes.json").read_text("utf-8")
)


def normalized_count(text: str) -> int:
    return count(unicodedata.normalize("NFC", text), lambda steps: None)


@pytest.mark.no_cover
def test_every_character_counts_as_in_terraform() -> None:
    recorded = {
        code: key
        for key, ranges in RANGES.items()
        for low, high in ranges
        for code in range(low, high + 1)
    }
    wrong = []
    codes = (*range(0x20, 0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE1000))
    uniform = ((0x3400, 0xA000), (0xAC00, 0xD7A4), (0xE000, 0xF900), (0x12000, 0x1D000))
    for code in codes:
        if code % 16 and any(low <= code < high for low, high in uniform) and code not in recorded:
            continue
        character = chr(code)
        lengths = (f"a{character}", f"{character}a", f"\U0001f44d\u200d{character}")
        if "".join(str(normalized_count(text)) for text in lengths) != recorded.get(code, "222"):
            wrong.append(hex(code))
    assert wrong == []


CLUSTERS = (
    ("\r\n", "\n", "\r", "a"),
    ("\u1100\u1161\u11a8", "\u1100"),  # of Hangul: a leading letter, a vowel, a trailing letter
    ("\u11a8\u11a8", "\u1161"),
    ("\uac00\u11a8", "\uac01\u11a8", "\uac00"),
    ("\u0600a", "b"),  # what stands before a number belongs to it
    ("\U0001f468\u200d\U0001f469", "\U0001f468"),
    ("a\u200d", "\U0001f468"),  # a joiner behind a letter joins nothing
    ("\U0001f1e9\U0001f1ea", "\U0001f1eb"),
    ("\u0915\u093e", "\u200b", "x\U0001f3fb", "y\U000e0061"),
)


@pytest.mark.parametrize("expected", CLUSTERS, ids=ascii)
def test_where_clusters_end(expected: tuple[str, ...]) -> None:
    assert tuple(clusters("".join(expected), lambda steps: None)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "a\r\nb",
        "noe\u0308l",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467x",
        "\U0001f1e9\U0001f1ea\U0001f1eb",
    ],
)
def test_clusters_make_up_the_text(text: str) -> None:
    steps: list[int] = []
    found = clusters(text, steps.append)
    assert "".join(found) == text
    assert len(found) == count(text, steps.append)
    assert text.isascii() or sum(steps) >= 2 * len(text)
    assert all(found)
