"""What versions of the provider have is found out once for all blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.effort import lines_run
from support.writing import write

from symlint.sym.catalogue import load_catalogue
from symlint.sym.model.configuration import SymConfiguration
from symlint.sym.provider.forms import FormsByVersion
from symlint.sym.provider.schema import check_schema
from symlint.sym.provider.versions import ProviderVersions
from symlint.sym.versions import parse_version
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "= 3.0.0"
    }
  }
}
"""
TARGET = 'resource "sym_target" "x" {}\n'


def test_what_each_block_asks_is_worked_out_once() -> None:
    provider = load_catalogue().provider
    schema = provider.resources["sym_flow"]
    versions = provider.versions
    forms, argument = FormsByVersion(), schema.arguments["params"]

    def ask() -> None:
        existing = forms.having(schema, versions)
        assert existing
        assert forms.fitting(argument, existing, ("block",))

    first = lines_run(ask)
    assert lines_run(ask) < 20 < first


@pytest.mark.parametrize("required", ["", REQUIRED], ids=["any version", "one version"])
def test_what_each_root_module_asks_is_worked_out_once(required: str, tmp_path: Path) -> None:
    names = ("a", "b", "c")
    write(tmp_path, {f"{name}/main.tf": required + TARGET for name in names})
    cache, catalogue = FileCache(), load_catalogue()

    def lines(name: str) -> int:
        opened = Configuration(str(tmp_path / name), cache=cache)
        sym = SymConfiguration(opened, catalogue)
        return lines_run(lambda: check_schema(sym))

    first, second, third = map(lines, names)
    assert abs(second - third) < 20
    assert second < first - 100


def test_what_many_single_versions_have_is_not_remembered_for_ever() -> None:
    provider = load_catalogue().provider
    schema = provider.resources["sym_flow"]
    forms = FormsByVersion()
    for patch in range(1_000):
        locked = parse_version(f"3.0.{patch}")
        versions = ProviderVersions((), provider.versions, locked)
        judged = forms.judged(versions)
        assert judged == (locked,)
        assert judged is forms.judged(ProviderVersions((), provider.versions, locked))
        assert forms.having(schema, judged) == judged
    assert len(forms._fitting) <= 100
