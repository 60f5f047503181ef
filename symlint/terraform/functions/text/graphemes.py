"""Grapheme clusters: what Terraform counts as the characters of a string.

The rules of Unicode's annex 29 (https://www.unicode.org/reports/tr29/, extended clusters, as
``github.com/apparentlymart/go-textseg`` implements version 15 of them). Python has no table of the
property they need, so it is worked out from general categories and a few ranges; the tests compare
all characters of the first two planes with Terraform's own counts.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_STEPS_PER_CHARACTER: Final = 6
_STEPS_PER_DIFFERENT: Final = 40
"""What a character costs each time, and once for its property."""

_Property: TypeAlias = Literal[
    "other", "cr", "lf", "control", "extend", "zwj", "prepend", "spacing", "regional", "picture",
    "l", "v", "t", "lv", "lvt",
]  # fmt: skip  # as many a line as fit

_PREPEND: Final = (
    (0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2),
    (0xD4E, 0xD4E), (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x111C2, 0x111C3),
    (0x1193F, 0x1193F), (0x11941, 0x11941), (0x11A3A, 0x11A3A), (0x11A84, 0x11A89),
    (0x11D46, 0x11D46), (0x11F02, 0x11F02),
)  # fmt: skip  # as many a line as fit

_NEWER_MARKS: Final = (
    (0xCF3, 0xCF3), (0xECE, 0xECE), (0x10EFD, 0x10EFF), (0x11241, 0x11241), (0x11F00, 0x11F01),
    (0x11F03, 0x11F03), (0x11F34, 0x11F3A), (0x11F3E, 0x11F42), (0x13440, 0x13440),
    (0x13447, 0x13455), (0x1E08F, 0x1E08F), (0x1E4EC, 0x1E4EF), (0x1171E, 0x1171E),
)  # fmt: skip  # as many a line as fit
"""Marks of Unicode 15 that the tables of Python 3.11 lack, and one that those of 3.14 call spacing."""

_LATER_MARKS: Final = (
    (0x897, 0x897), (0x10D69, 0x10D6D), (0x10EFC, 0x10EFC), (0x113B8, 0x113C0), (0x113C2, 0x113C2),
    (0x113C5, 0x113C5), (0x113C7, 0x113CA), (0x113CC, 0x113D0), (0x113D2, 0x113D2),
    (0x113E1, 0x113E2), (0x11F5A, 0x11F5A), (0x1611E, 0x1612F), (0x1E5EE, 0x1E5EF),
)  # fmt: skip  # as many a line as fit
"""Marks of Unicode 16, in the tables of Python 3.14, that Terraform does not know yet."""

_SEPARATE_MARKS: Final = (
    (0x102B, 0x102C), (0x1038, 0x1038), (0x1062, 0x1064), (0x1067, 0x106D), (0x1083, 0x1083),
    (0x1087, 0x108C), (0x108F, 0x108F), (0x109A, 0x109C), (0x1A61, 0x1A61), (0x1A63, 0x1A64),
    (0xAA7B, 0xAA7B), (0xAA7D, 0xAA7D), (0x11720, 0x11721),
)  # fmt: skip  # as many a line as fit
"""Spacing marks that begin a cluster all the same."""

_IGNORABLE: Final = (
    (0x2065, 0x2065), (0xFFF0, 0xFFF8), (0x13439, 0x1343F), (0xE0000, 0xE0000),
    (0xE0002, 0xE001F), (0xE0080, 0xE00FF), (0xE01F0, 0xE0FFF),
)  # fmt: skip  # as many a line as fit
"""Characters without an assignment that are ignored, and so are controls."""

_PICTURES: Final = (
    (0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122),
    (0x2139, 0x2139), (0x2194, 0x2199), (0x21A9, 0x21AA), (0x231A, 0x231B), (0x2328, 0x2328),
    (0x2388, 0x2388), (0x23CF, 0x23CF), (0x23E9, 0x23F3), (0x23F8, 0x23FA), (0x24C2, 0x24C2),
    (0x25AA, 0x25AB), (0x25B6, 0x25B6), (0x25C0, 0x25C0), (0x25FB, 0x25FE), (0x2600, 0x2605),
    (0x2607, 0x2612), (0x2614, 0x2685), (0x2690, 0x2705), (0x2708, 0x2712), (0x2714, 0x2714),
    (0x2716, 0x2716), (0x271D, 0x271D), (0x2721, 0x2721), (0x2728, 0x2728), (0x2733, 0x2734),
    (0x2744, 0x2744), (0x2747, 0x2747), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755),
    (0x2757, 0x2757), (0x2763, 0x2767), (0x2795, 0x2797), (0x27A1, 0x27A1), (0x27B0, 0x27B0),
    (0x27BF, 0x27BF), (0x2934, 0x2935), (0x2B05, 0x2B07), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50),
    (0x2B55, 0x2B55), (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3297), (0x3299, 0x3299),
    (0x1F000, 0x1F0FF), (0x1F10D, 0x1F10F), (0x1F12F, 0x1F12F), (0x1F16C, 0x1F171),
    (0x1F17E, 0x1F17F), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1AD, 0x1F1E5),
    (0x1F201, 0x1F20F), (0x1F21A, 0x1F21A), (0x1F22F, 0x1F22F), (0x1F232, 0x1F23A),
    (0x1F23C, 0x1F23F), (0x1F249, 0x1F3FA), (0x1F400, 0x1F53D), (0x1F546, 0x1F64F),
    (0x1F680, 0x1F6FF), (0x1F774, 0x1F77F), (0x1F7D5, 0x1F7FF), (0x1F80C, 0x1F80F),
    (0x1F848, 0x1F84F), (0x1F85A, 0x1F85F), (0x1F888, 0x1F88F), (0x1F8AE, 0x1F8FF),
    (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1FAFF), (0x1FC00, 0x1FFFD),
)  # fmt: skip  # as many a line as fit


def clusters(text: str, spend: Callable[[int], None]) -> Sequence[str]:
    """The grapheme clusters of a text, in order; ``spend`` is told the steps, and may raise."""
    if text.isascii() and "\r" not in text:
        return text
    return list(_clusters(text, spend))


def joined(characters: Sequence[str]) -> str:
    """The text of some clusters."""
    return characters if isinstance(characters, str) else "".join(characters)


def count(text: str, spend: Callable[[int], None]) -> int:
    """How many grapheme clusters a text has; ``spend`` is told the steps, and may raise."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    return sum(1 for _ in _clusters(text, spend))


