"""JUnit XML: a test suite for each file, a test case for each finding.

A run without findings has one test case that passed, for an empty report is an error to Jenkins.
Suppressed findings are skipped test cases, failures of the run are errors.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.report.escape import guard_log, neutralise, neutralise_block
from symlint.report.places import shown_path, shown_place
from symlint.report.summary import headline

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from symlint.lint.finding import Finding
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """The XML document."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    cases: dict[str, list[Element]] = {}
    names: dict[tuple[str, str], int] = {}

    def add_case(path: str, name: str) -> Element:
        key = (path, name)
        names[key] = names.get(key, 0) + 1
        unique = name if names[key] == 1 else f"{name} #{names[key]}"
        case = Element("testcase", {"classname": path, "name": unique, "time": "0"})
        cases.setdefault(path, []).append(case)
        return case

    directory = options.directory
    for finding in report.findings:
        case = add_case(shown_path(finding.range.path, directory), _name(finding))
        attributes = {"message": neutralise(finding.title), "type": finding.severity}
        SubElement(case, "failure", attributes).text = _details(finding, directory)
    for failure in report.failures:
        path = shown_path(failure.path, directory) if failure.path else "symlint"
        case = add_case(path, "symlint failed")
        attributes = {"message": neutralise(failure.message), "type": "failure"}
        SubElement(case, "error", attributes)
    for suppressed in report.suppressed:
        finding = suppressed.finding
        case = add_case(shown_path(finding.range.path, directory), _name(finding))
        reason = neutralise(suppressed.reason) or "no reason given"
        SubElement(case, "skipped", {"message": f"{suppressed.kind}: {reason}"})
    if not report.findings and not report.failures:
        add_case("symlint", headline(report))

    totals = _totals(list(_flat(cases)))
    del totals["skipped"]  # The schema of Jenkins (junit-10.xsd) has it in suites only.
    root = Element("testsuites", {"name": "symlint", **totals})
    for path, elements in sorted(cases.items()):
        suite = SubElement(root, "testsuite", {"name": path, **_totals(elements), "time": "0"})
        suite.extend(elements)
    indent(root)
    body = tostring(root, encoding="unicode")
    return guard_log(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n')


def _flat(cases: dict[str, list[Element]]) -> list[Element]:
    return [case for elements in cases.values() for case in elements]


def _totals(cases: list[Element]) -> dict[str, str]:
    def number(tag: str) -> str:
        return str(sum(1 for case in cases if case.find(tag) is not None))

    return {
        "tests": str(len(cases)),
        "failures": number("failure"),
        "errors": number("error"),
        "skipped": number("skipped"),
    }


def _name(finding: Finding) -> str:
    """Does not change when the finding moves, so that a test report can follow it."""
    name = f"{finding.code} {finding.name}"
    return f"{name} ({neutralise(finding.address)})" if finding.address else name


def _details(finding: Finding, directory: str) -> str:
    lines = [f"{shown_place(finding.range, directory)}: {neutralise(finding.title)}"]
    lines += (
        f"{shown_place(other.range, directory)}: {neutralise(other.label)}"
        for other in finding.related
    )
    if finding.why:
        lines.append(f"why: {neutralise_block(finding.why)}")
    if finding.help:
        lines.append(f"help: {neutralise_block(finding.help)}")
    return "\n".join(lines)
