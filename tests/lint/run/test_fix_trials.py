"""Fixes that do harm are left out and named; the others are applied."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from support.hand_made import finding, replacing

from symlint.lint.finding import Edit, Fix
from symlint.lint.options import Options
from symlint.lint.report import Counts, Failure, Report
from symlint.lint.run.config_run import ConfigRun
from symlint.lint.run.engine import lint
from symlint.lint.run.repair import trials
from symlint.lint.run.repair.repairing import fix, work_out
from symlint.lint.run.repair.trials import LEAST_OF_A_LOOK, MOST_WORK
from symlint.lint.run.roots.judge import Judge
from symlint.lint.run.roots.kept import Kept
from symlint.source.text import Range, SourceFile
from symlint.source.tree import Tree
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from symlint.lint.finding import Finding

    Look = Callable[[Mapping[str, str]], Report]

REPLACED = {
    "fine": "1",
    "broken": '"',
    "wrong": "error",
    "blind": "failure",
    "chain": "error_that_fixes",
    "error_that_fixes": "1",
    "first": "second",
    "second": "third",
    "third": "1",
    "late": "early",
}
"""What the findings about words want to write in their place."""

TOO_MUCH = "what it would lead to takes too much work to find out in one run"


class Linter:
    """Finds words in files; ``error`` words are errors, ``failure`` makes the run untrusted.

    ``early`` is an error in a text without a 1.
    """

    def __init__(self, *paths: Path, work: int = 0) -> None:
        self.paths = paths
        self.work = work
        self.looks = 0

    def __call__(self, texts: Mapping[str, str]) -> Report:
        self.looks += 1
        files = FileCache(tree=Tree(map(str, self.paths)), overlays=texts)
        sources = [files.source(str(path)) for path in self.paths]
        found = [
            it for source in sources if isinstance(source, SourceFile) for it in _found(source)
        ]
        failures = tuple(
            Failure(it.range.path, "it is too deep") for it in found if it.title == "failure"
        )
        return Report(tuple(found), (), failures, (), Counts(1, 1, 0, 0), work=self.work)


def _found(source: SourceFile) -> list[Finding]:
    found = []
    for match in re.finditer(r"[a-z_]{2,}", source.text):
        range_, word = Range(source, *match.span()), match[0]
        name = source.line(range_.line).split(" ")[0]
        wrong = word.startswith("error") or (word == "early" and "= 1" not in source.text)
        if wrong or word in REPLACED or word == "failure":
            found.append(
                finding(
                    range_,
                    title=word,
                    address=f"local.{name}",
                    severity="error" if wrong else "warning",
                    fix=replacing(range_, REPLACED[word]) if word in REPLACED else None,
                )
            )
    return found


def configuration(path: Path, *words: str) -> Path:
    lines = [f"a{number} = {word}\n" for number, word in enumerate(words)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def values(path: Path) -> list[str]:
    return re.findall("= (.*)\n", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("broken", "main.tf would have a syntax error"),
        ("wrong", "it would lead to SYM201, error"),
        ("blind", "symlint could not check the result: it is too deep"),
    ],
)
def test_a_fix_that_does_harm_is_left_out(tmp_path: Path, word: str, reason: str) -> None:
    path = configuration(tmp_path / "main.tf", "fine", word, "fine", "fine")
    result = fix(Linter(path))
    assert values(path) == ["1", word, "1", "1"]
    assert [(it.finding.title, it.reason) for it in result.refused] == [(word, reason)]
    assert (len(result.applied), result.stable, result.failed) == (3, True, ())
    before = path.read_bytes()
    again = fix(Linter(path))
    assert (again.applied, len(again.refused)) == ((), 1)
    assert path.read_bytes() == before


def test_what_goes_well_is_linted_twice(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", *["fine"] * 20)
    linter = Linter(path)
    fix(linter)
    assert linter.looks == 2


def test_a_harm_is_found_beside_its_fix(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", *["fine"] * 16, "wrong", *["fine"] * 8)
    linter = Linter(path)
    result = fix(linter)
    assert values(path) == [*["1"] * 16, "wrong", *["1"] * 8]
    assert len(result.refused) == 1
    assert linter.looks == 3, "as it is, all repaired, all but one repaired"


def test_an_error_that_was_there_is_no_harm(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", "error", "fine", "failure")
    assert len(fix(Linter(path)).applied) == 1


def test_errors_that_show_only_then_are_no_harm_if_they_are_repaired_as_well(
    tmp_path: Path,
) -> None:
    path = configuration(tmp_path / "main.tf", "chain", "fine")
    result = fix(Linter(path))
    assert values(path) == ["1", "1"]
    assert [it.title for it in result.applied] == ["chain", "fine", "error_that_fixes"]


@pytest.mark.no_cover
def test_the_harm_is_judged_by_all_rules(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", "wrong", "fine", "chain")
    linter = Linter(path)

    def selected(texts: Mapping[str, str]) -> Report:
        report = linter(texts)
        return report._replace(
            findings=tuple(it for it in report.findings if it.severity == "warning")
        )

    assert values(path) == ["wrong", "fine", "chain"]
    assert [it.finding.title for it in fix(selected, judge=linter).refused] == ["wrong", "chain"]
    assert values(path) == ["wrong", "1", "chain"]
    fix(selected)
    assert values(path) == ["error", "1", "error_that_fixes"]


def test_the_search_for_harm_ends(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", *["wrong", "fine"] * 200)
    linter = Linter(path)
    result = fix(linter)
    assert linter.looks <= MOST_WORK // LEAST_OF_A_LOOK
    assert len(result.refused) + len(result.applied) == 400
    assert "wrong" in values(path)
    assert "error" not in values(path)


@pytest.mark.no_cover
@pytest.mark.parametrize(("share", "looks"), [(2, 2), (3, 3), (5, 5)])
def test_all_looks_together_take_so_much_work(tmp_path: Path, share: int, looks: int) -> None:
    path = configuration(tmp_path / "main.tf", *["wrong", *["fine"] * 9] * 10)
    linter = Linter(path, work=MOST_WORK // share - 100_000)
    result = fix(linter)
    assert linter.looks == looks
    assert TOO_MUCH in {it.reason for it in result.refused}
    assert len(result.refused) + len(result.applied) == 100


def test_what_takes_more_than_half_of_the_work_to_lint_is_not_repaired(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", "fine")
    linter = Linter(path, work=MOST_WORK // 2 + 1)
    result = fix(linter)
    assert (linter.looks, values(path)) == (1, ["fine"])
    assert [it.reason for it in result.refused] == [TOO_MUCH]
    assert result.stable is True


def test_files_that_cannot_be_written_allow_no_more_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [configuration(tmp_path / name, "fine") for name in ("a.tf", "b.tf")]
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: path != str(paths[0]) and access(path, mode)
    )
    linter = Linter(*paths, work=MOST_WORK // 3)
    result = fix(linter)
    assert [path for path, _ in result.failed] == [str(paths[0])]
    assert [it.reason for it in result.refused] == [TOO_MUCH]
    assert linter.looks == 3


@pytest.mark.no_cover
def test_what_did_harm_is_not_tried_in_each_round(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", *["first"] * 3, *["wrong"] * 20)
    linter = Linter(path)
    result = fix(linter)
    assert values(path) == [*["1"] * 3, *["wrong"] * 20]
    assert (len(result.applied), len(result.refused)) == (9, 20)
    assert linter.looks == 6, "as it is; all repaired; three rounds of the others; all once more"


@pytest.mark.no_cover
def test_what_did_harm_is_tried_again_when_the_others_are_repaired(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", "late", "first")
    result = fix(Linter(path))
    assert values(path) == ["early", "1"]
    assert result.refused == ()


def test_what_does_harm_is_not_in_the_way_of_another_fix(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", "fine")

    def look(texts: Mapping[str, str]) -> Report:
        files = FileCache(tree=Tree([str(tmp_path)]), overlays=texts)
        source = files.source(str(path))
        assert isinstance(source, SourceFile)
        found = []
        if "fine" in source.text:
            place = Range(source, 5, 9)
            found = [
                finding(place, title=word, address=word, fix=replacing(place, word))
                for word in ('"', "1")
            ]
        return Report(tuple(found), (), (), (), Counts(1, 1, 0, 0))

    assert [it.title for it in fix(look).applied] == ["1"]
    assert values(path) == ["1"]


def test_many_that_all_do_harm_are_left_out_at_once(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", *["wrong"] * 300)
    linter = Linter(path)
    assert len(fix(linter).refused) == 300
    assert linter.looks == 2


@pytest.mark.no_cover
def test_the_search_for_syntax_errors_ends(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", *["broken"] * 500)
    result = fix(Linter(path))
    assert (len(result.refused), len(result.applied)) == (500, 0)
    assert {it.reason for it in result.refused} == {
        "main.tf would have a syntax error",
        TOO_MUCH,
    }


def test_a_file_with_syntax_errors_may_be_repaired(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", "fine", "broken", '"')
    fix(Linter(path))
    assert values(path) == ["1", "broken", '"']


@pytest.mark.no_cover
def test_two_names_of_one_file_are_repaired_once(tmp_path: Path) -> None:
    path = configuration(tmp_path / "main.tf", "fine", "chain")
    link = tmp_path / "other.tf"
    link.symlink_to(path)
    repair = work_out(Linter(link, path))
    assert len(repair.files) == 1
    result = fix(Linter(link, path))
    assert (values(path), result.failed, result.report.findings) == (["1", "1"], (), ())
    assert link.is_symlink()


def test_fixes_of_several_files_go_together(tmp_path: Path) -> None:
    paths = [configuration(tmp_path / name, "old") for name in ("a.tf", "b.tf")]

    def look(texts: Mapping[str, str]) -> Report:
        files = FileCache(tree=Tree([str(tmp_path)]), overlays=texts)
        sources = [it for path in paths if isinstance(it := files.source(str(path)), SourceFile)]
        places = [Range(it, 5, 8) for it in sources if "old" in it.text]
        fix = Fix("both", tuple(Edit(it, '"') for it in places), safe=True)
        found = (finding(places[0], fix=fix),) if places else ()
        return Report(found, (), (), (), Counts(1, 1, 0, 0))

    assert len(fix(look).refused) == 1
    assert [values(path) for path in paths] == [["old"], ["old"]]


class Roots:
    """Root modules a to h, each with a mistake, that call one module, which may have one as well."""

    def __init__(self, folder: Path, *, wrong: str) -> None:
        self.folder = folder
        self.kept = Kept()
        self.looks: list[int] = []
        """What each look has taken."""
        texts = {name: CALL + target(name in wrong) for name in "abcdefgh"}
        for name, text in {**texts, "m": target("m" in wrong, "m")}.items():
            (folder / name).mkdir()
            (folder / name / "main.tf").write_text(text, encoding="utf-8")

    def __call__(self, texts: Mapping[str, str]) -> Report:
        report = lint([str(self.folder)], Options(overlays=texts), kept=self.kept)
        self.looks.append(report.work)
        return report

    @property
    def wrong(self) -> str:
        """The modules that have a mistake on disk."""
        files = sorted(self.folder.rglob("main.tf"))
        return "".join(it.parent.name for it in files if "tpye" in it.read_text(encoding="utf-8"))


CALL = 'module "m" {\n  source = "../m"\n}\n'


def target(wrong: bool, name: str = "t") -> str:
    key = "tpye" if wrong else "type"
    return (
        f'resource "sym_target" "t" {{\n  {key} = "okta_group"\n  name = "{name}"\n'
        '  settings = { group_id = "00g1a2b3c4d5e6f7g8h9" }\n}\n'
    )


@pytest.fixture
def _little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first look there is work for about three of eight root modules."""
    monkeypatch.setattr(trials, "MOST_WORK", 1)
    monkeypatch.setattr(trials, "LEAST_OF_A_LOOK", 1)
    monkeypatch.setattr(trials, "_TRIAL", 1)
    monkeypatch.setattr(trials, "LEAST_FOR_TRIALS", 50_000)


