"""A flow from before there was get_permissions: who sees the request approves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from access_changes import Files

_MAIN = """
locals {
  roles     = { "7001" = "shop", "7002" = "stock" }
  privilege = "member"
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}

resource "sym_integration" "onelogin" {
  type        = "onelogin"
  name        = "onelogin"
  external_id = "orchard.onelogin.com"
}

resource "sym_log_destination" "segment" {
  type           = "segment"
  integration_id = sym_integration.slack.id

  settings = {
    stream_name = "retail"
  }
}

resource "sym_environment" "main" {
  name                = "main"
  log_destination_ids = [sym_log_destination.segment.id]

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

module "retail" {
  source = "./retail"

  targets        = local.roles
  privilege      = local.privilege
  environment_id = sym_environment.main.id
  integration_id = sym_integration.onelogin.id
}
"""
_RETAIL = """
variable "targets" {}
variable "privilege" {}
variable "environment_id" {}
variable "integration_id" {}

resource "sym_target" "role" {
  for_each = var.targets

  type  = "onelogin_role"
  name  = each.value
  label = title(each.value)

  settings = {
    role_id         = each.key
    privilege_level = var.privilege
  }
}

resource "sym_strategy" "this" {
  type           = "onelogin"
  name           = "retail"
  integration_id = var.integration_id
  targets        = values(sym_target.role)[*].id
}

resource "sym_flow" "this" {
  name           = "retail"
  implementation = file("${path.module}/impl.py")
  environment_id = var.environment_id

  vars = {
    tier    = "gold"
    channel = "#retail"
  }

  params {
    strategy_id = sym_strategy.this.id

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30m"]
    }
  }
}
"""
_CODE = """
from sym.sdk.annotations import reducer
from sym.sdk.integrations import slack


@reducer
def get_approvers(event):
    return slack.channel(event.flow.vars["channel"], allow_self=False)
"""
RETAIL: Files = {
    "main.tf": _MAIN,
    "retail/main.tf": _RETAIL,
    "retail/impl.py": _CODE,
}
