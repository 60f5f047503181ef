"""A flow that says all that it says where it says it: without variables, locals and helpers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from access_changes import Files

_MAIN = """
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

  integrations = {
    slack_id     = sym_integration.slack.id
    pagerduty_id = sym_integration.pagerduty.id
  }
}

resource "sym_integration" "pagerduty" {
  type        = "pagerduty"
  name        = "pagerduty"
  external_id = "orchard.pagerduty.com"
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
_CODE = """
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
OKTA: Files = {"main.tf": _MAIN, "impl.py": _CODE}
