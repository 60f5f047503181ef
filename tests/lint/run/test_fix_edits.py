"""Fixes change what they name and nothing else."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from support.hand_made import finding, range_of, replacing

from symlint.lint.finding import Edit, Fix
from symlint.lint.report import Counts, Report
from symlint.lint.run.repair.fixes import apply_edits, diff, plan_fixes, write_files
from symlint.lint.run.repair.repairing import MAX_ROUNDS, fix
from symlint.source.files import read_file
from symlint.source.text import Range, SourceFile
from symlint.source.writing import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from symlint.lint.finding import Finding


def report(findings: Iterable[Finding]) -> Report:
    return Report(tuple(findings), (), (), (), Counts(1, 1, 0, 0))


def source_of(path: Path) -> SourceFile:
    source = read_file(path)
    assert isinstance(source, SourceFile)
    return source


def overlaid(path: Path, texts: Mapping[str, str]) -> SourceFile:
    return SourceFile(str(path), texts[str(path)]) if str(path) in texts else source_of(path)


def test_only_safe_fixes_unless_all_are_wanted() -> None:
    source = SourceFile("/main.tf", "a = one\nb = two\n")
    findings = [
        finding(one := range_of(source, "one"), fix=replacing(one, "1")),
        finding(two := range_of(source, "two"), fix=replacing(two, "2", safe=False)),
        finding(two),
    ]
    assert plan_fixes(findings).files[0].text == "a = 1\nb = two\n"
    assert plan_fixes(findings, "all").files[0].text == "a = 1\nb = 2\n"


def test_a_conflicting_fix_is_left_out_whole_and_reported() -> None:
    source = SourceFile("/main.tf", "a = one\nb = two\n")
    one, two = range_of(source, "one"), range_of(source, "two")
    first = finding(one, fix=replacing(one, "1"))
    second = finding(two, fix=Fix("both", (Edit(two, "2"), Edit(one, "3")), True))
    plan = plan_fixes([first, second])
    assert plan.files[0].text == "a = 1\nb = two\n"
    assert (plan.applied, plan.conflicting) == ((first,), (second,))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ((0, 2), (2, 4), True),
        ((0, 2), (1, 3), False),
        ((0, 4), (1, 2), False),
        ((2, 2), (2, 2), False),
        ((0, 2), (2, 2), True),
        ((2, 2), (2, 4), False),
        ((0, 4), (2, 2), False),
    ],
)
def test_what_overlaps(one: tuple[int, int], other: tuple[int, int], together: bool) -> None:
    source = SourceFile("/main.tf", "abcdef")
    for first, second in ((one, other), (other, one)):
        findings = [
            finding(place := Range(source, *first), fix=replacing(place, "x")),
            finding(place := Range(source, *second), fix=replacing(place, "y")),
        ]
        assert (len(plan_fixes(findings).applied) == 2) is together


def test_two_findings_with_one_edit_are_both_fixed() -> None:
    source = SourceFile("/main.tf", "a = one\n")
    one = range_of(source, "one")
    findings = [finding(one, fix=replacing(one, "1"), title=title) for title in "xy"]
    plan = plan_fixes(findings)
    assert plan.files[0].text == "a = 1\n"
    assert len(plan.applied) == 2


def test_fixes_that_change_nothing_change_no_file() -> None:
    source, other = SourceFile("/b.tf", "a = one\nb = 2\n"), SourceFile("/a.tf", "b = two\n")
    one, two, same = range_of(source, "one"), range_of(other, "two"), range_of(source, "2")
    unchanged = finding(same, fix=replacing(same, "2"))
    plan = plan_fixes([unchanged, finding(same, fix=Fix("nothing", (), True))])
    assert (plan.files, plan.applied, plan.conflicting) == ((), (unchanged,), ())
    both = finding(one, fix=Fix("both", (Edit(one, "1"), Edit(two, "2"), Edit(one, "1")), True))
    plan = plan_fixes([both])
    assert [(it.source.path, it.text) for it in plan.files] == [
        ("/a.tf", "b = 2\n"),
        ("/b.tf", "a = 1\nb = 2\n"),
    ]


def test_after_a_conflict_the_others_are_fixed() -> None:
    source = SourceFile("/main.tf", "a = one + two + three\n")
    places = [range_of(source, text) for text in ("one + two", "two", "three", "one")]
    findings = [finding(it, fix=replacing(it, "1")) for it in places]
    plan = plan_fixes(findings)
    assert plan.files[0].text == "a = 1 + 1\n"
    assert plan.conflicting == (findings[1], findings[3])


@pytest.mark.parametrize(
    ("before", "end"),
    [
        ("a = 1\r\nb = 2\r\n", "\r\n"),
        ("a = 1\nb = 2\n", "\n"),
        ("b = 2", "\n"),
        ("a = 1\r\nb = 2\n", "\n"),
        ("a = 1\r\nb = 2\r\nc\n", "\r\n"),
        ("a = 1\r\nb = 2\nc\n", "\n"),
    ],
)
def test_line_endings_follow_the_file(before: str, end: str) -> None:
    source = SourceFile("/main.tf", before)
    edits = [Edit(Range(source, 0, 0), "x\n"), Edit(range_of(source, "b = 2"), "b\nc\r\nd")]
    expected = f"x{end}" + before.replace("b = 2", f"b{end}c{end}d")
    assert apply_edits(source, reversed(edits)) == expected


def test_the_diff_touches_only_the_edit_and_keeps_odd_characters() -> None:
    source = SourceFile("/x/main.tf", "a = 1\x0c\u2028z\nb = 2\nc = 3")
    place = range_of(source, "3")
    plan = plan_fixes([finding(place, fix=replacing(place, "4"))])
    text = diff(plan.files, lambda _: "main.tf")
    assert text == (
        "--- a/main.tf\n+++ b/main.tf\n@@ -1,3 +1,3 @@\n a = 1\x0c\u2028z\n b = 2\n"
        "-c = 3\n\\ No newline at end of file\n+c = 4\n\\ No newline at end of file\n"
    )


def test_a_diff_of_two_files_that_end_with_a_newline() -> None:
    places = [range_of(SourceFile(f"/x/{name}.tf", "\n\na = 1\n\n"), "1") for name in "ab"]
    plan = plan_fixes([finding(place, fix=replacing(place, "2")) for place in places])
    hunk = "@@ -1,4 +1,4 @@\n \n \n-a = 1\n+a = 2\n \n"
    assert diff(plan.files) == "".join(
        f"--- a//x/{name}.tf\n+++ b//x/{name}.tf\n{hunk}" for name in "ab"
    )


def test_mode_byte_order_mark_and_undecodable_bytes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_bytes(b"\xef\xbb\xbfa = one # \xff\r\n")
    path.chmod(0o640)
    link = tmp_path / "link.tf"
    link.symlink_to(path)
    source = source_of(link)
    place = range_of(source, "one")
    assert write_files(plan_fixes([finding(place, fix=replacing(place, "1"))]).files) == {}
    assert path.read_bytes() == b"\xef\xbb\xbfa = 1 # \xff\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link.tf", "main.tf"]


def test_nothing_is_written_when_one_file_of_several_has_changed(tmp_path: Path) -> None:
    for name in ("a.tf", "b.tf"):
        (tmp_path / name).write_text("x = one\n", encoding="utf-8")
    places = [range_of(source_of(tmp_path / name), "one") for name in ("a.tf", "b.tf")]
    plan = plan_fixes(
        [finding(places[0], fix=Fix("both", tuple(Edit(place, "1") for place in places), True))]
    )
    (tmp_path / "b.tf").write_text("somebody saved\n", encoding="utf-8")
    assert write_files(plan.files) == {str(tmp_path / "b.tf"): "it has changed since it was read"}
    assert (tmp_path / "a.tf").read_text(encoding="utf-8") == "x = one\n"
    (tmp_path / "b.tf").unlink()
    assert write_files(plan.files) == {str(tmp_path / "b.tf"): "the file does not exist"}


def test_what_init_has_installed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / ".terraform" / "modules" / "m" / "main.tf"
    path.parent.mkdir(parents=True)
    path.write_text("x = one\n", encoding="utf-8")
    place = range_of(source_of(path), "one")
    plan = plan_fixes([finding(place, fix=replacing(place, "1"))])
    assert write_files(plan.files) == {str(path): "terraform init has installed it"}
    assert path.read_text(encoding="utf-8") == "x = one\n"


def test_what_cannot_be_written_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "main.tf"
    path.write_text("x = one\n", encoding="utf-8")
    place = range_of(source_of(path), "one")
    plan = plan_fixes([finding(place, fix=replacing(place, "1"))])
    errors = iter((OSError(28, "No space left on device"), PermissionError()))

    def full(descriptor: int) -> None:
        raise next(errors)

    monkeypatch.setattr(os, "fsync", full)
    assert write_files(plan.files) == {str(path): "no space left on device"}
    assert write_files(plan.files) == {str(path): "permissionerror"}


def test_a_failed_write_leaves_the_file_and_no_debris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "main.tf"
    path.write_text("before", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(str(path), b"after")
    assert path.read_text(encoding="utf-8") == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["main.tf"]


@pytest.mark.no_cover
def test_fixes_are_repeated_until_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_text("a = 3\n", encoding="utf-8")

    def look(texts: Mapping[str, str]) -> Report:
        source = overlaid(path, texts)
        place = Range(source, 4, 5)
        count = int(place.text)
        fixes = replacing(place, str(count - 1)) if count else None
        return report([finding(place, fix=fixes)])

    result = fix(look)
    assert path.read_text(encoding="utf-8") == "a = 0\n"
    assert (len(result.applied), result.stable, result.failed) == (3, True, ())
    assert [it.fix for it in result.report.findings] == [None]
    assert result.conflicting == ()


def test_fixes_that_never_end_are_given_up(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_text("a", encoding="utf-8")

    def look(texts: Mapping[str, str]) -> Report:
        source = overlaid(path, texts)
        place = Range(source, len(source.text), len(source.text))
        return report([finding(place, fix=replacing(place, "a"))])

    result = fix(look)
    assert path.read_text(encoding="utf-8") == "a" * (1 + MAX_ROUNDS)
    assert result.stable is False
    assert len(result.applied) == MAX_ROUNDS == 10
    assert result.report.findings[0].range.start == 1 + MAX_ROUNDS


@pytest.mark.no_cover
def test_what_is_done_in_the_last_round_is_stable(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_text("a", encoding="utf-8")

    def look(texts: Mapping[str, str]) -> Report:
        source = overlaid(path, texts)
        place = Range(source, len(source.text), len(source.text))
        more = len(source.text) <= MAX_ROUNDS
        return report([finding(place, fix=replacing(place, "a") if more else None)])

    result = fix(look)
    assert (len(result.applied), result.stable) == (MAX_ROUNDS, True)


def test_a_file_that_cannot_be_written_is_reported_and_the_others_are_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.tf", "b.tf"):
        (tmp_path / name).write_text("x = one\n", encoding="utf-8")
    locked = str(tmp_path / "a.tf")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != locked and access(path, mode))

    def look(texts: Mapping[str, str]) -> Report:
        found = []
        for name in ("a.tf", "b.tf"):
            source = overlaid(tmp_path / name, texts)
            if "one" in source.text:
                place = range_of(source, "one")
                found.append(finding(place, fix=replacing(place, "1")))
                found.append(finding(place))
        return report(found)

    result = fix(look)
    assert result.failed == ((locked, "it is read-only"),)
    assert result.stable is True
    assert (tmp_path / "a.tf").read_text(encoding="utf-8") == "x = one\n"
    assert (tmp_path / "b.tf").read_text(encoding="utf-8") == "x = 1\n"
    assert len(result.applied) == 1
