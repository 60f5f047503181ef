"""Only what the command line names is run: no code of the linted files, no file name as an option."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import symlint as package

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

ROOT = Path(__file__).resolve().parents[2]
FLOW = 'resource "sym_flow" "this" {\n}\n'
MARK = "open('was-run', 'wb').close()\n"
RULE = f'''{MARK}
from symlint.lint.rule import Rule

class Ours(Rule):
    """Nothing is called this."""
    code = "ACME001"
    name = "acme-name"
    severity = "warning"
    bad = 'resource "sym_flow" "this" {{\\n}}\\n'
    good = ""

    def check(self, configuration):
        for flow in configuration.flows:
            yield self.finding("it is called this", flow.header)
'''
FOUND = """```text
warning[ACME001]: it is called this
 --> main.tf:1:1 in sym_flow.this
  |
1 | resource "sym_flow" "this" {
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
```
"""
PLUGIN = "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration whose file asks for rules of its own; the current folder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "lint_rules").mkdir()
    (tmp_path / "lint_rules" / "ours.py").write_text(RULE, "utf-8")
    (tmp_path / "main.tf").write_text(FLOW, "utf-8")
    (tmp_path / "symlint.toml").write_text('ignore = ["SYM9"]\nrules = ["lint_rules"]\n', "utf-8")
    return tmp_path


def was_run(folder: Path) -> bool:
    return (folder / "was-run").exists()


COMMANDS = (
    ("check",),
    ("check", "--fix"),
    ("check", "--diff"),
    ("baseline", "create"),
    ("rules",),
    ("explain", "SYM201"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_configuration_file_alone_runs_no_code(
    folder: Path, symlint: Callable[..., Result], command: tuple[str, ...]
) -> None:
    result = symlint(*command)
    assert not was_run(folder)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1, "one sentence"
    assert "symlint.toml:2: rules would run the Python code of lint_rules" in result.stderr
    assert "add --rules lint_rules or --trust-config" in result.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("options", [("--rules", "lint_rules"), ("--trust-config",)])
def test_the_command_line_says_that_it_is_run(
    folder: Path,
    symlint: Callable[..., Result],
    command: tuple[str, ...],
    options: tuple[str, ...],
) -> None:
    result = symlint(*command, *options)
    assert was_run(folder)
    assert result.exit_code in (0, 1), result.stderr
    if command == ("check",):
        assert "ACME001" in result.output


def test_the_environment_says_it_too(
    folder: Path, symlint: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYMLINT_TRUST_CONFIG", "0")
    assert symlint("check").exit_code == 2
    assert not was_run(folder)
    monkeypatch.setenv("SYMLINT_TRUST_CONFIG", "1")
    assert "ACME001" in symlint("check").output


def test_a_file_further_down_runs_no_code_either(
    folder: Path, symlint: Callable[..., Result]
) -> None:
    (folder / "symlint.toml").rename(folder / "lint_rules" / "symlint.toml")
    (folder / "lint_rules" / "main.tf").write_text(FLOW, "utf-8")
    (folder / "lint_rules" / "symlint.toml").write_text('rules = ["."]\n', "utf-8")
    result = symlint("check")
    assert result.exit_code == 2
    assert (
        "lint_rules/symlint.toml:1: rules would run the Python code of lint_rules" in result.stderr
    )
    assert not was_run(folder)


@pytest.mark.parametrize("command", [("graph",), ("trace",), ("config", "show")], ids=" ".join)
def test_what_needs_no_rules_runs_none(
    folder: Path, symlint: Callable[..., Result], command: tuple[str, ...]
) -> None:
    assert symlint(*command).exit_code in (0, 1)
    assert not was_run(folder)


def test_settings_show_what_the_command_line_adds(
    folder: Path, symlint: Callable[..., Result]
) -> None:
    result = symlint("config", "show", "--rules", "more")
    line = next(it for it in result.output.splitlines() if it.startswith("rules "))
    assert line.split()[-4:] == ["symlint.toml:2", "+", "command", "line"]


def test_rules_need_no_configuration_file(folder: Path, symlint: Callable[..., Result]) -> None:
    (folder / "symlint.toml").unlink()
    assert "ACME001" not in symlint("check").output
    assert not was_run(folder)
    assert "ACME001" in symlint("check", "--rules", "lint_rules").output
    assert "ACME001" in symlint("check", "--isolated", "--rules", "lint_rules").output
    result = symlint("check", "--rules", "nowhere")
    assert result.exit_code == 2
    assert "the rules folder" in result.stderr
    assert "does not exist" in result.stderr


def test_plugins_need_a_name_on_the_command_line(
    folder: Path, symlint: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = folder / "site"
    (site / "acme-1.0.dist-info").mkdir(parents=True)
    (site / "acme_plugin.py").write_text(RULE, "utf-8")
    (site / "acme-1.0.dist-info" / "METADATA").write_text(PLUGIN, "utf-8")
    (site / "acme-1.0.dist-info" / "entry_points.txt").write_text(
        "[symlint.rules]\nacme = acme_plugin\n", "utf-8"
    )
    monkeypatch.syspath_prepend(str(site))
    (folder / "symlint.toml").write_text('plugins = ["acme"]\n', "utf-8")
    result = symlint("check")
    assert result.exit_code == 2
    assert "symlint.toml:1: plugins would run the Python code of acme" in result.stderr
    assert "add --plugin acme or --trust-config" in result.stderr
    assert not was_run(folder)
    for options in (("--plugin", "acme"), ("--trust-config",)):
        assert "ACME001" in symlint("check", *options).output
        page = symlint("explain", "ACME001", *options).output
        assert "**warning** - from the plug-in `acme_plugin`\n" in page
        assert FOUND in page, page


@pytest.mark.parametrize("options", [("--rules", "lint_rules"), ("--trust-config",)])
def test_the_page_of_an_own_rule_has_what_it_finds_in_its_bad_example(
    folder: Path, symlint: Callable[..., Result], options: tuple[str, ...]
) -> None:
    page = symlint("explain", "acme-name", *options).output
    assert page.startswith(
        "# ACME001 acme-name\n\n**warning** - your own, from `ours.py`\n\nNothing is called this.\n"
    )
    assert page.count(FOUND) == 1
    (folder / "lint_rules" / "ours.py").write_text(
        RULE.replace("severity", "state = 'preview'; severity").replace("yield", "return; yield"),
        "utf-8",
    )
    page = symlint("explain", "acme-name", *options).output
    assert "**warning** - your own, from `ours.py` - preview\n" in page
    (listed,) = json.loads(symlint("rules", "acme-name", "--format", "json", *options).stdout)
    assert [listed[key] for key in ("origin", "state", "since")] == ["ours.py", "preview", None]
    assert "```text" not in page
    (folder / "lint_rules" / "ours.py").write_text(
        RULE.replace("yield self", "raise ValueError; yield self"), "utf-8"
    )
    page = symlint("explain", "acme-name", *options).output
    assert "failed: .: rule ACME001 (acme-name) crashed" in page, page


def test_the_python_api_follows_the_same_law(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from symlint.lint.errors import ConfigError

    monkeypatch.setenv("SYMLINT_TRUST_CONFIG", "1")  # is for the command line
    with pytest.raises(ConfigError, match="--trust-config"):
        package.lint(folder)
    assert not was_run(folder)
    assert [it.code for it in package.lint(folder, select="ACME", trust_config=True).findings]
    assert [it.code for it in package.lint(folder, select="ACME", rules="lint_rules").findings]


def test_examples_are_tested_without_what_their_configuration_files_name(
    folder: Path, symlint: Callable[..., Result]
) -> None:
    text = RULE.replace(MARK, "").replace(
        '    good = ""',
        '    good = {"main.tf": "", "symlint.toml": "rules = [\'x\']", "x/y.py": "1/0"}',
    )
    (folder / "lint_rules" / "ours.py").write_text(text, "utf-8")
    result = symlint("test", "lint_rules")
    assert (result.exit_code, result.output) == (0, "1 rule: all examples passed.\n")


def test_completion_knows_own_rules_only_where_they_are_trusted(folder: Path) -> None:
    def completed(**environment: str) -> str:
        words = {"COMP_WORDS": "symlint explain ", "COMP_CWORD": "2"}
        result = subprocess.run(
            [sys.executable, "-m", "symlint"],
            cwd=folder,
            env=os.environ | {"_SYMLINT_COMPLETE": "bash_complete"} | words | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        return result.stdout

    shown = completed()
    assert "SYM201" in shown
    assert not was_run(folder)
    assert "ACME001" in completed(SYMLINT_TRUST_CONFIG="1")


# --- names of files ---


def hook() -> list[str]:
    """The command that pre-commit puts the names of files after."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    (first, *_) = re.findall(r"^  entry: (.*)$", text, re.MULTILINE)
    return shlex.split(first)


