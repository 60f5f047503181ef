"""Conditions in words: "when a and b", "unless a"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.access.entailment import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.sym.access.cells import Data
    from symlint.sym.access.python.values import Option, Test


def simplified(ways: Sequence[Sequence[Test]]) -> list[Sequence[Test]]:
    """The same ways in fewer words: what has its own way if a test holds need not say that it does not."""
    alone = {(tests[0].text, tests[0].holds) for tests in ways if len(tests) == 1}
    found: list[Sequence[Test]] = []
    for tests in ways:
        fewer = tests
        if len(tests) > 1:
            fewer = tuple(test for test in tests if (test.text, not test.holds) not in alone)
        if len(fewer) == 1:
            alone.add((fewer[0].text, fewer[0].holds))
        found.append(fewer)
    return found


def said(tests: Sequence[Test]) -> str:
    """All of some conditions: ``a and not (b)``."""
    return " and ".join(_said(test) for test in tests)


def any_of(ways: Iterable[Sequence[Test]]) -> str:
    """One of several sets of conditions; "" where one of them has none."""
    texts = list(dict.fromkeys(said(tests) for tests in ways))
    if "" in texts or not texts:
        return ""
    return texts[0] if len(texts) == 1 else " or ".join(f"({text})" for text in texts)


def clause(ways: Sequence[Sequence[Test]]) -> str:
    """``when a``, ``unless a``; "" where it is so in any case."""
    if len(ways) == 1 and ways[0] and not any(test.holds for test in ways[0]):
        texts = [test.text for test in ways[0]]
        return f"unless {texts[0] if len(texts) == 1 else ' or '.join(f'({it})' for it in texts)}"
    text = any_of(ways)
    return f"when {text}" if text else ""


def data(ways: Iterable[Sequence[Test]]) -> Data:
    """The conditions as programs compare them: alternatives, each of them a list of tests."""
    return tuple(tuple(_compared(test) for test in tests) for tests in ways)


def _compared(test: Test) -> str:
    text = canonical(test.text)
    return text if test.holds else f"not ({text})"


def complementary(one: Option, other: Option) -> bool:
    """Whether of two options each is the one if the other is not."""
    if len(one.tests) != 1 or len(other.tests) != 1:
        return False
    first, second = one.tests[0], other.tests[0]
    return first.text == second.text and first.holds is not second.holds


def _said(test: Test) -> str:
    if test.holds:
        return f"({test.text})" if " or " in test.text else test.text
    return f"not ({test.text})"
