"""Examples for the rules about flows."""

from __future__ import annotations

from symlint.annotations import Final
from symlint.rules._examples import configuration

FLOW: Final = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow"


FLOW_EXAMPLE = """
resource "sym_integration" "slack" {{
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}}

resource "sym_error_logger" "slack" {{
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}}

resource "sym_environment" "main" {{
  name            = "main"
  error_logger_id = sym_error_logger.slack.id

  integrations = {{
    slack_id = sym_integration.slack.id
  }}
}}

resource "sym_flow" "approval" {{
  name           = "approval"
  implementation = file("${{path.module}}/impl.py")
  environment_id = sym_environment.main.id
{0}}}
"""


def flow_example(rest: str) -> dict[str, str]:
    """An example configuration around the rest of a flow."""
    return configuration(FLOW_EXAMPLE.format(rest))


OKTA = """
resource "sym_target" "billing" {{
  type = "okta_group"
  name = "billing"

  settings = {{
    group_id = "00g1billing"
  }}
}}

resource "sym_strategy" "okta" {{
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.billing.id]
}}

resource "sym_flow" "billing" {{
  name           = "billing"
  implementation = file("${{path.module}}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {{
    strategy_id = sym_strategy.okta.id
{0}  }}
}}
"""
