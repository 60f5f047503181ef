"""Edits that give more access than before, each with its undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from access_changes import difference, edited, shown
from okta_access import OKTA
from retail_access import RETAIL
from team_access import TEAMS

if TYPE_CHECKING:
    from pathlib import Path

    from access_changes import Files

DIRECTLY = [
    ("PermissionLevel.MEMBER", "PermissionLevel.ALL_USERS", "approve", "everybody but guests can approve now"),
    ("allow_self_approval=False", "allow_self_approval=True", "self_approval", "whoever asks can approve"),
    ("        return ApprovalTemplate.ignore()", "        pass", "gates", "approvals count now that were ignored"),
    ('        return ApprovalTemplate.ignore()', "        ApprovalTemplate.ignore()", "gates", "approvals count now"),
    ('    if not event.user.email in event.flow.vars["approvers"].split(","):', '    if not (event.user.email in event.flow.vars["approvers"].split(",") or event.user.name):', "gates", "approvals count now"),
    ('.split(","):\n        return', '.split(",") and event.user.name:\n        return', "gates", "approvals count now"),
    (" and event.user.email:", ":", "automatic", "without anybody's approval"),
    ("    if pagerduty.is_on_call(event.user) and event.user.email:\n        return", "    return", "automatic", "every request is granted"),
    ("    if pagerduty.is_on_call", "    if event.user.name:\n        return ApprovalTemplate.approve()\n    if pagerduty.is_on_call", "automatic", "without anybody's approval"),
    ('["30m", "1h"]', '["30m", "8h"]', "how_long", "who could have it for 1 h can have it for 8 h now"),
    ('      allowed_values = ["30m", "1h"]\n', "", "how_long", "without a limit of time"),
    ("allow_revoke            = true", "allow_revoke            = false", "ends", "does not end by hand any more"),
    ("schedule_deescalation   = true", "schedule_deescalation   = false", "ends", "does not end by time any more"),
    ('["slack"]', '["slack", "api"]', "asked_from", "from api now"),
    ('    allowed_sources         = ["slack"]\n', "", "asked_from", "from api now"),
    ('["00g2"]', '["00g2", "00g3"]', "parameter", "group_id can be 00g3 now"),
    ('      allowed_values = ["00g2"]\n', "", "parameter", "group_id can be any text now"),
    ('group_id = "00g1"', 'group_id = "00g9"', "grants", "gives something else now"),
    ("[sym_log_destination.s3.id]", "[]", "recorded", "is not recorded in segment any more"),
]  # fmt: skip  # an edit a line

THROUGH_VALUES = [
    ("open = false", "open = true", "target", "can be asked for now: member of the Okta group 00g2"),
    ('"00g1" }', '"00g1" }, deleters = { id = "00g3" }', "target", "member of the Okta group 00g3"),
    ("name => group.id if group.open", "name => group.id", "target", "member of the Okta group 00g2"),
    ('id = "00g1"', 'id = "00g5"', "grants", "gives something else now"),
    ('optional(list(string), ["slack"])', 'optional(list(string), ["slack", "api"])', "asked_from", "from api now"),
    ('level  = "admins"', 'level  = "admins"\n    sources = ["api", "slack"]', "asked_from", "from api now"),
    ('level  = "admins"', 'level  = "admins"\n    times = "long"', "how_long", "who could have it for 2 h can have it for 1 day now"),
    ("default = [1, 2]", "default = [1, 24]", "how_long", "who could have it for 2 h can have it for 1 day now"),
    ('"${hour}h"', '"${hour}d"', "how_long", "for 2 days now"),
    ("local.times[each.value.times]", "null", "how_long", "without a limit of time"),
    ('"both")', '"time")', "ends", "does not end by hand any more"),
    ('"both")', '"hand")', "ends", "does not end by time any more"),
    ('level  = "admins"', 'level  = "members"', "approve", "every member of the organization can approve now"),
    ('level  = "admins"', 'level  = "everybody"', "approve", "everybody but guests can approve now"),
    ('self      = "no"', 'self      = "yes"', "self_approval", "whoever asks can approve"),
    ('["ada@orchard.example"]', '["ada@orchard.example", "bo@orchard.example"]', "gates", "approvals count now"),
    ("on_call_needs_nobody = false", "on_call_needs_nobody = true", "automatic", "without anybody's approval"),
    ('["audit", "security"]', '["audit"]', "recorded", "is not recorded in kinesis_firehose security any more"),
    ("sym_log_destination.stream : stream.id", 'sym_log_destination.stream : stream.id if stream.settings.stream_name != "audit"', "recorded", "kinesis_firehose audit any more"),
]  # fmt: skip  # an edit a line
IN_PYTHON = [
    ('"admins": PermissionLevel.ADMIN', '"admins": PermissionLevel.MEMBER', "approve", "every member of the organization can approve now"),
    ('LEVELS[event.flow.vars["level"]]', 'LEVELS.get(event.flow.vars["self"], PermissionLevel.MEMBER)', "approve", "every member"),
    ('LEVELS[event.flow.vars["level"]]', 'user_ids(okta.users_in_group(group_id="00g7"))', "approve", "the users that okta.users_in_group(group_id='00g7') gives can approve now"),
    ('LEVELS[event.flow.vars["level"]]', "PermissionLevel.MEMBER if is_urgent(event) else PermissionLevel.ADMIN", "approve", "every member"),
    ('SELF_APPROVAL = {"yes": True, "no": False}', 'SELF_APPROVAL = {"yes": True, "no": True}', "self_approval", "whoever asks can approve"),
    ('SELF_APPROVAL[event.flow.vars["self"]]', 'event.flow.vars.get("self") != "yes"', "self_approval", "whoever asks can approve"),
    ("    return refuse(event)", "    refuse(event)", "gates", "approvals count now that were ignored"),
    ("@hook\ndef on_approve", "def on_approve", "gates", "approvals count now that were ignored"),
    ("    return event.user.email in approvers", "    return True", "gates", "approvals count now that were ignored"),
    ("in approvers", 'in approvers or event.user.email.endswith("@orchard.example")', "gates", "approvals count now that were ignored"),
    ('.split(",")\n', '.split(",") + ["bo@orchard.example"]\n', "gates", "approvals count now that were ignored"),
    ("@hook\ndef on_request", "@hook\ndef after_request(event):\n    return ApprovalTemplate.escalate()\n\n\n@hook\ndef on_request", "automatic", "every request is granted now"),
    ('event.flow.vars["on_call"] == "yes" and ', "", "automatic", "without anybody's approval"),
    ('event.flow.vars["on_call"] == "yes"', 'event.flow.vars["on_call"] in ("yes", "no")', "automatic", "without anybody's approval"),
    ("def on_request(event):\n", "def on_request(event):\n    for group in okta.list_groups():\n        return ApprovalTemplate.approve()\n", "automatic", "without anybody's approval"),
    ("    if is_blocked(event):\n        return ApprovalTemplate.deny()\n", "    return None\n", "asked_by", "who was turned away can ask now"),
]  # fmt: skip  # an edit a line
BEFORE_PERMISSIONS = [
    ("allow_self=False", "allow_self=True", "self_approval", "whoever asks can approve"),
    ('allow_self=False', 'allow_self=event.flow.vars["tier"] == "gold"', "self_approval", "whoever asks can approve"),
    ('allowed_values = ["30m"]', 'allowed_values = ["30m", "2h"]', "how_long", "who could have it for 30 min can have it for 2 h now"),
    ("targets        = local.roles", 'targets        = { "7001" = "shop", "7002" = "stock", "7003" = "safe" }', "target", "the OneLogin role 7003 as member"),
    ('privilege = "member"', 'privilege = "admin"', "grants", "gives something else now"),
    ("log_destination_ids = [sym_log_destination.segment.id]\n", "", "recorded", "is not recorded in segment retail any more"),
]  # fmt: skip  # an edit a line


@pytest.mark.parametrize(
    ("files", "old", "new", "column", "sentence"),
    [
        *((OKTA, *it) for it in DIRECTLY),
        *((TEAMS, *it) for it in (*THROUGH_VALUES, *IN_PYTHON)),
        *((RETAIL, *it) for it in BEFORE_PERMISSIONS),
    ],
)
def test_widening_and_its_undoing(
    tmp_path: Path, files: Files, old: str, new: str, column: str, sentence: str
) -> None:
    done, undone = difference(tmp_path / "x", files, edited(files, old, new))
    assert {*shown(done)} == {("widened", column)}
    assert sentence in done.changes[0].sentence
    # A target that leads elsewhere leads elsewhere again.
    assert {*shown(undone)} == {("widened" if column == "grants" else "narrowed", column)}
