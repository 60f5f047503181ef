"""SYM507 and SYM508: which roles may read secrets, however that is granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.service_rules import RULES, check_marked, found_in
from support.transcript import compare_transcript, transcripts
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

RC = "module.runtime_connector.sym_runtime_connector_role"
STORE = """
locals {
  environment_name = "main"
}

%s

resource "sym_secrets" "this" { # store
  type = "aws_secrets_manager"
  name = "main-secrets"

  settings = {
    context_id = %s
  }
}

resource "aws_secretsmanager_secret" "key" {
  name = "sym/main/key"
  tags = merge({ "SymEnv" = %s }, { owner = "access" })
}

resource "sym_secret" "key" {
  path      = "sym/main/key"
  source_id = sym_secrets.this.id
}
"""
RUNTIME = """
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "%s"
  environment = "main"
%s}
"""
CONTEXT = """
resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "runtime"
  external_id = module.runtime_connector.settings.account_id
  settings    = module.runtime_connector.settings
}
"""
ADDON = """
module "access" {
  source      = "symopsio/secretsmgr-addon/aws"
  version     = "%s"
  environment = "main"
%s}
"""
V1_ID, V2_ID = "sym_integration.runtime.id", "module.runtime_connector.sym_integration.id"


def _v1(arguments: str, rest: str = "", tag: str = "local.environment_name") -> dict[str, str]:
    modules = RUNTIME % ("~> 1.0", arguments) + CONTEXT + rest
    return {"main.tf": STORE % (modules, V1_ID, tag)}


def _v2(rest: str, tag: str = "local.environment_name") -> dict[str, str]:
    return {"main.tf": STORE % (RUNTIME % ("~> 2.0", "") + rest, V2_ID, tag)}


def _by_hand(rest: str, tag: str = "local.environment_name") -> dict[str, str]:
    return {"main.tf": STORE % (HAND_MADE + rest, V1_ID, tag)}


HAND_MADE = """
resource "aws_iam_role" "runtime" {
  name               = "SymRuntime"
  path               = "/sym/"
  assume_role_policy = "{}"
}

resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "runtime"
  external_id = "123456789012"

  settings = {
    cloud    = "aws"
    region   = "eu-central-1"
    role_arn = aws_iam_role.runtime.arn
  }
}
"""
ATTACHED = """
resource "aws_iam_role_policy_attachment" "access" {
  role       = %s
  policy_arn = %s
}
"""
POLICY = """
resource "aws_iam_policy" "%s" {
  name   = "other"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["%s"], Resource = aws_iam_role.x.arn }]
  })
}

