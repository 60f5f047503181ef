"""Sets of characters in RE2 patterns."""

from __future__ import annotations

from bisect import bisect_right

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Inclusive ranges of code points."""


class UnsupportedPatternError(Exception):
    """A valid pattern whose meaning is not known here; the message completes "because ..."."""


DIGITS: Final[Ranges] = ((0x30, 0x39),)
SPACES: Final[Ranges] = ((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20))
WORD: Final[Ranges] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))

POSIX_CLASSES: Final[dict[str, Ranges]] = {
    "alnum": ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)),
    "alpha": ((0x41, 0x5A), (0x61, 0x7A)),
    "ascii": ((0x00, 0x7F),),
    "blank": ((0x09, 0x09), (0x20, 0x20)),
    "cntrl": ((0x00, 0x1F), (0x7F, 0x7F)),
    "digit": DIGITS,
    "graph": ((0x21, 0x7E),),
    "lower": ((0x61, 0x7A),),
    "print": ((0x20, 0x7E),),
    "punct": ((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)),
    "space": ((0x09, 0x0D), (0x20, 0x20)),
    "upper": ((0x41, 0x5A),),
    "word": WORD,
    "xdigit": ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66)),
}

_CATEGORIES: Final = frozenset(
    [
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cs",
        "L",
        "Ll",
        "Lm",
        "Lo",
        "Lt",
        "Lu",
        "M",
        "Mc",
        "Me",
        "Mn",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Pe",
        "Pf",
        "Pi",
        "Po",
        "Ps",
        "S",
        "Sc",
        "Sk",
        "Sm",
        "So",
        "Z",
        "Zl",
        "Zp",
        "Zs",
    ]
)

_LAST: Final = 0x10FFFF

_LARGE_ORBITS: Final = (
    "Kk\u212a", "Ss\u017f", "\u00c5\u00e5\u212b", "\u00b5\u039c\u03bc", "\u00df\u1e9e",
    "\u03a3\u03c3\u03c2", "\u0392\u03b2\u03d0", "\u0395\u03b5\u03f5", "\u0398\u03b8\u03d1\u03f4",
    "\u0399\u03b9\u0345\u1fbe", "\u039a\u03ba\u03f0", "\u03a0\u03c0\u03d6", "\u03a1\u03c1\u03f1",
    "\u03a6\u03c6\u03d5", "\u03a9\u03c9\u2126", "\u01c4\u01c5\u01c6", "\u01c7\u01c8\u01c9",
    "\u01ca\u01cb\u01cc", "\u01f1\u01f2\u01f3", "\u1e60\u1e61\u1e9b", "\u0130", "\u0131",
    "\u0412\u0432\u1c80", "\u0414\u0434\u1c81", "\u041e\u043e\u1c82", "\u0421\u0441\u1c83",
    "\u0422\u0442\u1c84\u1c85", "\u042a\u044a\u1c86", "\u0462\u0463\u1c87", "\u1c88\ua64a\ua64b",
)  # fmt: skip  # as many a line as fit
"""Sets of characters that are equal but for case where lower() and upper() do not say so."""

_ORBITS: Final = {character: orbit for orbit in _LARGE_ORBITS for character in orbit}


class CategoryRanges(NamedTuple):
    r"""A Unicode general category in the place of ranges (``\p{Lu}``)."""

    name: str


def category_ranges(name: str) -> CategoryRanges | Ranges | None:
    r"""What ``\p{name}`` stands for; None for a name that Go does not know.

    Raises UnsupportedPatternError for what may be the name of a script that is not known here.
    """
    if name == "Any":
        return ((0, _LAST),)
    if name in _CATEGORIES:
        return CategoryRanges(name)
    from symlint.terraform.functions.re2.scripts import SCRIPTS

    if name in SCRIPTS:
        return tuple(
            (int(low, 16), int(high or low, 16))
            for low, _, high in (part.partition("-") for part in SCRIPTS[name].split())
        )
    if len(name) > 2 and name[0].isupper() and name.replace("_", "").isalpha():
        raise UnsupportedPatternError(
            f"the characters of the script {name[:40]} are not known here"
        )
    return None


class Item(NamedTuple):
    """One item of a class: characters, whether their complement is meant, and whether case counts."""

    ranges: Ranges | CategoryRanges
    negated: bool
    fold: bool

    def matches(self, character: str) -> bool:
        """Whether the item has the character."""
        candidates = fold_orbit(character) if self.fold else character
        return any(_within(candidate, self.ranges) for candidate in candidates) is not self.negated


class CharacterSet:
    """What one character of the text must be.

    ``answers`` are those that were found already, since texts repeat their characters; to find
    another one takes ``cost`` steps.
    """

    __slots__ = ("_folded", "_negated", "_others", "_plain", "answers", "cost")

    def __init__(self, items: Iterable[Item], negated: bool) -> None:
        plain: list[tuple[int, int]] = []
        folded: list[tuple[int, int]] = []
        others: dict[Item, None] = {}
        for item in items:
            if isinstance(item.ranges, CategoryRanges) or (item.fold and item.negated):
                others[item] = None
            elif item.negated:
                plain.extend(_complement(item.ranges))
            else:
                (folded if item.fold else plain).extend(item.ranges)
        self._plain = _merged(plain)
        self._folded = _merged(folded)
        self._others = tuple(others)
        self._negated = negated
        self.answers: dict[str, bool] = {}
        self.cost = 16 + 8 * len(others)

    def matches(self, character: str) -> bool:
        """Whether the set has the character; the answer is kept."""
        found = (
            _in_ranges(character, *self._plain)
            or (
                bool(self._folded[0])
                and any(_in_ranges(other, *self._folded) for other in fold_orbit(character))
            )
            or any(item.matches(character) for item in self._others)
        )
        answer = self.answers[character] = found is not self._negated
        return answer


def _merged(ranges: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The first and the last code points of ranges in order, none of which touch."""
    lows: list[int] = []
    highs: list[int] = []
    for low, high in sorted(ranges):
        if highs and low <= highs[-1] + 1:
            highs[-1] = max(highs[-1], high)
        else:
            lows.append(low)
            highs.append(high)
    return lows, highs


