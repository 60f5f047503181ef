"""What a change of a configuration does to access: its direction, and who can get what then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from access_changes import difference, edited, rows, shown
from okta_access import OKTA
from team_access import TEAMS

from symlint.lint.access.comparison import compare
from symlint.lint.access.rows import lock_text, read_rows
from symlint.lint.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from access_changes import Files


GUESTS = 'variable "guests" {\n  type    = bool\n  default = %s\n'


@pytest.mark.parametrize(
    ("everybody", "old", "new"),
    [
        (
            edited(OKTA, "PermissionLevel.MEMBER", "PermissionLevel.ALL_USERS"),
            "allow_guest_interaction = false",
            "allow_guest_interaction = true",
        ),
        (
            edited(TEAMS, 'level  = "admins"', 'level  = "everybody"'),
            GUESTS % "false",
            GUESTS % "true",
        ),
    ],
)
def test_guests(tmp_path: Path, everybody: Files, old: str, new: str) -> None:
    done, undone = difference(tmp_path / "x", everybody, edited(everybody, old, new))
    assert shown(done) == [("widened", "approve")]
    assert "guests of the Slack workspace too" in done.changes[0].sentence
    assert shown(undone) == [("narrowed", "approve")]


def test_targets_that_come_and_go(tmp_path: Path) -> None:
    done, undone = difference(tmp_path / "x", OKTA, edited(OKTA, ", sym_target.bound.id]", "]"))
    assert shown(done) == [("narrowed", "target")]
    assert shown(undone) == [("widened", "target")]
    assert "can be asked for now: member of the Okta group" in undone.changes[0].sentence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('label          = "Okta"', 'label          = "Other"'),
        ('label = "Support"', 'label = "Sup"'),
        ("sym_target.group.id, sym_target.bound.id", "sym_target.bound.id, sym_target.group.id"),
        ('resource "sym_flow" "this"', 'resource "sym_flow" "renamed"'),
        ('["30m", "1h"]', '["1h", "30m"]'),
        ('["30m", "1h"]', 'local.times\n    }\n    dynamic "prompt_field" {\n      for_each = []\n      content {}'),
        ('return [Notification(', 'channels = []\n    # a comment\n    return [Notification('),
        ("on_approve(event):", "on_approve(event):\n    '''Only approvers.'''"),
        ("import okta, pagerduty, slack", "import okta, pagerduty as duty, slack\npagerduty = duty"),
        ("    if pagerduty.is_on_call(event.user) and event.user.email:", "    user = event.user\n    if pagerduty.is_on_call(user) and user.email:"),
        ("        return ApprovalTemplate.approve()", "        result = ApprovalTemplate.approve()\n        return result"),
    ],
)  # fmt: skip  # an edit a line
def test_what_is_no_difference(tmp_path: Path, old: str, new: str) -> None:
    locals_ = {"locals.tf": 'locals {\n  times = ["30m", "1h"]\n}\n'}
    done, undone = difference(tmp_path / "x", OKTA, edited(OKTA, old, new) | locals_)
    assert (shown(done), shown(undone)) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("#access", "#other", [("neutral", "asked_in")]),
        ('name           = "okta"\n  label', 'name           = "renamed"\n  label', [("neutral", "name")]),
        ('name  = "support"', 'name  = "renamed"', [("neutral", "target name")]),
        ('["30m", "1h"]', '["15m", "1h"]', [("neutral", "how_long")]),
        ("pagerduty.is_on_call(event.user)", "okta.is_on_call(event.user)", [("not comparable", "automatic")]),
        ('"a@orchard.example"', '"b@orchard.example"', [("not comparable", "gates")]),
        ('"a@orchard.example"', "var.approvers", [("not comparable", "gates")]),
        ('file("${path.module}/impl.py")', "var.approvers", [("not comparable", name) for name in ("approve", "asked_by", "asked_in", "automatic", "denied_by", "gates", "self_approval")]),
        ('external_id = "T0ORCHARD1"', 'external_id = "T0ORCHARD2"', [("not comparable", "through")]),
    ],
)  # fmt: skip  # an edit a line
def test_other_changes(tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    after = edited(OKTA, old, new) | {"variables.tf": 'variable "approvers" {}\n'}
    done, _ = difference(tmp_path / "x", OKTA, after)
    assert shown(done) == expected


# --- locks ----------------------------------------------------------------------------------------


def test_a_lock_says_the_same_access(tmp_path: Path) -> None:
    before = rows(tmp_path / "x", OKTA)
    lock = tmp_path / "access.lock.json"
    lock.write_text(lock_text(before), encoding="utf-8")
    assert compare(read_rows(str(lock)), before).changes == ()
    assert lock_text(read_rows(str(lock))) == lock_text(before)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"version": 1}', '{"version": 1, "grants": [1]}', '{"version": 1, "grants": [{}]}',
     '{"version": 1, "grants": 7}', '{"version": 2, "grants": []}', "[" * 100_000],
)  # fmt: skip  # as many a line as fit
def test_what_is_no_lock(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lock.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        read_rows(str(path))


def test_a_change_names_the_environment_and_what_can_be_asked_for(tmp_path: Path) -> None:
    done, _ = difference(tmp_path / "x", OKTA, edited(OKTA, '["30m", "1h"]', '["30m", "8h"]'))
    [change] = done.changes
    assert (change.flow, change.environment, change.target) == ("okta", "main", "")
    assert change.sentence == (
        "who could have it for 1 h can have it for 8 h now "
        "(member of the Okta group (group_id as asked for) and 1 more)"
    )


LEGACY = """
from sym.sdk.annotations import reducer
from sym.sdk.integrations import okta, slack


