"""Words and options that people bring from elsewhere, and the order of the help."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import FakeLint
from symlint import __version__

Run = Callable[..., Result]


@pytest.mark.parametrize("word", ["version", "-V", "--version"])
def test_version(symlint: Run, word: str) -> None:
    assert symlint(word).stdout == f"symlint {__version__}\n"


def test_help_of_a_command(symlint: Run) -> None:
    assert symlint("help", "trace").stdout.startswith("Usage: symlint trace")
    assert symlint("help").stdout.startswith("Usage: symlint [OPTIONS]")


def test_folder_of_such_a_name_is_linted(symlint: Run, fake_lint: FakeLint) -> None:
    Path("version").mkdir()
    symlint("version")
    assert fake_lint.calls[0].paths == ("version",)


@pytest.mark.parametrize(
    ("option", "meant"),
    [
        ("--output-format=json", "--format FORMAT"),
        ("--exit-zero", "--fail-on never"),
        ("--unsafe-fixes", "--fix=all"),
    ],
)
def test_option_of_another_linter_names_ours(symlint: Run, option: str, meant: str) -> None:
    result = symlint(option)
    assert result.exit_code == 2
    assert f"symlint has {meant}." in result.stderr


def test_extent_of_repairs_may_follow_the_option(symlint: Run, fake_lint: FakeLint) -> None:
    symlint("--fix", "all")
    assert fake_lint.calls[0].paths == (".",)
    Path("all").mkdir()
    symlint("--fix", "all")
    assert fake_lint.calls[-1].paths == ("all",)


@pytest.mark.parametrize(
    "command", [["graph"], ["trace"], ["diff"], ["access"], ["baseline", "create"]], ids=" ".join
)
def test_help_begins_with_the_options_of_the_command(symlint: Run, command: list[str]) -> None:
    text = symlint(*command, "--help").stdout
    own, rest = text.partition("\nOptions:\n")[2].split("\nConfiguration:\n")
    assert own.strip().startswith("-")
    assert "--workspace" not in own
    assert "--workspace" in rest
    assert "--help" in rest.partition("\nOther:\n")[2]


# --- the end of a report ---


def test_folder_without_sym_says_so(symlint: Run) -> None:
    Path("main.tf").write_text('resource "aws_vpc" "main" {}\n', encoding="utf-8")
    result = symlint()
    assert result.stdout.startswith("Nothing here uses Sym.\n")
    assert result.exit_code == 0


def test_report_says_what_can_be_done(symlint: Run) -> None:
    text = (
        'resource "sym_runtime" "a" {\n  name = "a"\n}\noutput "a" {\n  value = sym_runtime.a.nmae\n}\n'
        'output "b" {\n  value = var.c\n}\n'
    )
    Path("main.tf").write_text(text, encoding="utf-8")
    result = symlint()
    assert result.stdout.count("\nMore about SYM110: symlint explain SYM110\n") == 1
    assert "\n1 can be repaired by symlint --fix.\n" in result.stdout


@pytest.mark.parametrize("option", ["-v", "--verbose", "--show-files"])
def test_files_that_were_looked_at_and_those_that_were_not(symlint: Run, option: str) -> None:
    for name, text in {
        "live/main.tf": 'resource "sym_runtime" "a" {\n  name = "a"\n}\n',
        "other/main.tf": 'resource "aws_vpc" "a" {}\n',
        "old/main.tf": 'resource "sym_runtime" "b" {\n  name = "b"\n}\n',
        ".hidden/main.tf": "",
    }.items():
        Path(name).parent.mkdir()
        Path(name).write_text(text, encoding="utf-8")
    result = symlint(option, "--exclude", "old")
    expected = """\
Looked at:
  live/main.tf

Skipped:
  .hidden/main.tf: in a hidden folder
  old/main.tf: excluded
  other/main.tf: its module does not use Sym

No problems found.
"""
    assert result.stdout.startswith(expected)
    assert not symlint("--exclude", "old").stdout.startswith("Looked at:\n")
