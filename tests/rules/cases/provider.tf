#### a flow of version 1 in odd forms, under version 3
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
resource "sym_flow" "comments" {
  name           = "comments"

  template = "sym:template:approval:1.0.0"

  implementation = "${path.module}/impl.py"
  environment_id = sym_environment.this.id
    params = {# at once
      strategy_id = sym_strategy.this.id, allow_revoke = "true" /* both on one line */
      "schedule_deescalation" = false
      # before the fields
      prompt_fields_json = jsonencode([# first
        # alone
        {# of the field
          name = "reason" # the name
          type = "string"

          label = "Why?"
          # last of the field
        }, # after the field
        {
          name    = "kind", type = "list",
          default = <<-EOT
            text
          EOT
          allowed_values = [
            "a",

            "b",
          ] # after the list
          required = true
        },
        # last of all
      ])
      include_decision_message = var.unknown
      allowed_sources_json     = jsonencode(["slack"]) # sources
      # at the end
    }
}
resource "sym_flow" "empty" {
  name           = "empty"
  template       = "sym:template:approval:1.0.0" # with a comment
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.this.id
  params         = {}
}
resource "sym_flow" "no_fields" {
  name           = "no-fields"
  implementation = file(local.path)
  environment_id = sym_environment.this.id
  params = {
    prompt_fields_json = jsonencode([])
  }
}
resource "sym_flow" "not_written_out" {
  name           = "not-written-out"
  template       = local.template
  implementation = local.path
  environment_id = sym_environment.this.id
  params = {
    prompt_fields_json   = jsonencode([local.field])
    allowed_sources_json = local.sources
  }
}
resource "sym_flow" "odd_names" {
  name           = "odd-names"
  implementation = "impl.py"
  environment_id = sym_environment.this.id
  params = {
    "odd name" = 1
  }
}
resource "sym_flow" "merged" {
  name           = "merged"
  implementation = file("impl.py")
  environment_id = sym_environment.this.id
  params         = merge({}, { strategy_id = sym_strategy.this.id })
}
resource "sym_flow" "one_line" {
  name = "one-line"
  template = "sym:template:approval:1.0.0"
  implementation = "impl.py"
  environment_id = sym_environment.this.id
  params = { strategy_id = sym_strategy.this.id, allowed_sources_json = jsonencode(["slack"], []) }
}
locals {
  path     = "${path.module}/impl.py"
  template = "sym:template:approval:1.0.0"
  field    = { name = "a", type = "string" }
  sources  = "[]"
}
variable "unknown" {}
resource "sym_environment" "this" {
  name = "main"
}
resource "sym_strategy" "this" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}

