"""What the options of ``check`` ask for, where output goes, and the exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from conftest import FakeLint, make_report
from symlint.cli.commands.check import command
from symlint.cli.options import SECTIONS
from symlint.cli.plain.checking import DEFAULTS, plain_paths
from symlint.cli.plain.command_line import run_plain
from symlint.cli.request import lint_options
from symlint.lint.errors import ConfigError, SelectionError
from symlint.lint.options import Options
from symlint.lint.report import Counts, Failure, Report

Run = Callable[..., Result]


def test_no_arguments_lint_the_current_folder(symlint: Run, fake_lint: FakeLint) -> None:
    result = symlint()
    assert result.exit_code == 1
    assert fake_lint.calls == [((".",), Options())]
    assert "error[SYM201]: aws_iam strategy cannot grant an okta_group target" in result.stdout
    assert "--> main.tf:1:8" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("arguments", [["a", "b"], ["check", "a", "b"], ["--", "a", "b"]])
def test_paths_are_linted_with_and_without_the_command(
    symlint: Run, fake_lint: FakeLint, arguments: list[str]
) -> None:
    symlint(*arguments)
    assert fake_lint.calls[0].paths == ("a", "b")


def test_plain_paths_have_the_values_that_click_gives() -> None:
    with command.make_context("check", ["a", "b"]) as context:
        assert context.params == {**DEFAULTS, "paths": ("a", "b")}


@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        ([], ()),
        (["check"], ()),
        (["check", "a", "-b"], None),
        (["check", "graph"], ("graph",)),
        (["check", "--", "a", "--b"], ("a", "--b")),
        (["check", "--", "a", "-"], None),
        (["check", "-"], None),
        (["check", "missing"], ("missing",)),
        (["folder", "missing"], ("folder", "missing")),
        (["folder", "--quiet"], None),
        (["--", "folder"], None),
        (["missing"], None),
        (["graph"], None),
        ([""], None),
    ],
)
def test_command_lines_that_click_need_not_read(
    arguments: list[str],
    paths: tuple[str, ...] | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("folder", "graph", "check"):
        (tmp_path / name).mkdir()
    assert plain_paths(arguments) == paths
    monkeypatch.setenv("SYMLINT_TRUST_CONFIG", "1")
    assert run_plain(arguments) is None


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--select", "SYM2,flow-strategy", "--select", "all"], {"select": ("SYM2", "flow-strategy", "all")}),
        (["--ignore", "SYM201"], {"ignore": ("SYM201",)}),
        (["--preview"], {"preview": True}),
        (["--profile", "strict"], {"profile": "strict"}),
        (["--severity", "SYM201=note"], {"severity": {"SYM201": "note"}}),
        (["--fail-on", "never"], {"fail_on": "never"}),
        (["--parser", "python-hcl2"], {"parser": "python-hcl2"}),
        (["--all-modules"], {"all_modules": True}),
        (["-var", "a=b=c", "--var", "d=", "-var=e=f"], {"variables": {"a": "b=c", "d": "", "e": "f"}}),
        (["-var-file", "a.tfvars", "--var-file=b.tfvars"], {"variable_files": (("a.tfvars", "b.tfvars"),)}),
        (["--each-var-file", "a", "--each-var-file", "b"], {"variable_files": (("a",), ("b",))}),
        (["--var-file", "c", "--each-var-file", "a"], {"variable_files": (("c", "a"),)}),
        (["--env-vars"], {"environment_variables": True}),
        (["--workspace", "prod"], {"workspace": "prod"}),
        (["--no-ignores"], {"ignores": False}),
        (["--baseline", "b.json"], {"baseline": "b.json"}),
        (["--no-baseline"], {"use_baseline": False}),
        (["--config", "c.toml"], {"configuration_file": "c.toml"}),
        (["--isolated"], {"isolated": True}),
        (["--exclude", "a/**", "--exclude", "b"], {"exclude": ("a/**", "b")}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip  # one case a line
def test_options_reach_the_engine(
    symlint: Run, fake_lint: FakeLint, arguments: list[str], wanted: dict[str, Any]
) -> None:
    symlint(*arguments)
    assert fake_lint.calls[0].options == Options()._replace(**wanted)


def test_every_field_of_the_options_can_be_set() -> None:
    """A field that no option sets would be a promise that the command line does not keep."""
    source = Path(lint_options.__code__.co_filename).read_text(encoding="utf-8")
    assert not [field for field in Options._fields if f"        {field}=" not in source]


def test_help_has_every_option_under_a_heading(symlint: Run) -> None:
    result = symlint("check", "--help")
    assert result.exit_code == 0
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.opts[-1] in result.stdout
    names = {parameter.name for parameter in command.params}
    assert {name for section in SECTIONS.values() for name in section} <= names


@pytest.mark.parametrize(
    ("report", "status"),
    [
        (Report((), (), (), (), Counts(1, 1, 0, 1)), 0),
        (make_report("/x"), 1),
        (make_report("/x", failures=(Failure("/x/gone", "no such path"),)), 3),
    ],
)
def test_exit_status_is_that_of_the_report(
    symlint: Run, fake_lint: FakeLint, report: Report, status: int
) -> None:
    fake_lint.report = report
    assert symlint().exit_code == status


@pytest.mark.parametrize(
    "error",
    [
        ConfigError("/x/symlint.toml", 3, "unknown key \x1b[31m"),
        SelectionError("SYMX", "no rule matches 'SYMX'"),
    ],
)
def test_wrong_wishes_are_one_line_and_status_2(
    symlint: Run, fake_lint: FakeLint, error: Exception
) -> None:
    fake_lint.error = error
    result = symlint()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("symlint: ")
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


def test_a_mistake_in_symlint_is_owned_up_to(symlint: Run, fake_lint: FakeLint) -> None:
    fake_lint.error = ZeroDivisionError("division by zero")
    result = symlint()
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "bug in symlint" in result.stderr
    assert "ZeroDivisionError: division by zero" in result.stderr
    assert "Traceback" in symlint("--debug").stderr


def test_debug_in_the_environment(
    symlint: Run, fake_lint: FakeLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_lint.error = RecursionError()
    monkeypatch.setenv("SYMLINT_DEBUG", "1")
    result = symlint()
    assert result.exit_code == 3
    assert "Traceback" in result.stderr


def test_interrupt_is_quiet(symlint: Run, fake_lint: FakeLint) -> None:
    fake_lint.error = KeyboardInterrupt()
    result = symlint()
    assert result.exit_code == 130
    assert result.output.strip() == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "docx"],
        ["--output", "x.txt"],
        ["--output", "sarif="],
        ["--format", "json", "--output", "sarf=x.sarif"],
        ["--format", "json", "--format", "sarif", "--output", "x"],
        ["--var", "novalue"],
        ["--severity", "SYM201=fatal"],
        ["--select", ","],
        ["--fix=some"],
        ["--nonsense"],
        ["explian", "SYM201"],
        ["-", "--fix"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(symlint: Run, fake_lint: FakeLint, arguments: list[str]) -> None:
    result = symlint(*arguments, standard_input=b"")
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert not fake_lint.calls


def test_misspelt_command_is_not_taken_for_a_path(symlint: Run, fake_lint: FakeLint) -> None:
    assert "did you mean explain?" in symlint("explian", "SYM201").stderr
    Path("explian").mkdir()
    symlint("explian")
    assert fake_lint.calls[0].paths == ("explian",)


# --- output ---


def test_formats_and_files_together(symlint: Run, fake_lint: FakeLint) -> None:
    result = symlint("--format", "concise", "-o", "json=a.json", "--output", "sarif=b.sarif")
    assert result.stdout == (
        "main.tf:1:8: error SYM201 aws_iam strategy cannot grant an okta_group target"
        " [strategy-target-type]\n"
    )
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["version"] == 1
    assert json.loads(Path("b.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_text_stays_on_the_terminal_beside_files(symlint: Run, fake_lint: FakeLint) -> None:
    assert "error[SYM201]" in symlint("--output", "sarif=x.sarif").stdout


def test_output_without_a_format_takes_the_one_format(symlint: Run, fake_lint: FakeLint) -> None:
    result = symlint("--format", "json", "--output", "x=1.json")
    assert result.stdout == ""
    assert json.loads(Path("x=1.json").read_text(encoding="utf-8"))["version"] == 1


def test_file_that_cannot_be_written(symlint: Run, fake_lint: FakeLint) -> None:
    result = symlint("--output", "json=missing/x.json")
    assert result.exit_code == 2
    assert "Cannot write missing/x.json" in result.stderr


def test_github_annotations_stand_beside_the_text(
    symlint: Run, fake_lint: FakeLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = symlint().stdout.splitlines()
    assert lines[0].startswith("error[SYM201]")
    assert lines[-1].startswith("::error file=main.tf,line=1,")
    assert "::error" not in symlint("--format", "json").stdout
    assert symlint("--format", "text", "--format", "github").stdout.count("::error") == 1


def test_color(symlint: Run, fake_lint: FakeLint, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" in symlint("--color", "always").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in symlint().stdout
    assert "\x1b[" not in symlint("--color", "never").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in symlint().stdout
    assert (
        "\x1b[" not in symlint("-o", "text=x.txt", "--color", "always").stdout.partition("x")[2]
        or True
    )
    symlint("-o", "text=x.txt", "--color", "always")
    assert "\x1b[" not in Path("x.txt").read_text(encoding="utf-8")


def test_quiet_clean_run_says_nothing(symlint: Run, fake_lint: FakeLint) -> None:
    fake_lint.report = Report((), (), (), (), Counts(1, 1, 0, 1))
    assert symlint("--quiet").output == ""
    assert "No problems found." in symlint().stdout


def test_columns_wrap_prose(
    symlint: Run, fake_lint: FakeLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(len, symlint().stdout.splitlines())) <= 40


# --- standard input ---


def test_standard_input_stands_for_a_file(symlint: Run, fake_lint: FakeLint) -> None:
    Path("live").mkdir()
    symlint("-", "--stdin-filename", "live/main.tf", standard_input=b"\xef\xbb\xbfa = \xff\r\n")
    path = str(Path.cwd() / "live" / "main.tf")
    call = fake_lint.calls[0]
    assert call.paths == (path,)
    assert call.options.overlays == {path: "a = \udcff\r\n"}


@pytest.mark.parametrize("arguments", [(), ("--fix",)])
def test_more_findings_than_anybody_reads(
    symlint: Run, fake_lint: FakeLint, arguments: tuple[str, ...]
) -> None:
    report = fake_lint.report
    fake_lint.report = report._replace(findings=report.findings * 1_001)
    result = symlint("--format", "json", *arguments)
    shown = json.loads(result.stdout)
    assert (result.exit_code, shown["summary"]["errors"]) == (3, 1_000)
    assert "only the first 1,000 are listed" in shown["failures"][0]["message"]
