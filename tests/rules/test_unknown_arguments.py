"""What is not known is never passed over: a check that cannot be made is counted as undecided.

In the ``good`` example of each rule one argument after the other gets a value that is not known.
Nothing is found then, and the rule asks as many questions as before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, configuration
from support.configurations import UNKNOWN, files_of, with_unknown
from support.writing import write

from symlint.lint.finding import Finding, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.lint.rule import Rule

DATA = """
data "external" "unknown" {
  program = ["./program"]
}
"""
FORMS = {"variable": ("var.unknown", UNKNOWN), "data": ("data.external.unknown.result.value", DATA)}
"""What is not known, and its declaration."""
COLLECTION = re.compile(r"= (\[.*|\{)$")
"""An argument that is a list or a map: its elements are as many questions, and one is left."""
EXCEPT = {
    "SYM134": "asks of each output that an expression names",
    "SYM140": "asks of links that are known; where the others lead is the question of SYM112",
    "SYM318": "asks of what a role is known to use; what it uses is the question of others",
    "SYM319": "asks of account ids that are written",
    "SYM320": "asks of regions that are written, and of what a context is known to look up",
    "SYM517": "asks of secrets that are known; where a setting leads is the question of SYM315",
    "SYM920": "asks what leads to a resource here, and the value of a variable cannot",
    "SYM923": "asks of secrets that are written",
    "SYM924": "asks of placeholders that are written",
}
"""Rules that ask of what is there, of which there is less where an argument is replaced."""


def _outcomes(root: Path, rule: type[Rule]) -> tuple[list[str], int, int]:
    """The titles of what a rule finds, and how many questions are undecided and passed."""
    outcomes = list(rule().check(configuration(root)))
    found = [it.title for it in outcomes if isinstance(it, Finding)]
    undecided = sum(isinstance(it, Undecided) for it in outcomes)
    return found, undecided, len(outcomes) - len(found) - undecided


def _lost(tmp_path: Path, rule: type[Rule], form: str) -> Iterator[str]:
    """Each argument that makes the rule find something, or ask less, where it is not known."""
    value, declared = FORMS[form]
    files = files_of(rule.good)
    _, questions, passed = _outcomes(write(tmp_path / "good", files), rule)
    questions += passed
    for number, (argument, main) in enumerate(with_unknown(files["main.tf"])):
        changed = {**files, "main.tf": main.replace("var.unknown", value) + declared}
        found, undecided, passed = _outcomes(write(tmp_path / str(number), changed), rule)
        if found:
            yield f"{argument}: finds {found}"
        enough = 1 if COLLECTION.search(argument) else questions - passed
        if passed + undecided < questions and undecided < enough:
            yield f"{argument}: {questions} questions, then {undecided} undecided, {passed} passed"


@pytest.mark.no_cover
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_no_question_is_lost(tmp_path: Path, rule: type[Rule], form: str) -> None:
    if rule.code in EXCEPT:
        pytest.skip(EXCEPT[rule.code])
    assert not list(_lost(tmp_path, rule, form))
