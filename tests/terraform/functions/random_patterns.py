"""Random regular expressions, and texts for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_ATOMS = [
    "a", "b", "ab", ".", "[ab]", "[^a]", "\\w", "\\W", "\\d", "\\s", "\\S", "[a-c]", "[[:alpha:]]",
    "[^[:digit:]]", "\\pL", "\\p{Lu}", "\\P{Greek}", "\\p{Greek}", "[\\d\\pN_]", "\\x41", "\\x{3b1}",
    "\\Qa.\\E", "\\t", "k", "S", "\u03c3", "\u212a", "", "()", "\\.", "[]a]", "[a-]", "[^\\W_]", "A",
]  # fmt: skip  # as many a line as fit
_ASSERTIONS = ["^", "$", "\\b", "\\B", "\\A", "\\z", "(?m)^", "(?m)$"]
_OPERATORS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{1,3}?", "{0}", "{,2}"]
_FLAGS = ["(?i)", "(?s)", "(?m)", "(?U)", "(?i-s)", "(?-i)"]
_TEXT = "aabbbAkKsS\u017f\u212a\u03b1\u03c3\u03a3 \n_09.\u00e9,[]-x"
_BROKEN = "ab(){}[]|*+?^$.\\dpQEx01,-:<>Pism"


def random_pattern(random: Random, depth: int = 3) -> str:
    """A pattern that is valid nearly always; one of thirty is any text."""
    if random.random() < 0.03:
        return "".join(random.choices(_BROKEN, k=random.randint(1, 12)))
    kind = random.random()
    if depth == 0 or kind < 0.15:
        return random.choice(_ATOMS) if random.random() < 0.85 else random.choice(_ASSERTIONS)
    if kind < 0.45:
        return "".join(random_pattern(random, depth - 1) for _ in range(random.randint(2, 3)))
    if kind < 0.6:
        count = random.randint(2, 3)
        return f"({'|'.join(random_pattern(random, depth - 1) for _ in range(count))})"
    if kind < 0.65:
        return f"{random.choice(_FLAGS)}{random_pattern(random, depth - 1)}"
    opening = random.choice(["(", "(?:", "(?i:", "(?s:", "(?U:"])
    return f"{opening}{random_pattern(random, depth - 1)}){random.choice(_OPERATORS)}"


def random_text(random: Random) -> str:
    """A short text of characters that the patterns are about."""
    return "".join(random.choices(_TEXT, k=random.randint(0, 10)))
