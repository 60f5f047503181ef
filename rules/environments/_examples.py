"""Examples for the rules about environments."""

from __future__ import annotations

from symlint.annotations import Final
from symlint.rules._examples import configuration

PROVIDER: Final = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/"

AWS: Final = configuration(
    """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "main" {
  name            = "main"
  runtime_id      = module.runtime_connector.sym_runtime.id
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

resource "sym_target" "billing" {
  type = "aws_iam_group"
  name = "billing"

  settings = {
    iam_group = "billing"
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.billing.id]
}

resource "sym_flow" "billing" {
  name           = "billing"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {
    strategy_id = sym_strategy.iam.id
  }
}
"""
)
"""An environment whose flow grants access in AWS."""

PAGERDUTY: Final = configuration(
    """
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_integration" "pagerduty" {
  type        = "pagerduty"
  name        = "main-pagerduty"
  external_id = "orchard.pagerduty.com"

  settings = {
    api_token_secret = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "main" {
  name            = "main"
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id     = sym_integration.slack.id
    pagerduty_id = sym_integration.pagerduty.id
  }
}

resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id
}
"""
)
"""An environment with the integrations of Slack and PagerDuty."""