resource "aws_iam_role" "x" {
  name               = "x"
  assume_role_policy = "{}"
}
"""
SILENT = {
    "version 1 with the addon": _v1('  addons = ["aws/secretsmgr"]\n'),
    "version 1 with other addons too": _v1(
        '  addons = ["aws/kinesis-firehose", "aws/secretsmgr"]\n'
    ),
    "version 1 with unknown addons": _v1(
        "  addons = var.addons\n", 'variable "addons" { type = list(string) }\n'
    ),
    "version 1 with another value": _v1(
        '  addons = ["aws/secretsmgr"]\n'
        '  addon_params = { "aws/secretsmgr" = { tag_value = "shared" } }\n',
        tag='"shared"',
    ),
    "version 1 with the policy among policy_arns": _v1(
        "  policy_arns = { access = module.access.policy_arn }\n", ADDON % ("~> 1.0", "")
    ),
    "version 1 with another policy": _v1(
        "  policy_arns = { all = var.arn }\n", 'variable "arn" { type = string }\n'
    ),
    "the old module host": {
        "main.tf": _v1('  addons = ["aws/secretsmgr"]\n')["main.tf"]
        .replace('"symopsio/runtime', '"terraform.symops.com/symopsio/runtime')
        .replace("connector/aws", "connector/sym")
        .replace("~> 1.0", ">= 1.1.0")
    },
    "version 2": _v2(ADDON % ("~> 1.1", f"  iam_role_name = {RC}.name\n")),
    "the role's id, which is its name": _v2(ADDON % ("~> 1.1", f"  iam_role_name = {RC}.id\n")),
    "the name as a text": _v2(ADDON % ("~> 1.1", '  iam_role_name = "SymRuntimeMain"\n')),
    "a name that is not known": _v2(
        ADDON % ("~> 1.1", "  iam_role_name = var.role\n") + 'variable "role" { type = string }\n'
    ),
    "an attachment": _v2(
        ADDON % ("~> 1.0", "") + ATTACHED % (f"{RC}.name", "module.access.policy_arn")
    ),
    "an attachment to a list of roles": _v2(
        ADDON % ("~> 1.0", "")
        + 'resource "aws_iam_policy_attachment" "access" {\n  name = "a"\n'
        + f"  roles = [{RC}.name]\n  policy_arn = module.access.policy_arn\n}}\n"
    ),
    "a managed policy": _v2(
        ATTACHED % (f"{RC}.name", '"arn:aws:iam::aws:policy/SecretsManagerReadWrite"')
    ),
    "a policy of one's own": _v2(
        ATTACHED % (f"{RC}.name", "aws_iam_policy.read.arn")
        + POLICY % ("read", "secretsmanager:Get*")
    ),
    **{
        f"a policy document with {argument}": _v2(
            ATTACHED % (f"{RC}.name", "aws_iam_policy.read.arn")
            + 'resource "aws_iam_policy" "read" {\n'
            + "  policy = data.aws_iam_policy_document.read.json\n}\n"
            + f'data "aws_iam_policy_document" "read" {{\n  {argument} = [var.more]\n}}\n'
            + 'variable "more" { type = string }\n'
        )
        for argument in ("source_policy_documents", "override_policy_documents")
    },
    "a policy that is looked up": _v2(
        ATTACHED % (f"{RC}.name", "data.aws_iam_policy.read.arn")
        + 'data "aws_iam_policy" "read" {\n  name = "read"\n}\n'
    ),
    "a policy that says nothing": _v2(
        ATTACHED % (f"{RC}.name", "aws_iam_policy.read.arn")
        + 'resource "aws_iam_policy" "read" {\n  name = "read"\n}\n'
    ),
    "a policy that is not known": _v2(
        ATTACHED % (f"{RC}.name", "aws_iam_policy.read.arn")
        + 'resource "aws_iam_policy" "read" {\n  policy = var.policy\n}\nvariable "policy" {}\n'
    ),
    "a policy in the role": _v2(
        'resource "aws_iam_role_policy" "read" {\n  policy = var.policy\n'
        + f"  role = {RC}.name\n}}\n"
        + 'variable "policy" { type = string }\n'
    ),
    "a module that gets the role": _v2(
        f'module "policies" {{\n  source = "example/policies/aws"\n  role = {RC}.name\n}}\n'
    ),
    "the role as an output": _v2(f'output "role" {{\n  value = {RC}.name\n}}\n'),
    "the policy as an output": _v1(
        "",
        ADDON % ("~> 1.0", "")
        + 'output "arn" { value = module.access.policy_arn }\n'
        + 'output "role" { value = module.runtime_connector.settings.role_arn }\n',
    ),
    "a role by hand with the addon": _by_hand(
        ADDON % ("~> 1.1", "  iam_role_name = aws_iam_role.runtime.name\n")
    ),
    "a role by hand with an attachment": _by_hand(
        ADDON % ("~> 1.0", "")
        + ATTACHED % ("aws_iam_role.runtime.name", "module.access.policy_arn")
    ),
    "a role by hand with a policy": _by_hand(
        'resource "aws_iam_role_policy" "read" {\n  role = aws_iam_role.runtime.id\n'
        + '  policy = file("policy.json")\n}\n'
    ),
    "a role by hand with managed policies": {
        "main.tf": _by_hand("")["main.tf"].replace(
            '  path               = "/sym/"\n', "  managed_policy_arns = var.policies\n"
        )
        + 'variable "policies" { type = list(string) }\n'
    },
    "an inline policy": {
        "main.tf": _by_hand("")["main.tf"].replace(
            '  path               = "/sym/"\n',
            "  inline_policy {\n    policy = data.aws_iam_policy_document.read.json\n  }\n",
        )
        + 'data "aws_iam_policy_document" "read" {\n  statement {\n    actions = ["*"]\n  }\n}\n'
    },
    "a role from elsewhere": {
        "main.tf": _by_hand("")["main.tf"].replace(
            "aws_iam_role.runtime.arn", '"arn:aws:iam::123456789012:role/sym/Runtime"'
        )
    },
    "a role that is read": {
        "main.tf": _by_hand("")["main.tf"]
        .replace("aws_iam_role.runtime.arn", "data.aws_iam_role.runtime.arn")
        .replace('resource "aws_iam_role" "runtime"', 'data "aws_iam_role" "runtime"')
    },
    "a context that is read": {
        "main.tf": STORE
        % (
            'data "sym_integration" "runtime" {\n  type = "permission_context"\n  name = "r"\n}\n',
            "data.sym_integration.runtime.id",
            '"prod"',
        )
    },
    "tags that are not known": _v2(
        ADDON % ("~> 1.1", f"  iam_role_name = {RC}.name\n") + 'variable "t" { type = string }\n',
        tag="var.t",
    ),
    "a tag by default": _v2(
        ADDON % ("~> 1.1", f'  iam_role_name = {RC}.name\n  tag_name = "Env"\n')
        + 'provider "aws" {\n  default_tags {\n    tags = { Env = "main" }\n  }\n}\n'
    ),
    "default tags that are not known": _v2(
        ADDON % ("~> 1.1", f'  iam_role_name = {RC}.name\n  tag_name = "Env"\n')
        + 'variable "tags" { type = map(string) }\n'
        + 'provider "aws" {\n  default_tags {\n    tags = var.tags\n  }\n}\n'
    ),
    "a secret with a policy of its own": _v2(
        ADDON % ("~> 1.1", f"  iam_role_name = {RC}.name\n")
        + 'resource "aws_secretsmanager_secret_policy" "key" {\n'
        + '  secret_arn = aws_secretsmanager_secret.key.arn\n  policy = "{}"\n}\n',
        tag='"prod"',
    ),
    "a policy of a secret that is not known": _v2(
        ADDON % ("~> 1.1", f"  iam_role_name = {RC}.name\n")
        + 'resource "aws_secretsmanager_secret_policy" "any" {\n'
        + '  secret_arn = var.arn\n  policy = "{}"\n}\nvariable "arn" { type = string }\n',
        tag='"prod"',
    ),
    "a policy of no secret": _v2(
        ADDON % ("~> 1.1", f"  iam_role_name = {RC}.name\n")
        + 'resource "aws_secretsmanager_secret_policy" "any" {\n  policy = "{}"\n}\n',
        tag='"prod"',
    ),
    "another type of store": {
        "main.tf": _v2("")["main.tf"].replace("aws_secrets_manager", "google_secret_manager")
    },
    "a block with an error": {"main.tf": _v2("")["main.tf"] + "module {{{\n"},
}


@pytest.mark.parametrize("name", SILENT)
def test_right_and_unknown_forms(tmp_path: Path, name: str) -> None:
    assert found_in(tmp_path, SILENT[name]) == []


MARK = " # here\n"
FOUND = {
    "version 1 without the addon": (
        _v1('  addons = ["aws/kinesis-firehose"]' + MARK),
        "the role of module.runtime_connector may not read secrets",
    ),
    "version 1 without addons": (
        {
            "main.tf": _v1("")["main.tf"].replace(
                'module "runtime_connector" {', 'module "runtime_connector" { # here', 1
            )
        },
        "the role of module.runtime_connector may not read secrets",
    ),
    "version 2 without the addon": (
        {"main.tf": _v2("")["main.tf"].replace("# store", "# here")},
        "the role of module.runtime_connector may not read secrets",
    ),
    "a role by hand without anything": (
        {"main.tf": _by_hand("")["main.tf"].replace("# store", "# here")},
        "the role of aws_iam_role.runtime may not read secrets",
    ),
    "a policy for something else": (
        {
            "main.tf": _v2(
                ATTACHED % (f"{RC}.name", "aws_iam_policy.other.arn")
                + POLICY % ("other", "lambda:InvokeFunction")
            )["main.tf"].replace("# store", "# here")
        },
        "the role of module.runtime_connector may not read secrets",
    ),
    "another addon": (
        {
            "main.tf": _v2(
                (ADDON % ("~> 1.1", f"  iam_role_name = {RC}.name\n")).replace(
                    "secretsmgr", "kinesis-firehose"
                )
            )["main.tf"].replace("# store", "# here")
        },
        "the role of module.runtime_connector may not read secrets",
    ),
    "an old addon without an attachment": (
        {
            "main.tf": _v2(ADDON % ("1.0.0", ""))["main.tf"].replace(
                'module "access" {', 'module "access" { # here'
            )
        },
        "Secrets Manager addon is not attached to a role",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_may_not_read_secrets(tmp_path: Path, name: str) -> None:
    files, title = FOUND[name]
    check_marked(tmp_path, files, ("SYM508", "warning", title))


TAG_FOUND = {
    "version 1": _v1('  addons = ["aws/secretsmgr"]\n', tag='"prod"'),
    "version 1 with another value": _v1(
        '  addons = ["aws/secretsmgr"]\n'
        '  addon_params = { "aws/secretsmgr" = { tag_value = "shared" } }\n',
        tag='"prod"',
    ),
    "an attachment": _v2(
        ADDON % ("~> 1.0", "") + ATTACHED % (f"{RC}.name", "module.access.policy_arn"),
        tag='"prod"',
    ),
    "a role by hand": _by_hand(
        ADDON % ("~> 1.1", "  iam_role_name = aws_iam_role.runtime.name\n"), tag='"prod"'
    ),
}


@pytest.mark.parametrize("name", TAG_FOUND)
def test_a_wrong_tag_however_the_addon_is_attached(tmp_path: Path, name: str) -> None:
    found = findings(write(tmp_path, TAG_FOUND[name]), RULES)
    assert [(it.code, it.range.text) for it in found] == [("SYM507", '"prod"')]


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(
        __file__,
        transcripts(tmp_path / "right", SILENT, *RULES),
        transcripts(tmp_path / "wrong", {name: it[0] for name, it in FOUND.items()}, *RULES),
        transcripts(tmp_path / "tags", TAG_FOUND, *RULES),
    )
