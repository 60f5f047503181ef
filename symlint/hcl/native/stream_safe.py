"""Unicode's Stream-Safe Text Format, which Go's normalization gives every text.

After 30 characters in a row that combine with what precedes them comes U+034F, and the count begins
anew (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format, as ``golang.org/x/text/unicode/norm``
has it). It also bounds the work: marks are put in order by comparing each with those before it.
"""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST: Final = 30
_MOST_OF_ONE: Final = 2
"""As many such characters one character stands for, and no more, where it begins with them."""

_JOINER: Final = "\u034f"
_VOWELS_AND_FINALS: Final = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
_JOINING: Final = _VOWELS_AND_FINALS | frozenset(
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
)
"""Characters that are no marks and form one character with the one before them."""

_STANDING_FOR_SUCH: Final = frozenset(
    "\u0f73\u0f75\u0f81\uff9e\uff9f"
    "\u3133\u3135\u3136\u313a\u313b\u313c\u313d\u313e\u313f\u314f\u3150\u3151\u3152\u3153\u3154\u3155"
    "\u3156\u3157\u3158\u3159\u315a\u315b\u315c\u315d\u315e\u315f\u3160\u3161\u3162\u3163\uffa3\uffa5"
    "\uffa6\uffaa\uffab\uffac\uffad\uffae\uffaf\uffc2\uffc3\uffc4\uffc5\uffc6\uffc7\uffca\uffcb\uffcc"
    "\uffcd\uffce\uffcf\uffd2\uffd3\uffd4\uffd5\uffd6\uffd7\uffda\uffdb\uffdc"
)
"""Characters that stand for others, the first of which combines with the one before it."""


def stream_safe(text: str) -> str:
    """``text`` with U+034F after every 30 characters in a row that combine with those before them."""
    from unicodedata import combining

    if len(text) * _MOST_OF_ONE <= _MOST:
        return text
    leading = {
        character: _combining_at_start(character)
        for character in set(text)
        if combining(character) or character in _JOINING or character in _STANDING_FOR_SUCH
    }
    if not leading:
        return text
    run = f".?[{''.join(map(re.escape, leading))}]{{{_MOST // _MOST_OF_ONE},}}"
    return re.sub(run, lambda found: _joined(found[0], leading), text, flags=re.DOTALL)


def _joined(run: str, leading: Mapping[str, int]) -> str:
    """A run of characters that combine, perhaps behind one that does not, with what breaks it."""
    pieces: list[str] = []
    start = 0
    count = 0 if run[0] in leading else _combining_at_end(run[0])
    for position, character in enumerate(run):
        combining = leading.get(character, 0)
        count += combining
        if count > _MOST:
            pieces += (run[start:position], _JOINER)
            start, count = position, combining
    return "".join(pieces) + run[start:]


def _combining_at_start(character: str) -> int:
    """How many characters that combine this one stands for before one that does not."""
    combine = _parts(character)
    return combine.index(False) if False in combine else len(combine)


def _combining_at_end(character: str) -> int:
    """How many characters that combine this one stands for after the last that does not."""
    if character.isascii():
        return 0
    return _parts(character)[::-1].index(False)


def _parts(character: str) -> list[bool]:
    """For each character that this one stands for: does it combine with the one before it?"""
    from unicodedata import combining, normalize

    parts = normalize("NFKD", character)
    return [combining(part) != 0 or part in _JOINING for part in parts]
