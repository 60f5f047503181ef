"""``symlint access`` and ``symlint diff`` end to end: locks, files, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from support.writing import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]


@pytest.fixture
def iam() -> Path:
    """A copy of the shipped example, in the current folder."""
    shutil.copytree(FIXTURES / "aws_iam", "iam")
    return Path("iam")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_lock_is_written_and_checked(symlint: Run, iam: Path) -> None:
    assert symlint("access", "iam", "--lock", "access.lock.json").exit_code == 0
    lock = json.loads(Path("access.lock.json").read_text(encoding="utf-8"))
    assert [(it["root"], it["target"]["name"]) for it in lock["grants"]] == [
        ("iam", "main-billing"),
        ("iam", "main-log-reader"),
    ]
    assert "evidence" not in Path("access.lock.json").read_text(encoding="utf-8")
    checked = symlint("access", "iam", "--check")
    assert (checked.exit_code, checked.output) == (0, "")
    edit(iam / "impl.py", "PermissionLevel.MEMBER", "PermissionLevel.ALL_USERS")
    stale = symlint("access", "iam", "--check")
    assert stale.exit_code == 1
    assert "everybody but guests can approve now" in stale.output
    assert "symlint access --lock access.lock.json writes it" in stale.output


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_lock_is_written_to_a_regular_file_alone(
    symlint: Run, iam: Path, make: Callable[[str], None]
) -> None:
    """Opening a pipe that nobody reads would wait for ever."""
    make("access.lock.json")
    result = symlint("access", str(iam), "--lock", "access.lock.json")
    assert result.exit_code == 2
    assert (
        "Cannot write access.lock.json: it is a directory, device, pipe or socket" in result.stderr
    )


def test_a_lock_is_not_written_where_something_cannot_be_read(symlint: Run, iam: Path) -> None:
    (iam / "broken.tf").write_text("resource {", encoding="utf-8")
    assert symlint("access", "iam", "--lock", "access.lock.json").exit_code == 3
    assert not Path("access.lock.json").exists()
    assert symlint("access", "iam").exit_code == 3


def test_a_missing_lock(symlint: Run, iam: Path) -> None:
    missing = symlint("access", "iam", "--check")
    assert missing.exit_code == 2
    assert "access.lock.json does not exist; symlint access --lock access.lock.json writes it" in (
        missing.output
    )


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("--flow", "iam_acess", "No flow has the name 'iam_acess'"),
        ("--target", "nope*", "No target has the name 'nope*'."),
    ],
)
def test_a_name_that_nothing_has(
    symlint: Run, iam: Path, option: str, name: str, message: str
) -> None:
    result = symlint("access", str(iam), option, name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("fail_on", "status"), [("widened", 1), ("changed", 1), ("unknown", 1), ("never", 0)]
)
def test_a_widening_fails(symlint: Run, iam: Path, fail_on: str, status: int) -> None:
    shutil.copytree(iam, "head")
    edit(Path("head/impl.py"), "PermissionLevel.MEMBER", "PermissionLevel.ALL_USERS")
    assert symlint("diff", "iam", "head", "--fail-on", fail_on).exit_code == status
    narrowed = symlint("diff", "head", "iam", "--fail-on", fail_on).exit_code
    assert narrowed == (1 if fail_on == "changed" else 0)


def test_inventories_and_locks_are_compared_with_folders(symlint: Run, iam: Path) -> None:
    Path("access.json").write_text(symlint("access", "iam", "-f", "json").output, encoding="utf-8")
    symlint("access", "iam", "--lock", "lock.json")
    for base in ("access.json", "lock.json", "iam"):
        same = symlint("diff", base, "iam")
        assert (same.exit_code, same.output) == (0, "No change of access: 2 grants unchanged.\n")


@pytest.mark.parametrize("format_", ["text", "markdown", "json", "github"])
def test_hostile_names_stay_text(symlint: Run, iam: Path, format_: str) -> None:
    shutil.copytree(iam, "head")
    name = "@team ::error::x ##vso[a] |b| <b> ]]> `c` \\u001b[31m #1"
    edit(Path("head/flow.tf"), '"aws_access"', json.dumps(name).replace("\\\\u", "\\u"))
    edit(Path("head/flow.tf"), '"4h"', '"9h"')
    output = symlint("diff", "iam", "head", "-f", format_).output
    assert "\x1b" not in output
    assert "##vso[" not in output
    for line in output.splitlines():
        assert not line.startswith("::error")
    if format_ == "json":
        assert {it["direction"] for it in json.loads(output)["changes"]} >= {"widened"}
    if format_ == "markdown":
        tokens = MarkdownIt("gfm-like", {"linkify": True, "html": True}).parse(output)
        inline = [it for token in tokens for it in token.children or ()]
        assert any(it.type == "code_inline" and "<b>" in it.content for it in inline)
        bare = [it for it in inline if it.type != "code_inline"]
        assert {it.type for it in bare} <= {"text", "strong_open", "strong_close"}
        assert not any("@team" in it.content for it in bare)


def test_cells_are_no_formulas(symlint: Run, iam: Path) -> None:
    edit(iam / "flow.tf", '"aws_access"', '"=HYPERLINK(1)"')
    rows = list(csv.reader(io.StringIO(symlint("access", "iam", "-f", "csv").output)))
    assert rows[1][2] == "'=HYPERLINK(1)"
    assert len({len(row) for row in rows}) == 1


@pytest.mark.no_cover
def test_secrets_are_in_no_format(symlint: Run, iam: Path) -> None:
    edit(iam / "flow.tf", '"aws_access"', "var.name")
    (iam / "secret.tf").write_text(
        'variable "name" {\n  sensitive = true\n  default = "hunter2"\n}\n', encoding="utf-8"
    )
    for format_ in ("text", "json", "csv", "markdown", "html"):
        assert "hunter2" not in symlint("access", "iam", "-f", format_).output
    assert "hunter2" not in symlint("diff", str(FIXTURES / "aws_iam"), "iam").output
    symlint("access", "iam", "--lock", "lock.json")
    assert "hunter2" not in Path("lock.json").read_text(encoding="utf-8")


def test_what_is_no_configuration(symlint: Run) -> None:
    Path("empty").mkdir()
    for arguments in (("access", "empty"), ("diff", "empty", "nowhere")):
        refused = symlint(*arguments)
        assert refused.exit_code == 3
        assert "failed: empty: there are no Terraform files here" in refused.output


ASSERTIONS = """
[[assert]]
name   = "at most an hour"
expect = { longest = "<= 1h" }

