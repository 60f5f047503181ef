"""SYM304: what is read of the settings of Sym's modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.connector_blocks import connector, found, lines_found, marked_lines, module, runtime
from support.transcript import compare_transcript, transcripts

from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.rules.connectors.external_id_source import ExternalIdSource
from symlint.rules.connectors.settings_key import SettingsKey

if TYPE_CHECKING:
    from pathlib import Path

MODULES = (
    runtime()
    + connector("iam")
    + connector("sso")
    + connector("lambda", lambda_arns='["arn:aws:lambda:us-east-1:111122223333:function:f"]')
)
OLD = module("runtime-connector", "old", "~> 1.0", environment='"old"')
SSO = "module.sso_connector.settings"
WRONG = {
    "an account of SSO": (f"{SSO}.account_id", "an SSO connector has no account_id"),
    "in brackets": (f'{SSO}["account_id"]', "an SSO connector has no account_id"),
    "an instance of IAM": (
        "module.iam_connector.settings.instance_arn",
        "an IAM connector has no instance_arn",
    ),
    "an instance of Lambda": (
        "module.lambda_connector.settings.instance_arn",
        "a Lambda connector has no instance_arn",
    ),
    "an external id of IAM": (
        "module.iam_connector.settings.external_id",
        "an IAM connector has no external_id",
    ),
    "an instance of a runtime": (
        "module.runtime_connector.sym_integration.settings.instance_arn",
        "a runtime connector has no instance_arn",
    ),
    "an instance of an old runtime": (
        "module.old.settings.instance_arn",
        "a runtime connector has no instance_arn",
    ),
    "in a text": (f'"${{{SSO}.acount}}-x"', "an SSO connector has no acount"),
    "in a call": (f"upper({SSO}.arn)", "an SSO connector has no arn"),
    "in a for": (f"[for key in [1] : {SSO}.arn]", "an SSO connector has no arn"),
    "of a known key": (f'{SSO}[true ? "arn" : "x"]', "an SSO connector has no arn"),
    "of an attribute": (
        "module.runtime_connector.sym_runtime.environment",
        "the sym_runtime of a runtime connector has no environment",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_there(tmp_path: Path, name: str) -> None:
    expression, title = WRONG[name]
    text = MODULES + OLD + f'output "it" {{\n  value = {expression}\n}}\n'
    (finding,) = found(tmp_path, text, SettingsKey)
    assert finding.title.removesuffix(" among its settings") == title
    assert finding.range.line == (MODULES + OLD).count("\n") + 2
    assert finding.severity == "error"


SILENT = (
    f"{SSO}.instance_arn",
    f"try({SSO}.account_id, null)",
    f"can({SSO}.account_id)",
    f'lookup({SSO}, "account_id", "")',
    f"false ? {SSO}.account_id : {SSO}.role_arn",
    f"[for key in [] : {SSO}.account_id]",
    f"{SSO}[var.key]",
    f"var.on ? {SSO}.instance_arn : module.iam_connector.settings.account_id",
    "module.iam_connector.settings.account_id",
    "module.old.settings.external_id",
    "module.old.account_id",
    "module.runtime_connector.sym_integration.settings.external_id",
    "module.runtime_connector.sym_runtime.context_id",
    "module.runtime_connector.sym_runtime_connector_role.anything",
    "module.other.settings.account_id",
)


@pytest.mark.parametrize("expression", SILENT)
def test_what_is_right(tmp_path: Path, expression: str) -> None:
    text = MODULES + OLD + 'variable "key" {}\nvariable "on" {}\n'
    text += 'module "other" {\n  source = "example.com/other/module/aws"\n}\n'
    assert (
        found(tmp_path, text + f'output "it" {{\n  value = {expression}\n}}\n', SettingsKey) == []
    )


def test_through_locals_and_modules(tmp_path: Path) -> None:
    inner = (
        'variable "connector" {}\noutput "it" {\n  value = var.connector.settings.KEY # here\n}\n'
    )
    for key in ("account_id", "instance_arn"):
        files = {
            "main.tf": MODULES
            + "locals {\n  sso = module.sso_connector\n}\n"
            + 'module "inner" {\n  source    = "./inner"\n  connector = local.sso\n}\n',
            "inner/main.tf": inner.replace("KEY", key),
        }
        expected = marked_lines(files) if key == "account_id" else []
        assert lines_found(tmp_path, files, SettingsKey) == expected


def test_for_each_of_the_connectors(tmp_path: Path) -> None:
    files = {
        "main.tf": MODULES
        + """
resource "sym_integration" "contexts" {
  for_each    = { iam = module.iam_connector, sso = module.sso_connector }
  type        = "permission_context"
  name        = each.key
  external_id = "x"
  label       = each.value.settings.instance_arn # here
}
""",
    }
    assert lines_found(tmp_path, files, SettingsKey) == marked_lines(files)


INTEGRATION = """
resource "sym_integration" "context" {{
  type        = "permission_context"
  name        = "context"
  external_id = {}
  settings    = {}
}}
"""


def test_an_external_id_is_said_once(tmp_path: Path) -> None:
    text = MODULES + INTEGRATION.format(f"{SSO}.account_id", SSO)
    assert len(found(tmp_path / "a", text, ExternalIdSource)) == 1
    assert found(tmp_path / "a", text, SettingsKey) == []
    unknown = MODULES + 'variable "s" {}\n' + INTEGRATION.format(f"{SSO}.account_id", "var.s")
    assert found(tmp_path / "b", unknown, ExternalIdSource) == []
    assert len(found(tmp_path / "b", unknown, SettingsKey)) == 1


STEPS = {
    "module.iam_connector.settings.regin": "module.iam_connector.settings.region",
    'module.iam_connector.settings["regin"]': 'module.iam_connector.settings["region"]',
    'module.iam_connector.settings[lower("regin")]': None,
    "local.map.regin": "local.map.region",
    'local.map["regin"]': 'local.map["region"]',
}


@pytest.mark.parametrize("wrong", STEPS)
def test_a_mended_step_keeps_its_form(tmp_path: Path, wrong: str) -> None:
    text = MODULES + 'locals {\n  map = { region = "x" }\n}\n'
    path = tmp_path / "main.tf"
    path.write_text(text + f'output "it" {{\n  value = {wrong}\n}}\n', encoding="utf-8")
    findings = lint([str(tmp_path)], Options(isolated=True)).findings
    (finding,) = [it for it in findings if it.code in ("SYM110", "SYM304")]
    if finding.fix is None:
        assert STEPS[wrong] is None
        return
    (edit,) = finding.fix.edits
    line = edit.range.source.text.splitlines()[edit.range.line - 1]
    assert line.replace(edit.range.text, edit.replacement) == f"  value = {STEPS[wrong]}"


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    cases = [it[0] for it in WRONG.values()] + list(SILENT)
    read = {it: MODULES + OLD + f'output "it" {{\n  value = {it}\n}}\n' for it in cases}
    compare_transcript(__file__, transcripts(tmp_path, read, SettingsKey))
