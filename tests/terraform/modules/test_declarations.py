"""What is declared at a place in a file."""

from __future__ import annotations

import pytest

from symlint.hcl import parse
from symlint.source.text import SourceFile
from symlint.terraform.modules.declarations import declared_at

NATIVE = """# top
resource "sym_flow" "x" { # flow
  params {
    strategy_id = 1 # nested
  }
}
data "sym_integration" "y" {
  type = "a" # data
}
variable "z" { default = 1 }
output "o" { value = 2 }
module "m" { source = "./m" }
provider "sym" { org = "p" }
terraform {
  required_version = "3" # settings
}
locals {
  a = "4" # behind a

  # between
  b = { c = "5" }
}
resource "sym_flow" { name = "6" }
nonsense "a" "b" "c" { name = "7" }
"""

JSON = """{"resource": {"sym_flow": {"x": {"name": "flow"}, "w": {"name": "other"}}},
"locals": {"a": "4"}}
"""


@pytest.mark.parametrize(
    ("word", "address"),
    [
        ("# top", ""),
        ("# flow", "sym_flow.x"),
        ("# nested", "sym_flow.x"),
        ("# data", "data.sym_integration.y"),
        ("= 1 }", "var.z"),
        ("= 2", "output.o"),
        ("./m", "module.m"),
        ('"p"', "provider.sym"),
        ("# settings", "terraform"),
        ('"4"', "local.a"),
        ("# behind a", ""),
        ("# between", ""),
        ('"5"', "local.b"),
        ('"6"', "sym_flow"),
        ('"7"', "nonsense.a.b.c"),
    ],
)
def test_addresses(word: str, address: str) -> None:
    file = parse(SourceFile("main.tf", NATIVE))
    assert declared_at(file.body, NATIVE.index(word)) == address


@pytest.mark.parametrize(
    ("word", "address"),
    [('flow"}', "sym_flow.x"), ("other", "sym_flow.w"), ('"4"', "local.a"), ("{", "")],
)
def test_addresses_in_json(word: str, address: str) -> None:
    file = parse(SourceFile("main.tf.json", JSON))
    assert declared_at(file.body, JSON.index(word)) == address
