"""Assertions about access: what they select, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from granted_access import MAIN, MEMBERS, granted

from symlint.budget import Budget
from symlint.lint.settings.keys import ASSERTION_KEYS, EXPECT_KEYS
from symlint.sym.access.assertions import (
    EXPECTATIONS,
    SELECTORS,
    TARGET_SELECTORS,
    ComparedGrants,
    judge,
)
from symlint.sym.assertion import Assertion

if TYPE_CHECKING:
    from pathlib import Path


def verdicts(tmp_path: Path, code: str = MEMBERS, main: str = MAIN, **fields: Any) -> list[str]:
    selected = {"flows": {}, "targets": {}, "setting": {}, "expect": {}, **fields}
    grants = tuple(granted(tmp_path, code, main))
    return [it.verdict for it in judge(Assertion("a", **selected), grants)]


def test_no_more_is_compared_than_there_is_work_for(tmp_path: Path) -> None:
    grants = tuple(granted(tmp_path, MEMBERS, MAIN)) * 1_000
    asserted = Assertion("a", {"name": ("x*",)}, {}, {}, {"self-approval": False})
    budget = Budget(1_000)
    assert ComparedGrants(grants, budget).selects_any(asserted)
    assert [*budget.given_up] == ["there are too many assertions and grants to compare all of them"]
    assert not ComparedGrants(grants, Budget()).selects_any(asserted)
    many = asserted._replace(flows={"name": ("*",) * 1_000})
    assert len([*ComparedGrants(grants, Budget(10_000)).judge(many)]) < 10


def test_an_assertion_is_compared_with_the_grants_once(tmp_path: Path) -> None:
    grants = tuple(granted(tmp_path, MEMBERS, MAIN)) * 10
    asserted = Assertion("a", {"name": ("o*",)}, {}, {}, {"self-approval": False})
    budget = Budget()
    compared = ComparedGrants(grants, budget)
    assert len([*compared.judge(asserted)]) == len(grants)
    left = budget.remaining
    assert compared.selects_any(asserted)
    assert [*compared.judge(asserted)] == [*judge(asserted, grants)]
    assert budget.remaining == left


def test_every_word_of_the_configuration_file_is_known() -> None:
    keys = {key.name: key for key in ASSERTION_KEYS}
    assert {key.name for key in EXPECT_KEYS} == set(EXPECTATIONS)
    assert set(keys["flows"].choices) == set(SELECTORS)
    assert set(keys["targets"].choices) == set(TARGET_SELECTORS)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({}, ["broken"]),
        ({"flows": {"name": ("OK*",)}}, ["broken"]),
        ({"flows": {"name": ("x", "okta")}}, ["broken"]),
        ({"flows": {"name": ("x",)}}, []),
        ({"flows": {"name": ("okta",), "environment": ("x",)}}, []),
        ({"flows": {"label": ("Ok?a",), "environment": ("main",), "strategy-type": ("okta",)}}, ["broken"]),
        ({"targets": {"type": ("okta_*",), "name": ("support",)}}, ["broken"]),
        ({"targets": {"type": ("aws_*",)}}, []),
        ({"setting": {"group_id": ("00g*",)}}, ["broken"]),
        ({"setting": {"group_id": ("01g*",)}}, []),
        ({"setting": {"other": ("*",)}}, []),
    ],
)  # fmt: skip  # a case a line
def test_what_is_selected(tmp_path: Path, selection: dict[str, Any], expected: list[str]) -> None:
    assert verdicts(tmp_path, expect={"self-approval": True}, **selection) == expected


def test_what_may_be_selected_is_undecided_unless_it_holds(tmp_path: Path) -> None:
    main = (
        MAIN.replace('name = "main"', "name = data.okta_group.x.id") + 'data "okta_group" "x" {}\n'
    )
    flows = {"environment": ("main",)}
    assert verdicts(tmp_path, main=main, flows=flows, expect={"self-approval": True}) == [
        "undecided"
    ]
    assert verdicts(tmp_path, main=main, flows=flows, expect={"self-approval": False}) == ["holds"]


def test_a_name_that_is_not_known_may_be_any(tmp_path: Path) -> None:
    data = 'data "okta_group" "x" {}\n'
    flow = MAIN.replace('name           = "okta"', "name           = data.okta_group.x.id") + data
    target = MAIN.replace('name = "support"', "name = data.okta_group.x.id") + data
    cases: tuple[tuple[str, dict[str, Any]], ...] = (
        (flow, {"flows": {"name": ("this",)}}),
        (flow, {"flows": {"name": ("other",)}}),
        (target, {"targets": {"name": ("group",)}}),
    )
    for main, selection in cases:
        assert main != MAIN + data
        expect = {"self-approval": True}
        assert verdicts(tmp_path, main=main, expect=expect, **selection) == ["undecided"]
    assert verdicts(tmp_path, main=flow, expect={"flows": ("this",)}) == ["undecided"]
    assert verdicts(tmp_path, main=MAIN, flows={"label": ("",)}, expect={"gated": False}) == []


@pytest.mark.parametrize(
    ("expect", "verdict"),
    [
        ({"self-approval": False}, "holds"),
        ({"self-approval": True}, "broken"),
        ({"automatic": ("never",)}, "holds"),
        ({"automatic": ("always", "conditional")}, "broken"),
        ({"approve-at-most": "admin"}, "broken"),
        ({"approve-at-most": "member"}, "holds"),
        ({"approve-at-most": "guests"}, "holds"),
        ({"longest": 3600}, "holds"),
        ({"longest": 3599}, "broken"),
        ({"ends": ("by time", "by hand")}, "holds"),
        ({"flows": ("okta",)}, "holds"),
        ({"flows": ("other",)}, "broken"),
        ({"logged": True}, "broken"),
        ({"logged": False}, "holds"),
        ({"notified": True}, "broken"),
        ({"gated": True}, "broken"),
        ({"gated": False}, "holds"),
    ],
)
def test_what_is_expected(tmp_path: Path, expect: dict[str, Any], verdict: str) -> None:
    assert verdicts(tmp_path, expect=expect) == [verdict]


@pytest.mark.parametrize("expect", [{"self-approval": False}, {"approve-at-most": "guests"}, {"automatic": ("never",)}, {"gated": False}])  # fmt: skip  # one line
def test_what_is_not_known_is_undecided(tmp_path: Path, expect: dict[str, Any]) -> None:
    main = MAIN.replace('file("impl.py")', "var.code") + 'variable "code" {}\n'
    assert verdicts(tmp_path, main=main, expect=expect) == ["undecided"]


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ("allow_revoke = false", "holds"),
        ("schedule_deescalation = false", "broken"),
        ("schedule_deescalation = false\n    allow_revoke = false", "broken"),
        ("schedule_deescalation = data.okta_group.x.id", "undecided"),
    ],
)
def test_what_no_time_ends_is_longer_than_any_time(tmp_path: Path, ends: str, verdict: str) -> None:
    main = MAIN.replace("  params {", f"  params {{\n    {ends}") + 'data "okta_group" "x" {}\n'
    assert verdicts(tmp_path, main=main, expect={"longest": 3600}) == [verdict]
    assert verdicts(tmp_path, main=main, expect={"longest": 3599}) == ["broken"]
