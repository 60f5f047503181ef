#### integrations of every type under every key
variable "unknown" {}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}
resource "sym_integration" "mislabelled" {
  type        = "github"
  name        = "pagerduty"
  external_id = "x"
}
resource "sym_integration" "mistyped" {
  type        = "knowbe4"
  name        = "github"
  external_id = "x"
}
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "acme.okta.com"
}
resource "sym_integration" "unknown" {
  type        = var.unknown
  name        = "unknown"
  external_id = "x"
}
resource "sym_integration" "of_no_type" {
  type        = "nothing"
  name        = "nothing"
  external_id = "x"
}
resource "sym_environment" "first" {
  name = "first"
  integrations = {
    slack         = sym_integration.slack.id
    okta_id       = sym_integration.slack.id
    pagerduty_id  = sym_integration.mislabelled.id
    github_id     = sym_integration.mistyped.id
    pager_duty_id = sym_integration.unknown.id
    circleci_id   = sym_integration.of_no_type.id
    jira_id       = sym_integration.of_no_type.id
    on_call       = sym_integration.okta.id
    googl_id      = var.unknown
  }
}
resource "sym_environment" "second" {
  name = "second"
  integrations = {
    slack_id  = sym_integration.slack.id
    github_id = sym_integration.mistyped.id
    "okta"    = sym_integration.okta.id
  }
}
resource "sym_environment" "third" {
  name         = "third"
  integrations = local.integrations
}
resource "sym_environment" "fourth" {
  name         = "fourth"
  integrations = var.unknown
}
resource "sym_environment" "fifth" {
  name = "fifth"
}
resource "sym_environment" "sixth" {
  name         = "sixth"
  integrations = merge(local.integrations, { slak_id = sym_integration.slack.id })
}
locals {
  integrations = {
    slack = sym_integration.slack.id
    okta  = sym_integration.okta.id
  }
}
resource "sym_flows_filter" "this" {
  implementation = "def get_flows(): pass"
  integrations   = local.integrations
}
resource "sym_flows_filter" "other" {
  implementation = "def get_flows(): pass"
  integrations = {
    slack_id = sym_integration.okta.id
  }
}

