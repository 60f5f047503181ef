"""The rules of a run as SARIF reporting descriptors."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any
from symlint.report.rules.address import rule_address
from symlint.report.rules.page import documentation, rule_page, summary

if TYPE_CHECKING:
    from symlint.lint.report import Report
    from symlint.lint.rule import Rule


def rule_descriptors(report: Report, *, with_undecided: bool) -> list[dict[str, Any]]:
    """A descriptor for each rule that has results, in code order."""
    findings = [*report.findings, *(suppressed.finding for suppressed in report.suppressed)]
    names: dict[str, dict[str, Any]] = {
        finding.code: {"id": finding.code, "name": finding.name} for finding in findings
    }
    for undecided in report.undecided if with_undecided else ():
        names.setdefault(undecided.code, {"id": undecided.code})
    rules = {rule.code: rule for rule in report.rules if rule.code in names}
    return [
        _descriptor(rules[code].load()) if code in rules else names[code] for code in sorted(names)
    ]


def _descriptor(rule: type[Rule]) -> dict[str, Any]:
    page = rule_page(rule)
    address = rule_address(rule.code)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary(rule)},
        "fullDescription": {"text": documentation(rule)},
        "help": {"text": page, "markdown": page},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": ["terraform", "sym"], "precision": "very-high"},
    }
