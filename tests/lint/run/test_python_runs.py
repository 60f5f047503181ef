"""Files of Python in a run: findings, comments, the baseline, repairs, counts, and single files."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from support.configurations import write_files

from symlint.lint.hiding.showing import shown
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.lint.run.repair.repairing import fix, work_out
from symlint.lint.suppression.baseline import create_baseline, write_baseline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from symlint.lint.report import Report

RULES = '''
import ast

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.sym.implementation.carried import implementations

class Words(Rule):
    """Implementations call right(), not wrong(); broken() is repaired into what is no Python."""
    code = "TEST100"
    name = "python-words"
    severity = "error"
    fixable = True
    bad = ""
    good = ""

    def check(self, configuration):
        for carried in configuration.once(implementations):
            if carried.code is None or carried.code.module is None:
                yield self.undecided(carried.used, "which words", carried.reason)
                continue
            for call in carried.code.module.calls:
                word = carried.code.source(call.func)
                place = carried.code.range(call.func)
                if word in ("wrong", "broken"):
                    text = "right" if word == "wrong" else "right)"
                    fix = Fix(f"write {text}", (Edit(place, text),), safe=True)
                    yield Location.of_range(place, carried.address, word).finding(
                        self, f"{word} is called", fix=fix,
                        related=(RelatedRange(carried.used, "carried here"),),
                    )
                else:
                    yield PASSED

class Carriers(Rule):
    """Implementations are of flows without vars."""
    code = "TEST101"
    name = "python-vars"
    severity = "warning"
    bad = ""
    good = ""

    def check(self, configuration):
        for flow in configuration.flows:
            if not flow.value("vars").is_null:
                place = flow.range("implementation")
                yield Location.of_range(place).finding(self, "it does not fit to vars")
'''
FLOW = """
resource "sym_flow" "{name}" {{
  name           = "{name}"
  implementation = {implementation}
}}
"""


def flow(name: str, implementation: str = "") -> str:
    return FLOW.format(name=name, implementation=implementation or f'file("{name}.py")')


SAME = flow("b", 'file("a.py")')


class Place:
    """A folder that is current, with the rules above."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_files(folder, f"--- lint-rules/rules.py\n{RULES}")
        (folder / ".git").mkdir()

    def write(self, text: str) -> None:
        write_files(self.folder, text)

    def look(self, *paths: str, texts: Mapping[str, str] | None = None, **options: Any) -> Report:
        chosen = {"select": ("TEST", "SYM90"), "rules": ("lint-rules",), **options}
        return lint(paths or (".",), Options(**chosen, overlays=texts or {}))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.chdir(tmp_path)
    return Place(tmp_path)


def places(report: Report) -> list[tuple[str, str, int]]:
    assert not report.failures
    return [(it.code, os.path.relpath(it.range.path), it.range.line) for it in report.findings]


def test_findings_stand_in_the_file_and_it_is_counted(place: Place) -> None:
    place.write(f"{flow('a')}{SAME}--- a.py\nx = 1\nwrong()\nright()\n")
    report = place.look()
    assert places(report) == [("TEST100", "a.py", 2)]
    counts = report.counts
    assert (counts.files, counts.python_files) == (1, 1)


def test_python_that_nobody_carries_is_not_read(place: Place) -> None:
    place.write(f"{flow('a')}--- a.py\nright()\n--- tool.py\nwrong()  # symlint: nonsense\n")
    report = place.look()
    assert places(report) == []
    assert report.counts.python_files == 1
    assert report.counts.skipped_files == ()


# --- ignore comments ---


def test_comments_suppress(place: Place) -> None:
    place.write(
        flow("a") + "--- a.py\nwrong()  # symlint: ignore[TEST100] agreed\nwrong()\n"
        "# symlint: ignore[python-words] by name\ndef f():\n    wrong()\n"
    )
    report = place.look()
    assert places(report) == [("TEST100", "a.py", 2)]
    assert [(it.kind, it.reason) for it in report.suppressed] == [
        ("comment", "agreed"),
        ("comment", "by name"),
    ]
    assert len(place.look(ignores=False).findings) == 3


def test_comments_of_the_terraform_and_of_the_python_count(place: Place) -> None:
    python = "--- a.py\nwrong()\n"
    place.write(
        flow("a").replace("  impl", "  # symlint: ignore[TEST100] in Terraform\n  impl") + python
    )
    assert [it.reason for it in place.look().suppressed] == ["in Terraform"]


def test_a_comment_for_the_file(place: Place) -> None:
    place.write(flow("a") + "--- a.py\n# symlint: ignore-file[TEST100] old\nwrong()\nwrong()\n")
    report = place.look()
    assert places(report) == []
    assert len(report.suppressed) == 2


