"""A configuration whose flows get what they say through variables, locals, for_each and helpers of Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from access_changes import Files

_MAIN = """
variable "teams" {
  type = map(object({
    level   = string
    groups  = map(object({ id = string, open = optional(bool, true) }))
    sources = optional(list(string), ["slack"])
    times   = optional(string, "short")
    ends_by = optional(string, "both")
  }))
}

variable "approvers" {
  type = list(string)
}

variable "on_call_needs_nobody" {
  type    = bool
  default = false
}

variable "guests" {
  type    = bool
  default = false
}

variable "streams" {
  type = set(string)
}

variable "hours" {
  type    = list(number)
  default = [1, 2]
}

locals {
  times = {
    short = [for hour in var.hours : "${hour}h"]
    long  = ["1d"]
  }
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "orchard.okta.com"
}

resource "sym_log_destination" "stream" {
  for_each = var.streams

  type           = "kinesis_firehose"
  integration_id = sym_integration.slack.id

  settings = {
    stream_name = each.key
  }
}

resource "sym_environment" "main" {
  name                = "main"
  log_destination_ids = [for stream in sym_log_destination.stream : stream.id]

  integrations = {
    slack_id = sym_integration.slack.id
    okta_id  = sym_integration.okta.id
  }
}

module "team" {
  for_each = var.teams
  source   = "./team"

  name                = each.key
  team                = each.value
  times               = local.times[each.value.times]
  environment_id      = sym_environment.main.id
  okta_integration_id = sym_integration.okta.id
  guests              = var.guests

  vars = {
    level     = each.value.level
    approvers = join(",", var.approvers)
    on_call   = var.on_call_needs_nobody ? "yes" : "no"
    self      = "no"
  }
}
"""
_VALUES = """
approvers            = ["ada@orchard.example"]
streams              = ["audit", "security"]
on_call_needs_nobody = false

teams = {
  support = {
    level  = "admins"
    groups = { readers = { id = "00g1" }, writers = { id = "00g2", open = false } }
  }
}
"""
_TEAM = """
variable "name" {}
variable "team" {}
variable "times" {}
variable "environment_id" {}
variable "okta_integration_id" {}
variable "guests" {}
variable "vars" {}

locals {
  groups = { for name, group in var.team.groups : name => group.id if group.open }
}

resource "sym_target" "group" {
  for_each = local.groups

  type = "okta_group"
  name = each.key

  settings = {
    group_id = each.value
  }
}

resource "sym_strategy" "this" {
  type           = "okta"
  name           = var.name
  integration_id = var.okta_integration_id
  targets        = [for name in keys(local.groups) : sym_target.group[name].id]
}

resource "sym_flow" "this" {
  name           = var.name
  implementation = file("${path.module}/impl.py")
  environment_id = var.environment_id
  vars           = var.vars

  params {
    strategy_id             = sym_strategy.this.id
    allowed_sources         = var.team.sources
    schedule_deescalation   = contains(["time", "both"], var.team.ends_by)
    allow_revoke            = var.team.ends_by != "time"
    allow_guest_interaction = var.guests

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = var.times
    }
  }
}
"""
_CODE = """
from sym.sdk.annotations import hook, reducer
from sym.sdk.integrations import okta, slack
from sym.sdk.notifications import Notification
from sym.sdk.request_permission import PermissionLevel, RequestPermission
from sym.sdk.templates import ApprovalTemplate
from sym.sdk.user import user_ids

LEVELS = {
    "admins": PermissionLevel.ADMIN,
    "members": PermissionLevel.MEMBER,
    "everybody": PermissionLevel.ALL_USERS,
}
SELF_APPROVAL = {"yes": True, "no": False}


def level_of(event):
    return LEVELS[event.flow.vars["level"]]


def may_approve(event):
    approvers = event.flow.vars["approvers"].split(",")
    return event.user.email in approvers


def is_urgent(event):
    return event.payload.fields["urgency"] == "high"


def is_blocked(event):
    return event.user.email == "eve@orchard.example"


def refuse(event):
    if not may_approve(event):
        return ApprovalTemplate.ignore(message="You do not approve here.")


@reducer
def get_permissions(event):
    return RequestPermission(
        webapp_view=PermissionLevel.ADMIN,
        approve_deny=level_of(event),
        allow_self_approval=SELF_APPROVAL[event.flow.vars["self"]],
    )


@reducer
def get_request_notifications(event):
    return [Notification(destinations=[slack.channel("#access")])]


@hook
def on_approve(event):
    return refuse(event)


@hook
def on_prompt(event):
    if is_blocked(event):
        return ApprovalTemplate.deny()


@hook
def on_request(event):
    if event.flow.vars["on_call"] == "yes" and okta.is_user_in_group(event.user, group_id="00g9"):
        return ApprovalTemplate.approve()
"""
TEAMS: Files = {
    "main.tf": _MAIN,
    "terraform.tfvars": _VALUES,
    "team/main.tf": _TEAM,
    "team/impl.py": _CODE,
}
