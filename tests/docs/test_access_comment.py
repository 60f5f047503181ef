"""The comment on a pull request that the action writes: with git as it is, and a gh that takes notes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "access_comment.sh"
FIXTURE = ROOT / "tests" / "fixtures" / "aws_iam"
MARK = "<!-- symlint: access -->"
GH = """#!/usr/bin/env bash
echo "$*" >> "$NOTES/calls"
case "$*" in
  *--paginate*) cat "$NOTES/comments" ;;
  *) for it in "$@"; do case $it in body=@*) cp "${it#body=@}" "$NOTES/body" ;; esac; done ;;
esac
"""

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("bash") is None, reason="git or bash is absent"
)


class Checkout:
    """A merge of a pull request, as actions/checkout leaves it."""

    def __init__(self, root: Path) -> None:
        self.repository, self.notes, self.bin = root / "work", root / "notes", root / "bin"
        for folder in (self.notes, self.bin):
            folder.mkdir()
        (self.notes / "comments").write_text("", encoding="utf-8")
        (self.bin / "gh").write_text(GH, encoding="utf-8")
        (self.bin / "symlint").write_text(
            f'#!/usr/bin/env bash\nexec {sys.executable} -m symlint "$@"\n', encoding="utf-8"
        )
        for program in self.bin.iterdir():
            program.chmod(0o755)
        shutil.copytree(FIXTURE, self.repository / "live")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit("the branch")
        self.base = self.git("rev-parse", "HEAD").strip()

    def git(self, *arguments: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.repository, capture_output=True, check=True
        )
        return done.stdout.decode()

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def change(self, old: str, new: str, *, merge: bool = True) -> None:
        """A pull request that replaces a text of the code."""
        self.git("checkout", "--quiet", "-b", "change")
        path = self.repository / "live" / "impl.py"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.commit("the change")
        if merge:
            self.git("checkout", "--quiet", "main")
            self.git("merge", "--quiet", "--no-ff", "--message", "merge", "change")

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        given = {
            "SYMLINT_BASE": self.base,
            "SYMLINT_PULL_REQUEST": "7",
            "SYMLINT_MAY_COMMENT": "true",
            "SYMLINT_PATH": "live",
            "SYMLINT_FAIL_ON": "widened",
            "GITHUB_REPOSITORY": "acme/access",
            "GITHUB_STEP_SUMMARY": str(self.notes / "summary"),
            "NOTES": str(self.notes),
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        return subprocess.run(
            ["bash", str(SCRIPT)],
            cwd=self.repository,
            env={**os.environ, **given},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    def note(self, name: str) -> str:
        path = self.notes / name
        return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


WIDER = ("PermissionLevel.MEMBER", "PermissionLevel.ALL_USERS")


def test_the_first_comment(checkout: Checkout) -> None:
    checkout.change(*WIDER)
    done = checkout.run()
    assert done.returncode == 1, done.stderr
    assert checkout.note("body").startswith(f"{MARK}\n### Access changed: 1 widened")
    assert "everybody but guests can approve now" in checkout.note("body")
    assert checkout.note("body") == f"{MARK}\n{checkout.note('summary')}"
    assert "--method POST repos/acme/access/issues/7/comments" in checkout.note("calls")
    assert "everybody but guests can approve now" in done.stdout
    assert checkout.git("worktree", "list").count("\n") == 1
    assert not checkout.git("status", "--porcelain")


def test_a_later_push_edits_the_comment(checkout: Checkout) -> None:
    checkout.change(*WIDER)
    (checkout.notes / "comments").write_text("42\n43\n", encoding="utf-8")
    assert checkout.run(SYMLINT_FAIL_ON="never").returncode == 0
    calls = checkout.note("calls")
    assert "--method PATCH repos/acme/access/issues/comments/42 " in calls
    assert "--method POST" not in calls
    assert f'startswith("{MARK}")' in calls


def test_nothing_is_posted_for_a_fork(checkout: Checkout) -> None:
    checkout.change(*WIDER)
    assert checkout.run(SYMLINT_MAY_COMMENT="false").returncode == 1
    assert checkout.note("calls") == ""
    assert "1 widened" in checkout.note("summary")


def test_a_checkout_of_the_change_alone(checkout: Checkout) -> None:
    checkout.change(*WIDER, merge=False)
    assert "1 widened" in checkout.run().stdout + checkout.note("body")


def test_a_commit_that_was_not_fetched(checkout: Checkout) -> None:
    checkout.change(*WIDER, merge=False)
    done = checkout.run(SYMLINT_BASE="0" * 40)
    assert done.returncode == 2
    assert "Write fetch-depth: 2 (or 0) for actions/checkout." in done.stderr


def test_a_folder_that_is_new(checkout: Checkout) -> None:
    checkout.git("checkout", "--quiet", "-b", "more")
    shutil.copytree(FIXTURE, checkout.repository / "new folder")
    checkout.commit("more")
    done = checkout.run(SYMLINT_PATH="new folder", SYMLINT_FAIL_ON="never")
    assert done.returncode == 0, done.stderr
    assert "widened" in checkout.note("body")


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is absent")
def test_shellcheck_has_nothing_to_say() -> None:
    done = subprocess.run(["shellcheck", str(SCRIPT)], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")


def test_what_is_given_reaches_the_script_as_data() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    step = text[text.index("- name: Compare access") :]
    assert "${{" not in step[step.index("run:") :]
    assert 'bash "$GITHUB_ACTION_PATH/tools/access_comment.sh"' in step
    for name in ("SYMLINT_BASE", "SYMLINT_PULL_REQUEST", "SYMLINT_MAY_COMMENT", "SYMLINT_PATH"):
        assert f"{name}: ${{{{" in step
