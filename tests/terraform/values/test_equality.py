"""``==`` where not everything is known: true, false, or not known.

Two references to the same thing are equal, whatever it will be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import configuration, plain

if TYPE_CHECKING:
    from pathlib import Path

PREAMBLE = """
variable "a" { type = string }
variable "b" { type = string }
variable "any" {}
resource "terraform_data" "x" {}
resource "terraform_data" "y" {}
locals {
  it = %s
}
"""
EQUAL = {
    "null == null": True,
    'null == "a"': False,
    '"a" == null': False,
    "var.a == var.a": True,
    "var.a == var.b": None,
    "var.a == null": None,
    "null == var.a": None,
    '[var.a] == ["x"]': None,
    "[var.a] == []": False,
    '[var.a, "x"] == ["y", "z"]': False,
    '["x", "y"] == ["x", "y"]': True,
    '["x", "y"] == ["y", "x"]': False,
    '{ a = var.a } == { a = "x" }': None,
    '{ a = "x", b = "y" } == { b = "y", a = "x" }': True,
    '{ a = var.a, b = "x" } == { a = "z", b = "y" }': False,
    "{ a = 1 } == { b = 1 }": False,
    'toset(["a", "b"]) == toset(["b", "a"])': True,
    'toset(["a", "b"]) == toset(["a", "c"])': False,
    'toset([var.a, "b"]) == toset(["b", "a"])': None,
    'toset([var.a, "b"]) == toset([var.a, "b"])': True,
    "1 == 1.0": True,
    '"1" == 1': False,
    "true == true": True,
    "true == false": False,
    "[] == {}": False,
    "terraform_data.x.id == terraform_data.y.id": None,
    "terraform_data.x.id == terraform_data.x.id": True,
    "terraform_data.x.id == null": False,
}


@pytest.mark.parametrize("text", EQUAL)
def test_equality(tmp_path: Path, text: str) -> None:
    root = configuration(tmp_path, PREAMBLE % text).root
    value = plain(root.local("it"))
    assert (value if isinstance(value, bool) else None) is EQUAL[text], value
