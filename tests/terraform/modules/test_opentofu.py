"""OpenTofu: its files, and what Terraform refuses and it accepts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.configurations import configuration, messages, plain, write_files

from symlint.source.file_names import is_configuration_file, is_override_file, read_together
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.modules.discovery import discover
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "configures", "overrides"),
    [
        ("a.tf", True, False),
        ("a.tf.json", True, False),
        ("a.tofu", True, False),
        ("a.tofu.json", True, False),
        ("override.tofu", True, True),
        ("a_override.tofu.json", True, True),
        ("a/b_override.tf", True, True),
        ("my-override.tf", True, False),
        ("override_a.tf", True, False),
        ("a.tofutest.hcl", False, False),
        ("a.tftest.json", False, False),
        (".a.tofu", False, False),
        ("a.tofu~", False, False),
        ("a.tofuvars", False, False),
    ],
)
def test_names(name: str, configures: bool, overrides: bool) -> None:
    assert is_configuration_file(name) is configures
    assert is_override_file(name) is overrides


def test_a_file_is_read_instead_of_that_of_its_name() -> None:
    names = ["a.tf", "b.tf", "b.tofu", "c.tf", "c.tofu.json", "d.tf.json", "d.tofu.json", "e.tofu"]
    assert read_together(names) == (
        "a.tf", "b.tofu", "c.tf", "c.tofu.json", "d.tofu.json", "e.tofu",
    )  # fmt: skip  # as many a line as fit


def test_files_of_opentofu(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
--- main.tf
locals { a = "terraform" }
--- main.tofu
locals { a = "opentofu" }
--- more.tf
locals { b = local.c }
--- more.tofu.json
{"locals": {"c": "json"}}
--- x_override.tf
locals { b = "overridden by terraform" }
--- x_override.tofu
locals { d = "overridden" }
--- other.tf
locals { d = "" }
""",
    )
    assert messages(found) == []
    names = ("a", "b", "c", "d")
    values = [plain(found.root.local(name)) for name in names]
    assert values == ["opentofu", "json", "json", "overridden"]


def test_a_broken_file_of_opentofu_is_said(tmp_path: Path) -> None:
    write_files(tmp_path, "--- main.tf\nlocals {}\n--- a.tofu\nlocals {\n")
    cache = FileCache()
    Configuration(str(tmp_path), cache=cache)
    assert cache.parsed_files[str(tmp_path / "a.tofu")].problems


@pytest.mark.parametrize("name", ["main.tofu", "main.tofu.json"])
def test_a_directory_of_opentofu_alone_is_found(tmp_path: Path, name: str) -> None:
    text = '{"resource": {"sym_flow": {"a": {}}}}' if name.endswith("json") else "# sym_"
    write_files(tmp_path, f"--- a/{name}\n{text}\n")
    for path in (tmp_path, tmp_path / "a" / name):
        discovery = discover([str(path)], FileCache())
        assert [os.path.relpath(root, tmp_path) for root in discovery.roots] == ["a"]
        assert not discovery.problems


ACCEPTED = {
    "source of a module": """
locals { path = "./m" }
variable "v" {
  default = "1.0"
}
module "a" { source = local.path }
module "b" {
  source  = "symopsio/runtime-connector/aws"
  version = var.v
}
--- m/main.tf
output "o" { value = 1 }
""",
    "source of a module in JSON": """
--- main.tf.json
{"locals": {"m": "m"}, "module": {"a": {"source": "./${local.m}"}}}
--- m/main.tf
output "o" { value = 1 }
""",
    "prevent_destroy": """
variable "p" {}
resource "terraform_data" "a" {
  lifecycle { prevent_destroy = var.p }
}
""",
    "enabled": """
variable "on" {}
module "m" {
  source = "./m"
  lifecycle { enabled = var.on }
}
output "o" { value = module.m.o }
--- m/main.tf
output "o" { value = 1 }
""",
    "language": 'language {\n  compatible_with {\n    opentofu = ">= 1.12"\n  }\n}\n',
    "name": "locals { w = tofu.workspace }\n",
    "functions": """
locals {
  a = urldecode("a%20b")
  b = cidrcontains("10.0.0.0/8", "10.1.0.0/16")
  c = core::base64gunzip("")
  d = upper(urldecode("x"))
}
""",
}


@pytest.mark.parametrize("what", ACCEPTED)
def test_what_opentofu_accepts(tmp_path: Path, what: str) -> None:
    assert messages(configuration(tmp_path, ACCEPTED[what])) != []
    assert messages(configuration(tmp_path, "--- x.tofu\nlocals {}\n")) == []


