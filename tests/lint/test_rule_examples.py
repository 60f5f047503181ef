"""The examples of rules are their tests: all are run here, and the running itself is tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from symlint.lint.errors import RegistryError
from symlint.lint.registry import load_rules
from symlint.lint.testing import check_examples, check_folder, lint_example, write_example

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.rule import Rule


RULE = '''
from symlint.lint.rule import Rule

class Team(Rule):
    """Every configuration names its team."""
    code = "ACME100"
    name = "team-local"
    severity = "warning"
    state = "preview"
    bad = "locals {\\n  owner = 1\\n}\\n"
    good = "locals {\\n  team = 1\\n}\\n"

    def check(self, configuration):
        root = configuration.terraform.root
        if "team" not in root.module.locals:
            for local in root.module.locals.values():
                yield self.finding("no team", local.attribute.range)
'''


@pytest.mark.parametrize("rule", tuple(load_rules()), ids=lambda rule: rule.code)
def test_examples_of_every_rule(rule: type[Rule]) -> None:
    assert check_examples(rule) == ()


SUBJECTS = {
    "SYM001": ("", ""),
    "SYM901": ("output.environment", "SYM101"),
    "SYM902": ("output.environment", "SYM10"),
    "SYM903": ("output.environment", "SYM101"),
    "SYM904": ("output.environment", "SYM101"),
    "SYM905": ("output.environment", ""),
    "SYM906": ("output.environment", ""),
}


@pytest.mark.parametrize("code", SUBJECTS)
def test_what_a_finding_about_the_run_is_about(code: str) -> None:
    rule = load_rules().find(code)
    assert rule is not None
    (found,) = (it for it in lint_example(rule.bad, rule).findings if it.code == code)
    assert (found.address, found.attribute) == SUBJECTS[code]


def test_a_folder_of_rules(tmp_path: Path) -> None:
    (tmp_path / "team.py").write_text(RULE, encoding="utf-8")
    tested = check_folder(str(tmp_path))
    assert [rule.code for rule in tested.rules] == ["ACME100"]
    assert tested.faults == ()


def test_a_bad_example_that_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "team.py").write_text(
        RULE.replace("  owner = 1", "  team = var.nothing"), encoding="utf-8"
    )
    (fault,) = check_folder(str(tmp_path)).faults
    assert (fault.code, fault.example) == ("ACME100", "bad")
    assert fault.message == (
        "the rule finds nothing in it; it found\n"
        '  SYM101 undeclared-reference, main.tf line 2: variable "nothing" is not declared'
    )
    (tmp_path / "team.py").write_text(RULE.replace("  owner = 1", "  team = 1"), encoding="utf-8")
    assert [it.message for it in check_folder(str(tmp_path)).faults] == [
        "the rule finds nothing in it"
    ]


def test_a_good_example_in_which_any_rule_finds_something(tmp_path: Path) -> None:
    (tmp_path / "team.py").write_text(
        RULE.replace("  team = 1", "  team = var.nothing"), encoding="utf-8"
    )
    (fault,) = check_folder(str(tmp_path)).faults
    assert (fault.code, fault.example) == ("ACME100", "good")
    assert fault.message == (
        "expected no findings, got\n"
        '  SYM101 undeclared-reference, main.tf line 2: variable "nothing" is not declared'
    )


def test_a_rule_that_crashes_on_its_example(tmp_path: Path) -> None:
    text = RULE.replace("root.module.locals.values()", "[1 / 0]")
    (tmp_path / "team.py").write_text(text, encoding="utf-8")
    faults = check_folder(str(tmp_path)).faults
    assert [fault.example for fault in faults] == ["bad", "bad"]
    crash = "rule ACME100 (team-local) crashed: ZeroDivisionError: division by zero (team.py:16)"
    assert [fault.message for fault in faults] == [
        f"the rule finds nothing in it; it found\n  {crash}",
        f"failed:\n  {crash}",
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="does not exist"):
        check_folder(str(tmp_path / "nowhere"))


def test_examples_stay_in_their_folder(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match=r"^the example's file \.\./main\.tf is outside its folder$"
    ):
        write_example({"../main.tf": ""}, str(tmp_path))
    write_example({"modules/a/main.tf": "a = 1\n"}, str(tmp_path))
    assert (tmp_path / "modules" / "a" / "main.tf").read_text(encoding="utf-8") == "a = 1\n"


def test_lines_of_an_example_count_as_its_page_shows_them(tmp_path: Path) -> None:
    write_example("\na = 1\n", str(tmp_path))
    assert (tmp_path / "main.tf").read_text(encoding="utf-8") == "a = 1\n"
