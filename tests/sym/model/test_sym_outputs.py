"""What is read from the outputs of Sym's modules, and what the modules make."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.writing import write

from symlint.sym.catalogue import load_catalogue
from symlint.sym.catalogue.interfaces import CatalogueInterfaces
from symlint.sym.model.argument_links import integration_type
from symlint.sym.model.configuration import SymConfiguration
from symlint.sym.model.creations import made_by, title
from symlint.sym.model.module_calls import (
    called_modules,
    opaque_version,
    outputs_read,
    pin,
    version_range,
)
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.instances.options import EvaluationOptions

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.model.modules import OutputRead

CALLS = """
module "old" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"
}

module "new" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"
}

module "any" {
  source = "symopsio/runtime-connector/aws"
}

module "invalid" {
  source  = "symopsio/runtime-connector/aws"
  version = "x"
}

module "iam" {
  source   = "symopsio/iam-connector/aws"
  for_each = toset(["a", "b"])
  version  = "~> 1.0"
}

module "never" {
  source = "symopsio/iam-connector/aws"
  count  = 0
}

module "foreign" {
  source = "example/foreign/aws"
}
"""

READS = {
    "path.module": [],
    "local.old.settings": [],
    "module.old": [],
    "module.iam[0]": [],
    'module.iam["a"]': [],
    "module.iam[*]": [],
    'module["old"].settings': [],
    'module.old["settings"]': [],
    'module.iam["a"]["settings"]': [],
    "module.foreign.settings": [],
    "module.nowhere.settings": [],
    "module.never.settings": [],
    "module.old.settings": [("settings", "settings", "module.old.settings")],
    "module.old.settings.role_arn": [("settings", "settings", "module.old.settings.role_arn")],
    'module.iam["a"].settings': [("settings", "settings", 'module.iam["a"].settings')],
    "module.old . settings": [("settings", "settings", "module.old . settings")],
}


@pytest.mark.parametrize("expression", READS)
def test_outputs_that_an_expression_names(tmp_path: Path, expression: str) -> None:
    text = f'{CALLS}output "x" {{\n  value = [{expression}, module.new.sym_runtime.id]\n}}\n'
    found = list(outputs_read(configuration(write(tmp_path, {"main.tf": text}))))
    assert [(it.name, it.range.text, it.text) for it in found[:-1]] == READS[expression]
    assert [(it.module.local_name, it.name) for it in found[-1:]] == [("module.new", "sym_runtime")]


def test_outputs_of_every_module_that_calls_one(tmp_path: Path) -> None:
    use = 'output "x" {\n  value      = module.old.settings\n  depends_on = [module.new.x]\n}\n'
    inner = 'module "i" {\n  source = "./inner"\n  count  = 2\n}\n'
    nothing = 'module "o" {\n  source = "./outer"\n}\n'
    deepest = 'module "d" {\n  source = "../deepest"\n}\n'
    after = 'module "z" {\n  source = "./after"\n}\n'
    files = {
        "main.tf": nothing + after,
        "outer/main.tf": inner,
        "outer/inner/main.tf": CALLS + use + deepest,
        "outer/deepest/main.tf": "",
        "after/main.tf": CALLS + use,
    }
    found = list(outputs_read(configuration(write(tmp_path, files))))
    assert [str(it.module.address) for it in found] == [
        "module.o.module.i[0].module.old",
        "module.z.module.old",
    ]


def test_calls_are_taken_once_and_have_their_versions(tmp_path: Path) -> None:
    sym = configuration(write(tmp_path, {"main.tf": CALLS}))
    called = {str(it.address): it for it in called_modules(sym)}
    assert list(called) == [
        "module.old",
        "module.new",
        "module.any",
        "module.invalid",
        'module.iam["a"]',
    ]
    versions = {name: opaque_version(it) for name, it in called.items()}
    assert [None if it is None else it.release[0] for it in versions.values()] == [1, 2, 2, None, 1]
    assert version_range(called["module.old"]).text == '"~> 1.0"'
    assert version_range(called["module.any"]).text == '"symopsio/runtime-connector/aws"'
    new = versions["module.new"]
    assert new is not None
    assert pin(new) == "~> 2.0"


EXISTS = {
    "module.old": None,
    "module.old.settings": True,
    "module.old.settings.role_arn": True,
    "module.old.settings.nothing": False,
    "module.old.nothing": False,
    "module.old.sym_integration.external_id": False,
    "module.new.settings": False,
    "module.new.sym_integration": True,
    "module.new.sym_integration.anything": True,
    "module.new.sym_runtime.id": True,
}
WHOLE = {
    "module.old": "module",
    "module.new.sym_integration": "sym_integration",
    "module.new.sym_runtime": "sym_runtime",
}


def read_of(directory: Path, expression: str) -> OutputRead:
    text = f'{CALLS}resource "sym_target" "x" {{\n  name = {expression}\n}}\n'
    sym = configuration(write(directory, {"main.tf": text}))
    read = sym.output_read(sym.targets[0].name)
    assert read is not None
    return read


@pytest.mark.parametrize("expression", EXISTS)
def test_whether_an_output_exists_in_an_admitted_version(tmp_path: Path, expression: str) -> None:
    read = read_of(tmp_path, expression)
    assert read.exists is EXISTS[expression]
    assert read.whole == WHOLE.get(expression)
    assert read.is_whole is (expression in WHOLE)
    assert read.text == expression


def test_what_an_output_gives(tmp_path: Path) -> None:
    read = read_of(tmp_path, "module.old.settings.role_arn")
    assert (read.gives, read.title_of_module) == ("role_arn", "runtime connector")
    assert read.range is not None
    assert read.range.text == "module.old.settings.role_arn"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("main", "Main"),
        ("a-b c.d", "A-B C.D"),
        ("a_b 1c", "A_b 1c"),
        ("ALL caps", "ALL Caps"),
    ],
)
def test_titles_are_those_of_terraform(text: str, expected: str) -> None:
    assert title(text) == expected


ADDON = 'version = "~> 1.0"\n  environment = "main"\n  addons = ["none", "aws/secretsmgr"]'
RUNTIME, SECRETS = "SymRuntimeMain", "SymSecretsManagerMain"
MADE = {
    'version = "~> 2.0"\n  environment = "main"': [RUNTIME],
    'version = "~> 2.0"\n  environment = var.unset': [None],
    'version = "~> 2.0"': [],
    'version = ">= 1.0"\n  environment = "main"': [RUNTIME],
    'version = ">= 1.0"\n  environment = "main"\n  addons = ["aws/secretsmgr"]': [RUNTIME],
    ADDON: [RUNTIME, SECRETS],
    f"{ADDON}\n  addon_params = null": [RUNTIME, SECRETS],
    f"{ADDON}\n  addon_params = {{}}": [RUNTIME, SECRETS],
    f"{ADDON}\n  addon_params = var.unset": [RUNTIME],
    f'{ADDON}\n  addon_params = {{ "aws/secretsmgr" = var.unset }}': [RUNTIME],
    f'{ADDON}\n  addon_params = {{ "aws/secretsmgr" = {{ tag_name = "x" }} }}': [RUNTIME, SECRETS],
    f'{ADDON}\n  addon_params = {{ "aws/secretsmgr" = {{ tag_value = "other" }} }}': [
        RUNTIME,
        "SymSecretsManagerOther",
    ],
}


@pytest.mark.parametrize("arguments", MADE)
def test_what_a_runtime_connector_and_its_addons_make(tmp_path: Path, arguments: str) -> None:
    text = 'variable "unset" {}\n\nmodule "x" {\n'
    text += f'  source = "symopsio/runtime-connector/aws"\n  {arguments}\n}}\n'
    (module,) = configuration(write(tmp_path, {"main.tf": text})).modules
    first = {it.addon: it.name for it in reversed(list(made_by(module)))}
    assert list(reversed(first.values())) == MADE[arguments]


OWN = """
[modules.own]
kind = "connector"
title = "own connector"
sources = [{ address = "acme/own/aws", versions = ["1.0.0", "2.0.0"] }]
[modules.own.outputs]
both = [
  { until = "2.0.0", integration_type = "okta" },
  { since = "2.0.0", resource = "sym_integration", integration_type = "slack" },
]
several = [
  { until = "2.0.0", resource = "sym_integration", integration_type = "okta" },
  { since = "2.0.0", resource = "sym_integration", integration_type = "slack" },
]
keys = [
  { until = "2.0.0", keys = ["a"] },
  { since = "2.0.0", keys = ["b"] },
]
"""


@pytest.mark.parametrize(
    ("output", "version", "exists", "whole", "integration"),
    [
        ("both", "> 0", True, "sym_integration", "slack"),
        ("several", "> 0", True, "sym_integration", None),
        ("keys", "> 0", True, None, None),
        ("keys.a", "~> 1.0", True, None, None),
        ("keys.a", "~> 2.0", False, None, None),
        ("keys.b", "~> 1.0", False, None, None),
        ("keys.b", "~> 2.0", True, None, None),
        ("keys.b", "> 0", True, None, None),
    ],
)
def test_outputs_with_several_forms(
    tmp_path: Path,
    output: str,
    version: str,
    exists: bool,
    whole: str | None,
    integration: str | None,
) -> None:
    catalogue = load_catalogue(tomllib.loads(OWN))
    text = f'module "own" {{\n  source = "acme/own/aws"\n  version = "{version}"\n}}\n'
    text += f'resource "sym_strategy" "x" {{\n  integration_id = module.own.{output}\n}}\n'
    options = EvaluationOptions(interfaces=CatalogueInterfaces(catalogue))
    terraform = Configuration(str(write(tmp_path, {"main.tf": text})), options)
    sym = SymConfiguration(terraform, catalogue)
    (strategy,) = sym.strategies
    read = sym.output_read(strategy.value("integration_id"))
    assert read is not None
    assert (read.exists, read.whole) == (exists, whole)
    assert integration_type(sym, strategy.integration_link) == integration
