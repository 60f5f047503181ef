"""SYM923: secrets in plain text, whatever way they take, and those that Terraform puts in a store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

KEY = '"0123456789abcdef0123456789abcdef"'
VARIABLES = """
variable "key" {
  type      = string
  sensitive = true
}

variable "other" {}

variable "keys" { type = map(string) }
"""
WRITTEN = {
    "coalesce": f"coalesce(var.key, {KEY})",
    "try": f"try(var.key, {KEY})",
    "try of a map": f'try(var.keys["datadog"], {KEY})',
    "lookup": f"lookup({{ staging = var.key }}, var.other, {KEY})",
    "condition": f'var.key != "" ? var.key : {KEY}',
    "condition, first": f"var.key == null ? {KEY} : var.key",
    "by environment": f'{{ prod = {KEY}, staging = "{"9" * 20}ab" }}[var.other]',
    "sensitive": f"sensitive({KEY})",
    "nonsensitive": f"nonsensitive(coalesce(var.key, {KEY}))",
    "trimspace": f"trimspace({KEY})",
    "base64decode": 'base64decode("MDEyMzQ1Njc4OWFiY2RlZg==")',
    "join": f'join("", [{KEY}])',
    "jsondecode": 'jsondecode("{\\"k\\": \\"0123456789abcdef\\"}").k',
    "element": f"element(concat(compact([var.key]), [{KEY}]), 0)",
}
NOT_WRITTEN = {
    "variable": "var.key",
    "other variable": "coalesce(var.key, var.other)",
    "nothing": 'coalesce(var.key, "")',
    "null": "try(var.key, null)",
    "placeholder": 'coalesce(var.key, "CHANGEME")',
    "file": 'trimspace(file("${path.module}/key.txt"))',
    "condition": 'var.other == "prod" ? var.key : var.keys["staging"]',
    "data": "data.aws_ssm_parameter.key.value",
    "generated": "random_password.key.result",
    "template": '"${var.key}"',
}


def connector(key: str, more: str = "") -> str:
    return (
        VARIABLES
        + 'data "aws_ssm_parameter" "key" {\n  name = "key"\n}\n'
        + 'resource "random_password" "key" {\n  length = 16\n}\n'
        + 'module "datadog" {\n  source = "symopsio/datadog-connector/aws"\n  version = "~> 1.0"\n'
        + f'  environment = "main"\n  datadog_access_key = {key}\n}}\n{more}'
    )


def in_form(form: str, key: str) -> dict[str, str]:
    text = "file text, which no configuration holds"
    if form == "root":
        return {"main.tf": connector(key), "key.txt": text}
    if form == "local":
        return {"main.tf": connector("local.k", f"locals {{\n  k = {key}\n}}\n"), "key.txt": text}
    if form == "json":
        arguments = {
            "source": "symopsio/datadog-connector/aws",
            "version": "~> 1.0",
            "environment": "main",
            "datadog_access_key": f"${{{key}}}",
        }
        rest = connector("var.key").partition("module ")[0]
        written = json.dumps({"module": {"datadog": arguments}})
        return {"main.tf.json": written, "variables.tf": rest, "key.txt": text}
    inputs = "".join(f"  {name} = var.{name}\n" for name in ("key", "other", "keys"))
    each = "  for_each = { x = 1 }\n" if form == "for_each" else ""
    call = f'module "part" {{\n  source = "./part"\n{each}{inputs}}}\n'
    return {"main.tf": VARIABLES + call, "part/main.tf": connector(key), "part/key.txt": text}


@pytest.mark.parametrize("form", ["root", "local", "module", "for_each", "json"])
@pytest.mark.parametrize("way", WRITTEN)
def test_a_key_that_is_written(tmp_path: Path, way: str, form: str) -> None:
    found = findings(write(tmp_path, in_form(form, WRITTEN[way])), rules_of("SYM923"))
    assert {it.title for it in found} == {"datadog_access_key is a secret in plain text"}


@pytest.mark.parametrize("form", ["root", "local", "module", "for_each", "json"])
@pytest.mark.parametrize("way", NOT_WRITTEN)
def test_a_key_that_is_not_written(tmp_path: Path, way: str, form: str) -> None:
    root = write(tmp_path, in_form(form, NOT_WRITTEN[way]))
    assert findings(root, rules_of("SYM923")) == []


@pytest.mark.parametrize("default", [KEY, '"xoxb-123456789012-abcdefABCDEF"'])
def test_the_default_of_a_sensitive_variable(tmp_path: Path, default: str) -> None:
    variable = VARIABLES.replace("sensitive = true\n", f"sensitive = true\n  default = {default}\n")
    main = connector("var.key").replace(VARIABLES, variable)
    (found,) = findings(write(tmp_path, {"main.tf": main}), rules_of("SYM923"))
    assert found.range.text == default
    assert default.strip('"') not in found.title + found.help + found.why + found.label


@pytest.mark.parametrize("default", ['""', "null"])
def test_a_default_that_is_no_secret(tmp_path: Path, default: str) -> None:
    variable = VARIABLES.replace("sensitive = true\n", f"sensitive = true\n  default = {default}\n")
    main = connector("var.key").replace(VARIABLES, variable)
    assert findings(write(tmp_path, {"main.tf": main}), rules_of("SYM923")) == []


@pytest.mark.parametrize("key", ["var.key", '"${var.key}"', "trimspace(var.key)"])
def test_a_key_of_a_variable_file(tmp_path: Path, key: str) -> None:
    files = {"main.tf": connector(key), "secrets.auto.tfvars": f"key = {KEY}\n"}
    assert findings(write(tmp_path, files), rules_of("SYM923")) == []


# --- what Terraform puts into the store ---

TOKEN = "00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcd"
READ = """
resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
}

