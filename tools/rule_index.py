"""Writes the index of rules: what a run has to know of a rule before it imports it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from symlint.lint.rule import ListedRule
from symlint.report.rules.page import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.rule import Rule

_HEAD: Final = '''\
"""All rules of symlint, in code order. ``make docs`` writes it from the rules themselves."""

from __future__ import annotations

from symlint.annotations import Final
from symlint.lint.rule import ListedRule as Listed

# fmt: off
RULES: Final = (
'''


def rule_index(rules: Sequence[type[Rule]]) -> str:
    """The text of ``rules/_index.py``."""
    return _HEAD + "".join(map(_entry, rules)) + ")\n"


def _entry(rule: type[Rule]) -> str:
    listed = listed_rule(rule)
    default = ListedRule("", "", "error", "", ("", ""))
    values = [_literal(value) for value in listed[:5]]
    values += [
        f"{name}={_literal(value)}"
        for name, value, usual in list(zip(listed._fields, listed, default, strict=True))[5:]
        if value != usual
    ]
    return f"    Listed({', '.join(values)}),\n"


def _literal(value: object) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))},)"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def listed_rule(rule: type[Rule]) -> ListedRule:
    """A rule as its entry in the index has it."""
    return ListedRule(
        rule.code,
        rule.name,
        rule.severity,
        summary(rule),
        (rule.__module__, rule.__qualname__),
        rule.state,
        rule.profile,
        rule.suppressible,
        rule.fixable,
        rule.evaluates_all,
        rule.about,
        rule.after_baseline,
    )