#### environments without slack where several could be meant
resource "sym_integration" "one" {
  type        = "slack"
  name        = "one"
  external_id = "T0ORCHARD1"
}
resource "sym_integration" "two" {
  type        = "slack"
  name        = "two"
  external_id = "T0ORCHARD2"
}
resource "sym_error_logger" "one" {
  integration_id = sym_integration.one.id
  destination    = "#errors"
}
resource "sym_error_logger" "two" {
  integration_id = sym_integration.two.id
  destination    = "#errors"
}
resource "sym_environment" "empty" {
  name         = "empty"
  integrations = {}
}
resource "sym_environment" "other" {
  name            = "other"
  error_logger_id = null
  integrations = {
    okta_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
module "inner" {
  source = "./inner"
}
--- inner/main.tf
resource "sym_environment" "inner" {
  name = "inner"
}

#### error loggers that report to other services, and to no channel
variable "unknown" {}
resource "sym_integration" "only_here" {
  type        = "pagerduty"
  name        = "slack"
  external_id = "T0ORCHARD1"
}
resource "sym_integration" "elsewhere" {
  type        = "github"
  name        = "elsewhere"
  external_id = "x"
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}
resource "sym_integration" "unknown" {
  type        = var.unknown
  name        = "unknown"
  external_id = "x"
}
resource "sym_integration" "of_no_type" {
  type        = "nothing"
  name        = "nothing"
  external_id = "x"
}
resource "sym_environment" "this" {
  name = "this"
  integrations = {
    slack_id  = sym_integration.slack.id
    github_id = sym_integration.elsewhere.id
  }
}
resource "sym_error_logger" "loggers" {
  for_each = {
    errors       = sym_integration.only_here.id
    "#errors"    = sym_integration.elsewhere.id
    C0123456789  = sym_integration.slack.id
    "two words"  = sym_integration.unknown.id
    CHANGEME     = sym_integration.of_no_type.id
    "my-errors"  = var.unknown
  }
  integration_id = each.value
  destination    = each.key
}
resource "sym_error_logger" "unknown" {
  integration_id = sym_integration.slack.id
  destination    = var.unknown
}
resource "sym_error_logger" "plain" {
  integration_id = sym_integration.slack.id
  destination    = "my_errors"
}
resource "sym_error_logger" "spaced" {
  integration_id = sym_integration.elsewhere.id
  destination    = "my errors"
}
resource "sym_error_logger" "null" {
  integration_id = sym_integration.only_here.id
  destination    = null
}

#### environments without a runtime
variable "unknown" {}
resource "sym_runtime" "one" {
  name = "one"
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
data "sym_environment" "elsewhere" {
  name = "elsewhere"
}
resource "sym_environment" "environments" {
  for_each   = { none = null, unknown = var.unknown, one = sym_runtime.one.id }
  name       = each.key
  runtime_id = each.value
}
resource "sym_environment" "bare" {
  name = "bare"
}
resource "sym_environment" "of_code" {
  name = "of-code"
}
resource "sym_environment" "of_slack" {
  name = "of-slack"
}
resource "sym_strategy" "aws" {
  type    = "aws_iam"
  name    = "aws"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "okta" {
  type    = "okta"
  name    = "okta"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_flow" "aws" {
  for_each       = merge(sym_environment.environments, { bare = sym_environment.bare, again = sym_environment.bare, elsewhere = data.sym_environment.elsewhere })
  name           = "aws-${each.key}"
  implementation = "pass"
  environment_id = each.value.id
  params {
    strategy_id = sym_strategy.aws.id
  }
}
resource "sym_flow" "code" {
  name           = "code"
  implementation = "from sym.sdk.integrations import aws_lambda\n\naws_lambda.invoke('arn', {})\n"
  environment_id = sym_environment.of_code.id
  params {
    strategy_id = sym_strategy.okta.id
  }
}
resource "sym_flow" "slack" {
  name           = "slack"
  implementation = "from sym.sdk.integrations import slack\n\nslack.channel('#a')\n"
  environment_id = sym_environment.of_slack.id
  params {
    strategy_id = sym_strategy.okta.id
  }
}
#### environments called otherwise than their runtime
variable "unknown" {}
module "prod" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "prod"
}
module "staging" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "staging"
}
module "hub" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "shared-hub"
}
resource "sym_environment" "staging" {
  name       = "staging"
  runtime_id = module.prod.sym_runtime.id
}
resource "sym_environment" "sandbox" {
  name       = local.sandbox
  runtime_id = module.staging.sym_runtime.id
}
resource "sym_environment" "unknown" {
  name       = var.unknown
  runtime_id = module.prod.sym_runtime.id
}
resource "sym_environment" "on_the_hub" {
  name       = "billing"
  runtime_id = module.hub.sym_runtime.id
}
locals {
  sandbox = "sandbox"
}
#### channels, and keys that are named after a type
variable "on" {}
variable "channel" { default = "" }
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}
resource "sym_integration" "other" {
  type        = "pigeon"
  name        = "other"
  external_id = "other"
}
resource "sym_error_logger" "logger" {
  for_each = {
    upper   = "#Sym-Errors"
    blank   = "#sym errors"
    empty   = ""
    address = "https://orchard.slack.com/archives/C024BE91L"
    right   = "#sym-errors"
  }
  integration_id = sym_integration.slack.id
  destination    = each.value
}
resource "sym_error_logger" "one_of_two" {
  integration_id = sym_integration.slack.id
  destination    = var.on ? "#errors" : "Errors"
}
resource "sym_error_logger" "nobody_set_it" {
  integration_id = sym_integration.slack.id
  destination    = var.channel
}
resource "sym_environment" "main" {
  name = "main"
  integrations = {
    slack_id     = sym_integration.slack.id
    aptible_id   = sym_integration.slack.id
    segment_id   = sym_integration.other.id
    tailscale_id = var.on
    custom_id    = sym_integration.slack.id
  }
}
