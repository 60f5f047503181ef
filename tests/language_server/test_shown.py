"""Which findings are shown while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.language_server.asking import findings_of, snapshot_of
from support.language_server.opened import two_roots

from symlint.language_server.findings import ABOUT_ABSENCE, NOTHING, SYNTAX_ERROR, shown
from symlint.lint.finding import Finding
from symlint.lint.registry import load_rules
from symlint.source.text import Range, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

RULES = {rule.code: rule for rule in load_rules()}


def finding(code: str, path: str = "/a.tf", title: str = "wrong") -> Finding:
    rule = RULES[code]
    return Finding(code, rule.name, rule.severity, title, Range(SourceFile(path, "text"), 0, 1))


def test_the_rules_about_absence_are_rules() -> None:
    assert set(RULES) >= ABOUT_ABSENCE
    assert SYNTAX_ERROR in RULES


def test_what_is_saved_is_shown_whole() -> None:
    found = [finding("SYM122"), finding("SYM201", "/b.tf")]
    by_path, _ = shown(found, (), NOTHING)
    assert by_path == {"/a.tf": (found[0],), "/b.tf": (found[1],)}


def test_nothing_new_is_missing_while_somebody_types() -> None:
    old = finding("SYM122", title="old")
    _, memory = shown([old], (), NOTHING)
    found = [old, finding("SYM122", title="new"), finding("SYM201")]
    by_path, memory = shown(found, {"/a.tf"}, memory)
    assert [it.title for it in by_path["/a.tf"]] == ["old", "wrong"]
    by_path, _ = shown(found, (), memory)
    assert len(by_path["/a.tf"]) == 3


def test_a_broken_file_keeps_what_is_said_of_others() -> None:
    other = finding("SYM201", "/b.tf")
    _, memory = shown([other], (), NOTHING)
    broken = finding("SYM001")
    by_path, memory = shown([broken, finding("SYM101", "/c.tf")], {"/a.tf"}, memory)
    assert by_path == {"/a.tf": (broken,), "/b.tf": (other,)}
    by_path, _ = shown([], {"/a.tf"}, memory)
    assert by_path == {}


def test_without_anything_better_a_broken_file_shows_what_there_is() -> None:
    found = [finding("SYM001"), finding("SYM201", "/b.tf")]
    by_path, _ = shown(found, {"/a.tf"}, NOTHING)
    assert set(by_path) == {"/a.tf", "/b.tf"}


def test_a_finding_of_some_callers_says_of_which(tmp_path: Path) -> None:
    path = two_roots(tmp_path) / "modules" / "target" / "main.tf"
    only = 'settings = var.name == "production-admins" ? {} : { group_id = var.group }'
    change = ("settings = {\n    group_id = var.group\n  }", only)
    (found,) = findings_of(snapshot_of(path, change), path)
    assert found.code == "SYM207"
    assert found.why.endswith(" This applies only where prod calls the module.")
    (found,) = findings_of(snapshot_of(path, (change[0], "settings = {}")), path)
    assert "applies only" not in found.why
