"""Which of several places a finding names: the one where the author chose the wrong thing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.checking import findings

from symlint.lint.registry import load_rules

if TYPE_CHECKING:
    from symlint.lint.finding import Finding

FIXTURES = Path(__file__).parents[1] / "fixtures"
RULES = tuple(load_rules())


def changed(directory: Path, fixture: str, *edits: tuple[str, str, str]) -> list[Finding]:
    """What all rules find in a copy of a fixture, after replacements in its files."""
    root = directory / "root"
    shutil.copytree(FIXTURES / fixture, root)
    for name, old, new in edits:
        text = (root / name).read_text(encoding="utf-8") if (root / name).exists() else ""
        assert old in text
        (root / name).write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    leaf = root / "environments" / "prod"
    return findings(leaf if leaf.is_dir() else root, RULES)


def places(found: list[Finding]) -> set[tuple[str, str, str]]:
    return {(it.code, it.range.path.rpartition("/root/")[2], it.range.text) for it in found}


FLOW = "modules/iam-flow/main.tf"
RUNTIME = "modules/sym-runtime/main.tf"


def test_an_attribute_that_is_taken_of_a_whole_resource_far_away(tmp_path: Path) -> None:
    found = changed(tmp_path, "quickstart", (FLOW, "sym_environment.id", "sym_environment.name"))
    assert places(found) == {("SYM112", FLOW, "var.sym_environment.name")}


def test_a_whole_resource_of_the_wrong_kind_that_is_passed_on(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        "quickstart",
        (RUNTIME, "value = sym_environment.this", "value = sym_runtime.this"),
    )
    assert places(found) == {("SYM112", RUNTIME, "sym_runtime.this")}


def test_one_arn_that_is_taken_of_an_object(tmp_path: Path) -> None:
    edit = (FLOW, "[var.runtime_settings.role_arn]", "var.runtime_settings.role_arn")
    found = changed(tmp_path, "quickstart", edit)
    assert places(found) == {("SYM303", FLOW, "var.runtime_settings.role_arn")}
    (finding,) = found
    assert finding.fix is not None
    assert finding.fix.edits[0].replacement == "[var.runtime_settings.role_arn]"


def test_a_tag_that_a_module_forgets_is_not_its_callers(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        "quickstart",
        (RUNTIME, 'merge({ "SymEnv" = var.runtime_name }, var.tags)', "var.tags"),
        (
            "environments/prod/main.tf",
            "slack_workspace_id = var",
            'tags = { a = "b" }\n  slack_workspace_id = var',
        ),
        (
            RUNTIME,
            'output "environment"',
            """
resource "sym_secret" "shared" {
  source_id = sym_secrets.this.id
  path      = aws_secretsmanager_secret.shared.name
}

output "environment\"""",
        ),
    )
    assert ("SYM507", RUNTIME, "var.tags") in places(found)


def test_a_connector_of_a_flow_whose_context_has_lost_its_settings(tmp_path: Path) -> None:
    edit = (FLOW, "  settings    = module.iam_connector.settings\n", "")
    found = changed(tmp_path, "quickstart", edit)
    assert {it.code for it in found} == {"SYM311"}


ARN = "arn = module.database_function.lambda_function_arn"
SECOND = f'label = "Read and write"\n\n  settings = {{\n    {ARN}'


def test_one_target_with_the_function_of_another_connector(tmp_path: Path) -> None:
    edit = ("database.tf", SECOND, SECOND.replace("database", "notify"))
    found = changed(tmp_path, "lambda", edit)
    assert places(found) == {
        ("SYM214", "database.tf", "module.notify_function.lambda_function_arn")
    }


def test_a_strategy_that_works_through_another_connector(tmp_path: Path) -> None:
    edit = ("database.tf", "sym_integration.database.id", "sym_integration.notify.id")
    found = changed(tmp_path, "lambda", edit)
    assert [it.attribute for it in found if it.code == "SYM214"] == ["integration_id"]
    assert ("SYM214", "database.tf", "sym_integration.notify.id") in places(found)


@pytest.mark.parametrize("fallback", ["null", '""'])
def test_an_id_that_falls_back_to_nothing(tmp_path: Path, fallback: str) -> None:
    runtime, context = "module.runtime_connector.sym_runtime.id", "sym_integration.iam.id"
    found = changed(
        tmp_path,
        "aws_iam",
        ("environment.tf", runtime, f"try({runtime}, {fallback})"),
        ("flow.tf", context, f"var.granted ? {context} : {fallback}"),
        ("variables.tf", "", 'variable "granted" {\n  type = bool\n}\n'),
    )
    assert found == []


def test_an_id_that_is_nothing_either_way(tmp_path: Path) -> None:
    edit = ("flow.tf", "sym_integration.iam.id", 'var.granted ? null : ""')
    declared = ("variables.tf", "", 'variable "granted" {\n  type = bool\n}\n')
    assert "SYM203" in {it.code for it in changed(tmp_path, "aws_iam", edit, declared)}


def test_another_part_of_an_object(tmp_path: Path) -> None:
    declared = 'variable "shared" {\n  default = {\n    path = "main/okta"\n  }\n}\n'
    found = changed(
        tmp_path,
        "okta",
        ("main.tf", "source_id = sym_secrets.this.id", "source_id = var.shared.path"),
        ("variables.tf", "", declared),
    )
    assert ("SYM112", "main.tf", "var.shared.path") in places(found)


def test_whole_targets_that_a_for_passes_on(tmp_path: Path) -> None:
    targets = "[for target in sym_target.groups : target.id]"
    edit = ("main.tf", targets, targets.replace(".id", ""))
    (finding,) = changed(tmp_path, "okta", edit)
    assert (finding.code, finding.range.text.partition(" ")[0]) == ("SYM201", "[for")


@pytest.mark.parametrize("path", ["sym/", "/sym", "", "//"])
def test_a_path_of_groups_that_the_module_refuses(tmp_path: Path, path: str) -> None:
    edit = ("environments/prod/terraform.tfvars", "/sym/", path)
    found = changed(tmp_path, "quickstart", edit)
    assert places(found) == {("SYM213", "environments/prod/terraform.tfvars", f'"{path}"')}


@pytest.mark.parametrize("path", ["/", "/sym/", "/sym/*/", "/a/b/"])
def test_paths_of_groups_that_the_module_accepts(tmp_path: Path, path: str) -> None:
    edit = ("environments/prod/terraform.tfvars", "/sym/", path)
    assert changed(tmp_path, "quickstart", edit) == []
