"""Cells of what cannot work: decisions that are not returned, integrations that the environment lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from granted_access import MAIN, MEMBERS, granted

if TYPE_CHECKING:
    from pathlib import Path

LOST = {
    "a statement": (
        "ApprovalTemplate.ignore()",
        "none: the result of ApprovalTemplate.ignore is not returned",
    ),
    "a conditional expression": (
        "ApprovalTemplate.ignore() if event.user.email == 'a' else None",
        "none: the result of ApprovalTemplate.ignore is not returned",
    ),
    "an operand": (
        "event.user.email == 'a' and ApprovalTemplate.deny()",
        "none: the result of ApprovalTemplate.deny is not returned",
    ),
    "a helper that returns it": ("refuse(event)", "none: the result of refuse is not returned"),
    "a helper that does not": (
        "return forget(event)",
        "none: the result of ApprovalTemplate.deny is not returned",
    ),
}
HELPERS = """
def refuse(event):
    return ApprovalTemplate.ignore()


def forget(event):
    ApprovalTemplate.deny()


def unused(event):
    ApprovalTemplate.ignore()
"""


@pytest.mark.parametrize(("body", "text"), LOST.values(), ids=LOST)
def test_a_gate_without_effect(tmp_path: Path, body: str, text: str) -> None:
    code = f"{MEMBERS}{HELPERS}\n@hook\ndef on_approve(event):\n    {body}\n"
    [grant] = granted(tmp_path, code)
    gates = grant.cells["gates"]
    assert (gates.text, gates.state, gates.value) == (text, "broken", ())
    assert gates.reason == "every approval counts"


def test_what_no_hook_calls_is_no_gate(tmp_path: Path) -> None:
    [grant] = granted(tmp_path, f"{MEMBERS}{HELPERS}\n@hook\ndef on_approve(event):\n    return\n")
    assert (grant.cells["gates"].text, grant.cells["gates"].state) == ("none", "known")


def test_an_approval_without_effect(tmp_path: Path) -> None:
    code = f"{MEMBERS}\n@hook\ndef on_request(event):\n    ApprovalTemplate.approve()\n"
    automatic = granted(tmp_path, code)[0].cells["automatic"]
    assert automatic.text == "never: the result of ApprovalTemplate.approve is not returned"
    assert (automatic.state, automatic.value) == ("broken", ())


ON_CALL = """
from sym.sdk.integrations import pagerduty

@hook
def on_request(event):
    if pagerduty.is_on_call(event.user):
        return ApprovalTemplate.approve()
"""
HAS_PAGERDUTY = MAIN.replace(
    '  name = "main"\n', '  name = "main"\n  integrations = { pagerduty_id = "0f8f" }\n', 1
)


def test_a_module_without_its_integration(tmp_path: Path) -> None:
    cells = granted(tmp_path, MEMBERS + ON_CALL)[0].cells
    automatic = cells["automatic"]
    assert (automatic.text, automatic.state) == ("when pagerduty.is_on_call(event.user)", "broken")
    assert automatic.reason == "pagerduty is used, and the environment has no pagerduty_id"
    assert {it.path.rpartition("/")[2] for it in automatic.evidence} == {"impl.py"}
    assert cells["approve"].state == "known"


UNKNOWN = MAIN.replace('  name = "main"\n', '  name = "main"\n  integrations = var.all\n', 1)
HAS = {
    "it is there": HAS_PAGERDUTY,
    "it is not known": UNKNOWN + 'variable "all" {}\n',
    "more may be given": UNKNOWN + 'variable "all" {\n  default = {}\n}\n',
}


@pytest.mark.parametrize("main", HAS.values(), ids=HAS)
def test_an_integration_that_may_be_there(tmp_path: Path, main: str) -> None:
    automatic = granted(tmp_path, MEMBERS + ON_CALL, main)[0].cells["automatic"]
    assert automatic.state == "conditional"


def test_code_that_the_flow_does_not_reach(tmp_path: Path) -> None:
    code = ON_CALL.replace("if pager", "if event.flow.vars['group'] == 'other' and pager")
    automatic = granted(tmp_path, MEMBERS + code)[0].cells["automatic"]
    assert (automatic.text, automatic.state) == ("never", "known")


def test_an_integration_that_is_read_by_its_name(tmp_path: Path) -> None:
    read = "event.flow.environment.integrations['github']"
    code = MEMBERS.replace("return", f"print({read})\n    return", 1)
    cells = granted(tmp_path, code)[0].cells
    reason = "KeyError: the environment has no integration github_id"
    assert (cells["approve"].text, cells["approve"].reason) == ("members", reason)
    assert cells["self_approval"].state == "broken"
    assert cells["gates"].state == "known"


def test_a_failure_of_a_hook_that_approves_nothing(tmp_path: Path) -> None:
    code = ON_CALL.replace("return ApprovalTemplate.approve()", "print(1)")
    automatic = granted(tmp_path, MEMBERS + code)[0].cells["automatic"]
    assert (automatic.text, automatic.state) == ("never", "known")


def test_flows_with_the_same_code_and_other_environments(tmp_path: Path) -> None:
    rest = HAS_PAGERDUTY[HAS_PAGERDUTY.index('resource "sym_flow"') :]
    other = rest.replace('"this"', '"other"').replace('okta"\n  label', 'other"\n  label')
    main = HAS_PAGERDUTY + other.replace("environment.main", "environment.bare")
    main += 'resource "sym_environment" "bare" {\n  name = "bare"\n}\n'
    states = {
        it.flow: it.cells["automatic"].state for it in granted(tmp_path, MEMBERS + ON_CALL, main)
    }
    assert states == {"okta": "conditional", "other": "broken"}
