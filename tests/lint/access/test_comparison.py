"""What a change of a configuration does to access: its direction, and who can get what then."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from symlint.lint.access.comparison import Comparison, compare
from symlint.lint.access.inventory import take_inventory
from symlint.lint.access.rows import Row, lock_text, read_rows, rows_of
from symlint.lint.errors import UsageError
from symlint.lint.options import Options

if TYPE_CHECKING:
    from pathlib import Path

MAIN = """
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#errors"
}

resource "sym_log_destination" "s3" {
  type           = "segment"
  integration_id = sym_integration.slack.id
  settings       = {}
}

resource "sym_environment" "main" {
  name                = "main"
  error_logger_id     = sym_error_logger.slack.id
  log_destination_ids = [sym_log_destination.s3.id]
}

resource "sym_target" "group" {
  type  = "okta_group"
  name  = "support"
  label = "Support"

  settings = {
    group_id = "00g1"
  }
}

resource "sym_target" "bound" {
  type           = "okta_group"
  name           = "other"
  field_bindings = ["group_id"]
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = sym_integration.slack.id
  targets        = [sym_target.group.id, sym_target.bound.id]
}

resource "sym_flow" "this" {
  name           = "okta"
  label          = "Okta"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  vars = {
    approvers = "a@orchard.example"
  }

  params {
    strategy_id             = sym_strategy.okta.id
    allowed_sources         = ["slack"]
    allow_revoke            = true
    schedule_deescalation   = true
    allow_guest_interaction = false

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30m", "1h"]
    }

    prompt_field {
      name           = "group_id"
      type           = "string"
      allowed_values = ["00g2"]
    }
  }
}
"""
CODE = """
from sym.sdk.annotations import hook, reducer
from sym.sdk.integrations import okta, pagerduty, slack
from sym.sdk.notifications import Notification
from sym.sdk.request_permission import PermissionLevel, RequestPermission
from sym.sdk.templates import ApprovalTemplate


@reducer
def get_permissions(event):
    return RequestPermission(
        webapp_view=PermissionLevel.ADMIN,
        approve_deny=PermissionLevel.MEMBER,
        allow_self_approval=False,
    )


@reducer
def get_request_notifications(event):
    return [Notification(destinations=[slack.channel("#access")])]


@hook
def on_approve(event):
    if not event.user.email in event.flow.vars["approvers"].split(","):
        return ApprovalTemplate.ignore()


@hook
def on_request(event):
    if pagerduty.is_on_call(event.user) and event.user.email:
        return ApprovalTemplate.approve()
"""


def rows(directory: Path, main: str = MAIN, code: str = CODE) -> tuple[Row, ...]:
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    (directory / "main.tf").write_text(main, encoding="utf-8")
    (directory / "impl.py").write_text(code, encoding="utf-8")
    return rows_of(take_inventory([str(directory)], Options()), str(directory))


def difference(directory: Path, old: str, new: str) -> tuple[Comparison, Comparison]:
    """What an edit does, and what it does to undo it."""
    assert (old in MAIN) + (old in CODE) == 1, old
    before, after = rows(directory), rows(directory, MAIN.replace(old, new), CODE.replace(old, new))
    return compare(before, after), compare(after, before)


def shown(comparison: Comparison) -> list[tuple[str, str]]:
    return [(it.direction, it.column) for it in comparison.changes]


WIDENING = [
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


@pytest.mark.parametrize(("old", "new", "column", "sentence"), WIDENING)
def test_widening_and_its_undoing(
    tmp_path: Path, old: str, new: str, column: str, sentence: str
) -> None:
    done, undone = difference(tmp_path / "x", old, new)
    assert shown(done) == [("widened", column)]
    assert sentence in done.changes[0].sentence
    # A target that leads elsewhere leads elsewhere again.
    assert shown(undone) == [("widened" if column == "grants" else "narrowed", column)]


def test_guests(tmp_path: Path) -> None:
    code = CODE.replace("PermissionLevel.MEMBER", "PermissionLevel.ALL_USERS")
    guests = MAIN.replace("allow_guest_interaction = false", "allow_guest_interaction = true")
    before, after = rows(tmp_path / "x", MAIN, code), rows(tmp_path / "x", guests, code)
    assert shown(compare(before, after)) == [("widened", "approve")]


def test_targets_that_come_and_go(tmp_path: Path) -> None:
    done, undone = difference(tmp_path / "x", ", sym_target.bound.id]", "]")
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
        ("    if pagerduty.is_on_call(event.user) and event.user.email:", "    user = event.user\n    if pagerduty.is_on_call(user) and user.email:"),
        ("        return ApprovalTemplate.approve()", "        result = ApprovalTemplate.approve()\n        return result"),
    ],
)  # fmt: skip  # an edit a line
def test_what_is_no_difference(tmp_path: Path, old: str, new: str) -> None:
    assert (old in MAIN) + (old in CODE) == 1
    main = MAIN.replace(old, new) + 'locals {\n  times = ["30m", "1h"]\n}\n'
    comparison = compare(rows(tmp_path / "x"), rows(tmp_path / "x", main, CODE.replace(old, new)))
    assert shown(comparison) == []


def test_a_flow_that_moves_into_a_module_is_the_same(tmp_path: Path) -> None:
    before = rows(tmp_path / "x")
    module = tmp_path / "x" / "flow"
    module.mkdir()
    for name in ("main.tf", "impl.py"):
        (tmp_path / "x" / name).rename(module / name)
    (tmp_path / "x" / "main.tf").write_text(
        'module "flow" {\n  source = "./flow"\n}\n', encoding="utf-8"
    )
    after = rows_of(take_inventory([str(tmp_path / "x")], Options()), str(tmp_path / "x"))
    assert shown(compare(before, after)) == []


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
        ('file("${path.module}/impl.py")', "var.approvers", [("not comparable", name) for name in ("approve", "asked_in", "automatic", "gates", "self_approval")]),
        ('external_id = "T0ORCHARD1"', 'external_id = "T0ORCHARD2"', [("not comparable", "through")]),
    ],
)  # fmt: skip  # an edit a line
def test_other_changes(tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert (old in MAIN) + (old in CODE) == 1
    main = MAIN.replace(old, new) + 'variable "approvers" {}\n'
    comparison = compare(rows(tmp_path / "x"), rows(tmp_path / "x", main, CODE.replace(old, new)))
    assert shown(comparison) == expected


# --- locks ----------------------------------------------------------------------------------------


def test_a_lock_says_the_same_access(tmp_path: Path) -> None:
    before = rows(tmp_path / "x")
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
