"""Every command in README and docs/ is one that symlint takes, and runs on a repository like those meant."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from symlint.cli.group import group

ROOT = Path(__file__).parents[2]
OTHERS = ("architecture.md", "compare.md")
"""Not for users, and with files of its own (test_compare.py)."""
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(page for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in OTHERS),
]
FENCE = re.compile(r"^```(?:sh|console|yaml|groovy)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(
    r"(?:^|[$&'] |- |run: |entry: |sh '\.venv/bin/)((?:SYMLINT_TRUST_CONFIG=1 )?symlint(?: [^\n]*?)?)'?$"
)
INLINE = re.compile(r"`(symlint [^`]+)`")
NOT_HERE = ("lsp", "PATH", "NAME", "BASE", "VERSION", "--watch", "--timeout SECONDS", "--rules DIR")
"""What stands for something else, or does not end."""


def commands() -> list[tuple[str, str]]:
    """Every command with the name of its page, each once."""
    found: dict[tuple[str, str], None] = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in FENCE.findall(text):
            for line in block.split("\n"):
                for command in COMMAND.findall(line.strip()):
                    found[page.name, command] = None
        for command in INLINE.findall(re.sub(FENCE, "", text)):
            found[page.name, " ".join(command.split())] = None
    return list(found)


def runs(command: str) -> bool:
    return not any(word in command for word in NOT_HERE) and "git " not in command


def test_there_are_many() -> None:
    assert sum(runs(command) for _, command in commands()) > 60


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is a repository with the folders and files that the documentation speaks of."""
    fixtures = ROOT / "tests" / "fixtures"
    folder = tmp_path / "repository"
    for name in ("environments/prod", "live/prod", "modules/okta", "../base"):
        shutil.copytree(fixtures / "okta", folder / name)
    for name in ("aws_iam", "broken", "okta"):
        shutil.copytree(fixtures / name, folder / "tests" / "fixtures" / name)
    shutil.copy(fixtures / "okta_before.lock.json", folder / "tests" / "fixtures")
    shutil.copy(fixtures / "okta_before.lock.json", folder / "access.lock.json")
    for name in (".git", "lint_rules", "results"):
        (folder / name).mkdir()
    for name in ("prod.tfvars", "sandbox.tfvars"):
        (folder / name).write_text("", encoding="utf-8")
    page = (ROOT / "docs" / "writing-a-rule.md").read_text(encoding="utf-8")
    (rule,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[:1]
    (folder / "lint_rules" / "labels.py").write_text(rule, encoding="utf-8")
    monkeypatch.chdir(folder)


@pytest.mark.no_cover
@pytest.mark.parametrize(("page", "command"), [it for it in commands() if runs(it[1])])
def test_runs(page: str, command: str, repository: None) -> None:
    words = shlex.split(command, comments=True)
    words = [word for word in words if "=1" not in word or word.startswith("-")]
    for mark in (">", "|", "<"):
        if mark in words:
            words = words[: words.index(mark)]
    result = CliRunner().invoke(group, words[1:], prog_name="symlint")
    assert result.exit_code in (0, 1), f"{page}: {command}\n{result.output}"
