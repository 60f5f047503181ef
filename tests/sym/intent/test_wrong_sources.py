"""Values that were read from the wrong thing: what they are, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import configuration
from support.transcript import compare_transcript
from support.values import locals_of
from support.writing import write

from symlint.sym.intent.sources import Place, wrong_read

if TYPE_CHECKING:
    from pathlib import Path

BLOCKS = """
variable "unset" {}

module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "sso" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}

module "foreign" {
  source = "example/foreign/aws"
}

resource "aws_iam_group" "group" {
  name = "group"
}

resource "aws_iam_group" "many" {
  for_each = var.unset
  name     = each.key
}

data "aws_iam_group" "read" {
  group_name = "read"
}

resource "aws_ssoadmin_permission_set" "set" {
  name = "set"
}

data "aws_ssoadmin_permission_set" "read" {
  name = "set"
}

data "aws_ssoadmin_instances" "instances" {
}

resource "aws_lambda_function" "function" {
  function_name = "function"
}

resource "okta_group" "group" {
  name = "group"
}

resource "aws_s3_bucket" "bucket" {
  bucket = "bucket"
}

resource "sym_target" "target" {
  type = "okta_group"
  name = "target"
}

data "sym_integration" "integration" {
  type = "okta"
  name = "okta"
}

locals {
  module_role       = module.runtime.sym_runtime_connector_role.arn
  module_name       = module.runtime.sym_runtime_connector_role.name
  module_settings   = module.sso.settings
  module_instance   = module.sso.settings.instance_arn
  module_region     = module.sso.settings.region
  module_nothing    = module.sso.nothing
  module_whole      = module.sso
  foreign_arn       = module.foreign.group_arn
  foreign_name      = module.foreign.group-name
  foreign_id        = module.foreign.group_id
  foreign_ARN       = module.foreign.ARN
  foreign_nested    = module.foreign.group.arn
  foreign_whole     = module.foreign
  group_name        = aws_iam_group.group.name
  group_id          = aws_iam_group.group.id
  group_arn         = aws_iam_group.group.arn
  group_path        = aws_iam_group.group.path
  group_unique_id   = aws_iam_group.group.unique_id
  group_else        = aws_iam_group.group.created
  group_whole       = aws_iam_group.group
  group_in_brackets = aws_iam_group.group["arn"]
  group_in_template = "${aws_iam_group.group.arn}"
  group_in_text     = "group ${aws_iam_group.group.arn}"
  many              = aws_iam_group.many
  many_arn          = aws_iam_group.many["a"].arn
  read_name         = data.aws_iam_group.read.group_name
  read_arn          = data.aws_iam_group.read.arn
  read_id           = data.aws_iam_group.read.id
  set_arn           = aws_ssoadmin_permission_set.set.arn
  set_id            = aws_ssoadmin_permission_set.set.id
  set_name          = aws_ssoadmin_permission_set.set.name
  set_read_id       = data.aws_ssoadmin_permission_set.read.id
  set_description   = aws_ssoadmin_permission_set.set.description
  instances         = data.aws_ssoadmin_instances.instances.arns
  stores            = data.aws_ssoadmin_instances.instances.identity_store_ids
  function_arn      = aws_lambda_function.function.arn
  function_name     = aws_lambda_function.function.function_name
  function_invoke   = aws_lambda_function.function.invoke_arn
  okta_id           = okta_group.group.id
  okta_name         = okta_group.group.name
  okta_arn          = okta_group.group.arn
  okta_description  = okta_group.group.description
  okta_display_name = okta_group.group.display_name
  okta_label        = okta_group.group.label
  okta_path         = okta_group.group.path
  okta_type         = okta_group.group.type
  bucket            = aws_s3_bucket.bucket.arn
  target_id         = sym_target.target.id
  target_name       = sym_target.target.name
  target            = sym_target.target
  integration_id    = data.sym_integration.integration.id
  text              = "group"
  text_dot          = "one.two"
  text_reference    = "aws_iam_group.group.arn"
  text_template     = "$${aws_iam_group.group.arn}"
  text_spaces       = " aws_iam_group.group.arn "
  text_index        = "aws_iam_group.many[0].arn"
  text_data         = "data.aws_iam_group.read.arn"
  text_no_data      = "aws_iam_group.read.arn"
  text_missing      = "aws_iam_group.missing.arn"
  text_dash         = "okta_group.group.the-id"
  unset             = var.unset
  number            = 5
}
"""
SETTINGS = {
    "aws_iam_group": "iam_group",
    "aws_sso_permission_set": "permission_set_arn",
    "aws_lambda_function": "arn",
    "okta_group": "group_id",
}


def test_snapshot_of_wrong_sources(tmp_path: Path) -> None:
    sym = configuration(write(tmp_path, {"main.tf": BLOCKS}))
    root = sym.terraform.root
    texts = {}
    for type_name, name in SETTINGS.items():
        setting = sym.catalogue.targets[type_name].settings[name]
        for local, value in locals_of(sym).items():
            used = root.module.locals[local].attribute.name_range
            found = wrong_read(Place(sym, root, used), setting, value)
            if found is not None:
                instead = f", write {found.replacement}" if found.replacement else ""
                texts[f"{type_name}.{name} = {local}"] = (
                    f"  is {found.what} at `{found.range.text}` ({found.label}){instead}"
                )
    compare_transcript(__file__, texts)