COMMENTS = {
    "right()  # symlint: ignore[TEST100] x": "SYM901",
    "right()  # symlint: ignore[TEST199] x": "SYM902",
    "wrong()  # symlint: ignore[TEST100]": "SYM903",
    "right()  # symlint: ignore[TEST100] until=2020-01-01 x": "SYM904",
    "right()  # symlint: disable": "SYM905",
}


@pytest.mark.parametrize("line", COMMENTS)
def test_comments_that_are_not_in_order_are_found(place: Place, line: str) -> None:
    place.write(f"{flow('a')}--- a.py\nx = 1\n{line}\n")
    assert places(place.look()) == [(COMMENTS[line], "a.py", 2)]


@pytest.mark.parametrize("start", ["<<EOT", "<<-EOT"])
def test_comments_in_a_heredoc(place: Place, start: str) -> None:
    text = (
        f"{start}\n    wrong()  # symlint: ignore[TEST100] agreed\n    wrong()\n"
        "    right()  # symlint: ignore[TEST100] unused\n  EOT"
    )
    if start == "<<EOT":
        text = text.replace("\n    ", "\n").replace("\n  EOT", "\nEOT")
    place.write(flow("a", text))
    report = place.look()
    assert places(report) == [("TEST100", "main.tf", 5), ("SYM901", "main.tf", 6)]
    assert [it.reason for it in report.suppressed] == ["agreed"]
    assert report.counts.python_files == 0


@pytest.mark.parametrize(
    "expression", ['join("\\n", [{}])', '"${{{}}}\\n${{{}}}"', "<<EOT\n${{{}}}\n${{{}}}\nEOT"]
)
def test_comments_in_files_that_are_put_together(place: Place, expression: str) -> None:
    files = ('file("one.py")', 'file("two.py")')
    made = (
        expression.format(", ".join(files)) if "join" in expression else expression.format(*files)
    )
    place.write(
        flow("a", made) + "--- one.py\nwrong()\nwrong()  # symlint: ignore[TEST100] agreed\n"
        "--- two.py\n# symlint: ignore-file[TEST100] old\nwrong()\nright()  # symlint: no\n"
    )
    report = place.look()
    assert places(report) == [("TEST100", "one.py", 1), ("SYM905", "two.py", 3)]
    assert sorted(it.reason for it in report.suppressed) == ["agreed", "old"]
    assert report.counts.python_files == 2
    assert places(place.look("two.py")) == [("SYM905", "two.py", 3)]


def test_of_python_that_cannot_be_parsed_no_comment_is_without_use(place: Place) -> None:
    place.write(flow("a") + "--- a.py\ndef f(:\n    right()  # symlint: ignore[TEST100] x\n")
    assert places(place.look()) == []


def test_excluded_python(place: Place) -> None:
    place.write(flow("a") + "--- a.py\nwrong()  # symlint: nonsense\n")
    report = place.look(exclude=("*.py",))
    assert places(report) == []
    assert report.counts.python_files == 0


def test_overrides_of_python(place: Place) -> None:
    place.write(flow("a", 'file("old/a.py")') + flow("b"))
    place.write(
        '--- symlint.toml\n[[overrides]]\npaths = ["old/*.py"]\n[overrides.severity]\nTEST100 = "note"\n'
        "--- old/a.py\nwrong()\n--- b.py\nwrong()\n"
    )
    found = {os.path.relpath(it.range.path): it.severity for it in place.look().findings}
    assert found == {"b.py": "error", "old/a.py": "note"}


def test_what_is_switched_off_carries_python_too(place: Place) -> None:
    off = flow("a").replace("{\n", "{\n  count = var.on ? 1 : 0\n", 1)
    place.write(
        off + 'variable "on" {\n  default = false\n}\n'
        "--- a.py\nwrong()\nwrong()  # symlint: ignore[TEST100] agreed\n"
    )
    report = place.look()
    assert places(report) == [("TEST100", "a.py", 1)]
    assert report.counts.python_files == 1
    assert len(report.suppressed) == 1


# --- what cannot be read ---


def failures(report: Report) -> list[tuple[str, str]]:
    return [(os.path.relpath(it.path), it.message) for it in report.failures]


def test_what_is_no_file_is_a_failure_and_stops_nothing_else(place: Place) -> None:
    place.write(f"{flow('a')}{flow('b')}--- b.py\nwrong()\n")
    os.mkfifo(place.folder / "a.py")
    report = place.look()
    assert [(it.code, os.path.relpath(it.range.path)) for it in report.findings] == [
        ("TEST100", "b.py")
    ]
    what = "expected a regular file, found a device, pipe or socket"
    assert failures(report) == [("a.py", what)]
    assert report.exit_status == 3
    assert report.counts.python_files == 1


