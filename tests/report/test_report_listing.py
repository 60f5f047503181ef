"""What is listed of a report that has more findings than anybody reads."""

from __future__ import annotations

from symlint.lint.finding import Finding, Undecided
from symlint.lint.report import Counts, Report, Suppressed
from symlint.report.listing import MOST, MOST_OF_A_RULE, listed
from symlint.source.text import Range, SourceFile


def finding(path: str, code: str = "SYM101") -> Finding:
    place = Range(SourceFile(path, "a\n"), 0, 1)
    return Finding(code=code, name="a-rule", severity="note", title="a", range=place)


def report(
    findings: list[Finding],
    suppressed: tuple[Suppressed, ...] = (),
    undecided: tuple[Undecided, ...] = (),
) -> Report:
    counts = Counts(files=1, modules=1, skipped_modules=0, checks_passed=0)
    return Report(tuple(findings), undecided, (), suppressed, counts)


def test_what_is_short_is_listed_whole() -> None:
    whole = report([finding("/a.tf", code) for code in ("SYM1", "SYM2")] * MOST_OF_A_RULE)
    assert listed(whole) is whole


def test_many_findings_of_a_rule_in_a_file_leave_all_others() -> None:
    few = [finding("/a.tf", "SYM102"), finding("/b.tf")]
    shown = listed(report([finding("/a.tf")] * (MOST_OF_A_RULE + 5) + few))
    assert len(shown.findings) == MOST_OF_A_RULE + len(few)
    assert shown.findings[-2:] == tuple(few)
    assert shown.exit_status == 3
    assert [(it.path, it.message) for it in shown.failures] == [
        ("/a.tf", "it has 1,005 findings of SYM101: only the first 1,000 are listed")
    ]


def test_many_findings_in_many_files() -> None:
    shown = listed(report([finding(f"/{i}.tf") for i in range(MOST + 1)]))
    assert len(shown.findings) == MOST
    assert [it.message for it in shown.failures] == [
        "there are 12,001 findings: only 12,000 are listed"
    ]


def test_many_that_are_suppressed_and_many_that_are_undecided() -> None:
    place = finding("/a.tf").range
    shown = listed(
        report(
            [],
            (Suppressed(finding("/a.tf"), "comment", "because"),) * (MOST + 1),
            (Undecided("SYM101", place, "a", "b"),) * (MOST + 1),
        )
    )
    assert (len(shown.suppressed), len(shown.undecided)) == (MOST, MOST)
    assert [it.message for it in shown.failures] == [
        "there are 12,001 suppressed findings: only 12,000 are listed",
        "there are 12,001 undecided questions: only 12,000 are listed",
    ]
