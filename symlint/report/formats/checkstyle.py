"""Checkstyle XML, which Jenkins' warnings plug-in and most review bots read."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.escape import guard_log, neutralise
from symlint.report.places import shown_path

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Severity
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions

_SEVERITIES: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "info"}


def render(report: Report, options: RenderOptions) -> str:
    """The XML document: an ``error`` for each finding and failure, by file."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    by_path: dict[str, list[dict[str, str]]] = {}
    for finding in report.findings:
        path = shown_path(finding.range.path, options.directory)
        by_path.setdefault(path, []).append(_error(finding))
    for failure in report.failures:
        path = shown_path(failure.path, options.directory) if failure.path else "symlint"
        by_path.setdefault(path, []).append(_failure(failure.message))

    root = Element("checkstyle", {"version": "4.3"})
    for path, errors in sorted(by_path.items()):
        file = SubElement(root, "file", {"name": path})
        for error in errors:
            SubElement(file, "error", error)
    indent(root)
    body = tostring(root, encoding="unicode")
    return guard_log(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n')


def _error(finding: Finding) -> dict[str, str]:
    place = finding.range.start_position
    message = neutralise(finding.title)
    if finding.why:
        message = f"{message}: {neutralise(finding.why)}"
    return {
        "line": str(place.line),
        "column": str(place.column),
        "severity": _SEVERITIES[finding.severity],
        "message": message,
        "source": f"symlint.{finding.code}",
    }


def _failure(message: str) -> dict[str, str]:
    return {
        "line": "1",
        "severity": "error",
        "message": neutralise(message),
        "source": "symlint.failure",
    }