def test_names_of_files_are_no_options(folder: Path, symlint: Callable[..., Result]) -> None:
    (folder / "symlint.toml").unlink()
    (folder / "rules.tf").write_text(f"rules = ['{folder}/lint_rules']\n", "utf-8")
    names = [
        "--exclude=*.tf", "--config=rules.tf", "--rules=lint_rules.tf", "-otext=was-run.tf", "--isolated.tf",
        "--fix=all.tf", "--fix.tf", "--trust-config.tf", "--debug.tf", "--help.tf", "-.tf", "main.tf",
    ]  # fmt: skip  # as many a line as fit
    for name in names:
        if name.startswith("-"):
            (folder / name).write_text(FLOW.replace("this", f"f{len(name)}"), "utf-8")
    program, *arguments = hook()
    assert program == "symlint"
    result = symlint(*arguments, *names)
    assert result.exit_code == 1, result.output + result.stderr
    assert not was_run(folder)
    for name in names:
        assert f"--> {name}:1:1" in result.output


def test_pre_commit_hands_over_terraform_and_python() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    pattern, *_ = re.findall(r"^  files: (.*)$", text, re.MULTILINE)
    names = ["a/main.tf", "main.tofu.json", "prod.tfvars", "impl.py", "a.tfvars.json"]
    names += ["symlint.toml", "a/.symlint.toml"]
    assert all(re.search(pattern, name) for name in names)
    assert not any(re.search(pattern, name) for name in ("a.py.tpl", "a.json", "impl.pyc", "tf"))


