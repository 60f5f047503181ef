"""The formats against descriptions that were not written here, and against hostile text."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import jsonschema
import pytest
from junitparser import JUnitXml
from sample_report import (
    DIRECTORY,
    HOSTILE_WORDS,
    MAIN,
    REPOSITORY,
    clean_report,
    sample_options,
    sample_report,
)

from symlint.lint.report import Report
from symlint.report.escape import neutralise
from symlint.report.formats import FORMATS, render

SARIF_SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"

DANGEROUS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufffe\uffff]"
)


def rendered(format_name: str, **changes: object) -> str:
    return render(format_name, sample_report(), sample_options(show_undecided=True, **changes))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_that_a_terminal_acts_on_comes_out(name: str) -> None:
    text = rendered(name, statistics=True)
    assert not DANGEROUS.search(text)
    text.encode()
    assert "##[" not in text


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"github"}))
@pytest.mark.parametrize("width", [None, 60])
def test_no_line_is_a_workflow_command(name: str, width: int | None) -> None:
    lines = rendered(name, width=width).splitlines()
    assert not [line for line in lines if line.lstrip().startswith("::")]


@pytest.mark.parametrize("name", FORMATS)
def test_same_report_same_bytes(name: str) -> None:
    assert rendered(name) == rendered(name)


def test_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        render("pdf", clean_report(), sample_options())


# --- SARIF ---


@pytest.mark.parametrize("report", [sample_report(), clean_report()], ids=["sample", "clean"])
@pytest.mark.parametrize("undecided", [False, True])
def test_sarif_is_valid(report: Report, undecided: bool) -> None:
    log = json.loads(render("sarif", report, sample_options(show_undecided=undecided)))
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)


def sarif_run() -> dict[str, Any]:
    run: dict[str, Any] = json.loads(rendered("sarif"))["runs"][0]
    return run


def test_sarif_rule_indexes_lead_to_the_rules() -> None:
    run = sarif_run()
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    described = next(rule for rule in rules if rule["id"] == "SYM201")
    assert (
        described["shortDescription"]["text"] == "A strategy grants only targets of its own kind."
    )
    assert "```hcl" in described["help"]["markdown"]


def test_sarif_uris_are_relative_to_the_repository_and_name_the_bytes_of_the_path() -> None:
    text = rendered("sarif")
    assert REPOSITORY not in text
    uris = {
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif_run()["results"]
        for location in (*result["locations"], *result.get("relatedLocations", ()))
    }
    assert "modules/a%20b%25/targets.tf" in uris
    assert b"live/::error::x\x1b[2J,\xff.tf" in {unquote_to_bytes(uri) for uri in uris}


def test_sarif_result_has_flow_fix_and_fingerprint() -> None:
    result = next(r for r in sarif_run()["results"] if r["ruleId"] == "SYM201")
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in steps] == [
        "local.target is read",
        "this is an okta_group target",
    ]
    change = result["fixes"][0]["artifactChanges"][0]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 9, "startColumn": 14, "endLine": 9, "endColumn": 26},
            "insertedContent": {"text": "sym_target.right.id"},
        }
    ]
    assert result["suppressions"] == []


def test_sarif_suppressions_say_where_they_come_from() -> None:
    kinds = [s["kind"] for result in sarif_run()["results"] for s in result.get("suppressions", ())]
    assert kinds == ["inSource", "external"]


def test_sarif_failures_are_notifications() -> None:
    invocation = sarif_run()["invocations"][0]
    assert not invocation["executionSuccessful"]
    assert len(invocation["toolExecutionNotifications"]) == 2


@pytest.mark.parametrize("format_name", ["sarif", "gitlab"])
def test_fingerprints_do_not_depend_on_lines_and_all_differ(format_name: str) -> None:
    def found(report: Report) -> list[str]:
        text = render(format_name, report, sample_options())
        return re.findall(r'"(?:symlint/v1|fingerprint)": "(\w+)"', text)

    report = sample_report()
    before = found(report)
    assert len(set(before)) == len(before)
    source = report.findings[1].range.source
    moved = source.__class__(source.path, "# a new line\n" + MAIN)
    finding = report.findings[1]
    start = moved.text.index("[local.target]") + 1
    finding = finding._replace(
        range=finding.range._replace(source=moved, start=start, end=start + 12), title="other words"
    )
    after = found(report._replace(findings=(report.findings[0], finding, *report.findings[2:])))
    assert after == before


# --- JSON ---


def test_json_is_ascii_and_says_everything() -> None:
    text = rendered("json")
    assert text.isascii()
    document = json.loads(text)
    assert document["version"] == 1
    assert document["summary"] == {
        "errors": 1,
        "warnings": 2,
        "notes": 1,
        "suppressed": 2,
        "undecided": 1,
        "failures": 2,
        "files": 12,
        "modules": 2,
        "skipped_modules": 3,
        "variable_files": 1,
        "python_files": 2,
        "skipped_files": {"without_sym": 7, "dot_terraform": 30, "hidden": 1},
        "skipped_folders": {"linked": 2},
        "all_counted": True,
        "checks_held": 40,
    }
    finding = document["findings"][1]
    assert finding["path"] == "main.tf"
    assert finding["start"] == {"line": 9, "column": 14, "offset": MAIN.rindex("local.target")}
    assert finding["related"][1]["path"] == f"{REPOSITORY}/modules/a b%/targets.tf"
    assert finding["reference_path"][0]["reference"] == "local.target"
    assert finding["fix"]["edits"][0]["replacement"] == "sym_target.right.id"
    assert [item["kind"] for item in document["suppressed"]] == ["comment", "baseline"]
    assert document["undecided"][0]["code"] == "SYM301"
    assert document["failures"][1]["path"] is None


# --- GitHub ---


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it (``ActionCommand.TryParseV2``)."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, listed = head.partition(" ")
    properties = {}
    for part in listed.split(","):
        key, _, value = part.partition("=")
        for code, character in (
            ("%3A", ":"),
            ("%2C", ","),
            ("%0D", "\r"),
            ("%0A", "\n"),
            ("%25", "%"),
        ):
            value = value.replace(code, character)
        properties[key] = value
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        data = data.replace(code, character)
    return name, properties, data


def test_github_commands_are_read_as_written() -> None:
    commands = [read_command(line) for line in rendered("github").splitlines()]
    assert [command[0] for command in commands] == [
        "warning",
        "error",
        "warning",
        "notice",
        "error",
        "error",
    ]
    _, properties, message = commands[0]
    assert properties["file"] == "live/::error::x\\x1b[2J,\\xff.tf"
    assert properties["title"] == "SYM102 dependency-cycle"
    assert message.splitlines()[0] == neutralise(HOSTILE_WORDS)
    assert commands[1][1] == {
        "file": "live/main.tf",
        "line": "9",
        "endLine": "9",
        "col": "14",
        "endColumn": "26",
        "title": "SYM201 strategy-target-type",
    }
    assert "col" not in commands[2][1], "columns of a range over several lines are refused"
    assert "endLine" in commands[2][1]


# --- XML ---


def test_junit_counts_agree_with_its_cases() -> None:
    root = ElementTree.fromstring(rendered("junit"))
    cases = list(root.iter("testcase"))
    assert root.get("tests") == str(len(cases))
    for tag, attribute in (("failure", "failures"), ("error", "errors")):
        assert root.get(attribute) == str(len(list(root.iter(tag))))
    for suite in root.iter("testsuite"):
        assert suite.get("tests") == str(len(list(suite.iter("testcase"))))
        assert suite.get("skipped") == str(len(list(suite.iter("skipped"))))
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert len(set(names)) == len(names)


JUNIT_ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"name", "classname", "time"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
}
"""What junit-10.xsd of Jenkins' xUnit plug-in admits, of what is written here."""


