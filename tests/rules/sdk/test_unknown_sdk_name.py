"""SYM612: modules, names and arguments that the SDK does not have, and all that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.code.marked import found_where_marked

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = {
    "from «sym.annotations» import reducer": "write sym.sdk.annotations",
    "from «sym.integrations» import slack": "write sym.sdk.integrations",
    "from «sym.sdk.integration» import okta": "did you mean sym.sdk.integrations?",
    "import «sym.sdk.integrations.slak»": "did you mean sym.sdk.integrations.slack?",
    "import json, «sym.sdk.user.User» as U": "write from sym.sdk.user import User",
    "from «sym.flow» import Run": "write sym.sdk.flow",
    "from «sym.shared.tools» import a": "use what version 0.61.0 of sym-sdk has, the last one",
    "from sym.sdk.annotations import reducer, «hooks»": "did you mean hook?",
    "from sym.sdk.annotations import «action»": (
        "do without it: version 0.5.3 of sym-sdk, and those since, do not have it"
    ),
    "from sym.sdk.integrations import «http»": (
        "do without it: version 0.10 of sym-sdk, and those since, do not have it"
    ),
    "from sym.sdk.annotations import «user_ids as u»": "write from sym.sdk.user import user_ids",
    "from sym.sdk.integrations.knowbe4 import (\n    «users»,\n)": (
        "use what it has: get_training_enrollments_for_user, is_user_in_group"
    ),
}
UNKNOWN = {
    "okta.«group»('a')": (
        "sym.sdk.integrations.okta has no group",
        "use what it has: get_user_info, is_user_in_group, list_groups, users_in_group",
    ),
    "okta.«is_user_in_groups»(u, group_id='a')": (
        "sym.sdk.integrations.okta has no is_user_in_groups",
        "did you mean is_user_in_group?",
    ),
    "sym.sdk.integrations.slack.«chanel»('#a')": (
        "sym.sdk.integrations.slack has no chanel",
        "did you mean channel?",
    ),
    "o.«users»": (
        "sym.sdk.integrations.okta has no users",
        "use what it has: get_user_info, is_user_in_group, list_groups, users_in_group",
    ),
    "PermissionLevel.«MEMBERS»": ("PermissionLevel has no MEMBERS", "did you mean MEMBER?"),
    "ApprovalTemplateStep.«REVOKE»": (
        "ApprovalTemplateStep has no REVOKE",
        "use what it has: PROMPT, REQUEST, REQUEST_FORWARD, REQUEST_EXPIRE, APPROVE, DENY, ESCALATE, DEESCALATE",
    ),
    "okta.is_user_in_group(u, «group»='a')": (
        "okta.is_user_in_group has no parameter group",
        "use what it has: group_id",
    ),
    "okta.is_user_in_group(u, «group_ids»='a')": (
        "okta.is_user_in_group has no parameter group_ids",
        "did you mean group_id?",
    ),
    "okta.is_user_in_group(u, «'a'»)": (
        "okta.is_user_in_group takes group_id by name alone",
        "write okta.is_user_in_group(user, group_id=...)",
    ),
    "«okta.is_user_in_group»(u)": (
        "okta.is_user_in_group is called without group_id",
        "write okta.is_user_in_group(user, group_id=...)",
    ),
    "«okta.is_user_in_group»()": (
        "okta.is_user_in_group is called without user and group_id",
        "write okta.is_user_in_group(user, group_id=...)",
    ),
    "slack.channel('#a', «name»='#b')": (
        "slack.channel is given name twice",
        "write slack.channel(name)",
    ),
    "slack.channel('#a', True, 5, «6»)": (
        "slack.channel takes no further argument",
        "write slack.channel(name)",
    ),
    "«slack.send_message»(event.user)": (
        "slack.send_message is called without message",
        "write slack.send_message(destination, message)",
    ),
    "pagerduty.is_on_call(u, «schedule»='a')": (
        "pagerduty.is_on_call has no parameter schedule",
        "use what it has: escalation_policy_name, escalation_policy_id, schedule_name, schedule_id",
    ),
    "slack.fallback(a, b, «timeout»=5)": (
        "slack.fallback has no parameter timeout",
        "use what it has: continue_on_delivery_failure, continue_on_timeout",
    ),
    "slack.channel(*a, «nam»='#b')": ("slack.channel has no parameter nam", "did you mean name?"),
    "«event.get_actor»()": (
        "Event.get_actor is called without event_name",
        "write event.get_actor(event_name)",
    ),
    "u.get_event_count('escalate', «filter»='flow')": (
        "User.get_event_count has no parameter filter",
        "use what it has: since, until, filter_on, include_errored",
    ),
    "event.get_actor('request').identity('okta', 'b', «'c'»)": (
        "User.identity takes no further argument",
        "write event.get_actor('request').identity(service_type)",
    ),
    "«user_ids»()": ("user_ids is called without user_list", "write user_ids(user_list)"),
    "SymException('a', «code»='b')": (
        "SymException has no parameter code",
        "use what it has: name, message",
    ),
    "exceptions.ExceptionWithHint('a', «hint»='b')": (
        "ExceptionWithHint has no parameter hint",
        "use what it has: name, message",
    ),
}
RIGHT = (
    "okta.is_user_in_group(u, group_id='a')",
    "okta.is_user_in_group(user=u, group_id='a')",
    "okta.is_user_in_group(*a)",
    "okta.is_user_in_group(u, **a)",
    "slack.channel('#a')",
    "slack.channel(name='#a', allow_self=True, timeout=5)",
    "slack.fallback(a, b, c, continue_on_timeout=True)",
    "slack.fallback(*a)",
    "slack.group([u], True)",
    "sym.sdk.integrations.slack.user(u)",
    "PermissionLevel.ADMIN.value, PermissionLevel('admin'), PermissionLevel.__members__",
    "UserRole.GUEST.permission_levels()",
    "ApprovalTemplateStep.ESCALATE, ApprovalTemplateStep.DENY.upper()",
    "okta.__name__, okta.OktaError, okta.User",
    "google.users_in_group('a@b.example', include_indirect_members=False)",
    "map(okta.get_user_info, [u])",
    "event.user.anything.at_all(1, 2, a=3)",
    "event.flow.vars['a'].nothing",
    "other.okta.nothing()",
    "SymException('a', 'b', 'c')",
    "user_ids([u])",
    "event.get_actor('approve'), event.get_context(event_name='request'), u.identity('okta')",
    "other.get_actor(), event.payload.fields['who'].identity()",
    "event.template.approve(), event.flow.vars.get('a', 'b'), event.user.nothing(1)",
    "jira.create_issue('a', 'b', 'c', description='d')",
    "json.nothing, requests.nothing",
)
HEAD = """
import json
import requests
import sym.sdk
import sym.sdk.integrations.okta as o
from sym.sdk import exceptions
from sym.sdk.exceptions import SymException
from sym.sdk.integrations import google, jira, okta, pagerduty
from sym.sdk.templates import ApprovalTemplateStep
from sym.sdk.user import UserRole, user_ids
"""
GUARDED = """
try:
    from sym.sdk.user import all_users
