"""SYM617: values that the SDK refuses, and the many that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.code.marked import found_where_marked, repaired

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
from sym.sdk.field_option import FieldOption
from sym.sdk.integrations import aws_lambda, github, okta
from sym.sdk.request_destination import SlackChannelID, SlackUser
from sym.sdk.user import UserRole, user_ids


@hook
def on_request(event):
    """
VIEW = "webapp_view=PermissionLevel.ADMIN"
DENY = "approve_deny=PermissionLevel.ADMIN"
USERS = "okta.users_in_group(group_id='a')"


def approvers(value: str) -> str:
    """A permission whose approvers are the last expression, after statements."""
    *before, last = value.split("; ")
    lines = "".join(f"{it}\n    " for it in before)
    return f"{lines}return RequestPermission({VIEW}, approve_deny={last})"


APPROVERS = {
    "«'members'»": "approve_deny is no level of permission",
    "«''»": "approve_deny is empty",
    "«None»": "approve_deny is None, neither a level of permission nor a list of ids",
    "«True»": "approve_deny is True, neither a level of permission nor a list of ids",
    "«[]»": "approve_deny is an empty list",
    f"«{USERS}»": "approve_deny is a list of users, not of their ids",
    f"users = {USERS}; «users»": "approve_deny is a list of users, not of their ids",
    f"«{USERS} + {USERS}»": "approve_deny is a list of users, not of their ids",
    f"«[u for u in {USERS}]»": "approve_deny is a list of users, not of their ids",
    f"«{USERS}[:3]»": "approve_deny is a list of users, not of their ids",
    f"«sorted({USERS})»": "approve_deny is a list of users, not of their ids",
    f"PermissionLevel.MEMBER if event.user.email else «{USERS}»": (
        "approve_deny is a list of users, not of their ids"
    ),
    "«[event.user, event.get_actor('request')]»": "approve_deny is a list of users, not of their ids",
    "«event.user»": "approve_deny is a user, not a list of ids",
    "[event.user.id, «event.user»]": "an element of approve_deny is a user",
    "[«'U12345'»]": "an element of approve_deny is no id of a user",
    "[«5»]": "an element of approve_deny is no id of a user",
    "[«event.user.email»]": "an element of approve_deny is no id of a user",
    f"«[u.email for u in {USERS}]»": "approve_deny is a list of addresses, not of ids",
    "«(event.user.id,)»": "approve_deny is a tuple, not a list",
    "«{event.user.id}»": "approve_deny is a set, not a list",
    "«slack.channel('#a')»": "approve_deny is neither a level of permission nor a list of ids",
    "«okta.list_groups()»": "approve_deny is neither a level of permission nor a list of ids",
    "«PermissionLevel»": "approve_deny is a class, not a value",
    "«okta.users_in_group»": "approve_deny is a function, which is not called",
    "«event.user.id»": "approve_deny is neither a level of permission nor a list of ids",
}
RIGHT_APPROVERS = (
    "aws_lambda.invoke('arn')",
    "[aws_lambda.invoke('arn')]",
    "PermissionLevel.MEMBER",
    "'all_users'",
    "UserRole.ADMIN",
    f"[u.id for u in {USERS}]",
    "[event.user.id]",
    "['3f1c2a54-0d5e-4a53-9c6f-6f5bb2a1a9d7', str(event.user.id), f'{event.user.id}']",
    "event.flow.vars['level']",
    "[event.flow.vars['id']]",
    "[event.payload.fields['a'].id]",
    "anything()",
    f"users = {USERS}; users = [u.id for u in users]; users",
    "ids = []; ids.append(event.user.id); ids",
    f"ids = []; ids.extend(u.id for u in {USERS}); ids",
    "list(u.id for u in anything())",
    f"{USERS} or PermissionLevel.ADMIN",
    "event.payload.fields['who']",
    "[*ids, event.user.id]",
)
VALUES = {
    "RequestPermission(«PermissionLevel.ADMIN», PermissionLevel.ADMIN)": (
        "RequestPermission takes its fields by name alone",
        "write RequestPermission(webapp_view=..., approve_deny=...)",
    ),
    f"«RequestPermission»({VIEW})": (
        "RequestPermission is made without approve_deny",
        "write RequestPermission(webapp_view=..., approve_deny=...)",
    ),
    "«RequestPermission»()": (
        "RequestPermission is made without webapp_view and approve_deny",
        "write RequestPermission(webapp_view=..., approve_deny=...)",
    ),
    f"RequestPermission({VIEW}, {DENY}, «allow_self_aproval»=True)": (
        "RequestPermission has no field allow_self_aproval",
        "did you mean allow_self_approval?",
    ),
    f"RequestPermission({VIEW}, {DENY}, «self_approval»=True)": (
        "RequestPermission has no field self_approval",
        "use what it has: allow_self_approval",
    ),
    "RequestPermission(webapp_view=«'all'», approve_deny='admin')": (
        "webapp_view is no level of permission",
        "write PermissionLevel.ADMIN, PermissionLevel.MEMBER or PermissionLevel.ALL_USERS",
    ),
    "Notification(«[event.user]»)": (
        "Notification takes its fields by name alone",
        "write Notification(destinations=...)",
    ),
    "Notification(destinations=«[]»)": (
        "a notification has no destination",
        'write slack.channel("#..."), slack.user(...), slack.group([...]) or a user',
    ),
    "Notification(destinations=[«'#access'»])": (
        "a destination of a notification is neither a user nor a place in Slack",
        'write slack.channel("#..."), slack.user(...), slack.group([...]) or a user',
    ),
    "Notification(destinations=«'#access'»)": (
        "the destinations of a notification are no list",
        'write slack.channel("#..."), slack.user(...), slack.group([...]) or a user',
    ),
    "Notification(destinations=«slack.channel('#access')»)": (
        "the destinations of a notification are no list",
        "write a list: destinations=[...]",
    ),
    "Notification(destinations=[«slack.fallback(a, b)»])": (
        "a notification cannot be sent to a fallback",
        "return a list of notifications, one for each destination, instead",
    ),
    "Notification(destinations=[slack.channel('#a'), event.user, «slack.user('U1')»])": (
        "a notification has 2 destinations in Slack, and may have one",
        "return a list with a notification for each of them",
    ),
    "Notification(destinations=«[event.user.id for u in a]»)": (
        "the destinations of a notification are neither users nor places in Slack",
        'write slack.channel("#..."), slack.user(...), slack.group([...]) or a user',
    ),
    "Notification(destinations=[event.user], timeout=«'an hour'»)": (
        "a timeout is a text that is no number",
        "write the number of seconds: timeout=600 for ten minutes",
    ),
    "FieldOption(value=«None», label='a')": (
        "the value of an option is None",
        "give a value",
    ),
    f"FieldOption(value='a', label=«'{'a' * 56}'»)": (
        "the label of an option has 56 characters",
        "write at most 55 characters",
    ),
    "«FieldOption»(value='a')": (
        "FieldOption is made without label",
        "write FieldOption(label=...)",
    ),
    "FieldOption(«'a'», 'b')": (
        "FieldOption takes its fields by name alone",
        "write FieldOption(label=...)",
    ),
    "slack.group(«[]»)": ("a group in Slack has no users", "name 1 to 7 users"),
    "slack.group(users=«[1, 2, 3, 4, 5, 6, 7, 8]»)": (
        "a group in Slack has 8 users",
        "name 1 to 7 users",
    ),
    "«slack.fallback(slack.channel('#a'))»": (
        "slack.fallback has 1 destination",
        "name at least two destinations",
    ),
    "slack.channel(«' '»)": (
        "the name of a channel is empty",
        'write the name, "#access", or the id of the channel',
    ),
    "slack.channel(name=«None»)": (
        "the name of a channel is None",
        'write the name, "#access", or the id of the channel',
    ),
    "SlackChannelID(channel_id=«'#access'»)": (
        "the id of a channel in Slack begins with C or D or G",
        "write the id, as Slack shows it: C...",
    ),
    "SlackUser(user_id=«'jane'»)": (
        "the id of a user in Slack begins with U or W",
        "write the id, as Slack shows it: U...",
    ),
}
RIGHT = (
    "Notification(destinations=[aws_lambda.invoke('arn'), event.get_context('request')['who']])",
    "Notification(destinations=aws_lambda.invoke('arn'))",
    "RequestPermission(webapp_view='member', approve_deny='admin')",
    f"RequestPermission({VIEW}, {DENY}, allow_self_approval=event.flow.vars['a'] == 'true')",
    "RequestPermission(**permissions)",
    "RequestPermission(*permissions)",
    f"RequestPermission({VIEW}, **permissions)",
    "Notification(destinations=[slack.channel('#a')], timeout=600)",
    "Notification(destinations=[slack.channel('#a')], timeout='600')",
    "Notification(destinations=[event.user, event.get_actor('request')])",
    "Notification(destinations=(event.user,))",
    f"Notification(destinations={USERS})",
    "Notification(destinations=[slack.user(u) for u in anything()])",
    "Notification(destinations=[destination_of(event), *others])",
    "Notification(destinations=[{'channel_id': 'C1'}])",
    "Notification(destinations=destinations)",
    "FieldOption(value=0, label='nothing')",
    f"FieldOption(value='{'a' * 55}', label=f'{{event}}')",
    "FieldOption(value=a, label=b)",
    "slack.group([1, 2, 3, 4, 5, 6, 7])",
    "slack.group([*users])",
    "slack.group(users)",
    "slack.fallback(slack.channel('#a'), slack.channel('#b'))",
    "slack.fallback(*destinations)",
    "slack.channel('C12345'), slack.channel('access'), slack.channel(event.flow.vars['c'])",
    "slack.user('jane@orchard.example'), slack.user(event.user)",
    "SlackChannelID(channel_id='C1'), SlackUser(user_id='W1', allow_self=True)",
)


