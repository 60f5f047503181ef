"""Patterns of a configuration file cost time in proportion to the text, whatever they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from symlint.lint.errors import ConfigError
from symlint.lint.run.engine import Options, lint
from symlint.sym.catalogue import load_catalogue
from symlint.sym.catalogue.patterns import MOST_STEPS, MOST_STEPS_OF_A_PATTERN, OwnPattern, matches

if TYPE_CHECKING:
    from pathlib import Path

EXPLODING = ("(a|a)*b", "(a+)+b", "(a*)*b", "(.*)*x", "a*a*a*a*a*a*a*b", "(a|aa)+$b")


@pytest.mark.parametrize("pattern", EXPLODING)
def test_no_pattern_explodes(pattern: str) -> None:
    own = OwnPattern(pattern)
    assert not own.matches("a" * 60)
    assert own.matches("a" * 1_000_000), "too much work: nothing is said"


@pytest.mark.no_cover
def test_a_pattern_does_no_more_than_its_share() -> None:
    own = OwnPattern("(a|aa)+")
    seen = {own.matches("a" * 2000 + "b") for _ in range(500)}
    assert seen == {False, True}
    assert MOST_STEPS < MOST_STEPS_OF_A_PATTERN


@pytest.mark.parametrize("pattern", [it.pattern for it in load_catalogue().formats.values()])
def test_shipped_patterns_mean_the_same_in_both(pattern: str) -> None:
    for text in (
        "",
        "a",
        "111122223333",
        "arn:aws:iam::111122223333:role/sym/x",
        "a\n",
        "10m",
        "x.y",
    ):
        assert matches(pattern, text) == (re.fullmatch(pattern, text) is not None)


CONFIG = """
[catalogue.formats.own]
description = "a text"
pattern = '%s'
example = "ab"
[catalogue.targets.custom.settings]
identifier = { format = "own" }
"""
TARGET = """
resource "sym_target" "this" {
  type     = "custom"
  name     = "x"
  settings = { identifier = "%s" }
}
"""


def test_in_a_configuration_file(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(TARGET % ("a" * 80), "utf-8")
    for pattern, found in (("(a|a)*b", ["SYM211"]), ("a+", []), ("(?i)A+", []), ("a", ["SYM211"])):
        (tmp_path / "symlint.toml").write_text(CONFIG % pattern, "utf-8")
        report = lint([str(tmp_path)], Options(select=("SYM211",)))
        assert [it.code for it in report.findings] == found, pattern
    for pattern in ("(", "(?=a)", "a{2000}", "(a{1000}){1000}", "a)(b"):
        (tmp_path / "symlint.toml").write_text(CONFIG % pattern, "utf-8")
        with pytest.raises(ConfigError, match="is not a regular expression of RE2"):
            lint([str(tmp_path)], Options())
