"""The budget of work: steps, parts that are kept back, and what was given up."""

from __future__ import annotations

from symlint.budget import MAXIMUM_STEPS, TOO_MUCH_WORK, Budget


def test_steps_are_spent_until_they_do_not_suffice() -> None:
    budget = Budget(10)
    assert budget.spend(4)
    assert budget.spend(6)
    assert budget.given_up == {}
    assert not budget.spend(1)
    assert list(budget.given_up) == [TOO_MUCH_WORK]


def test_what_is_too_much_takes_nothing() -> None:
    budget = Budget(10)
    assert not budget.spend(11, "the roof was not painted")
    assert budget.remaining == 10
    assert budget.spend(10)
    assert list(budget.given_up) == ["the roof was not painted"]


def test_what_is_reserved_cannot_be_spent_before_it_is_released() -> None:
    budget = Budget(100)
    reserved = budget.reserve(4)
    assert (budget.remaining, reserved) == (25, 75)
    assert not budget.spend(26)
    assert budget.spend(25)
    budget.release(reserved)
    assert budget.spend(75)


def test_the_last_share_is_all_that_is_left() -> None:
    budget = Budget(7)
    assert budget.reserve(1) == 0
    assert budget.remaining == 7


def test_a_budget_has_the_work_of_a_run_unless_told() -> None:
    assert Budget().remaining == MAXIMUM_STEPS


def test_instances_leave_half_for_looking_at_them() -> None:
    budget = Budget(100)
    assert budget.spend_on_instances(50, "instances")
    assert not budget.spend_on_instances(1, "more instances")
    assert budget.spend(50)
    assert list(budget.given_up) == ["more instances"]
    assert budget.instances_left_out


def test_more_to_read_allows_more_work() -> None:
    budget = Budget(0)
    budget.add(10)
    assert budget.spend_on_instances(5, "instances")
    assert budget.spend(5)
    assert not budget.spend(1)