@pytest.mark.parametrize("value", APPROVERS)
def test_approvers(tmp_path: Path, value: str) -> None:
    code = f"{HEAD}{approvers(value)}\n"
    found = found_where_marked(tmp_path, "SYM617", code)
    assert [(it.title, it.function) for it in found] == [(APPROVERS[value], "on_request")]


LEADS = f"""
    if event.user.email:
        who = «{USERS}»
    elif event.user.username:
        who = user_ids({USERS})
    else:
        who = PermissionLevel.ADMIN
    return RequestPermission({VIEW}, approve_deny=who)
"""
NEVER_TAKEN = f"""
    who = None
    if event.user.email:
        who = user_ids({USERS})
    elif event.user.username:
        who = {USERS}
        who = [u.id for u in who]
    return RequestPermission({VIEW}, approve_deny=who)
"""
HELPER = f"""


def leads(event):
    if event.user.email:
        return {USERS}
    return okta.users_in_group(group_id="b")


def ids(event):
    return user_ids(leads(event))


def anybody(event):
    return PermissionLevel.ADMIN if event.user.email else leads(event)


def endless(event):
    return endless(event)
"""


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (LEADS, "approve_deny is a list of users, not of their ids"),
        (
            f"return RequestPermission({VIEW}, approve_deny=«leads(event)»){HELPER}",
            "approve_deny is a list of users, not of their ids",
        ),
        (NEVER_TAKEN, ""),
        (f"return RequestPermission({VIEW}, approve_deny=ids(event)){HELPER}", ""),
        (f"return RequestPermission({VIEW}, approve_deny=anybody(event)){HELPER}", ""),
        (f"return RequestPermission({VIEW}, approve_deny=endless(event)){HELPER}", ""),
    ],
)
def test_approvers_on_their_way(tmp_path: Path, code: str, title: str) -> None:
    found = found_where_marked(tmp_path, "SYM617", f"{HEAD}{code}\n")
    assert [it.title for it in found] == ([title] if title else [])


