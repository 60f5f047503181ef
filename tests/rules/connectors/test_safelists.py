"""SYM307: the accounts in which a runtime may assume roles."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

import pytest
from support.connector_blocks import connector, found, lines_found, module, runtime
from support.transcript import compare_transcript, transcripts

from symlint.rules.connectors.sso_safelist import SsoSafelist

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT = 'provider "aws" {{\n  region = "us-east-1"\n{}}}\n'
ALIAS = 'provider "aws" {{\n  alias  = "sso"\n  region = "us-east-1"\n{}}}\n'
IDENTITY = 'data "aws_caller_identity" "{0}" {{\n  provider = aws{1}\n}}\n'
SSO = IDENTITY.format("sso", ".sso")
PROFILE = '  profile = "sso"\n'
ROLE = '  assume_role {{\n    role_arn = "arn:aws:iam::{}:role/terraform"\n  }}\n'
ALLOWED = '  allowed_account_ids = ["{}"]\n'
HERE, THERE = "111122223333", "444455556666"
CONNECTOR = connector("sso", providers="{ aws = aws.sso }")
LISTED = "[data.aws_caller_identity.sso.account_id]"


def text(default: str, alias: str, safelist: str | None = None, other: str = "") -> str:
    arguments = {} if safelist is None else {"account_id_safelist": safelist}
    providers = DEFAULT.format(default) + ALIAS.format(alias)
    return providers + runtime(**arguments) + (other or CONNECTOR)


WRONG = {
    "a profile": text("", PROFILE),
    "an empty list": text("", PROFILE, "[]"),
    "null": text("", PROFILE, "null"),
    "its own account": text("", PROFILE, "[data.aws_caller_identity.own.account_id]")
    + IDENTITY.format("own", ""),
    "no default provider": ALIAS.format(PROFILE) + runtime() + CONNECTOR,
    "two profiles": text('  profile = "main"\n', PROFILE),
    "an unknown role": 'variable "role" {}\n'
    + text("", "  assume_role {\n    role_arn = var.role\n  }\n"),
    "two roles": text(ROLE.format(HERE), ROLE.format(THERE)),
    "allowed accounts": text(ALLOWED.format(HERE), ALLOWED.format(THERE)),
    "another account in the list": text(
        ALLOWED.format(HERE), ALLOWED.format(THERE), f'["{HERE}", "777788889999"]'
    ),
    "any connector of a known account": text(
        ALLOWED.format(HERE),
        ALLOWED.format(THERE),
        None,
        connector("iam", providers="{ aws = aws.sso }"),
    ),
    "version 1": DEFAULT.format("")
    + ALIAS.format(PROFILE)
    + module("runtime-connector", version="~> 1.0", environment='"main"')
    + CONNECTOR.replace(
        "module.runtime_connector.sym_runtime_connector_role.arn",
        'module.runtime_connector.settings["role_arn"]',
    ),
    "a policy of another role": text("", PROFILE)
    + 'resource "aws_iam_role" "r" {\n  name = "r"\n}\n'
    'resource "aws_iam_role_policy" "p" {\n  role   = aws_iam_role.r.name\n  policy = "{}"\n}\n',
}


@pytest.mark.parametrize("name", WRONG)
def test_accounts_that_are_not_listed(tmp_path: Path, name: str) -> None:
    (finding,) = found(tmp_path, WRONG[name], SsoSafelist)
    assert finding.severity == "warning"
    assert finding.address == "module.runtime_connector"
    assert finding.attribute == "account_id_safelist"
    where = finding.range.text
    given = "account_id_safelist" in WRONG[name]
    assert where.startswith('module "') if not given else where[0] in "[n"


SILENT = {
    "listed": text("", PROFILE, LISTED) + SSO,
    "listed with others": text("", PROFILE, f'["{HERE}", data.aws_caller_identity.sso.account_id]')
    + SSO,
    "a number that could be it": text("", PROFILE, f'["{THERE}"]'),
    "the number": text(ALLOWED.format(HERE), ALLOWED.format(THERE), f'["{THERE}"]'),
    "not known": text("", PROFILE, "var.accounts") + 'variable "accounts" {}\n',
    "one that is not known": text("", PROFILE, "[var.account]") + 'variable "account" {}\n',
    "another region": text("", "").replace(
        'alias  = "sso"\n  region = "us-east-1"', 'alias = "sso"\n  region = "eu-west-1"'
    ),
    "the same profile": text(PROFILE, PROFILE),
    "a role in the same account": text(ROLE.format(HERE), ROLE.format(HERE).replace("/t", "/s")),
    "the same account": text(ALLOWED.format(HERE), PROFILE + ALLOWED.format(HERE)),
    "no alias": DEFAULT.format("") + runtime() + connector("sso"),
    "IAM in an account that is not known": text(
        "", PROFILE, None, connector("iam", providers="{ aws = aws.sso }")
    ),
    "further policies": text("", PROFILE) + 'resource "aws_iam_role_policy" "p" {\n'
    "  role   = module.runtime_connector.sym_runtime_connector_role.name\n"
    '  policy = "{}"\n}\n',
    "a role by hand": ALIAS.format(PROFILE)
    + CONNECTOR.replace(
        "module.runtime_connector.sym_runtime_connector_role.arn", "aws_iam_role.r.arn"
    )
    + 'resource "aws_iam_role" "r" {\n  name = "r"\n}\n',
    "a provider that is not traced": text("", PROFILE).replace("aws = aws.sso", "other = aws.sso"),
}


@pytest.mark.parametrize("name", SILENT)
def test_accounts_that_are_listed_or_not_known(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, SILENT[name], SsoSafelist) == []


def test_an_attached_addon_is_no_policy_that_matters(tmp_path: Path) -> None:
    attached = module("secretsmgr-addon", "addon", "~> 1.0", environment='"main"') + (
        'resource "aws_iam_role_policy_attachment" "a" {\n'
        "  role       = module.runtime_connector.sym_runtime_connector_role.name\n"
        "  policy_arn = module.addon.policy_arn\n}\n"
    )
    assert len(found(tmp_path, text("", PROFILE) + attached, SsoSafelist)) == 1


def test_what_to_write(tmp_path: Path) -> None:
    (finding,) = found(tmp_path / "a", text("", PROFILE) + SSO, SsoSafelist)
    assert finding.help == f"write account_id_safelist = {LISTED}"
    (finding,) = found(tmp_path / "b", text("", PROFILE), SsoSafelist)
    assert finding.help.endswith(indent(SSO.rstrip(), "  "))
    (finding,) = found(
        tmp_path / "c", text(ALLOWED.format(HERE), ALLOWED.format(THERE)), SsoSafelist
    )
    assert finding.help.startswith(f'write account_id_safelist = ["{THERE}"]')


RUNTIME_MODULE = """
variable "accounts" {
  type    = list(string)
  default = []
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment         = "main"
  account_id_safelist = var.accounts # here
}