def _clusters(text: str, spend: Callable[[int], None]) -> Iterator[str]:
    spend(len(text) * _STEPS_PER_CHARACTER)
    different = set(text)
    spend(len(different) * _STEPS_PER_DIFFERENT)
    properties = {character: _property(character) for character in different}
    start = 0
    before: _Property = "other"
    after_picture = False  # a picture, extending characters, and perhaps the joiner precede
    regional = 0  # how many regional indicators precede
    for position, character in enumerate(text):
        here = properties[character]
        if position and _breaks(before, here, after_picture, regional):
            yield text[start:position]
            start = position
        if here == "picture":
            after_picture = True
        elif here not in ("extend", "zwj"):
            after_picture = False
        regional = regional + 1 if here == "regional" else 0
        before = here
    if text:
        yield text[start:]


def _breaks(before: _Property, here: _Property, after_picture: bool, regional: int) -> bool:
    """Whether a cluster ends between two characters."""
    if before == "cr" and here == "lf":
        return False
    if before in ("cr", "lf", "control") or here in ("cr", "lf", "control"):
        return True
    if here in ("extend", "zwj", "spacing") or before == "prepend":
        return False
    if before == "zwj" and here == "picture" and after_picture:
        return False
    if before == "l":
        return here not in ("l", "v", "lv", "lvt")
    if before in ("lv", "v"):
        return here not in ("v", "t")
    if before in ("lvt", "t"):
        return here != "t"
    return not (before == "regional" and here == "regional" and regional % 2 == 1)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _property(character: str) -> _Property:
    if " " <= character < "\x7f":
        return "other"
    if character == "\r":
        return "cr"
    if character == "\n":
        return "lf"
    if character == "\u200d":
        return "zwj"
    code = ord(character)
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "regional"
    if 0x1100 <= code <= 0xD7FF:
        hangul = _hangul(code)
        if hangul is not None:
            return hangul
    if _within(code, _PREPEND):
        return "prepend"
    if _within(code, _PICTURES):
        return "picture"
    return _by_category(character, code)


def _hangul(code: int) -> _Property | None:
    if code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "l"
    if code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "v"
    if code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "t"
    if 0xAC00 <= code <= 0xD7A3:
        return "lv" if (code - 0xAC00) % 28 == 0 else "lvt"
    return None


def _by_category(character: str, code: int) -> _Property:
    from unicodedata import category

    if code in (0x200C, 0xE33, 0xEB3, 0xFF9E, 0xFF9F) or 0x1F3FB <= code <= 0x1F3FF:
        return "extend"
    if 0xE0020 <= code <= 0xE007F or _within(code, _NEWER_MARKS):
        return "extend"
    if _within(code, _LATER_MARKS):
        return "other"
    kind = category(character)
    if kind in ("Mn", "Me"):
        return "extend"
    if kind == "Mc":
        return "other" if _within(code, _SEPARATE_MARKS) else "spacing"
    if kind in ("Cc", "Cf", "Cs", "Zl", "Zp") or _within(code, _IGNORABLE):
        return "control"
    return "other"