@reducer
def get_approvers(event):
    return slack.fallback(slack.channel("#a"), slack.channel("#b", allow_self=False))
"""


def test_self_approval_in_some_of_the_channels_is_more_than_none(tmp_path: Path) -> None:
    legacy = {**OKTA, "impl.py": LEGACY}
    some = edited(legacy, 'slack.channel("#a")', 'slack.channel("#a", allow_self=True)')
    done, undone = difference(tmp_path / "x", legacy, some)
    assert shown(done) == [("widened", "self_approval")]
    assert shown(undone) == [("narrowed", "self_approval")]
    both = edited(some, "allow_self=False", "allow_self=True")
    done, _ = difference(tmp_path / "y", some, both)
    assert shown(done) == [("widened", "self_approval")]


def test_the_name_of_a_variable_with_a_long_value_is_no_difference(tmp_path: Path) -> None:
    code = """
from sym.sdk.annotations import reducer
from sym.sdk.integrations import github
from sym.sdk.request_permission import PermissionLevel, RequestPermission
from sym.sdk.user import user_ids


@reducer
def get_permissions(event):
    repository = event.payload.fields["repository"]
    if repository == "web":
        return RequestPermission(webapp_view=PermissionLevel.ADMIN, approve_deny=PermissionLevel.MEMBER)
    people = github.get_repo_collaborators(repo_name=repository, roles=["admin", "maintain"])
    return RequestPermission(webapp_view=PermissionLevel.ADMIN, approve_deny=user_ids(people))
"""
    one = {**OKTA, "impl.py": code}
    done, _ = difference(tmp_path / "x", one, {**OKTA, "impl.py": code.replace("people", "them")})
    assert shown(done) == []


def test_a_level_is_more_than_the_users_that_a_call_gives(tmp_path: Path) -> None:
    call = 'user_ids(okta.users_in_group(group_id="00g"))'
    users = edited(
        edited(OKTA, "PermissionLevel.MEMBER", call),
        "from sym.sdk.templates",
        "from sym.sdk.user import user_ids\nfrom sym.sdk.templates",
    )
    level = edited(users, call, "PermissionLevel.MEMBER")
    done, undone = difference(tmp_path / "x", users, level)
    assert shown(done) == [("widened", "approve")]
    assert "every member" in done.changes[0].sentence
    assert shown(undone) == [("narrowed", "approve")]


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ('event.user.email not in ["a", "b"]', 'event.user.email not in ["a", "b", "c"]', "widened"),
        ('event.user.email != "a"', 'event.user.email not in ["a", "b"]', "widened"),
        ('event.user.email not in ["a", "b"]', 'event.user.email not in ["a", "c"]', "not comparable"),
        ('event.user.name or event.user.email not in ["a"]', 'event.user.name or event.user.email not in ["a", "b"]', "widened"),
    ],
)  # fmt: skip  # an edit a line
def test_gates_for_all_but_some(tmp_path: Path, old: str, new: str, direction: str) -> None:
    gate = 'not event.user.email in event.flow.vars["approvers"].split(",")'
    done, undone = difference(tmp_path / "x", edited(OKTA, gate, old), edited(OKTA, gate, new))
    assert shown(done) == [(direction, "gates")]
    opposite = "narrowed" if direction == "widened" else direction
    assert shown(undone) == [(opposite, "gates")]
