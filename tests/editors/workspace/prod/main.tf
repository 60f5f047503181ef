terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.6"
    }
  }
}

variable "workspace" {
  type        = string
  description = "The Slack workspace."
}

variable "okta_token" {
  type      = string
  sensitive = true
}

locals {
  environment_name = "prod"

  groups = {
    admins  = { id = "00g1ADMINS0000000001", label = "Admins 🚀" }
    support = { id = "00g1SUPPORT000000002", label = "Support" }
  }

  group_ids = { for key, group in local.groups : key => group.id }
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = local.environment_name
}

module "secrets" {
  source  = "symopsio/secretsmgr-addon/aws"
  version = "~> 1.1"

  environment   = local.environment_name
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "${local.environment_name}-slack"
  external_id = var.workspace
}

resource "sym_secrets" "this" {
  type = "aws_secrets_manager"
  name = "${local.environment_name}-secrets"

  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

data "aws_secretsmanager_secret" "okta" {
  name = "sym/${local.environment_name}/okta"
}

resource "sym_secret" "okta" {
  path      = data.aws_secretsmanager_secret.okta.name
  source_id = sym_secrets.this.id
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "${local.environment_name}-okta"
  external_id = "orchard.okta.com"

  settings = {
    api_token_secret = sym_secret.okta.id
  }
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "this" {
  name            = local.environment_name
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
    okta_id  = sym_integration.okta.id
  }
}

output "strategy" {
  value = module.access.strategy_id
}
