"""Examples for the rules about secrets: integrations whose tokens are in AWS Secrets Manager."""

from __future__ import annotations

from symlint.annotations import Final

STORE: Final = """
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
"""
"""A store of secrets that the runtime may read."""

OKTA: Final = (
    STORE
    + """
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
)

PAGER: Final = (
    STORE
    + """
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
)

JSON_SECRET: Final = (
    STORE
    + """
resource "aws_secretsmanager_secret" "aptible" {
  name = "sym/main/aptible-bot"

  tags = {
    SymEnv = "main"
  }
}

resource "sym_secret" "username" {
  path      = aws_secretsmanager_secret.aptible.name
  source_id = sym_secrets.main.id

  settings = {
    json_key = "username"
  }
}

resource "sym_secret" "password" {
  path      = aws_secretsmanager_secret.aptible.name
  source_id = sym_secrets.main.id

  settings = {
    json_key = "password"
  }
}

resource "sym_integration" "aptible" {
  type        = "aptible"
  name        = "main-aptible"
  external_id = "94a49e57-d046-4d9d-9dbf-f7711e337368"

  settings = {
    username_secret = sym_secret.username.id
    password_secret = sym_secret.password.id
  }
}

resource "sym_environment" "main" {
  name = "main"

  integrations = {
    aptible_id = sym_integration.aptible.id
  }
}
"""
)
"""Two secrets that are the values of one JSON object."""
