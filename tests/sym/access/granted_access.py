"""A flow that grants one target, for tests of the access inventory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.configurations import configuration

from symlint.sym.access.grants import Grant, grants_of
from symlint.sym.catalogue import load_catalogue
from symlint.sym.model.configuration import SymConfiguration

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = """
from sym.sdk.annotations import hook, prefetch, reducer
from sym.sdk.integrations import okta, slack
from sym.sdk.notifications import Notification
from sym.sdk.request_permission import PermissionLevel, RequestPermission
from sym.sdk.templates import ApprovalTemplate
from sym.sdk.user import user_ids
"""
MEMBERS = """
@reducer
def get_permissions(event):
    return RequestPermission(
        webapp_view=PermissionLevel.ADMIN, approve_deny=PermissionLevel.MEMBER
    )
"""
MAIN = """
resource "sym_environment" "main" {
  name = "main"
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "orchard.okta.com"
}

resource "sym_target" "group" {
  type = "okta_group"
  name = "support"

  settings = {
    group_id = "00g1"
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.group.id]
}

resource "sym_flow" "this" {
  name           = "okta"
  label          = "Okta"
  implementation = file("impl.py")
  environment_id = sym_environment.main.id
  vars           = { channel = "#vars", group = "00g2" }

  params {
    strategy_id = sym_strategy.okta.id

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["1h", "30m"]
    }
  }
}
"""


def granted(tmp_path: Path, code: str, main: str = MAIN) -> list[Grant]:
    (tmp_path / "impl.py").write_text(IMPORTS + code, encoding="utf-8")
    return list(grants_of(SymConfiguration(configuration(tmp_path, main), load_catalogue())))
