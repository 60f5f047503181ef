"""SYM621: steps that a request has, and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.code.marked import found_where_marked

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
from sym.sdk.integrations import okta
from sym.sdk.templates import ApprovalTemplateStep, get_step_output


def approver_of(some_event):
    return some_event.get_actor({helper})


@hook
def on_approve(event):
    approver_of(event)
    run = event.run
    """
OTHERS = (
    "write prompt, request, request_forward, request_expire, approve, deny, escalate or deescalate"
)
UNKNOWN = {
    "event.get_actor(«'approved'»)": "did you mean approve?",
    "event.get_actor(event_name=«'requested'»)": "did you mean request?",
    'event.get_context(«"Request "»)': "did you mean request?",
    "event.get_context(«'submit'»)": OTHERS,
    "get_step_output(«'escalation'»)": OTHERS,
    "get_step_output(step=«'deescalated'»)": "did you mean deescalate?",
    "event.user.get_event_count(«'escalates'», filter_on='flow')": "did you mean escalate?",
    "event.get_actor('request').get_event_count(«'expire'»)": OTHERS,
    "[u.get_event_count(«'expire'») for u in okta.users_in_group(group_id='a')]": OTHERS,
    "event.run.actors[«'approval'»]": "did you mean approve?",
    "run.contexts.get(«'approval'»)": "did you mean approve?",
    "(step := 'approval', event.get_actor(«step»))": "did you mean approve?",
}
RIGHT = (
    "event.get_actor('request'), event.get_actor('deescalate')",
    "event.get_actor(ApprovalTemplateStep.APPROVE)",
    "event.get_actor('ignore'), event.get_actor('revoke')",
    "event.get_actor(step)",
    "event.get_actor(event.flow.vars['step'])",
    "get_step_output(), get_step_output(None), get_step_output('escalate')",
    "get_step_output(ApprovalTemplateStep.ESCALATE)['body']",
    "event.user.get_event_count('escalate')",
    "other.get_actor('anything')",
    "event.payload.fields['who'].get_event_count('anything')",
    "run.contexts['request'], event.run.actors.get('approve', 'nobody')",
    "event.flow.vars['actors'], event.flow.vars.get('approval')",
)


def in_hook(expression: str, helper: str = "'request'") -> str:
    return f"{HEAD.format(helper=helper)}return {expression}\n"


@pytest.mark.parametrize("expression", UNKNOWN)
def test_unknown_steps(tmp_path: Path, expression: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM621", in_hook(expression))
    assert (found.help, found.function) == (UNKNOWN[expression], "on_approve")


@pytest.mark.parametrize("expression", RIGHT)
def test_steps(tmp_path: Path, expression: str) -> None:
    found_where_marked(tmp_path, "SYM621", in_hook(expression))


def test_a_helper_that_gets_the_event(tmp_path: Path) -> None:
    (found,) = found_where_marked(tmp_path, "SYM621", in_hook("None", "«'approved'»"))
    assert found.function == "approver_of"
