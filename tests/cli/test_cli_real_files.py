"""Commands on real files, in this process: graph, test, repairs, and what ``--watch`` sees."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from symlint.cli.watch import snapshot, wait_for_change

Run = Callable[..., Result]
FIXTURES = Path(__file__).parent.parent / "fixtures"

OWN_RULE = '''\
from symlint.lint.rule import Rule


class NoFlows(Rule):
    """There is no flow."""

    code = "OWN001"
    name = "no-flows"
    severity = "warning"
    bad = 'resource "sym_flow" "x" {{}}'
    good = {good!r}

    def check(self, configuration):
        for flow in configuration.flows:
            yield self.finding("there is a flow", flow.header)
'''


@pytest.fixture
def copy() -> Path:
    """The current folder, with a configuration in it."""
    shutil.copytree(FIXTURES / "aws_iam", ".", dirs_exist_ok=True)
    return Path.cwd()


@pytest.mark.parametrize(
    ("format_", "start"), [("dot", "digraph"), ("mermaid", "flowchart LR"), ("json", "{")]
)
def test_graph_formats(symlint: Run, copy: Path, format_: str, start: str) -> None:
    result = symlint("graph", "--format", format_)
    assert result.exit_code == 0
    assert result.stdout.startswith(start)
    assert "sym_strategy.iam" in result.stdout


def test_graph_paths_are_relative(symlint: Run, copy: Path) -> None:
    nodes = json.loads(symlint("graph", "-f", "json", "--around", "sym_flow.iam").stdout)["nodes"]
    assert {"flow.tf"} <= {node["file"] for node in nodes}
    assert all(not os.path.isabs(node["file"]) for node in nodes)  # noqa: PTH117 - a string


def test_graph_needs_one_root_module(symlint: Run, copy: Path) -> None:
    assert symlint("graph", str(FIXTURES)).exit_code == 2
    assert symlint("graph", "missing").exit_code == 2
    assert symlint("graph", "--around", "sym_flow.nowhere").exit_code == 2


def test_own_rules(symlint: Run) -> None:
    Path("rules").mkdir()
    rule = Path("rules/own.py")
    rule.write_text(OWN_RULE.format(good="# no flow"))
    result = symlint("test", "rules")
    assert (result.exit_code, result.stdout) == (0, "1 rule: all examples hold.\n")
    rule.write_text(OWN_RULE.format(good='resource "sym_flow" "y" {}'))
    result = symlint("test", "rules")
    assert result.exit_code == 1
    assert result.stdout.startswith("OWN001: good example: expected silence, got")


def test_folder_without_rules(symlint: Run) -> None:
    Path("rules").mkdir()
    assert symlint("test", "rules").exit_code == 2
    assert symlint("test", "missing").exit_code == 2


def test_diff_and_fix(symlint: Run, copy: Path) -> None:
    flow = copy / "flow.tf"
    right = flow.read_text()
    flow.write_text(right.replace('"aws_iam"', '"okta"'))
    result = symlint("--select", "SYM201", "--diff", "--fix=all")
    assert result.exit_code == 1
    assert '+  type           = "aws_iam"\n' in result.stdout
    assert symlint("--select", "SYM201", "--fix", ".").exit_code == 1
    result = symlint("--select", "SYM201", "--fix=all", ".")
    assert (result.exit_code, result.stderr) == (0, "Fixed 1 finding.\n")
    assert flow.read_text() == right


def test_diff_in_a_log_is_harmless(
    symlint: Run, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    flow = copy / "flow.tf"
    text = flow.read_text().replace('"aws_iam"', '"okta" # \x1b[31m ##[x]')
    flow.write_text(text)
    out = symlint("--select", "SYM201", "--diff", "--fix=all").stdout
    assert "\x1b" not in out
    assert "\\x1b[31m \\x23#[x]" in out


def test_watch_sees_what_terraform_reads(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.tf").write_text("")
    (tmp_path / "main.tf").write_text("a = 1")
    (tmp_path / "notes.txt").write_text("")
    before = snapshot((str(tmp_path),))
    assert set(before) == {str(tmp_path / "main.tf")}
    (tmp_path / "main.tf").write_text("a = 12")
    wait_for_change((str(tmp_path),), before)
    (tmp_path / "main.tf").unlink()
    assert snapshot((str(tmp_path),)) == {}
