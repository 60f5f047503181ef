"""What is listed of a report that has more findings than anybody reads."""

from __future__ import annotations

import pytest

from symlint.lint.finding import Edit, Finding, Fix, RelatedRange, Undecided
from symlint.lint.report import Counts, Failure, Report, Suppressed
from symlint.report.listing import MOST, MOST_BYTES, MOST_OF_A_RULE, listed
from symlint.source.text import Range, SourceFile
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.value import Hop


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


@pytest.mark.no_cover
def test_many_findings_in_many_files() -> None:
    shown = listed(report([finding(f"/{i}.tf") for i in range(MOST + 1)]))
    assert len(shown.findings) == MOST
    assert [it.message for it in shown.failures] == [
        "there are 12,001 findings: only 12,000 are listed"
    ]


@pytest.mark.no_cover
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


PLACE = finding("/a.tf").range
LONG = "x" * (MOST_BYTES // 10)
FAR = Range(SourceFile(f"/{LONG}/a.tf", "a"), 0, 1)


@pytest.mark.parametrize(
    "long",
    [
        {"title": LONG},
        {"why": LONG},
        {"label": "漢" * (len(LONG) // 3)},
        {"help": LONG},
        {"address": LONG},
        {"range": FAR},
        {"related": (RelatedRange(FAR, "a"),)},
        {"related": (RelatedRange(PLACE, LONG),)},
        {"path": (Hop(Reference(Address((), "local", "", "a")), FAR),)},
        {"path": (Hop(Reference(Address((), "local", "", LONG)), PLACE),)},
        {"fix": Fix("a", (Edit(PLACE, LONG),), safe=True)},
        {"fix": Fix("a", (Edit(FAR, ""),), safe=True)},
    ],
    ids=lambda long: next(iter(long)),
)
def test_long_findings_are_listed_up_to_so_many_characters(long: dict[str, object]) -> None:
    found = finding("/a.tf")._replace(**long)  # type: ignore[arg-type]  # one field of it
    shown = listed(report([found] * 12))
    assert len(shown.findings) == 9
    assert [it.message for it in shown.failures] == ["there are 12 findings: only 9 are listed"]
    assert shown.exit_status == 3
    shown = listed(report([], (Suppressed(found, "comment", ""),) * 12))
    assert len(shown.suppressed) == 9


def test_failures_and_questions_are_listed_up_to_so_many_characters() -> None:
    failures = tuple(Failure(f"/{number}", LONG) for number in range(12))
    questions = (Undecided("SYM101", PLACE, LONG, "b"),) * 12
    shown = listed(report([], undecided=questions)._replace(failures=failures))
    assert len(shown.undecided) == 9
    assert shown.failures[:-2] == failures[:9]
    assert [it.message for it in shown.failures[-2:]] == [
        "there are 12 undecided questions: only 9 are listed",
        "there are 12 failures: only 9 are listed",
    ]
