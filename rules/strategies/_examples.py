"""Examples for the rules about a strategy's integration."""

from __future__ import annotations

from symlint.annotations import Final

OKTA: Final = """
resource "sym_secret" "okta" {
  path      = "sym/main/okta-api-key"
  source_id = "3f1c2a54-0d5e-4a53-9c6f-6f5bb2a1a9d7"
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "main-okta"
  external_id = "orchard.okta.com"

  settings = {
    api_token_secret = sym_secret.okta.id
  }
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_environment" "main" {
  name            = "main"
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
    okta_id  = sym_integration.okta.id
  }
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_target" "support" {
  type = "okta_group"
  name = "support"

  settings = {
    group_id = "00g1support"
  }
}

resource "sym_flow" "okta" {
  name           = "okta"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {
    strategy_id = sym_strategy.okta.id
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.support.id]
}
"""

RIGHT_LINK: Final = "  integration_id = sym_integration.okta.id\n  targets"
