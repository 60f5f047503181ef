"""SYM318: groups, secrets, streams and addons in the account of the role that uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.configurations import write_files

from symlint.rules.connectors.aws_account import AwsAccount

if TYPE_CHECKING:
    from pathlib import Path

PROVIDERS = """
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["482910365177"]
}
provider "aws" {
  alias  = "prod"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::905518273640:role/Deploy"
  }
}
"""
PROFILES = """
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias   = "prod"
  region  = "us-east-1"
  profile = "prod"
}
data "aws_caller_identity" "prod" {
  provider = aws.prod
}
"""
RUNTIME = """
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
"""
ADDON = """
module "secrets_access" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}
"""
SOURCE = """
resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main"
  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}
"""
SECRET = """
resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
}
resource "sym_secret" "okta" {
  path      = aws_secretsmanager_secret.okta.name
  source_id = sym_secrets.main.id
}
"""
BASE = RUNTIME + ADDON + SOURCE + SECRET
STREAM = """
resource "aws_kinesis_firehose_delivery_stream" "logs" {
  name        = "sym-logs"
  destination = "extended_s3"
}
resource "sym_log_destination" "logs" {
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id
  settings = {
    stream_name = aws_kinesis_firehose_delivery_stream.logs.name
  }
}
"""
MADE_BY_MODULE = """
module "datadog" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "main"
  datadog_access_key = var.key
}
variable "key" {}
resource "sym_log_destination" "logs" {
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id
  settings = {
    stream_name = module.datadog.firehose_name
  }
}
"""
ATTACHED = """
resource "aws_iam_role_policy_attachment" "secrets" {
  role       = module.runtime_connector.sym_runtime_connector_role.name
  policy_arn = module.secrets_access.policy_arn
}
"""
PLAIN_ADDON = ADDON.replace(
    "  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name\n", ""
)
IAM = """
variable "groups" {
  default = { ops = "Ops", dev = "Dev" }
}
module "iam_prod" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  providers         = { aws = aws.prod }
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "iam_staging" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
resource "sym_integration" "prod" {
  type        = "permission_context"
  name        = "iam-prod"
  external_id = module.iam_prod.settings.account_id
  settings    = module.iam_prod.settings
}
resource "sym_integration" "staging" {
  type        = "permission_context"
  name        = "iam-staging"
  external_id = module.iam_staging.settings.account_id
  settings    = module.iam_staging.settings
}
resource "aws_iam_group" "prod" {
  provider = aws.prod
  for_each = var.groups
  name     = "${each.value}-prod"
}
resource "aws_iam_group" "staging" {
  for_each = var.groups
  name     = "${each.value}-staging"
}
resource "sym_target" "prod" {
  for_each = var.groups
  type     = "aws_iam_group"
  name     = "${each.key}-prod"
  settings = { iam_group = aws_iam_group.prod[each.key].name }
}
resource "sym_target" "staging" {
  for_each = var.groups
  type     = "aws_iam_group"
  name     = "${each.key}-staging"
  settings = { iam_group = aws_iam_group.staging[each.key].name }
}
resource "sym_strategy" "prod" {
  type           = "aws_iam"
  name           = "prod"
  integration_id = sym_integration.prod.id
  targets        = [for t in sym_target.prod : t.id]
}
resource "sym_strategy" "staging" {
  type           = "aws_iam"
  name           = "staging"
  integration_id = sym_integration.staging.id
  targets        = [for t in sym_target.staging : t.id]
}
"""
GROUPS = PROVIDERS + RUNTIME + IAM
IN_PROD = "\n  providers = { aws = aws.prod }"
LIST_OF_STAGING = "[for t in sym_target.staging : t.id]"
BY_HAND = """
resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "runtime"
  external_id = "905518273640"
  settings = {
    cloud    = "aws"
    region   = "us-east-1"
    role_arn = "arn:aws:iam::905518273640:role/sym/SymRuntimeMain"
  }
}
"""
IN_MODULE = """
module "store" {
  source    = "./store"
  providers = { aws = aws.prod }
}
--- store/main.tf
resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
}
output "name" {
  value = aws_secretsmanager_secret.okta.name
}
"""
JSON = """
--- secret.tf.json
{"resource": {
  "aws_secretsmanager_secret": {"okta": {"provider": "aws.prod", "name": "sym/main/okta"}},
  "sym_secret": {"okta": {
    "path": "${aws_secretsmanager_secret.okta.name}", "source_id": "${sym_secrets.main.id}"
  }}
}}
"""


def in_prod(text: str, header: str) -> str:
    """The text with the block of this header made by the provider of prod."""
    inside = "\n  provider = aws.prod" if header.startswith("resource") else IN_PROD
    assert f"{header} {{" in text
    return text.replace(f"{header} {{", f"{header} {{{inside}", 1)


OKTA = 'resource "aws_secretsmanager_secret" "okta"'
WRONG = {
    "a secret": (PROVIDERS + in_prod(BASE, OKTA), "aws.prod"),
    "a secret by its name": (
        PROVIDERS
        + in_prod(BASE, OKTA).replace("aws_secretsmanager_secret.okta.name", '"sym/main/okta"'),
        "aws.prod",
    ),
    "a secret of a module": (
        PROVIDERS
        + BASE.replace("aws_secretsmanager_secret.okta.name", "module.store.name").replace(
            SECRET.partition('resource "sym_secret')[0], ""
        )
        + IN_MODULE,
        "{ aws = aws.prod }",
    ),
    "a secret in JSON": (PROVIDERS + RUNTIME + ADDON + SOURCE + JSON, "aws.prod"),
    "a secret of an account that is listed": (
        PROFILES
        + in_prod(BASE, OKTA).replace(
            '"main"\n}',
            '"main"\n  account_id_safelist = [data.aws_caller_identity.prod.account_id]\n}',
            1,
        ),
        "aws.prod",
    ),
    "an addon": (PROVIDERS + in_prod(BASE, 'module "secrets_access"'), "{ aws = aws.prod }"),
    "a runtime connector": (
        PROVIDERS + in_prod(BASE, 'module "runtime_connector"'),
        "{ aws = aws.prod }",
    ),
    "a context that is written out": (
        PROVIDERS
        + SOURCE.replace("module.runtime_connector.sym_", "sym_").replace(
            "sym_integration.id", "sym_integration.runtime.id"
        )
        + SECRET
        + BY_HAND,
        OKTA,
    ),
    "a policy attachment": (
        PROVIDERS
        + RUNTIME
        + PLAIN_ADDON
        + in_prod(ATTACHED, 'resource "aws_iam_role_policy_attachment" "secrets"'),
        "aws.prod",
    ),
    "the addon of an attachment": (
        PROVIDERS + RUNTIME + in_prod(PLAIN_ADDON, 'module "secrets_access"') + ATTACHED,
        "{ aws = aws.prod }",
    ),
    "a stream": (
        PROVIDERS
        + BASE
        + in_prod(STREAM, 'resource "aws_kinesis_firehose_delivery_stream" "logs"'),
        "aws.prod",
    ),
    "a stream of a module": (
        PROVIDERS + BASE + in_prod(MADE_BY_MODULE, 'module "datadog"'),
        "{ aws = aws.prod }",
    ),
    "an integration": (
        GROUPS.replace("sym_integration.staging.id", "sym_integration.prod.id"),
        "sym_integration.prod.id",
    ),
    "a target among others": (
        GROUPS.replace(LIST_OF_STAGING, f'concat({LIST_OF_STAGING}, [sym_target.prod["ops"].id])'),
        'sym_target.prod["ops"].id',
    ),
    "groups without a provider": (
        GROUPS.replace("  provider = aws.prod\n  for_each", "  for_each"),
        'resource "aws_iam_group" "prod"',
    ),
    "a number without quotes": (
        (PROVIDERS + in_prod(BASE, OKTA)).replace('["482910365177"]', "[482910365177]"),
        "aws.prod",
    ),
}
GOOD = {
    "one account": PROVIDERS + BASE + STREAM,
    "both accounts": GROUPS,
    "all in prod": PROVIDERS
    + in_prod(
        in_prod(in_prod(BASE, OKTA), 'module "secrets_access"'), 'module "runtime_connector"'
    ),
    "only a profile": PROFILES + in_prod(BASE, OKTA),
    "only a region": (PROVIDERS + in_prod(BASE, OKTA)).replace(
        "arn:aws:iam::905518273640:role", "arn:aws:iam::482910365177:role"
    ),
    "the ARN of a secret": PROVIDERS
    + in_prod(BASE, OKTA).replace(
        "aws_secretsmanager_secret.okta.name", "aws_secretsmanager_secret.okta.arn"
    ),
    "a secret of the same name": PROVIDERS
    + in_prod(BASE, OKTA)
    + 'resource "aws_secretsmanager_secret" "here" {\n  name = "sym/main/okta"\n}\n',
    "groups of the same names": GROUPS.replace("-prod", "").replace("-staging", ""),
    "a role of the same name": PROVIDERS
    + in_prod(BASE, 'module "secrets_access"')
    + in_prod(RUNTIME, 'module "runtime_connector"').replace("runtime_connector", "other"),
    "one of two accounts": (PROVIDERS + in_prod(BASE, OKTA)).replace(
        '["482910365177"]', '["482910365177", "905518273640"]'
    ),
    "an unknown account": 'variable "account" {}\n'
    + (PROVIDERS + in_prod(BASE, OKTA)).replace('["482910365177"]', "[var.account]"),
    "the own account in the list": PROFILES
    + in_prod(BASE, OKTA).replace(
        '"main"\n}',
        '"main"\n  account_id_safelist = [data.aws_caller_identity.own.account_id]\n}',
        1,
    )
    + 'data "aws_caller_identity" "own" {}\n',
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_in_another_account(tmp_path: Path, name: str) -> None:
    text, place = WRONG[name]
    write_files(tmp_path, text)
    found = findings(tmp_path, (AwsAccount,))
    assert [it.range.text for it in found] == [place]


@pytest.mark.parametrize("name", GOOD)
def test_what_is_or_may_be_in_one_account(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, GOOD[name])
    assert findings(tmp_path, (AwsAccount,)) == []
