"""The upgrade guides of the provider as fixes: a configuration of version 1 becomes one of version 3."""

import subprocess
from pathlib import Path
from shutil import which

import pytest
from support.writing import base

from symlint.lint.run.engine import Options, lint
from symlint.lint.run.repair.fixes import plan_fixes
from symlint.lint.run.repair.repairing import fix

VERSIONS = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
"""
BEFORE = """\
resource "sym_flow" "this" {
  name     = "access"
  template = "sym:template:approval:1.0.0"

  implementation = "${path.module}/impl.py"
  environment_id = sym_environment.this.id

  params = {
    # who approves
    strategy_id  = sym_strategy.this.id
    allow_revoke = "false" # not yet

    prompt_fields_json = jsonencode([
      {
        name : "reason"
        "type" : "string", required = true
      },
      # how long
      { name = "duration", type = "duration", allowed_values = ["30m", "1h"] },
      {
        name           = "kind"
        type           = "list"
        allowed_values = [
          "a",
          "b",
        ]
      },
    ])
    allowed_sources_json = jsonencode(["slack"])
  }
}
"""
AFTER = """\
resource "sym_flow" "this" {
  name = "access"

  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.this.id

  params {
    # who approves
    strategy_id  = sym_strategy.this.id
    allow_revoke = false # not yet

    prompt_field {
      name     = "reason"
      type     = "string"
      required = true
    }

    # how long
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30m", "1h"]
    }

    prompt_field {
      name = "kind"
      type = "string"
      allowed_values = [
        "a",
        "b",
      ]
    }
    allowed_sources = ["slack"]
  }
}
"""
REST = """
resource "sym_environment" "this" {
  name = "main"
}

resource "sym_strategy" "this" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"]
}
"""


def write(folder: Path, flow: str) -> None:
    (folder / "flow.tf").write_text(flow, encoding="utf-8")
    (folder / "rest.tf").write_text(REST, encoding="utf-8")
    (folder / "versions.tf").write_text(VERSIONS, encoding="utf-8")
    (folder / "impl.py").write_text(base("iam")["impl.py"], encoding="utf-8")


def test_a_flow_of_version_1_becomes_one_of_version_3(tmp_path: Path) -> None:
    write(tmp_path, BEFORE)
    result = fix(lambda texts: lint([str(tmp_path)], Options(isolated=True, overlays=texts)), "all")
    assert result.stable
    assert [
        finding.title for finding in result.report.findings if finding.severity == "error"
    ] == []
    fixed = (tmp_path / "flow.tf").read_text(encoding="utf-8")
    assert fixed.replace('name     = "access"', 'name = "access"') == AFTER


def test_the_rewrites_wait_for_fix_all(tmp_path: Path) -> None:
    write(tmp_path, BEFORE)
    report = lint([str(tmp_path)], Options(isolated=True))
    safe = plan_fixes(report.findings)
    assert [finding.code for finding in safe.applied] == ["SYM128"]


@pytest.mark.terraform
@pytest.mark.skipif(which("terraform") is None, reason="needs terraform")
def test_the_result_is_formatted_but_for_the_first_group(tmp_path: Path) -> None:
    (tmp_path / "flow.tf").write_text(AFTER, encoding="utf-8")
    done = subprocess.run(["terraform", "fmt", "-check", str(tmp_path)], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    "fields",
    [
        "prompt_fields_json = jsonencode(local.fields)",
        'prompt_fields_json = "[]"',
        'prompt_fields_json = jsonencode([merge({ name = "a" }, { type = "string" })])',
        "(local.key) = 1",
    ],
)
def test_what_is_not_written_out_is_left_to_its_author(tmp_path: Path, fields: str) -> None:
    flow = BEFORE[: BEFORE.index("    # who")] + f"    {fields}\n  }}\n}}\n"
    write(tmp_path, flow)
    report = lint([str(tmp_path)], Options(isolated=True, select=("SYM123",)))
    assert [(finding.code, finding.fix) for finding in report.findings] == [("SYM123", None)]


def test_a_line_that_is_shared_is_not_deleted(tmp_path: Path) -> None:
    flow = BEFORE.replace('1.0.0"', '1.0.0" # the only one')
    write(tmp_path, flow)
    report = lint([str(tmp_path)], Options(isolated=True, select=("SYM125",)))
    template = [finding for finding in report.findings if "template" in finding.title]
    assert [finding.fix for finding in template] == [None]
