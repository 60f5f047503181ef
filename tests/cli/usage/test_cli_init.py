"""``symlint init``: new files are written, those that are there are left as they are."""

import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

HOOKS = "repos:\n- repo: https://example.com/other\n  rev: v1\n  hooks:\n  - id: other\n"


@pytest.fixture(autouse=True)
def repository(in_folder: None) -> None:
    Path(".git").mkdir()
    Path("live").mkdir()
    Path("live/main.tf").write_text('resource "sym_runtime" "a" {\n  name = "a"\n}\n', "utf-8")


def test_new_files(symlint: Run) -> None:
    for name in ("prod.tfvars", "terraform.tfvars", "x.auto.tfvars"):
        Path("live", name).write_text("", "utf-8")
    Path(".github").mkdir()
    result = symlint("init")
    assert result.exit_code == 0
    settings = tomllib.loads(Path("symlint.toml").read_text("utf-8"))
    assert settings == {"variable-files": ["prod.tfvars"]}
    assert "    - id: symlint\n" in Path(".pre-commit-config.yaml").read_text("utf-8")
    workflow = Path(".github/workflows/symlint.yml").read_text("utf-8")
    assert "contents: read" in workflow
    for name in ("symlint.toml", ".pre-commit-config.yaml", ".github/workflows/symlint.yml"):
        assert f"+++ b/{name}\n" in result.stdout
        assert f"Wrote {name}.\n" in result.stderr
    assert "rev: COMMIT\n" in Path(".pre-commit-config.yaml").read_text("utf-8")
    assert result.stderr.endswith(
        "Where COMMIT stands, put the hash of a commit of https://git.example.com/symlint.\n"
        "Then run pre-commit install, once in each clone.\n"
    )
    assert symlint().exit_code == 0
    again = symlint("init")
    assert (again.stdout, again.stderr) == (
        "",
        "symlint is in use here already; nothing to write.\n",
    )


def test_files_that_are_there(symlint: Run) -> None:
    Path(".pre-commit-config.yaml").write_text(HOOKS, "utf-8")
    Path(".gitlab-ci.yml").write_text("stages: [test]\n", "utf-8")
    result = symlint("init")
    assert Path(".pre-commit-config.yaml").read_text("utf-8") == HOOKS
    assert Path(".gitlab-ci.yml").read_text("utf-8") == "stages: [test]\n"
    assert "+- repo: " in result.stdout
    assert ".pre-commit-config.yaml is there: add this to it by hand.\n" in result.stderr
    assert not Path(".github").exists()


def test_diff_writes_nothing_and_can_be_applied(symlint: Run) -> None:
    Path(".pre-commit-config.yaml").write_text(HOOKS, "utf-8")
    result = symlint("init", "--diff")
    assert not Path("symlint.toml").exists()
    patch = shutil.which("patch")
    if patch is None:
        pytest.skip("needs patch")
    subprocess.run([patch, "-p1"], input=result.stdout, encoding="utf-8", check=True)
    assert Path("symlint.toml").exists()
    assert Path(".pre-commit-config.yaml").read_text("utf-8").startswith(HOOKS + "- repo: ")


def test_configuration_elsewhere_is_kept(symlint: Run) -> None:
    Path("pyproject.toml").write_text("[tool.symlint]\nignore = []\n", "utf-8")
    symlint("init")
    assert not Path("symlint.toml").exists()


def test_link_out_of_the_repository_is_not_written_to(
    symlint: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    Path(".github").symlink_to(outside)
    symlint("init")
    assert not list(outside.iterdir())


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", ".gitlab-ci.yml"])
def test_what_a_link_leads_to_outside_of_the_repository_is_not_shown(
    symlint: Run, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "passwd"
    outside.write_text("something private\n", "utf-8")
    Path(name).symlink_to(outside)
    result = symlint("init", "--diff")
    assert result.exit_code == 0
    assert "private" not in result.output
    assert f"b/{name}" not in result.stdout
    assert "b/symlint.toml" in result.stdout
