"""SARIF 2.1.0 for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/

Paths are relative to ``%SRCROOT%``, the root of the repository, and no path of the machine is
written. Findings that are suppressed are results with a suppression, so that a dashboard can show
them; undecided questions are results of kind "open" where they are wanted.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.report.escape import json_text, neutralise, neutralise_block, without_surrogates
from symlint.report.fingerprint import fingerprints
from symlint.report.formats.markdown import remedy
from symlint.report.formats.sarif_rules import rule_descriptors
from symlint.report.markup import escape_markdown
from symlint.report.places import file_uri, relative_uri
from symlint.report.summary import more_found
from symlint.source.cutting import cut

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Fix, Undecided
    from symlint.lint.report import Failure, Report
    from symlint.report.options import RenderOptions
    from symlint.source.text import Range

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT: Final = "symlint/v1"
_ROOT: Final = "%SRCROOT%"


def render(report: Report, options: RenderOptions) -> str:
    """The SARIF log with one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, options)]}
    return json_text(log) + "\n"


def _run(report: Report, options: RenderOptions) -> dict[str, Any]:
    writer = _Writer(report, options)
    return {
        "tool": {
            "driver": {
                "name": "symlint",
                "version": options.version,
                "semanticVersion": options.version,
                "rules": writer.descriptors,
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The root of the repository that was linted."}}
        },
        "invocations": [
            {
                "executionSuccessful": not report.failures,
                "toolExecutionNotifications": [
                    writer.notification(failure) for failure in report.failures
                ],
            }
        ],
        "results": writer.results(report),
    }


class _Writer:
    """Turns findings into results that refer to the rules of one run."""

    def __init__(self, report: Report, options: RenderOptions) -> None:
        self.options = options
        undecided = options.show_undecided
        self.descriptors = rule_descriptors(report, with_undecided=undecided)
        self._index = {rule["id"]: index for index, rule in enumerate(self.descriptors)}

    def results(self, report: Report) -> list[dict[str, Any]]:
        """Findings, suppressed findings, and undecided questions where wanted."""
        findings = [*report.findings, *(suppressed.finding for suppressed in report.suppressed)]
        prints = fingerprints(findings, self.options.repository)
        results = [self._result(*pair) for pair in zip(findings, prints, strict=True)]
        with_suppression = results[len(report.findings) :]
        for result, suppressed in zip(with_suppression, report.suppressed, strict=True):
            kind = "external" if suppressed.kind == "baseline" else "inSource"
            suppression = {"kind": kind, "justification": neutralise(suppressed.reason)}
            result["suppressions"] = [suppression if suppressed.reason else {"kind": kind}]
        # SARIF: once one result has "suppressions" every result has.
        if with_suppression:
            for result in results[: len(report.findings)]:
                result["suppressions"] = []
        if self.options.show_undecided:
            results += [self._open(undecided) for undecided in report.undecided]
        return results

    def notification(self, failure: Failure) -> dict[str, Any]:
        """What kept the run from being trusted."""
        notification: dict[str, Any] = {
            "level": "error",
            "message": {"text": neutralise(failure.message)},
        }
        if failure.path:
            artifact = {"artifactLocation": self._artifact(failure.path)}
            notification["locations"] = [{"physicalLocation": artifact}]
        return notification

    def _result(self, finding: Finding, fingerprint: str) -> dict[str, Any]:
        location = self._location(finding.range)
        if finding.address:
            name = neutralise(finding.address)
            location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "resource"}]
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": self._index[finding.code],
            "kind": "fail",
            "level": finding.severity,
            "message": _message(finding),
            "locations": [location],
            "partialFingerprints": {FINGERPRINT: fingerprint},
        }
        if finding.related:
            result["relatedLocations"] = [
                {"id": number, **self._location(other.range, other.label)}
                for number, other in enumerate(finding.related, start=1)
            ]
        if finding.path:
            result["codeFlows"] = [self._code_flow(finding)]
        if finding.fix:
            result["fixes"] = [self._fix(finding.fix)]
        return result

    def _open(self, undecided: Undecided) -> dict[str, Any]:
        text = f"{neutralise(undecided.question)}: {neutralise(undecided.reason)}"
        return {
            "ruleId": undecided.code,
            "ruleIndex": self._index[undecided.code],
            "kind": "open",
            "level": "none",
            "message": {"text": text},
            "locations": [self._location(undecided.range)],
        }

    def _code_flow(self, finding: Finding) -> dict[str, Any]:
        """The path of the value from where it was written to where it does harm."""
        steps = [
            self._location(hop.range, f"{cut(str(hop.reference))} is read") for hop in finding.path
        ]
        steps.append(self._location(finding.range, finding.label or finding.title))
        return {"threadFlows": [{"locations": [{"location": step} for step in steps]}]}

    def _fix(self, fix: Fix) -> dict[str, Any]:
        changes: dict[str, list[dict[str, Any]]] = {}
        for edit in fix.edits:
            replacement: dict[str, Any] = {"deletedRegion": _region(edit.range)}
            if edit.replacement:
                replacement["insertedContent"] = {"text": without_surrogates(edit.replacement)}
            changes.setdefault(edit.range.path, []).append(replacement)
        return {
            "description": {"text": neutralise(fix.description)},
            "artifactChanges": [
                {"artifactLocation": self._artifact(path), "replacements": replacements}
                for path, replacements in changes.items()
            ],
        }

    def _location(self, range_: Range, message: str = "") -> dict[str, Any]:
        location: dict[str, Any] = {
            "physicalLocation": {
                "artifactLocation": self._artifact(range_.path),
                "region": _region(range_),
            }
        }
        if message:
            location["message"] = {"text": neutralise(message)}
        return location

    def _artifact(self, path: str) -> dict[str, str]:
        uri = relative_uri(path, self.options.repository)
        return {"uri": file_uri(path)} if uri is None else {"uri": uri, "uriBaseId": _ROOT}


def _region(range_: Range) -> dict[str, int]:
    start, end = range_.start_position, range_.end_position
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _message(finding: Finding) -> dict[str, str]:
    """The title, consequence and remedy; links to the related places in the Markdown."""
    paragraphs = [neutralise(finding.title)]
    marked_up = [escape_markdown(finding.title)]
    if finding.why:
        paragraphs.append(f"Why: {neutralise_block(finding.why)}")
        marked_up.append(f"**Why:** {escape_markdown(finding.why)}")
    if finding.help:
        paragraphs.append(f"Help: {neutralise_block(finding.help.strip())}")
        marked_up.append("\n".join(remedy(finding.help)))
    if finding.more_instances:
        paragraphs.append(f"And {more_found(finding)}.")
        marked_up.append(paragraphs[-1])
    return {"text": _plain("\n\n".join(paragraphs)), "markdown": "\n\n".join(marked_up)}


def _plain(text: str) -> str:
    """``text`` with nothing in it that a viewer would take for a link, ``[text](destination)``.

    Braces stay single: they are placeholders only in a message with arguments, and no viewer undoes
    the doubling that the standard asks for (3.11.5), which would spoil all code in the remedy.
    """
    return text.replace("](", "] (")
