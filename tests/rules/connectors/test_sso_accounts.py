"""SYM318: the SSO connector and what it assigns in the account of the SSO instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.configurations import write_files
from support.writing import replaced

from symlint.rules.connectors.aws_account import AwsAccount

if TYPE_CHECKING:
    from pathlib import Path

PROVIDERS = """
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias   = "sso"
  region  = "us-east-1"
  profile = "sso"
}
data "aws_caller_identity" "sso" {
  provider = aws.sso
}
"""
KNOWN = """
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["482910365177"]
}
provider "aws" {
  alias               = "sso"
  region              = "us-east-1"
  allowed_account_ids = ["905518273640"]
}
data "aws_caller_identity" "sso" {
  provider = aws.sso
}
"""
RUNTIME = """
module "runtime_connector" {
  source              = "symopsio/runtime-connector/aws"
  version             = "~> 2.0"
  environment         = "main"
  account_id_safelist = [data.aws_caller_identity.sso.account_id]
}
"""
CONNECTOR = """
module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  providers         = { aws = aws.sso }
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "main-sso"
  external_id = module.sso_connector.settings.instance_arn
  settings    = module.sso_connector.settings
}
"""
INSTANCE = """
data "aws_ssoadmin_instances" "this" {
  provider = aws.sso
}
"""
SET = """
data "aws_ssoadmin_permission_set" "power" {
  provider     = aws.sso
  instance_arn = one(data.aws_ssoadmin_instances.this.arns)
  name         = "PowerUser"
}
"""
GROUP = """
data "aws_identitystore_group" "admins" {
  provider          = aws.sso
  identity_store_id = one(data.aws_ssoadmin_instances.this.identity_store_ids)
}
resource "sym_target" "admins" {
  type     = "aws_sso_group"
  name     = "admins"
  settings = { group_id = data.aws_identitystore_group.admins.group_id }
}
"""
TARGET = """
resource "sym_target" "power" {
  type = "aws_sso_permission_set"
  name = "power"
  settings = {
    permission_set_arn = data.aws_ssoadmin_permission_set.power.arn
    account_id         = "482910365177"
  }
}
"""
STRATEGY = """
resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "sso"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.power.id, sym_target.admins.id]
  settings       = { instance_arn = module.sso_connector.settings.instance_arn }
}
"""
REST = RUNTIME + CONNECTOR + INSTANCE + SET + GROUP + TARGET + STRATEGY
BASE = PROVIDERS + REST
ALONE = replaced(
    replaced(BASE, GROUP, ""),
    "[sym_target.power.id, sym_target.admins.id]",
    "[sym_target.power.id]",
)
"""With one permission set, and nothing else."""
MADE = replaced(
    replaced(BASE, 'data "aws_ssoadmin_permission_set"', 'resource "aws_ssoadmin_permission_set"'),
    "data.aws_ssoadmin_permission_set.power.arn",
    "aws_ssoadmin_permission_set.power.arn",
)
REPEATED = replaced(
    replaced(
        replaced(MADE, '= "PowerUser"', '= each.key\n  for_each     = toset(["A", "B"])'),
        "aws_ssoadmin_permission_set.power.arn",
        "aws_ssoadmin_permission_set.power[each.key].arn",
    ),
    'name = "power"',
    'name     = each.key\n  for_each = toset(["A", "B"])',
)
REPEATED = replaced(
    REPEATED, "[sym_target.power.id, sym_target.admins.id]", "[for t in sym_target.power : t.id]"
)
CALLED = (
    replaced(
        replaced(BASE, SET, ""), "data.aws_ssoadmin_permission_set.power.arn", "module.sets.power"
    )
    + """
module "sets" {
  source    = "./sets"
  providers = { aws = aws.sso }
  instance  = module.sso_connector.settings.instance_arn
}
--- sets/main.tf
variable "instance" {}
data "aws_ssoadmin_permission_set" "power" {
  instance_arn = var.instance
  name         = "PowerUser"
}
output "power" {
  value = data.aws_ssoadmin_permission_set.power.arn
}
"""
)
JSON = (
    replaced(BASE, SET, "")
    + """
