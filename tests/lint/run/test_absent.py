"""What has no instances: modules and blocks whose ``count`` or ``for_each`` is empty."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from support.configurations import configuration, write_files

from symlint import lint
from symlint.sym.catalogue import load_catalogue
from symlint.sym.model.configuration import SymConfiguration
from symlint.sym.provider.blocks import modules_as_written

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.report import Report

SYM = """\
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
"""

INTEGRATION = """\
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "sym.okta.com"
  settings = {
    api_token_secret = sym_secret.okta.id
  }
}
resource "sym_secret" "okta" {
  source_id = sym_secrets.main.id
  path      = "/sym/okta"
  label     = "Okta"
}
resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main"
  settings = {
    context_id = sym_integration.context.id
  }
}
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "runtime"
  external_id = "123456789012"
  settings = {
    cloud       = "aws"
    external_id = "1478F2AD-6091-41E6-B3D2-766CA2F173CB"
    region      = "us-east-1"
    role_arn    = "arn:aws:iam::123456789012:role/sym/RuntimeConnector"
  }
}
"""

MODULE = """\
variable "integration_id" { type = string }
resource "sym_target" "group" {
  type  = "okta_group"
  name  = "group"
  settings = {
    group_id = "00g12345"
  }
}
resource "sym_strategy" "this" {
  type           = "okta"
  name           = "okta"
  integration_id = var.integration_id
  targets        = [sym_target.group.id]
}
output "strategy_id" { value = sym_strategy.this.id }
"""

FAULTS = {
    "SYM001": ('name  = "group"', 'name  = "group'),
    "SYM101": ("sym_target.group.id", "sym_target.groups.id"),
    "SYM121": ('name  = "group"', 'name  = "group"\n  nom   = "group"'),
    "SYM201": ('type           = "okta"', 'type           = "aws_iam"'),
    "SYM211": ("00g12345", "group"),
}
"""One of each kind: of syntax, of what Terraform checks, of the schema, and of the domain."""

SWITCH = 'variable "on" {\n  type    = bool\n  default = false\n}\n'
TEAMS = 'variable "teams" {\n  type    = map(string)\n  default = {}\n}\n'
CALL = """\
module "okta" {{
  {}
  source         = "{}"
  integration_id = {}
}}
"""
ID = "sym_integration.okta.id"
MAIN = SYM + INTEGRATION
OUTER = SYM + 'variable "integration_id" { type = string }\n'


def tree(**files: str) -> str:
    """The files of a tree as one text, ``main`` before those of modules."""
    paths = {name: "main.tf" if name == "main" else f"{name}/main.tf" for name in files}
    return "".join(f"--- {paths[name]}\n{text}\n" for name, text in files.items())


FORMS = {
    "count": tree(main=MAIN + SWITCH + CALL.format("count = var.on ? 1 : 0", "./m", ID), m=MODULE),
    "count of a number": tree(main=MAIN + CALL.format("count = 0", "./m", ID), m=MODULE),
    "for_each": tree(main=MAIN + TEAMS + CALL.format("for_each = var.teams", "./m", ID), m=MODULE),
    "for_each of an empty set": tree(
        main=MAIN + CALL.format("for_each = toset([])", "./m", ID), m=MODULE
    ),
    "switched off by a variable file": tree(
        main=MAIN + SWITCH + CALL.format("count = var.on ? 1 : 0", "./m", ID), m=MODULE
    )
    + "--- terraform.tfvars\non = false\n",
    "by a local": tree(
        main=MAIN + "locals { on = false }\n" + CALL.format("count = local.on ? 1 : 0", "./m", ID),
        m=MODULE,
    ),
    "nested": tree(
        main=MAIN + CALL.format("", "./outer", ID),
        outer=OUTER + SWITCH + CALL.format("count = var.on ? 1 : 0", "../m", "var.integration_id"),
        m=MODULE,
    ),
    "nested in an absent module": tree(
        main=MAIN + SWITCH + CALL.format("count = var.on ? 1 : 0", "./outer", ID),
        outer=OUTER + CALL.format("", "../m", "var.integration_id"),
        m=MODULE,
    ),
    "absent in an absent module": tree(
        main=MAIN + SWITCH + CALL.format("count = var.on ? 1 : 0", "./outer", ID),
        outer=OUTER + TEAMS + CALL.format("for_each = var.teams", "../m", "var.integration_id"),
        m=MODULE,
    ),
}


def lint_text(directory: Path, text: str, *named: str) -> Report:
    write_files(directory, text)
    (directory / ".git").mkdir(exist_ok=True)  # callers of a named file are looked for in there
    return lint([directory / name for name in named] or directory)


def codes(report: Report) -> set[str]:
    assert not report.failures
    return {finding.code for finding in report.findings} - {"SYM131", "SYM402"}


@pytest.mark.no_cover
@pytest.mark.parametrize("form", FORMS)
def test_modules_without_instances_are_looked_at(tmp_path: Path, form: str) -> None:
    text = FORMS[form]
    report = lint_text(tmp_path / "good", text)
    assert codes(report) == set()
    assert report.counts.files == text.count("main.tf\n")
    for code, (right, wrong) in FAULTS.items():
        assert right in text
        faulty = lint_text(tmp_path / code, text.replace(right, wrong))
        assert code in codes(faulty), code
        assert all("/m/main.tf" in f.range.path for f in faulty.findings if f.code == code)
        named = lint_text(tmp_path / code, text.replace(right, wrong), "m/main.tf")
        assert code in codes(named), code


@pytest.mark.parametrize("form", ["count", "for_each", "nested"])
def test_the_same_in_json(tmp_path: Path, form: str) -> None:
    block = {
        "variable": {"integration_id": {"type": "string"}},
        "resource": {
            "sym_target": {
                "group": {"type": "okta_group", "name": "group", "settings": {"group_id": "00g1"}}
            },
            "sym_strategy": {
                "this": {
                    "type": "okta",
                    "name": "okta",
                    "integration_id": "${var.integration_id}",
                    "targets": ["${sym_target.group.id}"],
                }
            },
        },
    }
    good = json.dumps(block)
    text = FORMS[form].replace("--- m/main.tf", "--- m/main.tf.json").replace(MODULE, "JSON\n")
    assert codes(lint_text(tmp_path / "good", text.replace("JSON\n", good))) == set()
    for code, wrong in {
        "SYM001": good[:-1],
        "SYM101": good.replace("sym_target.group.id", "sym_target.groups.id"),
        "SYM121": good.replace('"name": "group"', '"name": "group", "nom": "group"'),
        "SYM201": good.replace('"type": "okta"', '"type": "aws_iam"'),
    }.items():
        assert code in codes(lint_text(tmp_path / code, text.replace("JSON\n", wrong)))


RESOURCES = MODULE.replace("var.integration_id", ID).partition("\n")[2].partition("output")[0]


@pytest.mark.parametrize(
    ("switch", "repeated"),
    [(SWITCH, "count = var.on ? 1 : 0"), (TEAMS, "for_each = var.teams")],
)
def test_blocks_without_instances(tmp_path: Path, switch: str, repeated: str) -> None:
    key = "[each.key]" if "for_each" in repeated else "[0]"
    text = RESOURCES.replace('" {\n  type', f'" {{\n  {repeated}\n  type')
    text = MAIN + switch + text.replace("group.id]", f"group{key}.id]")
    assert text.count(repeated) == 2
    assert codes(lint_text(tmp_path / "good", text)) == set()
    for code, (right, wrong) in FAULTS.items():
        if code != "SYM101":
            assert right in text
            assert code in codes(lint_text(tmp_path / code, text.replace(right, wrong))), code


def test_what_text_alone_switches_off_is_checked_as_terraform_does(tmp_path: Path) -> None:
    text = MAIN + RESOURCES.replace('" {\n  type', '" {\n  count = 0\n  type')
    text = (
        text.replace("group.id]", "group[*].id]")
        .replace("= [sym_target", "= sym_target")
        .replace("id]\n}", "id\n}")
    )
    assert codes(lint_text(tmp_path / "good", text)) == set()
    right, wrong = FAULTS["SYM121"]
    assert codes(lint_text(tmp_path / "schema", text.replace(right, wrong))) == {"SYM121"}
    right, wrong = FAULTS["SYM201"]
    assert codes(lint_text(tmp_path / "domain", text.replace(right, wrong))) == set()


GOOD = {
    "values that are empty with the switch": tree(
        main=MAIN
        + SWITCH
        + 'variable "name" {\n  type    = string\n  default = null\n}\n'
        + """\
