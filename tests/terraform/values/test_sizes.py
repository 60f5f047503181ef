"""Values are as large as all that is in them, and measured in a time that what they share takes."""

from __future__ import annotations

import pytest
from support.effort import lines_run

from symlint.budget import TOO_MUCH_WORK, Budget
from symlint.terraform.values import sizes
from symlint.terraform.values.sizes import (
    DEEPEST,
    MOST_PARTS,
    may_be_filled_in,
    may_convert,
    spend_on,
    within_bounds,
)
from symlint.terraform.values.types import NUMBER, STRING, list_of, object_of
from symlint.terraform.values.value import Unknown, Value

ONE = Value(NUMBER, 1)
COUNTED = sizes._STEPS_PER_COLLECTION_COUNTED


def tuple_of(*elements: Value) -> Value:
    return Value(NUMBER, elements)  # the type is not looked at


def nested(depth: int, width: int = 1) -> Value:
    """A tuple of ``width`` times the same tuple, and so on."""
    value = tuple_of(ONE)
    for _ in range(depth - 1):
        value = Value(NUMBER, (value,) * width)
    return value


@pytest.mark.parametrize(
    ("elements", "steps"),
    [
        ((), 1),
        ((ONE,) * 1000, 1),
        ((tuple_of(*(ONE,) * 79),), 80 + COUNTED),
        ((tuple_of(*(ONE,) * 79),) * 2, 159 + COUNTED),
        (
            (Value(NUMBER, Unknown("derived", "", alternatives=(tuple_of(ONE), ONE))),),
            4 + COUNTED * 2,
        ),
        ((nested(4, 3),), 1 + 3 + 9 + 27 + 27 + COUNTED * 4),
        ((Value(NUMBER, {"a": tuple_of(ONE, ONE)}),), 4 + COUNTED * 2),
    ],
)
def test_parts_count_as_often_as_they_occur(elements: tuple[Value, ...], steps: int) -> None:
    """And counting them is paid for, once for each collection that is gone through."""
    budget = Budget(1000)
    assert within_bounds(elements, budget)
    assert 1000 - budget.remaining == steps


def test_what_is_too_large_or_too_deep_is_given_up() -> None:
    for elements in ((nested(20, 2),) * 2, (nested(DEEPEST + 1),), (ONE, nested(DEEPEST + 50))):
        budget = Budget()
        assert not within_bounds(elements, budget)
        assert list(budget.given_up) == [TOO_MUCH_WORK]
    assert within_bounds((nested(DEEPEST),), Budget())
    # However deep it is where it occurs first.
    inner = nested(60)
    outer = inner
    for _ in range(60):
        outer = Value(NUMBER, (outer,))
    assert not within_bounds((inner, outer), Budget())
    assert not within_bounds((outer, inner), Budget())


def test_what_is_shared_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    look = sizes._parts

    def counting(value: Value) -> object:
        nonlocal looks
        looks += 1
        return look(value)

    monkeypatch.setattr(sizes, "_parts", counting)
    values: list[Value] = []
    for _ in range(18):
        values.append(Value(NUMBER, (ONE, *values)))
    assert MOST_PARTS > 2**18
    assert within_bounds(values, Budget())
    assert looks < 2 * 18**2
    looks = 0
    assert not within_bounds([nested(90, 10)], Budget())
    assert looks < 1000


def test_what_has_parts_costs_more_to_convert_than_its_parts() -> None:
    budgets = Budget(), Budget()
    text = Value(STRING, "x")
    assert spend_on((text,) * 6, budgets[0])
    assert spend_on((tuple_of(text), tuple_of(text, text, text)), budgets[1])
    more = [Budget().remaining - budget.remaining for budget in budgets]
    assert more[1] - more[0] == 2 * sizes._STEPS_PER_COLLECTION_VISITED


def test_what_a_type_adds_is_paid_for() -> None:
    wide = object_of({f"a{number}": list_of(STRING) for number in range(50)})
    given = Value(list_of(wide), tuple(Value(wide, {}) for _ in range(20)))
    budget = Budget(100_000)
    assert may_be_filled_in(given, list_of(wide), budget)
    spent = 100_000 - budget.remaining
    assert spent > 50 * 20
    few = Budget(spent - 1)
    assert not may_be_filled_in(given, list_of(wide), few)
    assert list(few.given_up) == [TOO_MUCH_WORK]
    assert few.remaining < spent - 1


def test_what_is_too_much_to_convert_is_not_gone_through() -> None:
    large = tuple_of(*(ONE,) * 1000)
    assert lines_run(lambda: may_convert(large, Budget(5_000))) < 100
    budget = Budget(20_000)
    assert may_convert(large, budget)
    assert budget.remaining < 10_000
    budget.remaining = 0
    assert may_convert(ONE, budget)
    assert not may_convert(tuple_of(ONE), budget)
