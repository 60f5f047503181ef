"""SYM308: what a runtime connector makes in Sym, declared or made by something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.connector_blocks import connector, found, lines_found, marked_lines, module, runtime
from support.transcript import compare_transcript, transcripts

from symlint.rules.connectors.duplicate_connector import DuplicateConnector
from symlint.rules.connectors.duplicate_runtime import DuplicateRuntime

if TYPE_CHECKING:
    from pathlib import Path

RUNTIME = """
resource "sym_runtime" "this" {{
  name       = {}
  context_id = {}
}}
"""
CONTEXT = """
resource "sym_integration" "context" {{
  type        = "permission_context"
  name        = {}
  external_id = "111122223333"

  settings = {{
    cloud    = "aws"
    region   = "us-east-1"
    role_arn = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain"
  }}
}}
"""
OWN = "sym_integration.context.id"
MADE = "module.runtime_connector.sym_integration.id"
V1 = module("runtime-connector", version="~> 1.0", environment='"main"')

WRONG = {
    "a runtime": (
        runtime() + RUNTIME.format('"main"', MADE),
        'runtime connector already creates the runtime "main"',
    ),
    "upper and lower case": (
        runtime() + RUNTIME.format('"Main"', MADE),
        'runtime connector already creates the runtime "main"',
    ),
    "a runtime of another context": (
        runtime() + CONTEXT.format('"own"') + RUNTIME.format('"main"', OWN),
        'runtime connector already creates the runtime "main"',
    ),
    "a context": (
        runtime() + CONTEXT.format('"main-runtime-context"'),
        'runtime connector already creates the integration "main-runtime-context"',
    ),
    "the integration of a GCP connector": (
        module("gcp-connector", version="~> 1.0", environment='"main"').replace("/aws", "/google")
        + CONTEXT.replace("permission_context", "google").format('"google-main"'),
        'GCP connector already creates the integration "google-main"',
    ),
    "two runtimes in two accounts": (
        'provider "aws" {\n  alias = "b"\n  profile = "b"\n}\n'
        + runtime()
        + module(
            "runtime-connector", "b", environment='"main"', providers="{ aws = aws.b, sym = sym }"
        ),
        'two modules create the integration "main-runtime-context"',
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_there_twice(tmp_path: Path, name: str) -> None:
    text, title = WRONG[name]
    (finding,) = found(tmp_path, text, DuplicateRuntime)
    assert (finding.severity, finding.title) == ("error", title)


def test_what_to_write_instead(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, WRONG["a runtime"][0], DuplicateRuntime)
    assert finding.help == (
        "remove sym_runtime.this, and use module.runtime_connector.sym_runtime.id instead"
    )


def test_a_runtime_of_another_name_is_a_note(tmp_path: Path) -> None:
    text = runtime() + RUNTIME.format('"other"', MADE)
    (finding,) = found(tmp_path, text, DuplicateRuntime)
    assert finding.severity == "note"


SILENT = {
    "version 1": V1 + CONTEXT.format('"main-runtime-context"') + RUNTIME.format('"main"', OWN),
    "any version": V1.replace("~> 1.0", ">= 1.0")
    + CONTEXT.format('"main-runtime-context"')
    + RUNTIME.format('"main"', OWN),
    "another runtime": runtime() + CONTEXT.format('"own"') + RUNTIME.format('"other"', OWN),
    "another type": runtime()
    + CONTEXT.replace("permission_context", "custom").format('"main-runtime-context"'),
    "a data source": runtime() + 'data "sym_runtime" "it" {\n  name = "main"\n}\n',
    "unknown names": 'variable "it" {}\n' + runtime("var.it") + RUNTIME.format('"main"', OWN),
    "either one or the other": 'variable "on" {\n  type = bool\n}\n'
    + runtime(count="var.on ? 1 : 0")
    + RUNTIME.format('"main"', '"x"').replace("  name ", "  count = var.on ? 0 : 1\n  name "),
    "not made": runtime(count="0") + RUNTIME.format('"main"', '"x"'),
    "other names": runtime() + module("runtime-connector", "b", environment='"b"'),
    "two organizations": 'provider "sym" {\n  org = "a"\n}\n'
    'provider "sym" {\n  alias = "b"\n  org = "b"\n}\n'
    + runtime()
    + RUNTIME.format('"main"', '"x"').replace("  name ", "  provider = sym.b\n  name "),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_is_there_once(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, SILENT[name], DuplicateRuntime) == []


def test_two_runtimes_in_one_account_are_said_once(tmp_path: Path) -> None:
    text = runtime() + module("runtime-connector", "b", environment='"main"')
    assert found(tmp_path, text, DuplicateRuntime) == []
    assert len(found(tmp_path, text, DuplicateConnector)) == 1


@pytest.mark.parametrize("name", ['"main"', '"other"'])
def test_through_a_local_and_a_module(tmp_path: Path, name: str) -> None:
    files = {
        "main.tf": f"locals {{\n  environment = {name}\n}}\n"
        + runtime('"main"')
        + connector("iam")
        + 'module "sym" {\n  source = "./sym"\n  name = local.environment\n}\n',
        "sym/main.tf": 'variable "name" {}\n' + RUNTIME.format("var.name # here", '"x"'),
    }
    expected = marked_lines(files) if name == '"main"' else []
    assert lines_found(tmp_path, files, DuplicateRuntime) == expected


@pytest.mark.parametrize("name", ["main", "other"])
def test_through_a_variable_file(tmp_path: Path, name: str) -> None:
    files = {
        "main.tf": 'variable "name" {}\n' + runtime("var.name") + RUNTIME.format('"main"', '"x"'),
        "terraform.tfvars": f'name = "{name}"\n',
    }
    assert len(found(tmp_path, files, DuplicateRuntime)) == (name == "main")


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(
        __file__,
        transcripts(
            tmp_path / "wrong", {name: it[0] for name, it in WRONG.items()}, DuplicateRuntime
        ),
        transcripts(tmp_path / "silent", SILENT, DuplicateRuntime),
    )
