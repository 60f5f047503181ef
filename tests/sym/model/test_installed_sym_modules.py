"""Sym's modules mean the same before and after ``terraform init``."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from support.checking import configuration, findings
from support.writing import FIXTURES, write

from symlint.terraform.values.addresses import Address

if TYPE_CHECKING:
    from pathlib import Path

INSTALLED = {
    "iam": """
variable "environment" {}
variable "runtime_role_arns" {}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "this" {
  name = "SymIAM"
}

output "settings" {
  value = {
    cloud      = "aws"
    region     = "eu-central-1"
    role_arn   = aws_iam_role.this.arn
    account_id = data.aws_caller_identity.current.account_id
  }
}
""",
    "runtime": """
variable "environment" {}

resource "aws_iam_role" "this" {
  name = "SymRuntime"
}

resource "sym_integration" "this" {
  type        = "permission_context"
  name        = "context"
  external_id = "123456789012"
  settings    = { role_arn = aws_iam_role.this.arn }
}

resource "sym_runtime" "this" {
  name       = var.environment
  context_id = sym_integration.this.id
}

output "sym_runtime_connector_role" {
  value = aws_iam_role.this
}

output "sym_integration" {
  value = sym_integration.this
}

output "sym_runtime" {
  value = sym_runtime.this
}
""",
}


def install(root: Path, addresses: dict[str, str]) -> None:
    entries = [{"Key": "", "Source": "", "Dir": "."}]
    for name, address in addresses.items():
        directory = f".terraform/modules/{name}"
        write(root, {f"{directory}/main.tf": INSTALLED[name.removesuffix("_connector")]})
        entries.append({"Key": name, "Source": address, "Version": "2.0.0", "Dir": directory})
    write(root, {".terraform/modules/modules.json": json.dumps({"Modules": entries})})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / "aws_iam", tmp_path / "root")
    return tmp_path / "root"


REGISTRY = "registry.terraform.io/symopsio/{}-connector/aws"
GIT = "git::https://github.com/symopsio/terraform-aws-{}-connector.git"


def test_installed_from_the_registry(root: Path) -> None:
    install(root, {f"{it}_connector": REGISTRY.format(it) for it in INSTALLED})
    assert findings(root) == []


def test_what_is_inside_of_a_checkout_is_not_listed(root: Path) -> None:
    _from_git(root)
    sym = configuration(root)
    assert [str(it.path) for it in sym.module_instances] == ["()"]
    assert len(list(sym.terraform.modules())) == 3
    assert "module." not in " ".join(str(it.address) for it in sym.views)
    inside = next(it for it in sym.terraform.modules() if it.path)
    address = Address(inside.path, "resource", "aws_iam_role", "this")
    around = sym.module_around(address)
    assert around is not None
    assert around.call is inside.call
    assert sym.module_around(around.address) is around
    assert sym.module_around(Address((), "resource", "sym_flow", "iam")) is None
    assert sym.module_around(Address((), "module", "", "nothing")) is None


def _from_git(root: Path) -> None:
    path = root / "connectors.tf"
    text = path.read_text(encoding="utf-8")
    for name in INSTALLED:
        source = f"github.com/symopsio/terraform-aws-{name}-connector"
        text = text.replace(f'"symopsio/{name}-connector/aws"', f'"{source}"')
    path.write_text(text.replace('  version = "~> 2.0"\n', ""), encoding="utf-8")
    install(root, {f"{it}_connector": GIT.format(it) for it in INSTALLED})


def test_a_checkout_of_no_known_version(root: Path) -> None:
    _from_git(root)
    assert findings(root) == []


@pytest.mark.parametrize(
    ("file", "right", "wrong", "code"),
    [
        ("connectors.tf", "settings.account_id", "settings.role_arn", "SYM302"),
        ("connectors.tf", "role.arn]", "role.name]", "SYM303"),
        ("connectors.tf", "= module.iam_connector.settings.account_id", '= "1"', "SYM302"),
        ("flow.tf", "sym_strategy.iam.id", "module.runtime_connector.sym_runtime.id", "SYM401"),
        ("flow.tf", "sym_strategy.iam.id", "module.iam_connector.settings.cloud", "SYM401"),
    ],
)
def test_mistakes_beside_a_checkout(
    root: Path, file: str, right: str, wrong: str, code: str
) -> None:
    _from_git(root)
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    assert [it.code for it in findings(root)] == [code]
