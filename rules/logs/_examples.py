"""Examples for the rules about log destinations: Kinesis and the addons that it needs."""

from __future__ import annotations

from symlint.annotations import Final

_REST: Final = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
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
  name                = "main"
  error_logger_id     = sym_error_logger.slack.id
  log_destination_ids = [sym_log_destination.audit.id]

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id
}
"""

FIREHOSE: Final = (
    """
module "stream_access" {
  source  = "symopsio/kinesis-firehose-addon/aws"
  version = "~> 1.1"

  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

module "bucket" {
  source  = "symopsio/kinesis-firehose-connector/aws"
  version = "~> 4.0"

  environment = "main"
}

resource "aws_kinesis_firehose_delivery_stream" "audit" {
  name        = "sym-audit"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = module.bucket.firehose_role_arn
    bucket_arn = module.bucket.firehose_bucket_arn
  }

  tags = {
    SymEnv = "main"
  }
}

resource "sym_log_destination" "audit" {
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id

  settings = {
    stream_name = aws_kinesis_firehose_delivery_stream.audit.name
  }
}
"""
    + _REST
)

DATA_STREAM: Final = (
    """
module "stream_access" {
  source  = "symopsio/kinesis-data-stream-addon/aws"
  version = "~> 1.1"

  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
  stream_arns   = [aws_kinesis_stream.audit.arn]
}

resource "aws_kinesis_stream" "audit" {
  name        = "sym-audit"
  shard_count = 1
}

resource "sym_log_destination" "audit" {
  type           = "kinesis_data_stream"
  integration_id = module.runtime_connector.sym_integration.id

  settings = {
    stream_name = aws_kinesis_stream.audit.name
  }
}
"""
    + _REST
)
