"""The work of a run, divided among its root modules."""

from __future__ import annotations

from symlint.budget import STEPS_PER_CHARACTER, steps_for
from symlint.lint.run.shares import FEWEST_ROOTS, STEPS_PER_ROOT, Shares


def test_one_root_module_may_use_most_and_leaves_some_for_what_is_left_over() -> None:
    assert Shares(1_000).lend().remaining == STEPS_PER_ROOT + 500 + 375


def test_what_is_not_used_is_there_for_the_next() -> None:
    shares = Shares(1_000)
    shares.divide(2, 0)
    first = shares.lend()
    assert first.remaining == STEPS_PER_ROOT + 250 + 375
    first.spend(STEPS_PER_ROOT + 100)
    shares.take_back(first)
    assert shares.lend().remaining == STEPS_PER_ROOT + 250 + (125 + 525) * 3 // 4


def test_root_modules_that_use_all_leave_each_other_one_an_equal_share() -> None:
    shares = Shares(200_000)
    shares.divide(100, 0)
    lent = []
    for _ in range(100):
        budget = shares.lend()
        lent.append(budget.remaining)
        budget.spend(budget.remaining)
        shares.take_back(budget)
    assert min(lent) >= STEPS_PER_ROOT + 1_000
    assert sum(lent) <= 100 * STEPS_PER_ROOT + 200_000


def test_no_root_module_is_no_error() -> None:
    shares = Shares(10)
    shares.divide(0, 0)
    assert shares.lend().remaining > 0


def test_what_is_read_allows_more_work_once() -> None:
    shares = Shares(0)
    shares.divide(1, 100)
    assert shares.lend().remaining == STEPS_PER_ROOT + 100 * STEPS_PER_CHARACTER * 7 // 8
    assert shares.for_more(100) == 0
    assert shares.for_more(101) == STEPS_PER_CHARACTER


def test_what_is_very_large_allows_more_for_each_character() -> None:
    million = 1_000_000
    whole = steps_for(0, 2 * million)
    assert whole > 3 * million * STEPS_PER_CHARACTER
    for first in (0, 1, million - 1, million, million + 1, 2 * million):
        assert steps_for(0, first) + steps_for(first, 2 * million - first) == whole
    assert steps_for(0, million) == million * STEPS_PER_CHARACTER


def test_what_the_run_has_spent_elsewhere_is_not_there() -> None:
    assert Shares(1_000, spent=600).lend().remaining == STEPS_PER_ROOT + 400 * 7 // 8
    assert Shares(1_000, spent=1_000_000).lend().remaining == STEPS_PER_ROOT


def test_what_says_next_to_nothing_is_bounded_in_number() -> None:
    shares = Shares(100_000_000)
    shares.divide(FEWEST_ROOTS, 0)
    assert FEWEST_ROOTS < shares.most <= 10_000
    shares.divide(1_000_000, 0)
    assert shares.most == FEWEST_ROOTS


def test_thousands_of_characters_in_each_root_module_are_looked_at() -> None:
    shares = Shares()
    shares.divide(5_000, 5_000_000)
    assert shares.most > 5_000
