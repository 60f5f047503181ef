"""Examples for the rules about secrets: an integration whose token is in AWS Secrets Manager."""

from __future__ import annotations

from typing import Final

OKTA: Final = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "secrets_access" {
  source  = "symopsio/secretsmgr-addon/aws"
  version = "~> 1.1"

  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main-secrets"

  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta-api-key"

  tags = {
    SymEnv = "main"
  }
}

resource "sym_secret" "okta" {
  path      = aws_secretsmanager_secret.okta.name
  source_id = sym_secrets.main.id
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

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "main" {
  name            = "main"
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
    okta_id  = sym_integration.okta.id
  }
}

resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id
}
"""

PAGER: Final = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "secrets_access" {
  source  = "symopsio/secretsmgr-addon/aws"
  version = "~> 1.1"

  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main-secrets"

  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

resource "aws_secretsmanager_secret" "pager" {
  name = "sym/main/pager-key"

  tags = {
    SymEnv = "main"
  }
}

resource "sym_secret" "pager" {
  path      = aws_secretsmanager_secret.pager.name
  source_id = sym_secrets.main.id
}

resource "sym_integration" "pager" {
  type        = "custom"
  name        = "main-pager"
  external_id = "orchard-pager"

  settings = {
    secret_ids_json = jsonencode([sym_secret.pager.id])
  }
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
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
    pager_id = sym_integration.pager.id
  }
}

resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id
}
"""
