"""The list of rules for people and for ``grep``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.escape import guard_log
from symlint.report.rules.page import listed_summary
from symlint.report.tables import SEVERITY_STYLES, Cell, columns, table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from symlint.lint.rule import AnyRule

_WIDE: Final = 110
"""Columns from which on the summary stands beside the name."""


def rules_lines(rules: Sequence[AnyRule], enabled: Collection[str]) -> str:
    """A line for each rule."""
    return columns(
        [
            (
                rule.code,
                rule.severity,
                rule.name,
                listed_summary(rule) + _in_brackets(_marks(rule, enabled)),
            )
            for rule in rules
        ]
    )


def rules_table(
    rules: Sequence[AnyRule], enabled: Collection[str], width: int, *, color: bool
) -> str:
    """A table of ``width`` columns; on a narrow terminal the summary stands beneath the name."""
    wide = width >= _WIDE
    rows = []
    for rule in rules:
        style = "" if rule.code in enabled else "dim"
        what = listed_summary(rule) + _in_brackets(_marks(rule, enabled))
        told = [Cell(rule.name, style), Cell(what, style)]
        if not wide:
            told = [Cell(what, style, heading=rule.name)]
        rows.append(
            (
                Cell(rule.code, style or "bold"),
                Cell(rule.severity, style or SEVERITY_STYLES[rule.severity]),
                *told,
            )
        )
    head = (
        ("code", "severity", "name", "what it requires")
        if wide
        else ("code", "severity", "name and what it requires")
    )
    return guard_log(table(head, rows, width, color=color))


def _marks(rule: AnyRule, enabled: Collection[str]) -> list[str]:
    marks = ["off"] * (rule.code not in enabled)
    marks += ["preview"] * (rule.state == "preview")
    marks += ["strict"] * (rule.profile == "strict")
    return marks + ["fixable"] * rule.fixable


def _in_brackets(marks: list[str]) -> str:
    return f" ({', '.join(marks)})" if marks else ""