output "role_arn" {
  value = module.runtime_connector.sym_runtime_connector_role.arn
}
"""


@pytest.mark.parametrize("accounts", ["", f"  accounts = {LISTED}\n", "  accounts = local.all\n"])
def test_through_modules(tmp_path: Path, accounts: str) -> None:
    files = {
        "main.tf": DEFAULT.format("")
        + ALIAS.format(PROFILE)
        + SSO
        + f'locals {{\n  all = {LISTED}\n}}\nmodule "runtime" {{\n  source = "./runtime"\n{accounts}}}\n'
        + 'module "sso" {\n  source    = "./sso"\n  role_arn  = module.runtime.role_arn\n'
        + "  providers = {\n    aws = aws.sso\n  }\n}\n",
        "runtime/main.tf": RUNTIME_MODULE,
        "sso/main.tf": 'variable "role_arn" {}\n'
        + module("sso-connector", environment='"main"', runtime_role_arns="[var.role_arn]"),
    }
    expected = [] if accounts else [("runtime/main.tf", 12)]
    assert lines_found(tmp_path, files, SsoSafelist) == expected


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(
        __file__,
        transcripts(tmp_path / "wrong", WRONG, SsoSafelist),
        transcripts(tmp_path / "silent", SILENT, SsoSafelist),
    )