@pytest.mark.parametrize("value", RIGHT_APPROVERS)
def test_right_approvers(tmp_path: Path, value: str) -> None:
    found_where_marked(tmp_path, "SYM617", f"{HEAD}{approvers(value)}\n")


@pytest.mark.parametrize("value", VALUES)
def test_values(tmp_path: Path, value: str) -> None:
    found = found_where_marked(tmp_path, "SYM617", f"{HEAD}return {value}\n")
    assert [(it.title, it.help) for it in found] == [VALUES[value]]


@pytest.mark.parametrize("value", RIGHT)
def test_right_values(tmp_path: Path, value: str) -> None:
    found_where_marked(tmp_path, "SYM617", f"{HEAD}return {value}\n")


def test_ids_of_users_are_written(tmp_path: Path) -> None:
    head = HEAD.replace(", user_ids", "")
    code = f"{head}{approvers(f'«{USERS}»')}\n"
    (found,) = found_where_marked(tmp_path / "a", "SYM617", code)
    after = repaired(found)
    assert f"approve_deny=user_ids({USERS}))" in after
    assert "from sym.sdk.user import UserRole, user_ids" in after
    assert found_where_marked(tmp_path / "b", "SYM613", after, behind_reducers=False) == []
    assert found_where_marked(tmp_path / "c", "SYM617", after, behind_reducers=False) == []


def test_an_own_function_of_that_name_is_left_alone(tmp_path: Path) -> None:
    head = HEAD.replace(", user_ids", "")
    code = f"{head}{approvers(f'«{USERS}»')}\n\n\ndef user_ids(users):\n    return users\n"
    (found,) = found_where_marked(tmp_path, "SYM617", code)
    assert found.fix is None


def test_a_fallback_of_one_is_a_warning(tmp_path: Path) -> None:
    (found,) = found_where_marked(tmp_path, "SYM617", f"{HEAD}return «slack.fallback(a)»\n")
    assert found.severity == "warning"
