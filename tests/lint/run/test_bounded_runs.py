"""Runs that have too much to do: they end, say so, and lint the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import write_files

from symlint.lint.errors import ConfigError, TimeLimitReachedError
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.lint.run.judging.checking import MOST_FINDINGS
from symlint.lint.run.judging.outcomes import Outcomes
from symlint.terraform.checks.all_checks import MOST_PROBLEMS
from symlint.terraform.modules.called import MAXIMUM_MODULE_DEPTH

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.report import Report
    from symlint.lint.run.setup import PathRules

WRONG = """
resource "sym_target" "wrong" {
  type = "aws_iam_group"
  name = "wrong"
}
"""
"""A target without its settings, which SYM207 reports."""

BOMB = "[for i in range(1000) : [for j in range(1000) : [for k in range(1000) : i + j * k]]]"

NEEDS_IT = f"""
locals {{
  b = {BOMB}
}}
resource "sym_target" "t" {{
  type     = "aws_iam_group"
  name     = local.b[0][0][0] > 0 ? "a" : "b"
  settings = {{ iam_group = "g" }}
}}
"""
"""A target whose name cannot be worked out."""


def linted(directory: Path, text: str, **options: object) -> Report:
    write_files(directory, text)
    return lint([str(directory)], Options(**{"isolated": True, **options}))  # type: ignore[arg-type]  # a few of them


def failures(report: Report) -> list[str]:
    return [failure.message for failure in report.failures]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


@pytest.mark.no_cover
def test_values_that_are_too_much_work_hide_no_other_finding(tmp_path: Path) -> None:
    bombs = "".join(f"  b{number} = {BOMB}\n" for number in range(4))
    report = linted(tmp_path, f"locals {{\n{bombs}}}\n{WRONG}")
    assert "SYM207" in codes(report)
    assert report.exit_status == 3
    assert len(failures(report)) == 1
    assert "more work than symlint does" in failures(report)[0]


@pytest.mark.no_cover
def test_a_question_that_needs_such_a_value_is_undecided(tmp_path: Path) -> None:
    report = linted(tmp_path, NEEDS_IT)
    assert report.undecided
    assert report.exit_status == 3


@pytest.mark.no_cover
def test_one_root_module_with_too_much_work_leaves_the_others_theirs(tmp_path: Path) -> None:
    hungry = "".join(
        f"--- r{number}/main.tf\nlocals {{\n  b = {BOMB}\n}}\n{WRONG}" for number in range(12)
    )
    report = linted(tmp_path, f"{hungry}--- z/main.tf\n{WRONG}")
    assert codes(report).count("SYM207") == 13
    assert [failure.path for failure in report.failures] == sorted(
        str(tmp_path / f"r{number}") for number in range(12)
    )


def test_modules_that_are_too_deep_are_said_not_to_be_looked_at(tmp_path: Path) -> None:
    levels = MAXIMUM_MODULE_DEPTH + 2
    chain = "".join(
        f'--- m{number}/main.tf\nmodule "next" {{ source = "../m{number + 1}" }}\n'
        for number in range(levels)
    )
    text = f'module "first" {{ source = "./m0" }}\n{chain}--- m{levels}/main.tf\n{WRONG}'
    report = linted(tmp_path, text)
    assert any(f"more than {MAXIMUM_MODULE_DEPTH} deep" in message for message in failures(report))
    assert report.exit_status == 3


def test_instances_that_are_too_many_are_said_and_the_first_are_judged(tmp_path: Path) -> None:
    text = (
        'resource "sym_target" "t" {\n  count = 200000\n  type = "aws_iam_group"\n  name = "t"\n}'
    )
    report = linted(tmp_path, text)
    assert "SYM207" in codes(report)
    assert any("too many instances" in message for message in failures(report))


@pytest.mark.no_cover
def test_modules_that_call_two_others_twice_end(tmp_path: Path) -> None:
    levels = "".join(
        f"--- m{number}/main.tf\n"
        + "".join(f'module "{name}" {{ source = "../m{number + 1}" }}\n' for name in "ab")
        for number in range(40)
    )
    text = f'{WRONG}module "a" {{ source = "./m0" }}\n{levels}--- m40/main.tf\nlocals {{}}\n'
    report = linted(tmp_path, text)
    assert "SYM207" in codes(report)
    assert any("too many modules" in message for message in failures(report))


@pytest.mark.no_cover
def test_sets_of_variable_files_that_are_too_many_are_said(tmp_path: Path) -> None:
    write_files(tmp_path, f'{WRONG}variable "a" {{}}\n--- a.tfvars\na = 1\n')
    sets = ((str(tmp_path / "a.tfvars"),),) * 600
    report = lint([str(tmp_path)], Options(isolated=True, variable_files=sets))
    assert "SYM207" in codes(report)
    assert any("too many variable files" in message for message in failures(report))


@pytest.mark.no_cover
def test_nothing_is_said_of_ignore_comments_where_not_everything_was_judged(tmp_path: Path) -> None:
    text = NEEDS_IT.replace("  type ", "  # symlint: ignore[SYM217] tried\n  type ")
    assert "ignore[SYM217]" in text
    assert "SYM901" not in codes(linted(tmp_path, text))


# --- time -----------------------------------------------------------------------------------------


def test_what_was_found_before_the_time_was_over_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from symlint.rules.targets.settings import TargetSettings

    def stopped(*_: object) -> None:
        raise TimeLimitReachedError(5)

    monkeypatch.setattr(TargetSettings, "check", stopped)
    text = f'--- a/main.tf\nresource "sym_target" "x" {{\n  nmae = "a"\n}}\n--- b/main.tf\n{WRONG}'
    report = linted(tmp_path, text)
    assert codes(report)
    assert failures(report) == [
        "stopped after 5 seconds, the most that --timeout allows: not everything was looked at"
    ]
    assert report.exit_status == 3


def test_problems_that_are_too_many_are_said_and_hide_nothing_else(tmp_path: Path) -> None:
    names = ", ".join(["local.nowhere"] * 10_000)
    report = linted(tmp_path, f"locals {{\n  a = [{names}]\n}}\n{WRONG}")
    found = codes(report)
    assert found.count("SYM101") == MOST_PROBLEMS
    assert "SYM207" in found
    assert failures(report) == ["there are 2,000 problems, and more are not looked for"]


def test_findings_of_one_rule_that_are_too_many_are_said_and_hide_no_other_rule(
    tmp_path: Path,
) -> None:
    many = "".join(f"  a{number} = nowhere{number}()\n" for number in range(MOST_FINDINGS + 1))
    report = linted(tmp_path, f"locals {{\n{many}}}\n{WRONG}")
    found = codes(report)
    assert found.count("SYM106") == MOST_FINDINGS
    assert "SYM207" in found
    (message,) = failures(report)
    assert message.startswith("rule SYM106 (")
    assert message.endswith(") found more than 2,000 mistakes, and looked for no more")


def test_defaults_that_a_type_adds_are_bounded(tmp_path: Path) -> None:
    attributes = ", ".join(
        f'a{number} = optional(object({{ b = optional(string, "x") }}), {{}})'
        for number in range(800)
    )
    elements = ", ".join("{}" for _ in range(1500))
    text = f"""
