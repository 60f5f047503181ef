"""Commands without options run without click, and do what click would have them do."""

import os
import subprocess
import sys
from inspect import cleandoc

import pytest

from symlint.cli import running
from symlint.cli.group import group
from symlint.cli.plain.command_line import run_plain
from symlint.cli.plain.help import FEWEST_COLUMNS, MOST_COLUMNS, help_text
from symlint.lint.registry import load_rules
from symlint.report.rules.page import documentation


@pytest.mark.parametrize("columns", range(FEWEST_COLUMNS, MOST_COLUMNS + 5))
def test_help_is_what_click_writes(columns: int) -> None:
    width = min(columns, MOST_COLUMNS) - 2  # as click has it
    context = group.make_context("symlint", [], resilient_parsing=True, terminal_width=width)
    with context:
        assert help_text(columns) == context.get_help() + "\n"


@pytest.mark.parametrize("columns", ["", "0", "40", "79", "80", "95", "300"])
@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["-h"], ["rules"], ["explain", "SYM101"], ["explain", "SYM2"], ["explain", "no"], ["explain", ""]],
    ids=" ".join,
)  # fmt: skip  # one line
def test_answers_are_those_of_click(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    columns: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    plain = running.run(arguments), *capsys.readouterr()
    monkeypatch.setattr("symlint.cli.plain.command_line.run_plain", lambda arguments: None)
    assert plain == (running.run(arguments), *capsys.readouterr())


@pytest.mark.parametrize(
    "arguments",
    [["rules", "SYM2"], ["rules", "-fjson"], ["explain"], ["explain", "--help"], ["help"], ["--help", "x"]],
    ids=" ".join,
)  # fmt: skip  # one line
def test_what_has_options_is_left_to_click(arguments: list[str]) -> None:
    assert run_plain(arguments) is None


@pytest.mark.parametrize("arguments", [["--help"], ["rules"], ["explain", "SYM101"]], ids=" ".join)
def test_variables_that_are_options_are_left_to_click(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYMLINT_TRUST_CONFIG", "0")
    assert run_plain(arguments) is None


@pytest.mark.parametrize("command", ["--help", "rules", "explain SYM101"])
def test_neither_click_nor_inspect_is_imported(command: str) -> None:
    script = f"import sys, {running.__name__} as it; it.run({command.split()}); " + (
        "print(*sys.modules.keys() & {'click', 'inspect', 'rich'}, file=sys.stderr)"
    )
    environment = {name: os.environ[name] for name in os.environ if name != "SYMLINT_TRUST_CONFIG"}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", env=environment
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_documentation_has_no_indentation() -> None:
    for rule in load_rules():
        assert documentation(rule) == cleandoc(rule.__doc__ or "")