def test_a_path_that_leads_to_no_file(place: Place) -> None:
    (place.folder / "a.py").symlink_to("a.py")
    place.write(flow("a", '"a.py"'))
    assert failures(place.look()) == [
        ("a.py", "the file cannot be read: too many levels of symbolic links")
    ]


def test_a_link_that_leads_out_of_the_repository_is_undecided(
    place: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.py"
    outside.write_text("wrong()\n", encoding="utf-8")
    (place.folder / "a.py").symlink_to(outside)
    place.write(flow("a"))
    report = place.look()
    assert places(report) == []
    assert [it.reason for it in report.undecided] == [
        "it leads out of the repository or the linted folder, and is not read"
    ]
    assert report.counts.python_files == 0


def test_a_text_that_is_too_long_is_counted(place: Place) -> None:
    place.write(f"{flow('a')}--- a.py\n{'# long' * 200_000}\n")
    report = place.look()
    assert places(report) == []
    assert report.counts.python_files == 1


# --- secrets ---

SECRETS = '''
variable "key" {
  default   = "p4ss/w0rd!42"
  sensitive = true
}
--- a.py
token = "named"; wrong("p4ss/w0rd!42 in a text")
wrong(password="q", name="shown")
wrong({"api_key": "canary", **{}}); x.client_secret = 'one'; headers["api_token"] = """two"""
wrong(xoxb="xoxb-123456789012-123456789012-abcdefghijklmnopqrstuvwx")
'''


def test_secrets_in_python_are_not_shown(place: Place) -> None:
    place.write(flow("a") + SECRETS)
    report = shown(place.look())
    lines = [it.range.source.line(it.range.line) for it in report.findings]
    assert lines == [
        'token = *******; wrong("************ in a text")',
        'wrong(password=***, name="shown")',
        'wrong({"api_key": ********, **{}}); x.client_secret = *****; headers["api_token"] = *********',
        f'wrong(xoxb="{"*" * 55}")',
    ]


# --- the baseline ---


def test_the_baseline_knows_findings_in_python(place: Place) -> None:
    place.write(flow("a") + "--- hooks/a.py\nwrong()\nbroken()\n")
    place.write(flow("a", 'file("hooks/a.py")'))
    path = str(place.folder / "baseline.json")
    write_baseline(create_baseline(place.look().findings, path))
    entries = json.loads((place.folder / "baseline.json").read_text(encoding="utf-8"))["findings"]
    assert [(it["file"], it["address"], it["attribute"]) for it in entries] == [
        ("hooks/a.py", "sym_flow.a", "broken"),
        ("hooks/a.py", "sym_flow.a", "wrong"),
    ]
    report = place.look(baseline=path)
    assert places(report) == []
    place.write("--- hooks/a.py\nbroken()\n")
    assert [it.code for it in place.look(baseline=path).findings] == ["SYM906"]


# --- single files ---


def test_a_file_of_python_shows_what_touches_it(place: Place) -> None:
    place.write(
        f"--- one/main.tf\n{flow('a')}{flow('b')}--- one/a.py\nwrong()\n--- one/b.py\nwrong()\n"
        f"--- two/main.tf\n{flow('c')}--- two/c.py\nwrong()\n"
    )
    report = place.look("one/a.py")
    assert places(report) == [("TEST100", "one/a.py", 1)]
    assert (report.counts.modules, report.counts.skipped_files) == (1, ())
    assert places(place.look("one/a.py", "two/main.tf")) == [
        ("TEST100", "one/a.py", 1),
        ("TEST100", "two/c.py", 1),
    ]


def test_what_is_wrong_at_the_argument_that_carries_it_is_shown(place: Place) -> None:
    vars_ = "  vars = {}\n}\n"
    place.write(f"{flow('a')}{flow('b')[:-2]}{vars_}--- a.py\nx = 1\n--- b.py\nx = 1\n")
    assert places(place.look("a.py")) == []
    assert places(place.look("b.py")) == [("TEST101", "main.tf", 8)]


def test_flows_elsewhere_that_read_the_file(place: Place) -> None:
    shared = 'file("../shared/impl.py")'
    place.write(
        f"--- one/main.tf\n{flow('a', shared)}--- two/main.tf\n{flow('b', shared)}"
        "--- shared/impl.py\nwrong()\n"
    )
    report = place.look("shared/impl.py")
    assert places(report) == [("TEST100", "shared/impl.py", 1)]
    assert report.counts.modules == 2


def test_a_file_that_is_read_through_a_link(place: Place) -> None:
    place.write(f"--- one/main.tf\n{flow('a')}--- shared/a.py\nwrong()\n")
    (place.folder / "one/a.py").symlink_to("../shared/a.py")
    report = place.look("shared/a.py")
    assert places(report) == [("TEST100", "one/a.py", 1)]
    assert report.counts.skipped_files == ()


def test_python_that_no_implementation_names(place: Place) -> None:
    place.write(f"{flow('a')}--- a.py\nwrong()\n--- tools/a.py\nwrong()\n--- tools/b.py\nx = 1\n")
    report = place.look("tools/a.py", "tools/b.py")
    assert places(report) == []
    assert report.exit_status == 0
    assert report.counts.skipped_files == (("not_carried", 2),)
    both = place.look("a.py", "tools/b.py")
    assert places(both) == [("TEST100", "a.py", 1)]
    assert both.counts.skipped_files == (("not_carried", 1),)


@pytest.mark.parametrize(
    "expression", ['templatefile("a.py", {{}})', 'replace(file("a.py"), "x", "wrong")']
)
def test_a_file_that_terraform_makes_a_text_of(place: Place, expression: str) -> None:
    made = expression.replace("{{}}", "{}")
    place.write(f"{flow('a', 'local.made')}{flow('b')}--- a.py\nwrong()\n--- b.py\nwrong()\n")
    place.write(f"--- locals.tf\nlocals {{\n  made = {made}\n}}\n")
    for texts in ({}, {str(place.folder / "a.py"): "\nwrong()\n"}):
        report = place.look("a.py", texts=texts)
        assert places(report) == [("TEST100", "locals.tf", 2)]
        assert report.counts.python_files == 2
        assert report.counts.skipped_files == ()


def test_a_text_in_place_of_a_file(place: Place) -> None:
    place.write(f"{flow('a')}{flow('new')}--- a.py\nright()\n")
    for name in ("a.py", "new.py"):
        path = str(place.folder / name)
        report = place.look(name, texts={path: "\nwrong()\n"})
        assert places(report) == [("TEST100", name, 2)]


# --- repairs ---


def repaired(place: Place) -> tuple[str, list[str]]:
    result = fix(lambda texts: place.look(texts=texts))
    text = (place.folder / "a.py").read_bytes().decode("utf-8")
    return text, [it.reason for it in result.refused]


@pytest.mark.no_cover
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_python_is_repaired(place: Place, mark: str, end: str) -> None:
    place.write(flow("a") + SAME)
    text = f"{mark}x = '\u00e4'{end}wrong()  # symlint: nonsense{end}if x: wrong(1){end}"
    (place.folder / "a.py").write_bytes(text.encode("utf-8"))
    assert repaired(place) == (text.replace("wrong", "right"), [])


def test_a_comment_that_is_no_longer_needed_is_removed(place: Place) -> None:
    place.write(
        flow("a") + "--- a.py\nright()  # symlint: ignore[TEST100] x\n"
        "if x:\n    # symlint: ignore[TEST100] y\n    right()\n"
    )
    assert repaired(place) == ("right()\nif x:\n    right()\n", [])


def test_what_would_be_no_python_is_left_out(place: Place) -> None:
    place.write(flow("a") + "--- a.py\nwrong()\nbroken()\n")
    assert repaired(place) == ("right()\nbroken()\n", ["a.py would have a syntax error"])


def test_a_repair_is_shown(place: Place) -> None:
    place.write(flow("a") + "--- a.py\nwrong()\n")
    repair = work_out(lambda texts: place.look(texts=texts))
    assert [(os.path.relpath(it.source.path), it.text) for it in repair.files] == [
        ("a.py", "right()\n")
    ]
    assert (place.folder / "a.py").read_text(encoding="utf-8") == "wrong()\n"


def test_python_in_a_heredoc_is_repaired(place: Place) -> None:
    text = flow("a", "<<-EOT\n    if x:\n      wrong()\n  EOT")
    place.write(text)
    fix(lambda texts: place.look(texts=texts))
    assert (place.folder / "main.tf").read_text(encoding="utf-8") == text.lstrip().replace(
        "wrong", "right"
    )


def test_one_file_under_two_names_is_repaired_once(place: Place) -> None:
    place.write(f"--- one/main.tf\n{flow('a')}--- two/main.tf\n{flow('a')}--- a.py\nwrong()\n")
    for folder in ("one", "two"):
        (place.folder / folder / "a.py").symlink_to("../a.py")
    assert repaired(place) == ("right()\n", [])