@pytest.mark.usefixtures("_little_work")
def test_only_what_fixes_touch_is_linted_again(tmp_path: Path) -> None:
    roots = Roots(tmp_path, wrong="bf")
    result = fix(roots, kept=roots.kept)
    assert (len(result.applied), result.refused, roots.wrong) == (2, (), "")
    assert len(roots.looks) == 2
    assert roots.looks[1] < roots.looks[0] // 2
    assert result.report.findings == lint([str(tmp_path)]).findings == ()


@pytest.mark.usefixtures("_little_work")
def test_what_all_share_is_not_in_the_way_of_what_concerns_a_few(tmp_path: Path) -> None:
    roots = Roots(tmp_path, wrong="bfm")
    result = fix(roots, kept=roots.kept)
    assert roots.wrong == "m"
    assert [it.reason for it in result.refused] == [TOO_MUCH]
    roots.kept = Kept()
    again = fix(roots, kept=roots.kept)
    assert (again.applied, len(again.refused), roots.wrong) == ((), 1, "m")


@pytest.mark.usefixtures("_little_work")
def test_where_fixes_touch_too_many_root_modules_none_is_tried(tmp_path: Path) -> None:
    roots = Roots(tmp_path, wrong="abcdefgh")
    result = fix(roots, kept=roots.kept)
    assert (result.applied, len(result.refused), roots.wrong) == ((), 8, "abcdefgh")
    assert len(roots.looks) == 1


