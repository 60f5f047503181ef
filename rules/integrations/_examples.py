"""Examples for the rules about integrations."""

from __future__ import annotations

from symlint.annotations import Final

BY_HAND: Final = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = "111122223333"

  settings = {
    cloud    = "aws"
    region   = "eu-central-1"
    role_arn = "arn:aws:iam::111122223333:role/sym/SymIAMMain"
  }
}

resource "sym_target" "readers" {
  type = "aws_iam_group"
  name = "Readers"

  settings = {
    iam_group = "Readers"
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.readers.id]
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

resource "sym_flow" "iam" {
  name           = "iam"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {
    strategy_id = sym_strategy.iam.id
  }
}
"""
"""A permission context written by hand, without a connector."""