except ImportError:
    all_users = None
try:
    import sym.sdk.nothing
except:
    pass
if TYPE_CHECKING:
    from sym.sdk.types import Anything
from . import nothing
from .sym.sdk import nothing
from symbols import nothing
import symbols.nothing
from sym.sdk.integrations import *
from sym.sdk import User, okta, slack
from sym.sdk.field_option import FieldOption
from sym.sdk.annotations import _handlers
import sym.sdk.templates.approval
"""


def in_hook(expression: str) -> str:
    return f"{HEAD}\n\n@hook\ndef on_request(event):\n    u = event.user\n    return {expression}\n"


@pytest.mark.parametrize("statement", IMPORTS)
def test_imports(tmp_path: Path, statement: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM612", f"{statement}\n")
    assert found.help == IMPORTS[statement]
    assert "when Sym loads the code" in found.why


def test_an_import_in_a_function(tmp_path: Path) -> None:
    code = "def f():\n    from sym.sdk.user import «users»\n"
    (found,) = found_where_marked(tmp_path, "SYM612", code)
    assert (found.function, "when this line is reached" in found.why) == ("f", True)


@pytest.mark.parametrize("expression", UNKNOWN)
def test_names_and_arguments(tmp_path: Path, expression: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM612", in_hook(expression))
    assert (found.title, found.help) == UNKNOWN[expression]
    assert found.function == "on_request"


@pytest.mark.parametrize("expression", RIGHT)
def test_what_the_sdk_has(tmp_path: Path, expression: str) -> None:
    found_where_marked(tmp_path, "SYM612", in_hook(expression))


def test_imports_that_may_fail(tmp_path: Path) -> None:
    found_where_marked(tmp_path, "SYM612", GUARDED)
