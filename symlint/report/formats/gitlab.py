"""GitLab's code-quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.report.escape import json_text, neutralise, without_surrogates
from symlint.report.fingerprint import fingerprints
from symlint.report.places import relative_path

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Severity
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions

_SEVERITIES: Final[dict[Severity, str]] = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report, options: RenderOptions) -> str:
    """A JSON array with an object for each finding and failure."""
    prints = fingerprints(report.findings, options.repository)
    issues = [
        _issue(finding, fingerprint, options.repository)
        for finding, fingerprint in zip(report.findings, prints, strict=True)
    ]
    issues += (
        _failure(failure.path, failure.message, options.repository) for failure in report.failures
    )
    return json_text(issues) + "\n"


def _issue(finding: Finding, fingerprint: str, repository: str) -> dict[str, Any]:
    start, end = finding.range.start_position, finding.range.end_position
    description = f"{finding.code}: {neutralise(finding.title)}"
    return {
        "description": description,
        "check_name": finding.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": without_surrogates(relative_path(finding.range.path, repository)),
            "lines": {"begin": start.line, "end": end.line},
        },
    }


def _failure(path: str, message: str, repository: str) -> dict[str, Any]:
    from hashlib import sha256

    shown = without_surrogates(relative_path(path, repository)) if path else "."
    text = neutralise(message)
    return {
        "description": f"symlint failed: {text}",
        "check_name": "symlint-failure",
        "fingerprint": sha256(f"failure\0{shown}\0{text}".encode()).hexdigest(),
        "severity": "blocker",
        "location": {"path": shown, "lines": {"begin": 1, "end": 1}},
    }