--- set.tf.json
{"data": {"aws_ssoadmin_permission_set": {"power": {
  "provider": "aws.sso",
  "instance_arn": "${one(data.aws_ssoadmin_instances.this.arns)}",
  "name": "PowerUser"
}}}}
"""
)
OF_SET = "  provider     = aws.sso\n"
OF_GROUP = "  provider          = aws.sso\n"
OF_INSTANCE = 'instances" "this" {\n  provider = aws.sso\n'
OF_CONNECTOR = "  providers         = { aws = aws.sso }\n"
LISTED = "  account_id_safelist = [data.aws_caller_identity.sso.account_id]\n"
IAM = """
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  providers         = { aws = aws.sso }
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
WRONG = {
    "a permission set": (replaced(BASE, OF_SET, ""), 'data "aws_ssoadmin_permission_set" "power"'),
    "a permission set that is made": (
        replaced(MADE, OF_SET, ""),
        'resource "aws_ssoadmin_permission_set" "power"',
    ),
    "several permission sets": (
        replaced(REPEATED, OF_SET, ""),
        'resource "aws_ssoadmin_permission_set" "power"',
    ),
    "the only permission set": (
        replaced(ALONE, OF_SET, ""),
        'data "aws_ssoadmin_permission_set" "power"',
    ),
    "a group": (replaced(BASE, OF_GROUP, ""), 'data "aws_identitystore_group" "admins"'),
    "the permission set of a module": (
        replaced(CALLED, "{ aws = aws.sso }\n  instance", "{ aws = aws }\n  instance"),
        "{ aws = aws }",
    ),
    "a permission set in JSON": (replaced(JSON, '"aws.sso"', '"aws"'), "aws"),
    "accounts that are known": (
        KNOWN + replaced(REST, OF_SET, "  provider     = aws\n"),
        "aws",
    ),
    "the connector": (replaced(BASE, OF_CONNECTOR, ""), 'module "sso_connector"'),
    "the connector of a group and of known accounts": (
        KNOWN + replaced(REST, OF_CONNECTOR, "  providers         = { aws = aws }\n"),
        "{ aws = aws }",
    ),
    "the connector of one permission set": (
        replaced(ALONE, OF_CONNECTOR, ""),
        'module "sso_connector"',
    ),
}
GOOD = {
    "all in one account": BASE,
    "made in the account": MADE,
    "several": REPEATED,
    "in a module": CALLED,
    "in JSON": JSON,
    "known accounts": KNOWN + REST,
    "profiles that may be of one account": replaced(replaced(BASE, LISTED, ""), OF_SET, ""),
    "the instance, which other accounts see": replaced(BASE, OF_INSTANCE, 'instances" "this" {\n'),
    "a connector that is delegated, beside another one": replaced(BASE, OF_CONNECTOR, "") + IAM,
    "a connector that is delegated, and a list without the other account": KNOWN
    + replaced(replaced(REST, OF_CONNECTOR, ""), LISTED, ""),
    "a permission set that is delegated, and nothing of the instance": replaced(
        replaced(ALONE, OF_SET, ""),
        "one(data.aws_ssoadmin_instances.this.arns)",
        '"arn:aws:sso:::x"',
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_with_the_sso_instance(tmp_path: Path, name: str) -> None:
    text, place = WRONG[name]
    write_files(tmp_path, text)
    found = findings(tmp_path, (AwsAccount,))
    assert [(it.range.text, it.severity) for it in found] == [(place, "warning")]


@pytest.mark.parametrize("name", GOOD)
def test_what_is_or_may_be_with_the_sso_instance(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, GOOD[name])
    assert findings(tmp_path, (AwsAccount,)) == []