resource "sym_secret" "okta" {
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = aws_secretsmanager_secret.okta.name
}
"""
IGNORED = "  lifecycle {\n    ignore_changes = [secret_string]\n  }\n"


def version(given: str, rest: str = "", of: str = "aws_secretsmanager_secret.okta.id") -> str:
    return (
        f'resource "aws_secretsmanager_secret_version" "okta" {{\n  secret_id = {of}\n'
        f"  {given}\n{rest}}}\n"
    )


STORED = {
    "text": version(f'secret_string = "{TOKEN}"'),
    "by its ARN": version(f'secret_string = "{TOKEN}"', of="aws_secretsmanager_secret.okta.arn"),
    "json": version(f'secret_string = jsonencode({{ username = "bot", password = "{TOKEN}" }})'),
    "json, written": version(f'secret_string = "{{\\"password\\": \\"{TOKEN}\\"}}"'),
    "write-only": version(f'secret_string_wo = "{TOKEN}"\n  secret_string_wo_version = 1'),
    "token": version('secret_string = "xoxb-123456789012-abcdefABCDEF"'),
    "fallback": version(f'secret_string = coalesce(var.token, "{TOKEN}")'),
    "local": version("secret_string = local.t") + f'locals {{\n  t = "{TOKEN}"\n}}\n',
    "other changes ignored": version(
        f'secret_string = "{TOKEN}"', IGNORED.replace("secret_string", "version_stages")
    ),
}
RIGHT = {
    "variable": version("secret_string = var.token"),
    "generated": version("secret_string = random_password.x.result"),
    "changes ignored": version(f'secret_string = "{TOKEN}"', IGNORED),
    "all changes ignored": version(
        f'secret_string = "{TOKEN}"', IGNORED.replace("[secret_string]", "all")
    ),
    "of another secret": version(f'secret_string = "{TOKEN}"', of='"app"'),
    "json of variables": version('secret_string = jsonencode({ u = "bot", p = var.token })'),
    **{
        text: version(f'secret_string = "{text}"')
        for text in (
            "CHANGEME",
            "changeme-in-the-console",
            "placeholder-value-1234567890abcdef",
            "REPLACE_WITH_OKTA_TOKEN_00000000",
            "dummy",
            "initial",
            "{}",
            "<your token>",
            "xxxxxxxxxxxxxxxxxxxxxxxx",
            "set by hand: see the wiki, page 1234567890123456",
            "managed-outside-terraform-v2",
            "bot@orchard.example",
            "00000000000000000000",
            "EXAMPLEKEY0123456789abcdef",
        )
    },
}


def stored_in_form(form: str, main: str) -> dict[str, str]:
    main = READ + 'variable "token" {}\n' + main
    if form == "root":
        return {"main.tf": main}
    each = "  for_each = { x = 1 }\n" if form == "for_each" else ""
    call = f'variable "t" {{}}\nmodule "part" {{\n  source = "./part"\n  token = var.t\n{each}}}\n'
    return {"main.tf": call, "part/main.tf": main}


@pytest.mark.parametrize("form", ["root", "module", "for_each"])
@pytest.mark.parametrize("way", STORED)
def test_a_secret_that_is_put_into_its_store(tmp_path: Path, way: str, form: str) -> None:
    root = write(tmp_path, stored_in_form(form, STORED[way]))
    (found,) = findings(root, rules_of("SYM923"))
    assert found.title.endswith("is a secret in plain text")
    assert TOKEN not in found.title + found.help + found.why + found.label


@pytest.mark.parametrize("form", ["root", "module", "for_each"])
@pytest.mark.parametrize("way", RIGHT)
def test_what_may_be_put_into_a_store(tmp_path: Path, way: str, form: str) -> None:
    root = write(tmp_path, stored_in_form(form, RIGHT[way]))
    assert findings(root, rules_of("SYM923")) == []


def test_secrets_that_sym_does_not_read_are_not_its_business(tmp_path: Path) -> None:
    main = READ.partition('resource "sym_secret"')[0] + STORED["text"]
    assert findings(write(tmp_path, {"main.tf": main}), rules_of("SYM923")) == []
