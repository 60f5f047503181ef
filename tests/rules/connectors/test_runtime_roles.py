"""SYM303: what a connector trusts, where it is written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.connector_blocks import V2_ROLE, connector, found, lines_found, marked_lines, runtime
from support.transcript import compare_transcript, transcripts

from symlint.rules.connectors.environment import ConnectorEnvironment
from symlint.rules.connectors.runtime_role_arns import RuntimeRoleArns

if TYPE_CHECKING:
    from pathlib import Path

ARN = "arn:aws:iam::111122223333:role/{}"
RIGHT = f'"{ARN.format("sym/SymRuntimeMain")}"'
WRONG = {
    "empty": ("[]", "runtime_role_arns is empty: the IAM connector trusts no role"),
    "null": ("null", "runtime_role_arns is null: the IAM connector trusts no role"),
    "a null": (
        "[null]",
        "runtime_role_arns is a list that contains null: the IAM connector trusts no role",
    ),
    "a wildcard": (
        f'["{ARN.format("sym/*")}"]',
        f'runtime_role_arns contains a wildcard: "{ARN.format("sym/*")}"',
    ),
    "the connector itself": (
        f'["{ARN.format("sym/SymIAMMain")}"]',
        "runtime_role_arns contains the ARN of the connector's own role",
    ),
    "another connector": (
        f'["{ARN.format("sym/SymSSOMain")}"]',
        "runtime_role_arns contains the ARN of the role of another SSO connector",
    ),
    "no path": (
        f'["{ARN.format("SymRuntimeMain")}"]',
        f'runtime_role_arns contains "{ARN.format("SymRuntimeMain")}", '
        'but the role is "role/sym/SymRuntimeMain"',
    ),
}
OTHERS = runtime() + connector("sso")


@pytest.mark.parametrize("name", WRONG)
def test_what_is_written_out(tmp_path: Path, name: str) -> None:
    value, title = WRONG[name]
    text = OTHERS + connector("iam", runtime_role_arns=value)
    (finding,) = found(tmp_path, text, RuntimeRoleArns)
    assert finding.title == title
    assert finding.severity == ("warning" if name == "no path" else "error")
    assert found(tmp_path, text, ConnectorEnvironment) == []
    right = OTHERS + connector("iam")
    assert found(tmp_path, right, RuntimeRoleArns) == []


@pytest.mark.parametrize("name", WRONG)
def test_through_a_local_and_a_module(tmp_path: Path, name: str) -> None:
    value = WRONG[name][0]
    inner = connector("iam", runtime_role_arns="var.roles")
    inner = 'variable "roles" {\n  type = list(string)\n}\n' + inner
    call = 'module "inner" {\n  source = "./inner"\n  roles  = local.roles\n}\n'
    for written in (value, f"[{RIGHT}]"):
        files = {
            "main.tf": OTHERS + call,
            "locals.tf": f"locals {{\n  roles = {written} # here\n}}\n",
            "inner/main.tf": inner,
        }
        where = lines_found(tmp_path, files, RuntimeRoleArns)
        assert where == (marked_lines(files) if written == value else [])


def test_through_a_variable_file(tmp_path: Path) -> None:
    files = {
        "main.tf": OTHERS
        + 'variable "role" {}\n'
        + connector("iam", runtime_role_arns="[var.role]"),
        "terraform.tfvars": f'role = "{ARN.format("sym/*")}" # here\n',
    }
    assert lines_found(tmp_path, files, RuntimeRoleArns) == marked_lines(files)


SILENT = {
    "a reference": f"[{V2_ROLE}]",
    "an ARN": f"[{RIGHT}]",
    "a role made elsewhere": f'["{ARN.format("service/other")}"]',
    "a placeholder for the account": '["arn:aws:iam::123:role/sym/SymRuntimeProd"]',
    "a resource": "[aws_iam_role.runtime.arn]",
    "not known": "var.roles",
    "one that is not known": "[var.roles]",
}


@pytest.mark.parametrize("name", SILENT)
def test_right_forms(tmp_path: Path, name: str) -> None:
    text = OTHERS + connector("iam", runtime_role_arns=SILENT[name])
    text += 'variable "roles" {}\nresource "aws_iam_role" "runtime" {\n  name = "r"\n}\n'
    assert found(tmp_path, text, RuntimeRoleArns) == []


def test_the_runtime_of_the_configuration_is_proposed(tmp_path: Path) -> None:
    text = runtime() + connector("iam", runtime_role_arns="[]")
    (finding,) = found(tmp_path, text, RuntimeRoleArns)
    assert finding.help == f"write runtime_role_arns = [{V2_ROLE}]"


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    cases = {name: it[0] for name, it in WRONG.items()} | SILENT
    texts = {
        name: OTHERS + connector("iam", runtime_role_arns=it) + 'variable "roles" {}\n'
        for name, it in cases.items()
    }
    compare_transcript(__file__, transcripts(tmp_path, texts, RuntimeRoleArns))
