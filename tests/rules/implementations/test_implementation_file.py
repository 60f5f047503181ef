"""SYM601: the file that the implementation of a strategy, or of an older flow, names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, findings, rules_of
from support.configurations import write_files

from symlint.rules.implementations.implementation_file import ImplementationFile

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
    return titles_of(directory)


def titles_of(directory: Path) -> list[str]:
    return [it.title for it in findings(directory, (ImplementationFile,))]


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
    (found,) = findings(tmp_path, (ImplementationFile,))
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
    (found,) = findings(tmp_path, (ImplementationFile,))
    assert found.help == "did you mean there.py?"


@pytest.mark.parametrize("text", ["", "\n", "  \n\t\n"])
@pytest.mark.parametrize(
    ("version", "expression"),
    [("~> 3.0", 'file("a.py")'), ("~> 2.0", '"a.py"'), ("~> 3.0", '"${file("a.py")}\\n"')],
)
def test_a_file_without_code(tmp_path: Path, text: str, version: str, expression: str) -> None:
    write_files(tmp_path, VERSION.format(version) + FLOW.format(expression))
    (tmp_path / "a.py").write_text(text, encoding="utf-8")
    (found,) = findings(tmp_path, (ImplementationFile,))
    assert found.title == "the code of implementation is empty"
    assert found.range.text == expression
    (tmp_path / "a.py").write_text("# nothing yet\n", encoding="utf-8")
    assert titles_of(tmp_path) == []


def test_a_binary_file(tmp_path: Path) -> None:
    write_files(tmp_path, VERSION.format("~> 3.0") + STRATEGY.format('"a.py"'))
    (tmp_path / "a.py").write_bytes(b"x = 1\0\n")
    assert titles_of(tmp_path) == [
        "the code of implementation is no Python: it contains NUL characters"
    ]


def test_a_strategy_without_a_path_is_said_to_have_none(tmp_path: Path) -> None:
    write_files(tmp_path, VERSION.format("~> 3.0") + STRATEGY.format('""'))
    assert titles_of(tmp_path) == []
    found = findings(tmp_path, rules_of("SYM205"))
    assert [it.title for it in found] == ["custom strategy has no implementation"]


@pytest.mark.parametrize("path", MISSING)
def test_one_mistake_is_reported_once(tmp_path: Path, path: str) -> None:
    write_files(tmp_path, VERSION.format("~> 3.0") + STRATEGY.format(path) + THERE)
    assert [it.code for it in findings(tmp_path, all_rules()) if it.range.text == path] == [
        "SYM601"
    ]