module "okta" {
  count          = var.on ? 1 : 0
  source         = "./m"
  integration_id = var.on ? sym_integration.okta.id : null
  name           = var.name
}
""",
        m=MODULE.replace('name           = "okta"', "name           = var.name")
        + 'variable "name" { type = string }\n',
    ),
    "one of two runtimes": MAIN
    + SWITCH
    + """\
resource "sym_runtime" "old" {
  count      = var.on ? 0 : 1
  name       = "main"
  context_id = sym_integration.context.id
}
resource "sym_runtime" "new" {
  count      = var.on ? 1 : 0
  name       = "main"
  context_id = sym_integration.context.id
}
resource "sym_environment" "main" {
  name            = "main"
  runtime_id      = one(concat(sym_runtime.old, sym_runtime.new)).id
  error_logger_id = sym_error_logger.slack.id
  integrations = {
    slack_id = sym_integration.slack.id
  }
}
resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#sym-errors"
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T1234567"
}
""",
    "one of two filters": MAIN.replace("~> 3.0", "3.6.0")
    + SWITCH
    + """\
resource "sym_flows_filter" "old" {
  count          = var.on ? 0 : 1
  implementation = file("${path.module}/old.py")
}
resource "sym_flows_filter" "new" {
  count          = var.on ? 1 : 0
  implementation = file("${path.module}/new.py")
}
--- old.py
from sym.sdk.annotations import reducer
@reducer
def get_flows(user, flows, flows_filter_vars):
    return flows