#### blocks, arguments and types of every wrong form
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
variable "unknown" {}
resource "sym_flw" "misspelled" {
}
resource "sym_something_else" "unknown" {
}
data "sym_flow" "only_a_resource" {
  name = "x"
}
data "sym_runtim" "misspelled" {
  name = "x"
}
data "sym_something_else" "unknown" {
}
ephemeral "sym_runtime" "x" {
}
data "sym_integration" "of_wrong_type" {
  type = "slak"
  name = "x"
}
data "sym_integration" "of_unknown_type" {
  type = var.unknown
  name = "x"
}
data "sym_secrets" "of_wrong_type" {
  type = "vault"
  name = "x"
}
resource "sym_runtime" "id" {
  id    = "x"
  nam   = "misspelled"
  color = "x"
}
resource "sym_runtime" "null" {
  name = null
}
resource "sym_runtime" "list" {
  name = ["x"]
}
resource "sym_runtime" "whole" {
  name = sym_runtime.null
}
resource "sym_strategy" "types" {
  type           = ""
  name           = 5
  integration_id = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
  targets        = "0f8fad5b-d9cb-469f-a165-70867728950e"
  settings       = "x"
}
resource "sym_target" "types" {
  type           = "okta_grup"
  name           = "x"
  field_bindings = jsonencode(["group_id"])
  settings = {
    group_id = ["x"]
    other    = { a = "b" }
  }
}
resource "sym_target" "far_type" {
  type           = local.type
  name           = "far"
  field_bindings = { a = "b" }
  settings {
    group_id = "x"
  }
}
locals {
  type = "okta_grop"
  list = "slack"
}
resource "sym_integration" "misplaced" {
  type          = "slack"
  name          = "x"
  external_id   = "T0ORCHARD1"
  strategy_id   = "x"
  settings = [
    "x"
  ]
}
resource "sym_flow" "no_params" {
  name           = "x"
  implementation = "impl.py"
}
resource "sym_flow" "misplaced" {
  name           = "y"
  implementation = file("impl.py")
  environment_id = ""
  strategy_id    = "0f8fad5b-d9cb-469f-a165-70867728950e"
  prompt_field {
    name = "x"
    type = "string"
  }
  vars = {
    list = [1]
    text = "x"
    map  = { a = "b" }
  }
  params {
    strategy_id     = sym_target.types.id
    allow_revoke    = "maybe"
    allowed_sources = local.list
    prompt_fields   = []
    prompt_field = {
      name = "x"
    }
    prompt_field {
      type           = "string"
      allowed_values = jsonencode(["a"])
      required       = "yes"
    }
    prompt_field {
      name           = "lists"
      type           = "string"
      allowed_values = [["a"], "b"]
      default        = ["x"]
    }
    prompt_field {
      name           = "map"
      type           = "list"
      allowed_values = { a = "b" }
      lable          = "x"
    }
    prompt_field {
      name           = "text"
      type           = "string"
      allowed_values = "a"
    }
    dynamic "prompt_field" {
    }
    dynamic "prompt_field" {
      for_each = var.unknown
      content {
        name = prompt_field.value
      }
    }
  }
  params {
  }
}
resource "sym_environment" "ids" {
  name                = "ids"
  runtime_id          = ""
  error_logger_id     = var.unknown ? "" : null
  log_destination_ids = ["", null, sym_runtime.id.id, "nothing", var.unknown]
  integrations = {
    slack_id = ""
    okta_id  = sym_runtime.null.id
  }
}
resource "sym_error_logger" "empty" {
  integration_id = ""
  destination    = "#errors"
}
resource "sym_error_logger" "computed_empty" {
  integration_id = join("", [])
  destination    = "#errors"
}
resource "sym_error_logger" "empty_by_default" {
  integration_id = var.empty
  destination    = "#errors"
}
resource "sym_error_logger" "in_quotes" {
  integration_id = "sym_integration.misplaced.id"
  destination    = "#errors"
}
variable "empty" {
  default = ""
}
resource "sym_secrets" "no_context" {
  type     = "aws_secrets_manager"
  name     = "a"
  settings = {}
}
resource "sym_secrets" "null_context" {
  type = "aws_secrets_manager"
  name = "b"
  settings = {
    context_id = null
  }
}
resource "sym_secrets" "unknown_settings" {
  type     = "aws_secrets_manager"
  name     = "c"
  settings = var.unknown
}
resource "sym_secrets" "list_settings" {
  type     = "aws_secrets_manager"
  name     = "d"
  settings = []
}
resource "sym_secrets" "wrong_context" {
  type = "aws_secrets_manager"
  name = "e"
  settings = {
    context_id = sym_secrets.no_context.id
  }
}
resource "sym_secrets" "of_unknown_type" {
  type = var.unknown
  name = "f"
}
resource "sym_secret" "list_source" {
  path      = "x"
  source_id = [sym_secrets.no_context.id]
}
provider "sym" {
  orgg = "x"
}

#### version 3 under version 1
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 1.14"
    }
  }
}
resource "sym_flow" "new" {
  name           = "new"
  implementation = file("${path.module}/impl.py")
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  vars = {
    a = "b"
  }
  params {
    strategy_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
    prompt_field {
      name = "a"
      type = "string"
    }
  }
}
resource "sym_flow" "old" {
  name           = "old"
  template       = "sym:template:approval:1.0.0"
  implementation = "${path.module}/impl.py"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params = {
    strategy_id        = "0f8fad5b-d9cb-469f-a165-70867728950e"
    something          = "x"
    allow_revok        = "false"
    prompt_fields_json = jsonencode([{ name = "a", type = "int_list", visible = true }, { nam = "b", type = "list" }])
  }
}
resource "sym_flow" "neither" {
  name           = "neither"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}
resource "sym_flows_filter" "new" {
  implementation = "${path.module}/filter.py"
}
resource "sym_strategy" "new" {
  type    = "http"
  name    = "http"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}

