"""Resources that references can lead to, rightly or not."""

from __future__ import annotations

BASE = """
variable "unset" {}

variable "on" {
  type = bool
}

data "sym_integration" "read" {
  type = "okta"
  name = "okta"
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "orchard.okta.com"
}

resource "sym_target" "one" {
  type = "okta_group"
  name = "one"
}

resource "sym_target" "many" {
  for_each = toset(["a", "b"])
  type     = "okta_group"
  name     = each.key
}

resource "aws_ssm_parameter" "id" {
  name  = "id"
  value = sym_integration.okta.id
}

resource "aws_ssm_parameter" "given" {
  name = "given"
}

module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "foreign" {
  source = "example/foreign/aws"
}
"""
