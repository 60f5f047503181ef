"""Commands on real files, in this process: graph, test, repairs, and what ``--watch`` sees."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from symlint.cli.watch import is_watched, snapshot, wait_for_change
from symlint.report.formats import FORMATS

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


def test_chains_show_how_access_is_granted(symlint: Run, copy: Path) -> None:
    result = symlint("graph", "--chains", "--format", "json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert [(it["address"], it["part"], it["part_type"]) for it in document["nodes"]] == [
        ("module.iam_connector", "connector", "iam-connector"),
        ("module.runtime_connector", "runtime", "runtime-connector"),
        ("sym_flow.iam", "flow", None),
        ("sym_integration.iam", "integration", "permission_context"),
        ("sym_strategy.iam", "strategy", "aws_iam"),
        ("sym_target.billing", "target", "aws_iam_group"),
        ("sym_target.log_reader", "target", "aws_iam_group"),
    ]
    assert [(it["source"], it["attribute"], it["target"]) for it in document["edges"]] == [
        ("module.iam_connector", "runtime_role_arns", "module.runtime_connector"),
        ("sym_flow.iam", "strategy_id", "sym_strategy.iam"),
        ("sym_integration.iam", "external_id", "module.iam_connector"),
        ("sym_strategy.iam", "integration_id", "sym_integration.iam"),
        ("sym_strategy.iam", "targets", "sym_target.billing"),
        ("sym_strategy.iam", "targets", "sym_target.log_reader"),
    ]


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("dot", '"sym_strategy.iam" [label = "sym_strategy.iam\\nstrategy aws_iam", '),
        ("mermaid", '["sym_strategy.iam<br>strategy aws_iam"]'),
    ],
)
def test_chains_have_types(symlint: Run, copy: Path, format_: str, text: str) -> None:
    shown = symlint("graph", "--chains", "--format", format_).stdout
    assert text in shown
    assert "sym_environment" not in shown
    assert "sym_integration.slack" not in shown


def test_chains_around_one_thing(symlint: Run, copy: Path) -> None:
    shown = symlint("graph", "--chains", "--around", "aws_iam_group.billing").stdout
    assert '"sym_target.billing"' in shown
    assert '"sym_target.log_reader"' not in shown


@pytest.mark.parametrize("missing", ["", "  environment_id = sym_environment.main.id\n"])
def test_chains_follow_values_and_not_everything_in_a_local(
    symlint: Run, copy: Path, missing: str
) -> None:
    flow = Path("flow.tf").read_text(encoding="utf-8").replace(missing, "")
    other = 'resource "sym_strategy" "other" {\n  type = "okta"\n  name = "other"\n}\n'
    both = "locals {\n  ids = { a = sym_strategy.iam.id, b = sym_strategy.other.id }\n}\n"
    flow = flow.replace("strategy_id = sym_strategy.iam.id", 'strategy_id = local.ids["a"]')
    Path("flow.tf").write_text(flow + other + both, encoding="utf-8")
    shown = symlint("graph", "--chains").stdout
    assert '"sym_flow.iam" -> "sym_strategy.iam" [label = "strategy_id"];' in shown
    assert '"sym_flow.iam" -> "sym_strategy.other"' not in shown
    assert "strategy okta" in shown


def test_chains_where_a_value_is_not_known(symlint: Run, copy: Path) -> None:
    flow = Path("flow.tf").read_text(encoding="utf-8")
    flow = flow.replace(
        "strategy_id = sym_strategy.iam.id", "strategy_id = { a = sym_strategy.iam.id }[var.which]"
    )
    Path("flow.tf").write_text(flow + 'variable "which" {}\n', encoding="utf-8")
    assert '"sym_flow.iam" -> "sym_strategy.iam"' in symlint("graph", "--chains").stdout


def test_svg_is_drawn_by_graphviz(
    symlint: Run, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("bin").mkdir()
    Path("bin/dot").write_text(
        '#!/bin/sh\nread -r line; echo "<svg>$line</svg>"\n', encoding="utf-8"
    )
    Path("bin/dot").chmod(0o755)
    monkeypatch.setenv("PATH", str(Path("bin").resolve()))
    result = symlint("graph", "--format", "svg")
    assert (result.exit_code, result.stdout) == (0, "<svg>digraph references {</svg>\n")


def test_svg_without_graphviz(symlint: Run, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(copy))
    result = symlint("graph", "--chains", "--format", "svg")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--format svg needs Graphviz, and there is no program dot on PATH." in result.stderr


def test_graph_needs_one_root_module(symlint: Run, copy: Path) -> None:
    assert symlint("graph", str(FIXTURES)).exit_code == 2
    assert symlint("graph", "missing").exit_code == 2
    assert symlint("graph", "--around", "sym_flow.nowhere").exit_code == 2


def test_own_rules(symlint: Run) -> None:
    Path("rules").mkdir()
    rule = Path("rules/own.py")
    rule.write_text(OWN_RULE.format(good="# no flow"), encoding="utf-8")
    result = symlint("test", "rules")
    assert (result.exit_code, result.stdout) == (0, "1 rule: all examples passed.\n")
    rule.write_text(OWN_RULE.format(good='resource "sym_flow" "y" {}'), encoding="utf-8")
    result = symlint("test", "rules")
    assert result.exit_code == 1
    assert result.stdout.startswith("OWN001: good example: expected no findings, got")


def test_rule_that_crashes_fails_its_own_examples_alone(symlint: Run) -> None:
    Path("rules").mkdir()
    text = OWN_RULE.format(good="# no flow")
    Path("rules/own.py").write_text(text, encoding="utf-8")
    broken = (
        text.replace("OWN001", "OWN002")
        .replace("no-flows", "broken")
        .replace("for flow in configuration.flows:", "for flow in [1 / 0]:")
    )
    Path("rules/broken.py").write_text(broken, encoding="utf-8")
    result = symlint("test", "rules")
    assert result.exit_code == 1
    assert "OWN002: bad example: the rule finds nothing in it" in result.stdout
    assert "rule OWN002 (broken) crashed: ZeroDivisionError" in result.stdout
    assert "OWN001" not in result.stdout.replace("OWN001 no-flows", "")


def test_folder_without_rules(symlint: Run) -> None:
    Path("rules").mkdir()
    assert symlint("test", "rules").exit_code == 2
    assert symlint("test", "missing").exit_code == 2


def test_diff_and_fix(symlint: Run, copy: Path) -> None:
    flow = copy / "flow.tf"
    right = flow.read_text(encoding="utf-8")
    flow.write_text(right.replace('"aws_iam"', '"okta"'), encoding="utf-8")
    result = symlint("--select", "SYM201", "--diff", "--fix=all")
    assert result.exit_code == 1
    assert '+  type           = "aws_iam"\n' in result.stdout
    assert symlint("--select", "SYM201", "--fix", ".").exit_code == 1
    result = symlint("--select", "SYM201", "--fix=all", ".")
    assert result.exit_code == 0
    assert result.stderr.startswith("Fixed 1 finding:\n  flow.tf:")
    assert 'SYM201 write "aws_iam"\n' in result.stderr
    assert flow.read_text(encoding="utf-8") == right


def test_diff_in_a_log_is_harmless(
    symlint: Run, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    flow = copy / "flow.tf"
    text = flow.read_text(encoding="utf-8").replace('"aws_iam"', '"okta" # \x1b[31m ##[x]')
    flow.write_text(text, encoding="utf-8")
    out = symlint("--select", "SYM201", "--diff", "--fix=all").stdout
    assert "\x1b" not in out
    assert "\\x1b[31m \\x23#[x]" in out


def test_watch_sees_what_terraform_reads(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.tf").write_text("", encoding="utf-8")
    (tmp_path / "main.tf").write_text("a = 1", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    before = snapshot((str(tmp_path),))
    assert set(before) == {str(tmp_path / "main.tf")}
    (tmp_path / "main.tf").write_text("a = 12", encoding="utf-8")
    wait_for_change((str(tmp_path),), before)
    (tmp_path / "main.tf").unlink()
    assert snapshot((str(tmp_path),)) == {}


@pytest.mark.parametrize(
    ("name", "watched"),
    [
        ("main.tf", True),
        ("live/impl.py", True),
        ("notes.txt", False),
        (".git/x.tf", False),
        ("node_modules/x/package.json", False),
    ],
)
def test_what_watchfiles_says_is_sorted_out_alike(name: str, watched: bool) -> None:
    assert is_watched(f"/.home/repository/{name}", ("/.home/repository",)) is watched


HOOK = """