#### an older version is admitted, and one is pinned
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = ">= 1.0"
    }
  }
}
resource "sym_flow" "old" {
  name           = "old"
  template       = "sym:template:approval:1.0.0"
  implementation = "${path.module}/impl.py"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params = {
    strategy_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
resource "sym_flow" "new" {
  name           = "new"
  implementation = file("${path.module}/impl.py")
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  vars           = { a = "b" }
  params {
    strategy_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
resource "sym_flows_filter" "new" {
  implementation = "filter.py"
  vars {
    a = "b"
  }
}
resource "sym_strategy" "okta" {
  type    = "okta"
  name    = "okta"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
#### two organizations, and one that is not known
variable "org" {}
provider "sym" {
  org = "orchard"
}
provider "sym" {
  alias = "same"
  org   = "Orchard"
}
provider "sym" {
  alias = "other"
  org   = "meadow"
}
provider "sym" {
  alias = "unknown"
  org   = var.org
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}
resource "sym_error_logger" "same" {
  provider       = sym.same
  integration_id = sym_integration.slack.id
  destination    = "#same"
}
resource "sym_error_logger" "unknown" {
  provider       = sym.unknown
  integration_id = sym_integration.slack.id
  destination    = "#unknown"
}
resource "sym_integration" "meadow" {
  provider    = sym.other
  type        = "slack"
  name        = "meadow"
  external_id = "T0MEADOW1"
}
resource "sym_error_logger" "meadow" {
  provider       = sym.other
  integration_id = sym_integration.meadow.id
  destination    = "#meadow"
}
resource "sym_environment" "crossed" {
  name            = "crossed"
  error_logger_id = sym_error_logger.same.id
  integrations = {
    slack_id  = sym_integration.slack.id
    meadow_id = sym_integration.meadow.id
  }
}
module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "meadow"
  providers   = { sym = sym.other }
}
resource "sym_environment" "run_by_another" {
  name            = "run-by-another"
  runtime_id      = module.runtime.sym_runtime.id
  error_logger_id = sym_error_logger.same.id
  integrations    = { slack_id = sym_integration.slack.id }
}
#### import blocks whose ids do not fit
variable "unknown" {}
import {
  to = sym_flow.by_uuid
  id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
}
import {
  to = sym_environment.with_a_type
  id = "environment:main"
}
import {
  to = sym_secret.by_slug
  id = "sym-main-okta"
}
import {
  to = sym_error_logger.by_uuid
  id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
}
import {
  to = sym_log_destination.firehose
  id = "kinesis_firehose:logs"
}
import {
  to = sym_log_destination.stream
  id = "stream"
}
import {
  to = sym_strategy.no_slug
  id = "okta:"
}
import {
  to = sym_runtime.unknown
  id = var.unknown
}
import {
  to = sym_runtime.to_be_filled_in
  id = "CHANGEME"
}
import {
  for_each = { a = "okta_group:a", b = "b", c = var.unknown }
  to       = module.inner.sym_target.all[each.key]
  id       = each.value
}
import {
  for_each = toset(["a", "b"])
  to       = module.inner.sym_target.all[each.key]
  id       = "github_repo:${each.key}"
}
import {
  for_each = var.unknown
  to       = sym_target.unknown[each.key]
  id       = each.key
}
import {
  to = aws_iam_group.another_provider
  id = "group"
}
module "inner" {
  source = "./inner"
}
--- inner/main.tf
terraform {
  required_providers {
    sym = { source = "symopsio/sym" }
  }
}
resource "sym_target" "all" {
  for_each = toset(["a", "b", "c"])
  type     = "okta_group"
  name     = each.key
  settings = { group_id = "00g1${each.key}" }
}
#### paths of files
variable "unknown" {}
resource "local_file" "made" {
  filename = "${path.module}/made.py"
  content  = ""
}
locals {
  paths = {
    there    = "${path.module}/there.py"
    missing  = "${path.module}/missing.py"
    close    = "therre.py"
    above    = "../above.py"
    absolute = "/srv/strategy.py"
    home     = "~/strategy.py"
    made     = local_file.made.filename
    by_name  = "./made.py"
    unknown  = var.unknown
    code     = file("${path.module}/there.py")
    folder   = path.module
  }
}
resource "sym_strategy" "custom" {
  for_each       = local.paths
  type           = "custom"
  name           = each.key
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
  implementation = each.value
}
module "inner" {
  source = "./inner"
}
--- inner/main.tf
terraform {
  required_providers {
    sym = { source = "symopsio/sym" }
  }
}
resource "sym_strategy" "custom" {
  type           = "custom"
  name           = "inner"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
  implementation = "${path.module}/there.py"
}
--- there.py
