"""The commands beside ``check``."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import FakeLint
from symlint import __version__
from symlint.cli.commands import COMMANDS
from symlint.cli.group import group
from symlint.lint.registry import load_rules

Run = Callable[..., Result]


def test_version(symlint: Run) -> None:
    assert symlint("--version").stdout == f"symlint {__version__}\n"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_teaches(symlint: Run, option: str) -> None:
    result = symlint(option)
    assert result.exit_code == 0
    for text in ("Examples:", "Exit status:", *COMMANDS):
        assert text in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps(symlint: Run, name: str) -> None:
    result = symlint(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: symlint {name}")


@pytest.mark.parametrize("key", ["SYM101", "sym101", "undeclared-reference"])
def test_explain_by_code_and_name(symlint: Run, key: str) -> None:
    result = symlint("explain", key)
    assert result.exit_code == 0
    assert result.stdout.startswith("# SYM101 undeclared-reference\n")
    assert "## Bad" in result.stdout
    assert "```hcl" in result.stdout


def test_explain_of_what_there_is_not(symlint: Run) -> None:
    result = symlint("explain", "undeclared-referense")
    assert result.exit_code == 2
    assert "did you mean undeclared-reference?" in result.stderr


def test_rules_in_all_formats_have_all_rules(symlint: Run) -> None:
    codes = [rule.code for rule in load_rules()]
    listed = json.loads(symlint("rules", "--format", "json").stdout)
    assert [rule["code"] for rule in listed] == codes
    assert all(rule["summary"] and rule["documentation"] for rule in listed)
    table = symlint("rules").stdout.splitlines()
    assert [line.split()[0] for line in table] == codes
    markdown = symlint("rules", "--format", "markdown").stdout
    assert all(f"[{code}]({code}.md)" in markdown for code in codes)


def test_rules_fit_a_narrow_terminal(symlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (50, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        assert max(map(len, symlint("rules").stdout.splitlines())) <= width


def test_rules_of_a_selector(symlint: Run) -> None:
    lines = symlint("rules", "SYM92", "strategy-target-type").stdout.splitlines()
    assert [line.split()[0] for line in lines][:2] == ["SYM201", "SYM920"]
    assert all(line.startswith(("SYM201 ", "SYM92")) for line in lines)
    group = [line.split()[0] for line in symlint("explain", "SYM92").stdout.splitlines()]
    assert group == ["SYM920", "SYM921", "SYM922", "SYM923", "SYM924"]
    wrong = symlint("rules", "SYM2011")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "did you mean SYM201?" in wrong.stderr


def test_rules_that_do_not_run_are_marked(symlint: Run) -> None:
    Path("symlint.toml").write_text('ignore = ["SYM920"]\n', encoding="utf-8")
    listed = {
        rule["code"]: rule["enabled"] for rule in json.loads(symlint("rules", "-fjson").stdout)
    }
    assert listed["SYM201"]
    assert not listed["SYM920"]
    (line,) = symlint("rules", "SYM920").stdout.splitlines()
    assert line.endswith("(off)")


@pytest.mark.parametrize(("word", "meant"), [("SYM2011", "SYM201"), ("201", "SYM201")])
def test_explain_of_a_code_that_is_nearly_one(symlint: Run, word: str, meant: str) -> None:
    result = symlint("explain", word)
    assert result.exit_code == 2
    assert f"did you mean {meant}?" in result.stderr


def test_config_init_writes_a_file_once(symlint: Run) -> None:
    assert symlint("config", "init").exit_code == 0
    text = Path("symlint.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    assert symlint("config", "init").exit_code == 2
    assert symlint("config", "init", "--force").exit_code == 0


def test_config_show_says_where_values_come_from(symlint: Run) -> None:
    Path("symlint.toml").write_text('fail-on = "error"\n', encoding="utf-8")
    lines = symlint("config", "show").stdout.splitlines()
    assert any(line.split() == ["fail-on", '"error"', "symlint.toml:1"] for line in lines)
    assert any(line.split() == ["preview", "false", "default"] for line in lines)


def test_config_show_takes_the_options_of_check(symlint: Run) -> None:
    Path("symlint.toml").write_text('select = ["SYM2"]\nignore = ["SYM201"]\n', encoding="utf-8")

    def shown(*options: str) -> dict[str, list[str]]:
        lines = symlint("config", "show", *options).stdout.splitlines()
        return {words[0]: words[1:] for words in map(str.split, lines)}

    assert shown()["select"] == ['["SYM2"]', "symlint.toml:1"]
    strict = shown("--profile", "strict", "--ignore", "SYM301")
    assert strict["select"] == ["(none)", "command", "line"]
    assert strict["profile"] == ['"strict"', "command", "line"]
    assert strict["ignore"] == ['["SYM201",', '"SYM301"]', "symlint.toml:2", "+", "command", "line"]
    assert shown("--isolated")["ignore"] == ["[]", "default"]


def test_config_show_of_a_wrong_file(symlint: Run) -> None:
    Path("symlint.toml").write_text("selct = []\n", encoding="utf-8")
    result = symlint("config", "show")
    assert result.exit_code == 2
    assert "symlint.toml:1" in result.stderr


def test_config_schema_is_json(symlint: Run) -> None:
    schema = json.loads(symlint("config", "schema").stdout)
    assert "fail-on" in schema["properties"]


def test_baseline_create_and_prune(symlint: Run, fake_lint: FakeLint) -> None:
    result = symlint("baseline", "create")
    assert result.exit_code == 0
    assert not fake_lint.calls[0].options.use_baseline
    document = json.loads(Path("symlint-baseline.json").read_text(encoding="utf-8"))
    assert [entry["code"] for entry in document["findings"]] == ["SYM201"]
    assert symlint("baseline", "prune").stdout.startswith("Removed 0 findings")
    fake_lint.report = fake_lint.report._replace(findings=())
    assert symlint("baseline", "prune").stdout.startswith("Removed 1 finding ")
    assert json.loads(Path("symlint-baseline.json").read_text(encoding="utf-8"))["findings"] == []


def test_baseline_of_a_run_that_cannot_be_trusted(symlint: Run, fake_lint: FakeLint) -> None:
    from symlint.lint.report import Failure

    fake_lint.report = fake_lint.report._replace(failures=(Failure("x", "no such path"),))
    assert symlint("baseline", "create").exit_code == 3
    assert not Path("symlint-baseline.json").exists()


def test_baseline_prune_without_a_baseline(symlint: Run, fake_lint: FakeLint) -> None:
    assert symlint("baseline", "prune").exit_code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(symlint: Run, shell: str) -> None:
    result = symlint("completion", shell)
    assert result.exit_code == 0
    assert "_SYMLINT_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("words", "incomplete", "wanted"),
    [
        ([], "", {"explain", "rules", "check"}),
        ([], "ex", {"explain"}),
        ([], "--fo", {"--format"}),
        (["--format"], "sa", {"sarif"}),
        (["check", "--fail-on"], "", {"error", "never"}),
        (["explain"], "SYM10", {"SYM101"}),
        (["--select"], "SYM201,SYM10", {"SYM201,SYM101"}),
        (["check", "--severity"], "flow-str", {"flow-strategy"}),
        (["config"], "", {"show", "init"}),
    ],
)
def test_completion(words: list[str], incomplete: str, wanted: set[str]) -> None:
    from click.shell_completion import ShellComplete

    found = ShellComplete(group, {}, "symlint", "_SYMLINT_COMPLETE").get_completions(
        words, incomplete
    )
    assert wanted <= {item.value for item in found}


@pytest.mark.parametrize("option", ["--var-file", "--each-var-file", "--config", "--baseline"])
def test_completion_of_files_is_left_to_the_shell(option: str) -> None:
    from click.shell_completion import ShellComplete

    found = ShellComplete(group, {}, "symlint", "_SYMLINT_COMPLETE").get_completions([option], "m")
    assert [(item.type, item.value) for item in found] == [("file", "m")]
