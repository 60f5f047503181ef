"""The index of rules says what the rules say, and a rule that is left out has no question."""

from pathlib import Path

import pytest
from support.checking import all_rules, configuration
from support.writing import FIXTURES

import symlint.rules
from symlint.lint.registry import list_rules, load_rules
from symlint.lint.rule import Rule, concerns
from symlint.lint.run_rule import Run
from symlint.lint.testing import write_example
from tools.rule_index import listed_rule, rule_index

RULES = load_rules().rules


def test_the_index_is_up_to_date() -> None:
    (folder,) = symlint.rules.__path__
    assert Path(folder, "_index.py").read_text(encoding="utf-8") == rule_index(RULES)
    assert list_rules().rules == tuple(map(listed_rule, RULES))


def test_a_listed_rule_is_the_rule() -> None:
    assert tuple(rule.load() for rule in list_rules()) == RULES
    assert tuple(rule.load() for rule in RULES) == RULES


def test_a_configuration_has_what_rules_are_about() -> None:
    sym = configuration(FIXTURES / "aws_iam")
    for rule in all_rules():
        concerns(rule, sym)
    for rule in set(RULES) - set(all_rules()):
        assert {name.partition(".")[0] for name in rule.about} <= {*Run._fields, "problems"}


@pytest.mark.no_cover
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_that_is_left_out_has_no_question(rule: type[Rule], tmp_path: Path) -> None:
    for number, example in enumerate((rule.bad, rule.good)):
        write_example(example, str(tmp_path / str(number)))
        sym = configuration(tmp_path / str(number))
        for other in all_rules():
            if not concerns(other, sym):
                assert list(other().check(sym)) == [], other.code


def test_what_one_of_several_things_has_is_enough(tmp_path: Path) -> None:
    flow = 'resource "sym_flow" "{}" {{\n  params {{\n    {}\n  }}\n}}\n'
    about = ("flows.allowed_sources",)
    rule = listed_rule(RULES[0])._replace(about=about)
    for number, given in enumerate(("", "allowed_sources = []")):
        text = flow.format("a", "") + flow.format("b", given)
        write_example(text, str(tmp_path / str(number)))
        assert concerns(rule, configuration(tmp_path / str(number))) is bool(given)