def test_junit_has_no_attribute_that_jenkins_refuses() -> None:
    for element in ElementTree.fromstring(rendered("junit")).iter():
        assert set(element.attrib) <= JUNIT_ATTRIBUTES[element.tag]


def test_junit_is_read_by_others_as_it_is_meant() -> None:
    suites = JUnitXml.fromstring(rendered("junit").encode())
    stated = (suites.tests, suites.failures, suites.errors)
    suites.update_statistics()  # type: ignore[no-untyped-call]  # junitparser annotates nothing
    assert (suites.tests, suites.failures, suites.errors) == stated
    cases = [case for suite in suites for case in suite]
    assert [type(case.result[0]).__name__ for case in cases].count("Skipped") == 2
    assert all(case.classname and case.name for case in cases)


def test_junit_of_a_clean_run_has_a_case_that_passed() -> None:
    root = ElementTree.fromstring(render("junit", clean_report(), sample_options()))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("1", "0", "0")


def test_checkstyle_has_what_its_readers_want() -> None:
    root = ElementTree.fromstring(rendered("checkstyle"))
    assert root.tag == "checkstyle"
    errors = list(root.iter("error"))
    assert len(errors) == 6
    for error in errors:
        assert error.get("severity") in ("error", "warning", "info", "ignore")
        assert error.get("line", "").isdigit()
        assert error.get("message")
        assert error.get("source", "").startswith("symlint.")


# --- GitLab ---


def test_gitlab_has_the_documented_fields() -> None:
    issues = json.loads(rendered("gitlab"))
    assert len(issues) == 6
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["lines"]["begin"] >= 1
    assert issues[1]["location"] == {"path": "live/main.tf", "lines": {"begin": 9, "end": 9}}


# --- Markdown ---


def test_markdown_fits_into_a_comment() -> None:
    report = sample_report()
    many = report._replace(findings=report.findings * 100)
    text = render("markdown", many, sample_options())
    assert len(text) < 65_536
    assert "more findings that do not fit into a comment" in text


def test_paths_are_relative_to_the_working_directory() -> None:
    text = rendered("text")
    assert "--> main.tf:9:14 in" in text
    assert f"{DIRECTORY}/main.tf" not in text
    assert f"--> {REPOSITORY}/modules/a b%/targets.tf:2:9" in text
