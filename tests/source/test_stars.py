"""Patterns with stars: what they match, whatever there is between the stars."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import product

import pytest

from symlint.source.stars import matches


def test_patterns_match_what_the_standard_library_says() -> None:
    patterns = ["".join(it) for size in range(6) for it in product("a*?b", repeat=size)]
    texts = ["".join(it) for size in range(5) for it in product("ab", repeat=size)]
    for pattern in patterns:
        for text in texts:
            assert matches(pattern, text) is fnmatchcase(text, pattern), (pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("PROD-*", "prod-eu", True),
        ("[a]", "a", False),
        ("[a]", "[a]", True),
        ("a.c", "abc", False),
        ("a?c", "a\nc", True),
        ("?*?", "a", False),
        ("*a" * 100_000 + "b", "a" * 100_001, False),
    ],
)
def test_patterns(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text) is expected
