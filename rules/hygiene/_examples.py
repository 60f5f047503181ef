"""Examples for the rules about names."""

from __future__ import annotations

from symlint.annotations import Final

TARGET: Final = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/target"


FLOW: Final = """
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

resource "sym_flow" "deploy" {{
  name           = "{0}"
  label          = "Deploy"
  implementation = file("${{path.module}}/impl.py")
  environment_id = sym_environment.main.id
}}

resource "sym_flow" "restart" {{
  name           = "{1}"
  label          = "Restart"
  implementation = file("${{path.module}}/impl.py")
  environment_id = sym_environment.main.id
}}
"""
