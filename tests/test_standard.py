"""What is made for clean runs does what that of the standard library does."""

from __future__ import annotations

import functools
import importlib
import types

from symlint import standard


def test_what_is_the_same() -> None:
    assert standard.partial is functools.partial
    assert standard.MappingProxyType is types.MappingProxyType
    assert standard.import_module("importlib.machinery") is importlib.import_module(
        "importlib.machinery"
    )


def test_results_are_remembered() -> None:
    calls: list[tuple[int, int]] = []

    @standard.cache
    def total(one: int, other: int = 1) -> int:
        """The sum."""
        calls.append((one, other))
        return one + other

    assert [total(1), total(1), total(2, other=3)] == [2, 2, 5]
    assert calls == [(1, 1), (2, 3)]
    assert (total.__name__, total.__doc__) == ("total", "The sum.")
    assert total.__module__ == __name__


def test_only_so_many_are_remembered() -> None:
    calls: list[int] = []

    @standard.lru_cache(maxsize=2)
    def half(number: int) -> float:
        calls.append(number)
        return number / 2

    for number in (1, 2, 1, 3, 1, 2):
        half(number)
    assert calls == [1, 2, 3, 2]


def test_a_property_is_found_once() -> None:
    class Number:
        asked = 0

        @standard.cached_property
        def double(self) -> int:
            """Twice of it."""
            self.asked += 1
            return 2

    number = Number()
    assert [number.double, number.double, number.asked] == [2, 2, 1]
    assert vars(number)["double"] == 2
    assert Number.double.__doc__ == "Twice of it."
    assert Number().asked == 0
