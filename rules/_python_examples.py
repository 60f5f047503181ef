"""Examples for the rules about the Python of flows."""

from __future__ import annotations

from symlint.annotations import Final
from symlint.rules._examples import configuration

SDK: Final = "https://docs.symops.com/docs/python-sdk"

FLOW: Final = """
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_environment" "main" {
  name = "main"

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

resource "sym_flow" "iam" {
  name           = "iam"
  label          = "IAM access"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {}
}
"""

IMPORTS: Final = """
from sym.sdk.annotations import hook, prefetch, reducer
from sym.sdk.integrations import slack
from sym.sdk.notifications import Notification
from sym.sdk.request_permission import PermissionLevel, RequestPermission
from sym.sdk.templates import ApprovalTemplate


@reducer
def get_permissions(event):
    return RequestPermission(
        webapp_view=PermissionLevel.ALL_USERS,
        approve_deny=PermissionLevel.MEMBER,
    )


@reducer
def get_request_notifications(event):
    return [Notification(destinations=[slack.channel("#access")])]
"""


def with_code(code: str, main: str = FLOW, imports: str = IMPORTS) -> dict[str, str]:
    """A flow whose ``impl.py`` has working reducers, and this code behind them."""
    return {**configuration(main), "impl.py": imports + code}


def with_only(code: str, main: str = FLOW) -> dict[str, str]:
    """A flow whose ``impl.py`` is this code."""
    return {**configuration(main), "impl.py": code}
