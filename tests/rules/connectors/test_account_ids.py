"""SYM319, and the account ids that the rules about settings judge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of
from support.configurations import write_files

if TYPE_CHECKING:
    from pathlib import Path

RULES = rules_of("SYM319", "SYM211", "SYM310", "SYM311")
LISTED = """
module "runtime" {{
  source              = "symopsio/runtime-connector/aws"
  version             = "~> 2.0"
  environment         = "main"
  account_id_safelist = [{}]
}}
"""
TARGET = """
resource "sym_target" "operator" {{
  type = "aws_sso_permission_set"
  name = "operator"
  settings = {{
    permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-6508a1b2c3d4e5f6/ps-0f1e2d3c4b5a6978"
    account_id         = {}
  }}
}}
"""
FUNCTION = """
resource "sym_target" "function" {{
  type     = "aws_lambda_function"
  name     = "function"
  settings = {{ arn = "arn:aws:lambda:us-east-1:${{{}}}:function:grant" }}
}}
"""
CONTEXT = """
resource "sym_integration" "runtime" {{
  type        = "permission_context"
  name        = "runtime"
  external_id = {0}
  settings = {{
    cloud      = "aws"
    region     = "us-east-1"
    role_arn   = "arn:aws:iam::482910365177:role/sym/SymRuntimeMain"
    account_id = {0}
  }}
}}
"""
PROVIDER = """
provider "aws" {{
  allowed_account_ids = [{}]
}}
"""
ASSUMED = """
provider "aws" {{
  assume_role {{
    role_arn = "arn:aws:iam::${{{}}}:role/Deploy"
  }}
}}
"""
PLACES = {
    "a list": (LISTED, 1),
    "a target": (TARGET, 1),
    "an ARN": (FUNCTION, 1),
    "a context": (CONTEXT, 2),
    "a provider": (PROVIDER, 1),
    "an assumed role": (ASSUMED, 1),
}
WRONG = ['"48291036517"', '"4829103651771"', '"12345678901"', '"1234567890123"', "082910365177"]
FINE = ['"482910365177"', "482910365177", '"082910365177"', '"123456789"', '"333333333"', "var.x"]
FORMS = {
    "root": "{}",
    "module": 'module "inner" {{\n  source = "./inner"\n}}\n--- inner/main.tf\n{}',
}


def found(directory: Path, text: str) -> list[str]:
    write_files(directory, text)
    return [it.help for it in findings(directory, RULES)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", WRONG)
def test_what_is_no_account(tmp_path: Path, form: str, place: str, value: str) -> None:
    text, count = PLACES[place]
    assert len(found(tmp_path, FORMS[form].format(text.format(value)))) == count


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", FINE)
def test_what_is_or_may_be_one(tmp_path: Path, place: str, value: str) -> None:
    text, _ = PLACES[place]
    assert found(tmp_path, 'variable "x" {}\n' + text.format(value)) == []


@pytest.mark.parametrize("place", ["a list", "a target", "a context", "a provider"])
def test_zeros_that_a_number_loses(tmp_path: Path, place: str) -> None:
    helps = set(found(tmp_path, PLACES[place][0].format("082910365177")))
    assert helps == {'write "082910365177": without quotes it is the number 82910365177'}


def test_zeros_that_a_variable_file_loses(tmp_path: Path) -> None:
    text = TARGET.format("var.account") + 'variable "account" {\n  type = string\n}\n'
    helps = found(tmp_path, text + "--- terraform.tfvars\naccount = 082910365177\n")
    assert helps == ['write "082910365177": without quotes it is the number 82910365177']


def test_json(tmp_path: Path) -> None:
    module = {
        "source": "symopsio/runtime-connector/aws",
        "version": "~> 2.0",
        "environment": "main",
        "account_id_safelist": ["48291036517", "482910365177"],
    }
    text = json.dumps({"module": {"runtime": module}})
    assert len(found(tmp_path, f"--- main.tf.json\n{text}\n")) == 1