REPEATED = """
variable "regions" { type = set(string) }
provider "aws" {
  alias    = "by_region"
  for_each = var.regions
  region   = each.value
}
resource "aws_vpc" "a" {
  for_each = var.regions
  provider = aws.by_region[each.key]
}
data "aws_vpc" "a" {
  provider = aws.by_region["eu-west-1"]
}
module "m" {
  for_each  = var.regions
  source    = "./m"
  providers = { aws = aws.by_region[each.key] }
}
--- m/main.tf
resource "aws_vpc" "b" {}
"""


def test_repeated_providers_show_that_it_is_opentofu(tmp_path: Path) -> None:
    assert messages(configuration(tmp_path, REPEATED)) == []
    without_alias = REPEATED.replace('alias    = "by_region"', "")
    assert len(messages(configuration(tmp_path, without_alias))) == 3


MARKS = {
    "encryption": 'terraform {\n  encryption {\n    method "unencrypted" "a" {}\n  }\n}\n',
    "lock file": '--- .terraform.lock.hcl\nprovider "registry.opentofu.org/symopsio/sym" {}\n',
    "version file": "--- .opentofu-version\n1.11.0\n",
    "file of a called module": 'module "a" { source = "./a" }\n--- a/a.tofu\nlocals {}\n',
}


@pytest.mark.parametrize("mark", MARKS)
def test_marks_of_opentofu(tmp_path: Path, mark: str) -> None:
    text = "--- other.tf\nlocals { w = tofu.workspace }\n"
    assert len(messages(configuration(tmp_path, text))) == 1
    assert messages(configuration(tmp_path, MARKS[mark])) == []


def test_the_version_file_of_the_repository_counts_and_no_other(tmp_path: Path) -> None:
    (tmp_path / ".opentofu-version").write_text("latest", encoding="utf-8")
    repository = tmp_path / "r"
    (repository / ".git").mkdir(parents=True)
    module = repository / "a"
    assert len(messages(configuration(module, "locals { w = tofu.workspace }\n"))) == 1
    (repository / ".opentofu-version").write_text("latest", encoding="utf-8")
    assert messages(configuration(module, "locals { w = tofu.workspace }\n")) == []


def test_mistakes_in_a_configuration_of_opentofu_are_said(tmp_path: Path) -> None:
    text = """
module "a" { source = var.nope }
resource "terraform_data" "a" {
  lifecycle { enabled = var.gone }
}
locals { x = nosuch(1) }
provider "aws" { count = 1 }
--- a.tofu
locals { y = local.z }
"""
    assert [it.partition(": ")[2] for it in messages(configuration(tmp_path, text))] == [
        'local "z" is not declared',
        'variable "nope" is not declared',
        'variable "gone" is not declared',
        'there is no function named "nosuch"',
        '"count" cannot be used in a provider block',
    ]


@pytest.mark.parametrize(
    ("enabled", "instances", "certain"),
    [("true", 1, True), ("false", 0, True), ("var.on", 1, False)],
)
def test_enabled(tmp_path: Path, enabled: str, instances: int, certain: bool) -> None:
    text = f"""
variable "on" {{
  type = bool
}}
resource "sym_flow" "a" {{
  lifecycle {{ enabled = {enabled} }}
}}
module "m" {{
  source = "./m"
  lifecycle {{ enabled = {enabled} }}
}}
output "o" {{ value = [sym_flow.a.id, module.m.o] }}
--- m/main.tofu
output "o" {{ value = 1 }}
"""
    found = configuration(tmp_path, text)
    resources, calls = found.root.resources(), found.root.module_calls()
    assert (len(resources), len(calls)) == (instances, instances)
    repetitions = [it.repetition for it in resources] + [it.repetition for it in calls]
    assert all(it.certain is certain for it in repetitions)
    assert messages(found) == []


def test_installed_modules_of_opentofu_are_read(tmp_path: Path) -> None:
    key, source = '"Key": "a"', '"Source": "registry.opentofu.org/x/y/z"'
    found = configuration(
        tmp_path,
        f"""
module "a" {{ source = "x/y/z" }}
output "o" {{ value = module.a.o }}
--- .terraform/modules/modules.json
{{"Modules": [{{{key}, {source}, "Dir": ".terraform/modules/a"}}]}}
--- .terraform/modules/a/main.tf
output "o" {{ value = "installed" }}
""",
    )
    assert plain(found.root.output("o")) == "installed"