--- new.py
from sym.sdk.annotations import reducer
@reducer
def get_flows(user, flows, flows_filter_vars):
    return flows
""",
    "one of two modules": tree(
        main=MAIN
        + SWITCH
        + CALL.format("count = var.on ? 0 : 1", "./m", ID)
        + CALL.format("count = var.on ? 1 : 0", "./m", ID).replace('"okta"', '"new"', 1)
        + """\
output "strategy" {
  value = var.on ? module.new[0].strategy_id : module.okta[0].strategy_id
}
""",
        m=MODULE,
    ),
    "two that a variable file chooses from": tree(
        main=MAIN
        + SWITCH
        + CALL.format('for_each = var.on ? toset([]) : toset(["a"])', "./m", ID)
        + CALL.format('for_each = var.on ? toset(["a"]) : toset([])', "./m", ID).replace(
            '"okta"', '"new"', 1
        ),
        m=MODULE,
    ),
    "read only where it exists": MAIN
    + SWITCH
    + RESOURCES.replace('" {\n  type', '" {\n  count = var.on ? 1 : 0\n  type').replace(
        "group.id]", "group[0].id]"
    )
    + """\
output "first" { value = var.on ? sym_strategy.this[0].id : "" }
output "tried" { value = try(sym_strategy.this[0].id, null) }
output "one" { value = one(sym_strategy.this[*].id) }
""",
}


EMPTY_WHEN_OFF = """\
variable "enabled" { type = bool }
locals {
  domain = var.enabled ? "sym.okta.com" : ""
}
resource "sym_integration" "okta" {
  count       = var.enabled ? 1 : 0
  type        = "okta"
  name        = "okta"
  external_id = local.domain
  settings = {
    api_token_secret = try(sym_secret.okta[0].id, "")
  }
}
resource "sym_secret" "okta" {
  count     = var.enabled ? 1 : 0
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = var.enabled ? "sym/okta" : ""
}
resource "sym_target" "okta" {
  count = var.enabled ? 1 : 0
  type  = "okta_group"
  name  = "okta"
  settings = {
    group_id = var.enabled ? "00g12345" : ""
  }
}
resource "sym_strategy" "okta" {
  count          = var.enabled ? 1 : 0
  type           = "okta"
  name           = "okta"
  integration_id = var.enabled ? sym_integration.okta[0].id : ""
  targets        = sym_target.okta[*].id
}
"""
"""A module whose values are empty where it is switched off."""

SWITCHED = {
    "by a variable": SYM + SWITCH + 'module "m" {\n  source  = "./m"\n  enabled = var.on\n}\n',
    "by a variable that nobody sets": SYM
    + 'variable "on" {}\nmodule "m" {\n  source  = "./m"\n  enabled = var.on\n}\n',
    "by its caller": SYM + 'module "m" {\n  source  = "./m"\n  enabled = false\n}\n',
    "by a workspace": SYM
    + 'module "m" {\n  source  = "./m"\n  enabled = terraform.workspace == "prod"\n}\n',
    "with its call": SYM
    + SWITCH
    + 'module "m" {\n  count   = var.on ? 1 : 0\n  source  = "./m"\n  enabled = var.on\n}\n',
}


@pytest.mark.parametrize("name", SWITCHED)
def test_texts_that_are_empty_where_it_is_off(tmp_path: Path, name: str) -> None:
    report = lint_text(tmp_path, tree(main=SWITCHED[name], m=SYM + EMPTY_WHEN_OFF))
    titles = [it.title for it in report.findings if it.code[:4] != "SYM9"]
    assert titles == []


@pytest.mark.parametrize("name", SWITCHED)
def test_a_text_that_is_empty_where_it_is_on(tmp_path: Path, name: str) -> None:
    empty = EMPTY_WHEN_OFF.replace('var.enabled ? "sym/okta" : ""', '""')
    assert "SYM506" in codes(lint_text(tmp_path, tree(main=SWITCHED[name], m=SYM + empty)))
    wrong = EMPTY_WHEN_OFF.replace('"00g12345"', '"group"')
    assert "SYM211" in codes(lint_text(tmp_path, tree(main=SWITCHED[name], m=SYM + wrong)))


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_stays_silent(tmp_path: Path, name: str) -> None:
    report = lint_text(tmp_path, GOOD[name])
    assert [(f.code, f.title) for f in report.findings if f.code not in ("SYM131", "SYM402")] == []


def test_a_wrong_argument_of_a_call_that_makes_none(tmp_path: Path) -> None:
    """Where the module is called another time, with other arguments that are right."""
    wrong = CALL.format("count = var.on ? 1 : 0", "./m", "sym_secret.okta.id")
    text = tree(
        main=MAIN + SWITCH + CALL.format("", "./m", ID) + wrong.replace('"okta"', '"more"', 1),
        m=MODULE,
    )
    report = lint_text(tmp_path, text)
    assert any("sym_secret.okta.id" in f.range.text for f in report.findings)
    right = text.replace("= sym_secret.okta.id\n}", f"= {ID}\n}}")
    assert codes(lint_text(tmp_path, right)) == set()


def test_a_named_module_shows_what_its_calls_have_got_wrong(tmp_path: Path) -> None:
    text = FORMS["count"].replace("integration_id = sym", "integration = sym")
    report = lint_text(tmp_path, text, "m/main.tf")
    assert {os.path.relpath(f.range.path, tmp_path) for f in report.findings} > {"m/main.tf"}


def test_an_ignore_comment_in_a_module_without_instances(tmp_path: Path) -> None:
    right, wrong = FAULTS["SYM211"]
    text = FORMS["count"].replace(right, wrong)
    ignored = text.replace('"group"\n  }', '"group" # symlint: ignore[SYM211] a test\n  }')
    report = lint_text(tmp_path, ignored)
    assert codes(report) == set()
    assert [it.finding.code for it in report.suppressed] == ["SYM211"]


def test_what_cannot_be_decided_is_counted(tmp_path: Path) -> None:
    text = FORMS["count"].replace('type           = "okta"', "type           = var.type")
    text = text.replace("variable", 'variable "type" { type = string }\nvariable', 1)
    text = text.replace(
        'variable "integration_id"', 'variable "type" {}\nvariable "integration_id"'
    )
    text = text.replace('source         = "./m"', 'source         = "./m"\n  type = var.type')
    report = lint_text(tmp_path, text)
    assert any("/m/main.tf" in question.range.path for question in report.undecided)


@pytest.mark.no_cover
@pytest.mark.parametrize("repeated", ["count = 0", "count = var.on ? 1 : 0"])
def test_absent_modules_are_not_multiplied(tmp_path: Path, repeated: str) -> None:
    """Each of twenty modules calls the next one twice, a million times in all, if it called it."""
    texts = [SYM + SWITCH]
    for number in range(1, 21):
        for name in ("one", "two"):
            source = f"{'.' if number == 1 else '..'}/m{number}"
            texts.append(f'module "{name}" {{\n  {repeated}\n  source = "{source}"\n}}\n')
        texts.append(f"--- m{number}/main.tf\n{SYM}{SWITCH}")
    texts.append('resource "sym_runtime" "main" {\n  nom = "main"\n}\n')
    found = SymConfiguration(configuration(tmp_path, "".join(texts)), load_catalogue())
    assert len(list(modules_as_written(found))) == 21
    assert {"SYM121", "SYM122"} <= codes(lint(tmp_path))
