"""SYM302: the right forms, and settings that are written out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.transcript import compare_transcript, transcripts
from support.writing import FIXTURES, write

from symlint.rules.connectors.external_id_source import ExternalIdSource

if TYPE_CHECKING:
    from pathlib import Path

MODULES = """
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "%s"
  environment = "main"
}

module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = ">= 1.0.0"
  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::123456789012:role/sym/SymRuntimeMain"]
}

module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::123456789012:role/sym/SymRuntimeMain"]
}

data "aws_caller_identity" "this" {}

data "aws_ssoadmin_instances" "this" {}
"""
V1, V2 = MODULES % "~> 1.0", MODULES % "~> 2.0"


def context(external_id: str, settings: str) -> str:
    return (
        'resource "sym_integration" "this" {\n  type = "permission_context"\n  name = "this"\n'
        f"  external_id = {external_id}\n  settings = {settings}\n}}\n"
    )


RIGHT = {
    "brackets": V2
    + context('module.iam_connector.settings["account_id"]', "module.iam_connector.settings"),
    "a dot": V2
    + context("module.iam_connector.settings.account_id", "module.iam_connector.settings"),
    "the instance": V2
    + context("module.sso_connector.settings.instance_arn", "module.sso_connector.settings"),
    "one of the instances": V2
    + context("one(data.aws_ssoadmin_instances.this.arns)", "module.sso_connector.settings"),
    "the first of the instances": V2
    + context("tolist(data.aws_ssoadmin_instances.this.arns)[0]", "module.sso_connector.settings"),
    "the caller's account": V2
    + context("data.aws_caller_identity.this.account_id", "module.iam_connector.settings"),
    "version 1": V1
    + context("module.runtime_connector.settings.account_id", "module.runtime_connector.settings"),
    "version 1, its own output": V1
    + context("module.runtime_connector.account_id", "module.runtime_connector.settings"),
    "version 2": V2
    + context(
        "module.runtime_connector.sym_integration.external_id",
        "module.runtime_connector.sym_integration.settings",
    ),
    "settings with an addition": V2
    + context(
        "module.iam_connector.settings.account_id",
        'merge(module.iam_connector.settings, { region = "eu-west-1" })',
    ),
    "one setting at a time": V2
    + context(
        "module.iam_connector.settings.account_id",
        '{\n    cloud = "aws"\n    region = module.iam_connector.settings.region\n'
        "    role_arn = module.iam_connector.settings.role_arn\n  }",
    ),
    "written out": context(
        '"123456789012"',
        '{\n    cloud = "aws"\n    role_arn = "arn:aws:iam::123456789012:role/sym/R"\n  }',
    ),
    "written out, an instance": context(
        '"arn:aws:sso:::instance/ssoins-1"',
        '{\n    instance_arn = "arn:aws:sso:::instance/ssoins-1"\n'
        '    role_arn = "arn:aws:iam::123456789012:role/sym/R"\n  }',
    ),
    "another type of integration": 'resource "sym_integration" "slack" {\n  type = "slack"\n'
    '  name = "slack"\n  external_id = "T123"\n}\n',
    "through a local": V2
    + "locals {\n  settings = module.iam_connector.settings\n}\n"
    + context("local.settings.account_id", "local.settings"),
    "a variable without a value": V2
    + 'variable "account" {}\n'
    + context("var.account", "module.iam_connector.settings"),
    "the context of another integration": V1
    + context("module.runtime_connector.settings.account_id", "module.runtime_connector.settings")
    + context("sym_integration.this.external_id", "sym_integration.this.settings").replace(
        '"sym_integration" "this"', '"sym_integration" "again"'
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_forms(tmp_path: Path, name: str) -> None:
    assert findings(write(tmp_path, {"main.tf": RIGHT[name]})) == []


WRONG = {
    "another account in the role": (
        context('"123456789012"', '{\n    role_arn = "arn:aws:iam::210987654321:role/sym/R"\n  }'),
        "external_id names another account than the settings",
        '"123456789012"',
    ),
    "another instance": (
        context(
            '"arn:aws:sso:::instance/ssoins-2"',
            '{\n    instance_arn = "arn:aws:sso:::instance/ssoins-1"\n  }',
        ),
        "external_id names another SSO instance than the settings",
        '"arn:aws:sso:::instance/ssoins-2"',
    ),
    "one setting at a time, another module": (
        V2
        + context(
            "module.sso_connector.settings.instance_arn",
            "{\n    role_arn = module.iam_connector.settings.role_arn\n  }",
        ),
        "external_id and settings come from different modules",
        "module.sso_connector.settings.instance_arn",
    ),
    "who runs Terraform": (
        V2 + context("data.aws_caller_identity.this.arn", "module.iam_connector.settings"),
        "external_id is who Terraform runs as, not the AWS account",
        "data.aws_caller_identity.this.arn",
    ),
    "a key that means nothing else": (
        V2 + context("module.iam_connector.settings.cloud", "module.iam_connector.settings"),
        "external_id is the cloud, not the AWS account",
        "module.iam_connector.settings.cloud",
    ),
    "a wrong arm": (
        V2
        + 'variable "on" {}\n'
        + context(
            "var.on ? module.iam_connector.settings.account_id : "
            "module.iam_connector.settings.role_arn",
            "module.iam_connector.settings",
        ),
        "external_id is the ARN of a role, not the AWS account",
        "module.iam_connector.settings.role_arn",
    ),
    "the name of the integration decides": (
        V2
        + context(
            "module.sso_connector.settings.instance_arn", "module.iam_connector.settings"
        ).replace('"sym_integration" "this"', '"sym_integration" "sso_context"'),
        "external_id and settings come from different modules",
        "module.iam_connector.settings",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_forms(tmp_path: Path, name: str) -> None:
    text, title, where = WRONG[name]
    found = findings(write(tmp_path, {"main.tf": text}))
    assert [(it.title, it.range.text) for it in found] == [(title, where)]


def test_tenants_that_are_typed_in_are_compared_one_by_one(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "multi_tenant", root)
    assert findings(root) == []
    path = root / "tenant" / "main.tf"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("external_id = var.settings.instance_arn", "external_id = var.account_id"),
        encoding="utf-8",
    )
    found = findings(root)
    assert {it.title for it in found} == {
        "external_id names another SSO instance than the settings"
    }
    assert {(it.range.path, it.range.text) for it in found} == {(str(path), "var.account_id")}


def test_the_value_is_wrong_where_its_name_does_not_say_so(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "multi_tenant", root)
    for path, old, new in (
        (root / "tenant" / "main.tf", "external_id = var.settings", "external_id = var.identity"),
        (
            root / "tenant" / "main.tf",
            'variable "settings"',
            'variable "identity" {\n}\n\nvariable "settings"',
        ),
        (
            root / "main.tf",
            "settings           = each",
            "identity = { instance_arn = var.wrong }\n  settings = each",
        ),
    ):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (root / "wrong.tf").write_text(
        'variable "wrong" {\n  default = "111122223333"\n}\n', encoding="utf-8"
    )
    assert {it.range.path.rpartition("/")[2] for it in findings(root)} == {"wrong.tf"}


@pytest.mark.parametrize("fallback", ['""', "null"])
def test_what_a_try_falls_back_to_is_no_id(tmp_path: Path, fallback: str) -> None:
    id_ = f"try(module.iam_connector.settings.account_id, {fallback})"
    text = V2 + context(id_, "module.iam_connector.settings")
    assert findings(write(tmp_path, {"main.tf": text})) == []


def test_the_strategy_says_which_module_is_meant(tmp_path: Path) -> None:
    text = V2 + context(
        "module.sso_connector.settings.instance_arn", "module.iam_connector.settings"
    )
    text += (
        'resource "sym_strategy" "s" {\n  type = "aws_sso"\n  name = "s"\n  targets = []\n'
        "  integration_id = sym_integration.this.id\n"
        "  settings = { instance_arn = module.sso_connector.settings.instance_arn }\n}\n"
    )
    found = findings(write(tmp_path, {"main.tf": text}))
    assert [(it.attribute, it.range.text) for it in found] == [
        ("settings", "module.iam_connector.settings")
    ]


SAFE = {
    "module.iam_connector.settings.external_id": True,
    "module.iam_connector.settings.role_arn": True,
    '"123456789012"': True,
    "module.sso_connector.settings.instance_arn": False,
    'true ? "123456789012" : module.iam_connector.settings.account_id': True,
    'var.on ? "123456789012" : module.iam_connector.settings.account_id': False,
}


@pytest.mark.parametrize("external_id", SAFE)
def test_fixes_are_safe_where_the_settings_leave_one_answer(
    tmp_path: Path, external_id: str
) -> None:
    text = V2 + 'variable "on" {}\n' + context(external_id, "module.iam_connector.settings")
    (found,) = findings(write(tmp_path, {"main.tf": text}))
    assert found.fix is not None
    assert found.fix.safe is SAFE[external_id]
    assert found.fix.edits[0].replacement == "module.iam_connector.settings.account_id"


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(
        __file__,
        transcripts(tmp_path / "right", RIGHT, ExternalIdSource),
        transcripts(
            tmp_path / "wrong", {name: it[0] for name, it in WRONG.items()}, ExternalIdSource
        ),
    )


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [("var.account", []), ('"111122223333"', []), ('"444455556666"', ['"111122223333"'])],
)
def test_an_account_id_that_is_that_of_the_provider(
    tmp_path: Path, allowed: str, expected: list[str]
) -> None:
    text = (
        V2
        + 'variable "account" {\n  default = "111122223333"\n}\n'
        + f'provider "aws" {{\n  allowed_account_ids = [{allowed}]\n}}\n'
        + context("var.account", "module.iam_connector.settings")
    )
    found = findings(write(tmp_path, {"main.tf": text}), (ExternalIdSource,))
    assert [it.range.text for it in found] == expected