@hook
def on_approve(event):
    if event.user:
        ApprovalTemplate.ignore(message="No.")
"""
SENTENCE = "Skipped 1 file of Python that no implementation names."


@pytest.mark.no_cover
def test_a_file_of_python_is_linted_through_the_flows_that_read_it(
    symlint: Run, copy: Path
) -> None:
    implementation = copy / "impl.py"
    imports = (
        "from sym.sdk.annotations import hook\nfrom sym.sdk.templates import ApprovalTemplate\n"
    )
    before = imports + implementation.read_text(encoding="utf-8") + HOOK
    implementation.write_text(before, encoding="utf-8")
    result = symlint("impl.py", "--select", "SYM615")
    assert result.exit_code == 1
    assert "--> impl.py:" in result.stdout
    assert "and 1 Python file: " in result.stdout
    assert "+        return ApprovalTemplate.ignore" in symlint("impl.py", "--diff").stdout
    text = symlint("-", "--stdin-filename", "impl.py", standard_input=imports.encode()).stdout
    assert "SYM615" not in text
    assert "and 1 Python file: " in text
    assert symlint("impl.py", "--fix", "--select", "SYM615").exit_code == 0
    after = before.replace("        Approval", "        return Approval")
    assert implementation.read_text(encoding="utf-8") == after


def test_python_that_no_implementation_names_is_told_so(symlint: Run, copy: Path) -> None:
    (copy / "tool.py").write_text("x = undefined\n", encoding="utf-8")
    result = symlint("tool.py")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "No problems found" in result.stdout
    assert SENTENCE in " ".join(result.stdout.split())
    (copy / "elsewhere").mkdir()
    (copy / "elsewhere/impl.py").write_text("x = undefined\n", encoding="utf-8")
    result = symlint("elsewhere/impl.py")
    assert result.exit_code == 0
    assert SENTENCE in " ".join(result.stdout.split())


def test_every_format_has_findings_in_python(symlint: Run, copy: Path) -> None:
    implementation = copy / "impl.py"
    text = implementation.read_text(encoding="utf-8") + "\nundefined\n"
    implementation.write_text(text, encoding="utf-8")
    for name in FORMATS:
        result = symlint("--format", name, "--select", "SYM613")
        assert result.exit_code == 1, name
        assert "impl.py" in result.stdout, name
        assert "undefined" in result.stdout, name


def test_page_of_standard_input_that_is_no_terraform(symlint: Run, tmp_path: Path) -> None:
    result = symlint(
        "-f", "html", "-", "--stdin-filename", "nowhere/notes.txt", standard_input=b"hello\n"
    )
    assert result.exit_code == 3
    assert result.stdout.endswith("</html>\n")
    assert "its files have vanished" in result.stdout
    assert result.stderr == ""