def _complement(ranges: Ranges) -> list[tuple[int, int]]:
    """The ranges of all other code points."""
    lows, highs = _merged(list(ranges))
    starts = [0, *(high + 1 for high in highs)]
    ends = [*(low - 1 for low in lows), _LAST]
    return [(low, high) for low, high in zip(starts, ends, strict=True) if low <= high]


def _in_ranges(character: str, lows: list[int], highs: list[int]) -> bool:
    code = ord(character)
    place = bisect_right(lows, code) - 1
    return place >= 0 and code <= highs[place]


class OneCharacter:
    """As a ``CharacterSet``, of one character: most of what patterns consist of."""

    __slots__ = ("answers",)

    cost: Final = 16

    def __init__(self, character: str) -> None:
        self.answers = {character: True}

    def matches(self, character: str) -> bool:
        """Whether it is the character, which ``answers`` does not have yet; the answer is kept."""
        self.answers[character] = False
        return False


def any_character() -> CharacterSet:
    """The set of all characters."""
    return CharacterSet((), negated=True)


def any_but_newline() -> CharacterSet:
    """The set of all characters but the line feed."""
    return CharacterSet((Item(((0x0A, 0x0A),), negated=False, fold=False),), negated=True)


def literal(character: str, fold: bool) -> CharacterSet | OneCharacter:
    """The set of one character, or of all its forms when case does not count."""
    if not fold:
        return OneCharacter(character)
    code = ord(character)
    return CharacterSet((Item(((code, code),), negated=False, fold=True),), negated=False)


def fold_orbit(character: str) -> str:
    """All characters that differ from this one in case alone (Unicode's simple folding)."""
    orbit = _ORBITS.get(character)
    if orbit is not None:
        return orbit
    forms = {character, character.lower(), character.upper(), character.title()}
    return "".join(sorted(form for form in forms if len(form) == 1))


def _within(character: str, ranges: Ranges | CategoryRanges) -> bool:
    if isinstance(ranges, CategoryRanges):
        from unicodedata import category

        return category(character).startswith(ranges.name)
    code = ord(character)
    return any(low <= code <= high for low, high in ranges)
