"""The rules of a run as SARIF reporting descriptors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symlint.report.rule_page import documentation, rule_page, summary

if TYPE_CHECKING:
    from symlint.lint.report import Report
    from symlint.lint.rule import Rule


def rule_descriptors(report: Report) -> list[dict[str, Any]]:
    """A descriptor for each rule that ran and each code in the report, in code order."""
    descriptors = {rule.code: _descriptor(rule) for rule in report.rules}
    findings = [*report.findings, *(suppressed.finding for suppressed in report.suppressed)]
    for finding in findings:
        if finding.code not in descriptors:
            descriptors[finding.code] = {"id": finding.code, "name": finding.name}
    for undecided in report.undecided:
        descriptors.setdefault(undecided.code, {"id": undecided.code})
    return [descriptors[code] for code in sorted(descriptors)]


def _descriptor(rule: type[Rule]) -> dict[str, Any]:
    page = rule_page(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary(rule)},
        "fullDescription": {"text": documentation(rule)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": ["terraform", "sym"], "precision": "very-high"},
    }
