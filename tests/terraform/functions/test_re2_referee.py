"""Regular expressions against RE2 itself, whose syntax and meaning Go's ``regexp`` has.

google-re2 has no wheels for musl, and so is no dependency of symlint. Where the two libraries differ
Go is right: RE2 finds ``\\B`` in the middle of characters.
"""

from __future__ import annotations

from random import Random

import pytest
from random_patterns import random_pattern, random_text

from symlint.terraform.functions.re2.matching import PatternError, compile_pattern

re2 = pytest.importorskip("re2")

OPTIONS = re2.Options()
OPTIONS.log_errors = False


def ours(pattern: str, text: str) -> object:
    """The spans of the first match and its groups; None without one; the name of an error."""
    try:
        found = compile_pattern(pattern, lambda steps: None).search(text, 0, lambda steps: None)
    except PatternError:
        return "refused"
    return found if found is None else list(zip(found[::2], found[1::2], strict=True))


def theirs(pattern: str, text: str) -> object:
    """Likewise, as RE2 has it."""
    try:
        compiled = re2.compile(pattern, OPTIONS)
    except re2.error:
        return "refused"
    found = compiled.search(text)
    return found if found is None else [found.span(index) for index in range(compiled.groups + 1)]


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(6))
def test_random_patterns_match_as_in_re2(seed: int) -> None:
    random = Random(seed)
    refused = 0
    for _ in range(500):
        pattern = random_pattern(random)
        for text in (random_text(random), random_text(random)):
            if "\\B" in pattern and not text.isascii():
                continue
            found = ours(pattern, text)
            assert (pattern, text, found) == (pattern, text, theirs(pattern, text))
            refused += found == "refused"
    assert 0 < refused < 300
