"""The calls on the path to what an address names: where a finding in a module is shown, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import configuration

from symlint.lint.run.judging.module_calls import module_calls

if TYPE_CHECKING:
    from pathlib import Path

FILES = """
module "outer" {
  source   = "./outer"
  for_each = toset(["a.b", "c"])
}
module "elsewhere" {
  source = "example.com/somebody/module/aws"
}
--- outer/main.tf
module "inner" {
  source = "./inner"
}
--- outer/inner/main.tf
locals {
  it = 1
}
"""
CALLS = {
    "local.it": [],
    'module.outer["c"].local.it': ['module "outer"'],
    'module.outer["a.b"].module.inner.local.it': ['module "outer"', 'module "inner"'],
    'module.outer["c"].module.inner': ['module "outer"', 'module "inner"'],
    'module.outer["c"].module.nothing.local.it': ['module "outer"'],
    "module.elsewhere": ['module "elsewhere"'],
    "module.elsewhere.module.inner.local.it": ['module "elsewhere"'],
    "module.nothing.local.it": [],
}


@pytest.mark.parametrize("address", CALLS)
def test_the_calls_on_the_way(tmp_path: Path, address: str) -> None:
    found = module_calls(configuration(tmp_path, FILES), address)
    assert [it.text.partition(" {")[0] for it in found] == CALLS[address]