[[assert]]
name   = "two people"
flows  = { environment = "main" }
expect = { self-approval = false }
"""


def test_assertions_are_judged(symlint: Run, iam: Path) -> None:
    (iam / "symlint.toml").write_text(ASSERTIONS, encoding="utf-8")
    report = symlint("check", "iam", "-f", "concise")
    assert report.exit_code == 1
    assert report.output.splitlines()[0].startswith("iam/flow.tf:61:24: error SYM701 ")
    assert report.output.count("SYM701") == 1
    explained = symlint("access", "iam", "--explain-assert", "at most an hour").output
    assert explained.splitlines()[0].startswith(
        "broken     iam: aws_access, aws_iam_group main-billing"
    )
    assert symlint("access", "iam", "--explain-assert", "two people").output.startswith("holds")
    unknown = symlint("access", "iam", "--explain-assert", "two peple")
    assert unknown.exit_code == 2
    assert "did you mean 'two people'?" in unknown.output


def test_an_assertion_can_be_ignored(symlint: Run, iam: Path) -> None:
    (iam / "symlint.toml").write_text(ASSERTIONS, encoding="utf-8")
    edit(
        iam / "flow.tf",
        "allowed_values =",
        "# symlint: ignore[SYM701] agreed\n      allowed_values =",
    )
    assert symlint("check", "iam").exit_code == 0


def test_columns_are_named_in_the_words_of_the_help(symlint: Run, iam: Path) -> None:
    text = symlint("access", "iam", "--columns", "how-long, self_approval").output
    assert "for how long" in text
    assert "self-approval" in text
    assert "asked in" not in text
    wrong = symlint("access", "iam", "--columns", "how-lnog")
    assert wrong.exit_code == 2
    assert "there is no column 'how-lnog'; did you mean how-long?" in wrong.output


def test_questions_are_answered_in_json(symlint: Run, iam: Path) -> None:
    document = json.loads(symlint("access", "iam", "-f", "json").output)
    verdicts = {it["name"]: it["verdict"] for it in document["questions"]}
    assert len(verdicts) == 11
    assert (verdicts["alone"], verdicts["broken"], verdicts["granting"]) == ("no", "no", None)
    (part,) = next(it for it in document["questions"] if it["name"] == "alone")["parts"]
    assert [it["name"] for it in part["flows"]] == ["aws_access"]
    edit(iam / "flow.tf", "strategy_id = sym_strategy", "strategy_id = sym_target")
    assert symlint("access", "iam", "-f", "json").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (("access", "--schema"), "Access inventory of symlint"),
        (("access", "--schema", "lock"), "Access lock of symlint"),
        (("diff", "--schema"), "Access diff of symlint"),
    ],
)
def test_schemas_are_printed(symlint: Run, arguments: tuple[str, ...], title: str) -> None:
    printed = symlint(*arguments)
    assert printed.exit_code == 0
    assert json.loads(printed.output)["title"] == title


@pytest.mark.parametrize(
    ("text", "verdict"), [('rules = ["own"]\n', "unknown"), ('baseline = "gone.json"\n', "no")]
)
def test_an_inventory_needs_no_rules_of_ones_own_and_no_baseline(
    symlint: Run, iam: Path, text: str, verdict: str
) -> None:
    (iam / "own").mkdir()
    (iam / "symlint.toml").write_text(text, encoding="utf-8")
    shown = symlint("access", "iam", "-f", "json")
    assert shown.exit_code == 0
    questions = {it["name"]: it for it in json.loads(shown.output)["questions"]}
    assert questions["broken"]["verdict"] == verdict
    assert questions["alone"]["verdict"] == "no"
