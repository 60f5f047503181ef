"""A green run means that it looked: one that could look at nothing says so, and fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.configurations import write_files

from symlint import lint
from symlint.lint.errors import ConfigError, UsageError

RUNTIME = 'resource "sym_runtime" "main" {\n  name = "main"\n}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, f"--- prod/main.tf\n{RUNTIME}--- dev/main.tf\n{RUNTIME}")
    return tmp_path


@pytest.mark.parametrize(
    "rules", [{"select": "SYM201", "ignore": "SYM201"}, {"ignore": "all"}, {"select": ()}]
)
def test_no_rule_is_left(folder: Path, rules: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="no rule"):
        lint(folder, **rules)  # type: ignore[arg-type]  # any of the options


def test_rule_that_always_runs_may_be_alone(folder: Path) -> None:
    assert lint(folder, select="SYM001").exit_status == 0


def test_file_that_selects_nothing_says_in_which_line(folder: Path) -> None:
    (folder / "symlint.toml").write_text("\nselect = []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"symlint\.toml:2: select and ignore leave no rule"):
        lint(folder)
    assert lint(folder, select="SYM2").exit_status == 0


def test_everything_is_excluded(folder: Path) -> None:
    report = lint(folder, exclude="*.tf")
    assert [it.message for it in report.failures] == [
        "every file here that concerns Sym is excluded"
    ]
    assert report.exit_status == 3
    assert lint(folder, exclude="prod").exit_status == 0
    assert lint(folder, exclude="*.tf", allow_empty=True).exit_status == 0
    assert lint(folder / "prod" / "main.tf", exclude="*.tf").exit_status == 0, "as pre-commit does"


def test_variable_files_that_no_root_has(folder: Path) -> None:
    text = 'variable-files = ["prod.tfvars", "other.tfvars"]\n'
    (folder / "symlint.toml").write_text(text, encoding="utf-8")
    (folder / "prod" / "prod.tfvars").write_text("", encoding="utf-8")
    report = lint(folder)
    assert [(Path(it.path).name, it.message) for it in report.failures] == [
        ("symlint.toml", "variable-files names other.tfvars, which no root module has")
    ]
    assert report.exit_status == 3
    assert lint(folder / "dev").exit_status == 0, "it may be for another root"
    assert lint(folder, variable_files="prod/prod.tfvars").exit_status == 0


def test_folder_without_terraform(tmp_path: Path) -> None:
    assert lint(tmp_path).exit_status == 3
    assert lint(tmp_path, allow_empty=True).exit_status == 0


@pytest.mark.parametrize("name", ["prod.tfvars", "README.md"])
def test_file_without_terraform_beside_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("", encoding="utf-8")
    assert [it.message for it in lint(path).failures] == ["there are no Terraform files beside it"]
    assert lint(path, allow_empty=True).exit_status == 0, "as pre-commit does"


def test_a_file_that_is_not_looked_at_is_said(folder: Path) -> None:
    path = folder / "prod" / "README.md"
    path.write_text("", encoding="utf-8")
    (folder / "prod" / "prod.tfvars").write_text("", encoding="utf-8")
    assert lint(path).counts.skipped_files == (("other", 1),)
    assert lint(folder / "prod" / "prod.tfvars").counts.skipped_files == ()


def test_configuration_file_stands_for_what_it_is_for(folder: Path) -> None:
    (folder / "prod" / "symlint.toml").write_text("ignore = []\n", encoding="utf-8")
    assert lint(folder / "prod" / "symlint.toml").counts.files == 1
