locals {
  environment_name = "main"
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = local.environment_name
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = local.environment_name
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

module "secrets" {
  source  = "symopsio/secretsmgr-addon/aws"
  version = "~> 1.1"

  environment   = local.environment_name
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main-secrets"

  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

resource "aws_secretsmanager_secret" "pagerduty" {
  name = "sym/main/pagerduty"

  tags = {
    SymEnv = local.environment_name
  }
}

resource "sym_secret" "pagerduty" {
  path      = aws_secretsmanager_secret.pagerduty.name
  source_id = sym_secrets.main.id
}

resource "sym_integration" "pagerduty" {
  type        = "pagerduty"
  name        = "main-pagerduty"
  external_id = "orchard.pagerduty.com"

  settings = {
    api_token_secret = sym_secret.pagerduty.id
  }
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

module "datadog" {
  source  = "symopsio/datadog-connector/aws"
  version = "~> 4.0"

  environment        = local.environment_name
  datadog_access_key = var.datadog_access_key
}

module "firehose" {
  source  = "symopsio/kinesis-firehose-addon/aws"
  version = "~> 1.1"

  environment   = local.environment_name
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

variable "datadog_access_key" {
  type      = string
  sensitive = true
}

resource "sym_log_destination" "datadog" {
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id

  settings = {
    stream_name = module.datadog.firehose_name
  }
}

resource "sym_environment" "main" {
  name                = "main"
  runtime_id          = module.runtime_connector.sym_runtime.id
  error_logger_id     = sym_error_logger.slack.id
  log_destination_ids = [sym_log_destination.datadog.id]

  integrations = {
    slack_id     = sym_integration.slack.id
    pagerduty_id = sym_integration.pagerduty.id
  }
}

resource "aws_iam_group" "reader" {
  name = "log-reader"
  path = "/sym/"
}

resource "sym_target" "reader" {
  type = "aws_iam_group"
  name = "log-reader"

  settings = {
    iam_group = aws_iam_group.reader.name
  }
}

resource "sym_target" "writer" {
  type = "aws_iam_group"
  name = "log-writer"

  settings = {
    iam_group = aws_iam_group.reader.name
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.reader.id, sym_target.writer.id]
}

resource "sym_flow" "access" {
  name           = "access"
  label          = "Access"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  vars = {
    approvers_channel = "#access-requests"
  }

  params {
    strategy_id           = sym_strategy.iam.id
    allow_revoke          = false
    schedule_deescalation = true
    allowed_sources       = ["slack", "api"]

    prompt_field {
      name = "reason"
      type = "string"
    }

    prompt_field {
      name           = "urgency"
      type           = "string"
      default        = "Low"
      allowed_values = ["Low", "High"]
    }

    prompt_field {
      name = "on_behalf_of"
      type = "slack_user"
    }

    prompt_field {
      name = "target_id"
      type = "string"
    }

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30m", "1h"]
    }
  }
}

resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {
    prompt_field {
      name = "what"
      type = "string"
    }
  }
}

resource "sym_flows_filter" "this" {
  implementation = file("${path.module}/get_flows.py")
  integrations   = sym_environment.main.integrations
}
