"""JSON, everything there is. ``docs/output.md`` describes the shape.

``version`` counts up when a key goes away or changes its meaning; keys may be added at any time.
The text is ASCII. Sentences are neutralised; paths and replacements are what they are.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.report.escape import json_text, neutralise, neutralise_block, without_surrogates
from symlint.report.fingerprint import fingerprints
from symlint.report.places import relative_path
from symlint.report.summary import severity_counts
from symlint.source.cutting import cut

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Fix
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions
    from symlint.source.text import Position, Range

VERSION: Final = 1


def render(report: Report, options: RenderOptions) -> str:
    """The report as one JSON object, indented."""
    return json_text(document(report, options)) + "\n"


def document(report: Report, options: RenderOptions) -> dict[str, Any]:
    """The report as plain data."""
    directory = options.directory
    prints = fingerprints(report.findings, options.repository)
    suppressed_ones = [suppressed.finding for suppressed in report.suppressed]
    suppressed_prints = fingerprints(suppressed_ones, options.repository)
    return {
        "version": VERSION,
        "symlint": options.version,
        "summary": _summary(report),
        "findings": [
            _finding(finding, print_, directory)
            for finding, print_ in zip(report.findings, prints, strict=True)
        ],
        "suppressed": [
            {
                "kind": suppressed.kind,
                "reason": neutralise(suppressed.reason),
                "finding": _finding(suppressed.finding, print_, directory),
            }
            for suppressed, print_ in zip(report.suppressed, suppressed_prints, strict=True)
        ],
        "undecided": [
            {
                "code": undecided.code,
                "question": neutralise(undecided.question),
                "reason": neutralise(undecided.reason),
                **_place(undecided.range, directory),
            }
            for undecided in report.undecided
        ],
        "failures": [
            {
                "path": _path(failure.path, directory) if failure.path else None,
                "message": neutralise(failure.message),
            }
            for failure in report.failures
        ],
    }


def _summary(report: Report) -> dict[str, Any]:
    severities = severity_counts(report.findings)
    return {
        "errors": severities["error"],
        "warnings": severities["warning"],
        "notes": severities["note"],
        "suppressed": len(report.suppressed),
        "undecided": len(report.undecided),
        "failures": len(report.failures),
        "files": report.counts.files,
        "modules": report.counts.modules,
        "skipped_modules": report.counts.skipped_modules,
        "variable_files": report.counts.variable_files,
        "python_files": report.counts.python_files,
        "skipped_files": dict(report.counts.skipped_files),
        "skipped_folders": dict(report.counts.skipped_folders),
        "all_counted": report.counts.all_counted,
        "checks_held": report.counts.checks_passed,
    }


def _finding(finding: Finding, fingerprint: str, directory: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "title": neutralise(finding.title),
        **_place(finding.range, directory),
        "label": neutralise(finding.label),
        "related": [
            {**_place(other.range, directory), "label": neutralise(other.label)}
            for other in finding.related
        ],
        "why": neutralise_block(finding.why),
        "help": neutralise_block(finding.help),
        "address": neutralise(finding.address) or None,
        "attribute": neutralise(finding.attribute) or None,
        "function": neutralise(finding.function) or None,
        "reference_path": [
            {"reference": neutralise(cut(str(hop.reference))), **_place(hop.range, directory)}
            for hop in finding.path
        ],
        "fix": _fix(finding.fix, directory) if finding.fix else None,
        "more_instances": finding.more_instances,
        "fingerprint": fingerprint,
    }


def _fix(fix: Fix, directory: str) -> dict[str, Any]:
    return {
        "description": neutralise(fix.description),
        "safe": fix.safe,
        "edits": [
            {
                **_place(edit.range, directory),
                "replacement": without_surrogates(edit.replacement),
            }
            for edit in fix.edits
        ],
    }


def _place(range_: Range, directory: str) -> dict[str, Any]:
    return {
        "path": _path(range_.path, directory),
        "start": _position(range_.start_position),
        "end": _position(range_.end_position),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}


def _path(path: str, directory: str) -> str:
    return without_surrogates(relative_path(path, directory))
