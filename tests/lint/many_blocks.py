"""As many of each resource of Sym as are wanted, right and wrong: what the work of rules is measured with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.configurations import write_files

from symlint.budget import Budget
from symlint.sym.catalogue import load_catalogue
from symlint.sym.catalogue.interfaces import CatalogueInterfaces, CatalogueSchema
from symlint.sym.model.configuration import SymConfiguration
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.instances.options import EvaluationOptions

if TYPE_CHECKING:
    from pathlib import Path

BLOCKS = """
module "rt@" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "e@"
}
module "iam@" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "%CONNECTED%"
  runtime_role_arns = [module.rt@.sym_runtime_connector_role.arn]
}
module "fh@" {
  source      = "symopsio/kinesis-firehose-connector/aws"
  version     = ">= 3.0.0"
  environment = "e@"
}
resource "sym_integration" "pc@" {
  type        = "permission_context"
  name        = "e@-iam"
  external_id = module.iam@.settings.account_id
  settings    = module.iam@.settings
}
resource "sym_integration" "slack@" {
  type        = "slack"
  name        = "slack@"
  external_id = "T0ORCHAR@"
}
resource "sym_integration" "okta@" {
  type        = "okta"
  name        = "okta@"
  external_id = "x@.okta.com"
  settings    = { api_token_secret = sym_secret.s@.id }
}
resource "sym_secrets" "src@" {
  type = "aws_secrets_manager"
  name = "src@"
  settings = { context_id = sym_integration.pc@.id }
}
resource "sym_secret" "s@" {
  path      = aws_secretsmanager_secret.s@.name
  source_id = sym_secrets.src@.id
  settings  = { json_key = "token" }
}
resource "aws_secretsmanager_secret" "s@" {
  name = "secret@"
  tags = { SymEnv = "e@" }
}
resource "aws_iam_group" "g@" {
  name = "group@"
}
resource "aws_iam_role" "r@" {
  name               = "role@"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = module.rt@.sym_runtime_connector_role.arn } }] })
}
resource "aws_kinesis_firehose_delivery_stream" "f@" {
  name        = "stream@"
  destination = "extended_s3"
}
resource "sym_runtime" "run@" {
  name       = "run@"
  context_id = sym_integration.pc@.id
}
resource "sym_environment" "e@" {
  name            = "e@"
  runtime_id      = sym_runtime.run@.id
  error_logger_id = sym_error_logger.l@.id
  log_destination_ids = [sym_log_destination.d@.id]
  integrations = {
    slack_id = sym_integration.slack@.id
  }
}
resource "sym_error_logger" "l@" {
  integration_id = sym_integration.slack@.id
  destination    = "#errors@"
}
resource "sym_log_destination" "d@" {
  type           = "kinesis_firehose"
  integration_id = %INTEGRATION%
  settings       = { stream_name = aws_kinesis_firehose_delivery_stream.f@.name }
}
resource "sym_target" "t@" {
  type     = "aws_iam_group"
  name     = "t@"
  label    = "T@"
  settings = { %SETTING% = aws_iam_group.g@.name }
}
resource "sym_target" "o@" {
  type     = "okta_group"
  name     = "o@"
  label    = "O@"
  settings = { group_id = "00g@aaaaaaaaaaaaaaaa" }
}
resource "sym_strategy" "st@" {
  type           = "aws_iam"
  name           = "st@"
  integration_id = sym_integration.pc@.id
  targets        = [sym_target.%TARGET%@.id]
}
resource "sym_strategy" "ok@" {
  type           = "okta"
  name           = "ok@"
  integration_id = sym_integration.okta@.id
  targets        = [sym_target.o@.id]
}
resource "sym_flow" "f@" {
  name           = "%FLOW%"
  label          = "Flow @"
  environment_id = sym_environment.e@.id
  vars           = { approvers = "#a@" }
  implementation = <<-PY
    from sym.sdk.annotations import reducer
    from sym.sdk.integrations import slack


    @reducer
    def get_approvers(event):
        return slack.channel(event.flow.vars["%VARIABLE%"], allow_self=False)
  PY
  params {
    strategy_id = %STRATEGY%
    prompt_field {
      name     = "reason"
      label    = "Reason"
      type     = "string"
      required = true
    }
    prompt_field {
      name           = "time"
      type           = "%TYPE%"
      allowed_values = ["a", "b"]
    }
  }
}
resource "aws_iam_role_policy" "p@" {
  role   = module.rt@.sym_runtime_connector_role.name
  policy = jsonencode({ Statement = [] })
}
resource "aws_iam_role_policy_attachment" "a@" {
  role       = aws_iam_role.r@.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
"""

GOOD = {
    "CONNECTED": "e@",
    "INTEGRATION": "module.fh@.firehose_connector_id",
    "SETTING": "iam_group",
    "TARGET": "t",
    "FLOW": "f@",
    "VARIABLE": "approvers",
    "STRATEGY": "sym_strategy.st@.id",
    "TYPE": "string",
}
BAD = {
    "CONNECTED": "x@",
    "INTEGRATION": "sym_integration.slack@.id",
    "SETTING": "iam_gruop",
    "TARGET": "o",
    "FLOW": "same",
    "VARIABLE": "channel",
    "STRATEGY": "sym_target.t@.id",
    "TYPE": "strin",
}


def blocks(numbers: range, words: dict[str, str], first: int = 100) -> str:
    """Of each resource of Sym, and of what it needs, one for each number, counted from ``first``."""
    text = BLOCKS
    for name, word in words.items():
        text = text.replace(f"%{name}%", word)
    # All numbers are of one length: text that is longer is more work.
    return "".join(text.replace("@", str(first + number)) for number in numbers)


def with_unknown_names(text: str) -> str:
    """The same, where the names of things are known in part."""
    text = re.sub(r'(name +=) "([a-z]+\d+)"', r'\1 "${var.prefix}-\2"', text)
    return text.replace('environment       = "', 'environment       = "${var.prefix}-')


def written(count: int, first: int = 100) -> str:
    """Blocks that are right, blocks that are wrong, and the same with names that are not known."""
    text = ""
    for part, words in enumerate((GOOD, BAD, GOOD, BAD)):
        numbers = range(part * count // 4, (part + 1) * count // 4)
        one = blocks(numbers, words, first)
        text += f"--- part{part}.tf\n" + (one if part < 2 else with_unknown_names(one))
    return text + 'variable "prefix" {}\n'


def configuration(directory: Path, text: str) -> SymConfiguration:
    """The configuration of a text, with a budget that suffices for all of it."""
    write_files(directory, text)
    catalogue = load_catalogue({})
    options = EvaluationOptions(
        schema=CatalogueSchema(catalogue), interfaces=CatalogueInterfaces(catalogue)
    )
    terraform = Configuration(str(directory), options, budget=Budget(1_000_000_000_000))
    return SymConfiguration(terraform, catalogue)
