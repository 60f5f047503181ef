"""SYM128: the file that the implementation of a strategy, or of an older flow, names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.configurations import write_files

from symlint.rules.provider.implementation_form import ImplementationForm

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 'terraform {{\n  required_providers {{\n    sym = {{ source = "symopsio/sym", version = "{}" }}\n  }}\n}}\n'
STRATEGY = """
resource "sym_strategy" "custom" {{
  type           = "custom"
  name           = "custom"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
  implementation = {}
}}
"""
FLOW = """
resource "sym_flow" "old" {{
  name           = "old"
  implementation = {}
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}}
"""
THERE = "--- there.py\n# a strategy\n--- code/there.py\n# a strategy\n"
MADE = 'resource "local_file" "made" {\n  filename = "./made.py"\n  content  = ""\n}\n'
MISSING = ['"missing.py"', '"${path.module}/missing.py"', '"code/missing.py"', '"code"']
FOUND = [
    '"there.py"',
    '"${path.module}/there.py"',
    '"${path.root}/code/there.py"',
    '"./made.py"',
    '"${path.module}/made.py"',
    '"made.py"',
    "local_file.made.filename",
    '"../outside.py"',
    '"/srv/strategy.py"',
    '"~/strategy.py"',
    "var.path",
]


def titles(directory: Path, text: str) -> list[str]:
    write_files(directory, text)
    return [it.title for it in findings(directory, (ImplementationForm,))]


@pytest.mark.parametrize("path", MISSING)
def test_no_such_file(tmp_path: Path, path: str) -> None:
    strategy = VERSION.format("~> 3.0") + STRATEGY.format(path) + THERE
    assert titles(tmp_path, strategy) == ["implementation of sym_strategy names no file"]


@pytest.mark.parametrize("path", FOUND)
def test_a_file_or_not_known(tmp_path: Path, path: str) -> None:
    text = 'variable "path" {}\n' + VERSION.format("~> 3.0") + STRATEGY.format(path)
    assert titles(tmp_path, text + MADE + THERE) == []


@pytest.mark.parametrize(
    ("version", "path", "expected"),
    [
        ("~> 2.0", '"${path.module}/missing.py"', 1),
        ("~> 2.0", '"${path.module}/there.py"', 0),
        ("~> 1.14", '"missing.py"', 1),
        ("~> 3.0", 'file("there.py")', 0),
    ],
)
def test_flows(tmp_path: Path, version: str, path: str, expected: int) -> None:
    assert len(titles(tmp_path, VERSION.format(version) + FLOW.format(path) + THERE)) == expected


def test_in_a_module_and_for_each(tmp_path: Path) -> None:
    call = 'module "inner" {\n  source   = "./inner"\n  for_each = toset(["there", "missing"])\n'
    call += '  name     = each.key\n}\n--- inner/main.tf\nvariable "name" {}\n'
    inner = VERSION.format("~> 3.0") + STRATEGY.format('"${path.module}/${var.name}.py"')
    write_files(tmp_path, f"{call}{inner}--- inner/there.py\n# a strategy\n")
    (found,) = findings(tmp_path, (ImplementationForm,))
    assert found.address == 'module.inner["missing"].sym_strategy.custom'


def test_json_and_the_name_that_was_meant(tmp_path: Path) -> None:
    strategy = {
        "type": "custom",
        "name": "custom",
        "integration_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "targets": [],
        "implementation": "${path.module}/thre.py",
    }
    text = json.dumps({"resource": {"sym_strategy": {"custom": strategy}}})
    write_files(tmp_path, f"--- main.tf.json\n{text}\n{THERE}")
    (found,) = findings(tmp_path, (ImplementationForm,))
    assert found.help == "did you mean there.py?"
