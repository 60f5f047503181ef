"""Comments are tried out by linting again, as often as the work of one run allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.lint.run.repair.trials import MOST_WORK
from symlint.lint.run.roots.kept import Kept
from symlint.lint.suppression.adding import add_ignores

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from symlint.lint.report import Report


@pytest.mark.parametrize(
    ("work", "looks"), [(1_000, 3), (MOST_WORK // 2, 2), (MOST_WORK // 2 + 1, 1)]
)
def test_looks_are_few_where_they_take_much_work(tmp_path: Path, work: int, looks: int) -> None:
    wrong = 'resource "sym_target" "a" {\n  type = "okta_gruop"\n}\n'
    (tmp_path / "main.tf").write_text(wrong, encoding="utf-8")
    report = lint([str(tmp_path)])._replace(work=work)
    seen: list[Mapping[str, str]] = []

    def look(texts: Mapping[str, str]) -> Report:
        """As if no comment did its work."""
        seen.append(texts)
        return report

    added = add_ignores(look, "later")
    assert len(seen) == looks
    assert added.left == report.findings
    assert added.too_much == (looks < 3)


def test_no_comment_is_made_where_looking_again_takes_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("symlint.lint.run.repair.trials.MOST_WORK", 0)
    monkeypatch.setattr("symlint.lint.run.repair.trials.LEAST_FOR_TRIALS", 0)
    monkeypatch.setattr("symlint.lint.suppression.adding._commented", None)
    wrong = 'resource "sym_target" "a" {\n  type = "okta_gruop"\n}\n'
    (tmp_path / "main.tf").write_text(wrong, encoding="utf-8")
    kept = Kept()

    def look(texts: Mapping[str, str]) -> Report:
        return lint([str(tmp_path)], Options(overlays=texts), kept=kept)

    added = add_ignores(look, "later", kept)
    assert added.too_much
    assert len(added.left) == 1


def test_only_what_comments_touch_is_linted_again(tmp_path: Path) -> None:
    wrong = 'resource "sym_target" "a" {\n  type = "okta_gruop"\n}\n'
    for name in "abcd":
        (tmp_path / name).mkdir()
        text = wrong if name == "b" else wrong.replace("gruop", "group")
        (tmp_path / name / "main.tf").write_text(text, encoding="utf-8")
    kept = Kept()
    work: list[int] = []

    def look(texts: Mapping[str, str]) -> Report:
        report = lint([str(tmp_path)], Options(overlays=texts, select=("SYM217",)), kept=kept)
        work.append(report.work)
        return report

    added = add_ignores(look, "later", kept)
    assert [it.range.path for it in added.ignored] == [str(tmp_path / "b" / "main.tf")]
    assert len(work) == 2
    assert work[1] < work[0] // 2
    assert lint([str(tmp_path)], Options(select=("SYM217",))).findings == ()


def test_a_file_with_two_names_gets_each_comment_once(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    wrong = 'resource "sym_target" "a" {\n  type = "okta_gruop"\n}\n'
    file = tmp_path / "a" / "main.tf"
    file.write_text(wrong, encoding="utf-8")
    (tmp_path / "b" / "linked.tf").symlink_to("../a/main.tf")
    added = add_ignores(lambda texts: lint([str(tmp_path)], Options(), texts=texts), "later")
    assert added.failed == ()
    assert added.left == ()
    assert added.report.exit_status == 0
    commented = wrong.replace('"\n}', '" # symlint: ignore[SYM217] later\n}')
    assert file.read_text(encoding="utf-8") == commented


def test_no_comment_is_tried_for_what_none_suppresses(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    broken = 'locals {\n  password = "hunter22secret\n}\n'
    (tmp_path / "a" / "main.tf").write_text(broken, encoding="utf-8")
    wrong = 'resource "sym_target" "a" {\n  type = "okta_gruop"\n}\n'
    (tmp_path / "b" / "main.tf").write_text(wrong, encoding="utf-8")
    tried: list[str] = []

    def look(texts: Mapping[str, str]) -> Report:
        tried.extend(texts)
        return lint([str(tmp_path)], Options(all_modules=True), texts=texts, kept=kept)

    kept = Kept()
    added = add_ignores(look, "afterwards", kept)
    assert {path.rpartition("/")[0] for path in tried} == {str(tmp_path / "b")}
    assert [it.reason for it in added.report.suppressed] == ["afterwards"]
    assert {finding.code for finding in added.left} == {"SYM001"}