def test_the_action_ends_its_options_too() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert 'symlint check "${arguments[@]}" -- "${paths[@]}"' in text
    assert "python -I -m pip" in text


# --- modules in the current folder ---

SHADOWS = (
    "click",
    "json",
    "tomllib",
    "typing",
    "__future__",
    "hashlib",
    "rich",
    "networkx",
    "lark",
)


@pytest.mark.parametrize("arguments", [(), ("--format", "json"), ("--parser", "python-hcl2")])
@pytest.mark.parametrize("start", [("-m", "symlint"), ("-P", "-m", "symlint"), ()])
def test_nothing_is_imported_from_the_linted_folder(
    tmp_path: Path, start: tuple[str, ...], arguments: tuple[str, ...]
) -> None:
    for name in SHADOWS:
        (tmp_path / f"{name}.py").write_text(MARK, "utf-8")
    (tmp_path / "main.tf").write_text(FLOW, "utf-8")
    if start != ("-m", "symlint"):
        # In `python -m symlint` nothing of symlint's runs before Python has chosen among the two.
        (tmp_path / "symlint").mkdir()
        (tmp_path / "symlint" / "__init__.py").write_text(MARK, "utf-8")
    program = str(Path(sys.executable).parent / "symlint")
    result = subprocess.run(
        [sys.executable, *start, *arguments] if start else [program, *arguments],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert result.returncode == 1, result.stderr
    assert "SYM122" in result.stdout
    assert not was_run(tmp_path)


def test_symlint_itself_imports_nothing_before_the_path_is_mended() -> None:
    for name in ("__init__", "__main__", "version"):
        text = (ROOT / "symlint" / f"{name}.py").read_text("utf-8")
        before = text.partition("del sys.path[0]")[0].partition("if TYPE_CHECKING:")[0]
        imports = re.findall(r"^(?:from|import) (\S+)", before, re.MULTILINE)
        assert set(imports) <= {"sys", "symlint.version"}, name