def test_where_rules_are_selected_all_rules_judge_what_fixes_touch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = Roots(tmp_path, wrong="bf")
    harm = target(wrong=False).replace("okta_group", "okta_gruop").replace("group_id", "id")
    (tmp_path / "d" / "main.tf").write_text(harm, encoding="utf-8")
    names: list[str] = []
    done = ConfigRun.lint_within

    def noted(run: ConfigRun, root: Any, budget: Any) -> None:
        names.append(root.directory.rpartition("/")[2])
        done(run, root, budget)

    monkeypatch.setattr(ConfigRun, "lint_within", noted)
    select = ("SYM121", "SYM217")

    def look(texts: Mapping[str, str]) -> Report:
        return lint([str(tmp_path)], Options(select=select), texts=texts, kept=roots.kept)

    def judged(texts: Mapping[str, str], kept: Kept) -> Report:
        names.append("judge")
        return lint([str(tmp_path)], texts=texts, kept=kept)

    result = fix(look, judge=Judge(judged, roots.kept), kept=roots.kept)
    assert names[: len("abcdefgh")] == [*"abcdefgh"]
    assert names[len("abcdefgh") :][:8] == ["judge", *"bdf", "judge", *"bdf"], "before and after"
    assert set(names[len("abcdefgh") :]) == {"judge", *"bdf"}
    assert (len(result.applied), roots.wrong) == (2, "")
    assert [it.finding.code for it in result.refused] == ["SYM217"]
    assert "it would lead to SYM" in result.refused[0].reason


def test_a_root_module_that_shares_a_fixed_file_is_judged(tmp_path: Path) -> None:
    """The module is right to rename its output; of those who call it, one reads the old name."""
    roots = Roots(tmp_path, wrong="m")
    module = tmp_path / "m" / "main.tf"
    module.write_text(target(wrong=True) + 'output "tpye" {\n  value = 1\n}\n', encoding="utf-8")
    caller = tmp_path / "g" / "main.tf"
    caller.write_text(CALL + "locals {\n  a = module.m.tpye\n}\n", encoding="utf-8")

    def renaming(texts: Mapping[str, str]) -> Report:
        """Every fix writes all of the module's file anew."""
        report = roots(texts)
        found = []
        for it in report.findings:
            if it.fix is not None:
                source = it.range.source
                edit = Edit(Range(source, 0, len(source.text)), source.text.replace("tpye", "type"))
                found.append(it._replace(fix=Fix("rename", (edit,), safe=True)))
        return report._replace(findings=tuple(found))

    result = fix(renaming, judge=roots, kept=roots.kept)
    assert [it.reason.split(",")[0] for it in result.refused] == ["it would lead to SYM101"]
    assert roots.wrong == "gm"