variable "v" {{
  type    = list(object({{ {attributes} }}))
  default = [{elements}]
}}
"""
    report = linted(tmp_path, f"{WRONG}{text}")
    assert "SYM207" in codes(report)
    assert any("more work than symlint does" in message for message in failures(report))


@pytest.mark.no_cover
def test_a_report_says_what_the_run_took(tmp_path: Path) -> None:
    small = linted(tmp_path / "small", NEEDS_IT).work
    large = linted(tmp_path / "large", NEEDS_IT + "# " + "x" * 10_000).work
    wrong = linted(tmp_path / "wrong", NEEDS_IT + WRONG).work
    assert 1_000_000 < small < large < 20_000_000
    assert wrong > linted(tmp_path / "right", NEEDS_IT + WRONG.replace("\n", "\n# ")).work


@pytest.mark.no_cover
def test_findings_cost_what_collecting_hiding_and_listing_them_takes(tmp_path: Path) -> None:
    right = linted(tmp_path / "right", WRONG + "locals {\n" + "# a = 1\n" * 200 + "}\n")
    wrong = linted(tmp_path / "wrong", WRONG + "locals {\n" + "  a = 1\n" * 200 + "}\n")
    found = len(wrong.findings) - len(right.findings)
    assert found >= 199
    assert wrong.work - right.work >= found * 500


def test_overrides_are_gone_through_once_for_each_rule_and_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = Outcomes.overrides_for

    def noted(outcomes: Outcomes, path: str) -> tuple[PathRules, ...]:
        asked.append(path)
        return real(outcomes, path)

    monkeypatch.setattr(Outcomes, "overrides_for", noted)
    several = "".join(WRONG.replace('"wrong"', f'"w{number}"') for number in range(30))
    settings = '[[overrides]]\npaths = ["**"]\nseverity = { SYM207 = "note" }\n' * 3
    report = linted(tmp_path, f"{several}--- symlint.toml\n{settings}", isolated=False)
    found = [finding for finding in report.findings if finding.code == "SYM207"]
    assert [finding.severity for finding in found] == ["note"] * 30
    assert len(asked) < 10


def test_a_large_configuration_file_with_many_names_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("symlint.lint.run.setup.MOST_BYTES", 500)
    write_files(tmp_path, f"--- symlint.txt\n#{'#' * 100}\n")
    for number in range(8):
        write_files(tmp_path / f"r{number}", f"--- main.tf\n{WRONG}")
        if number < 4:
            (tmp_path / f"r{number}/symlint.toml").symlink_to("../symlint.txt")
    report = lint([str(tmp_path)])
    assert "SYM207" in codes(report)
    for number in range(4, 8):
        (tmp_path / f"r{number}/symlint.toml").symlink_to("../symlint.txt")
    with pytest.raises(ConfigError, match="lint parts of the tree"):
        lint([str(tmp_path)])
