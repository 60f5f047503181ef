"""Each case of docs/compare.md: its files, laid out, give what the page says."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from symlint.cli.group import group

PAGE = (Path(__file__).parents[2] / "docs" / "compare.md").read_text(encoding="utf-8")
CASES = [part for part in PAGE.split("\n## ") if "```console" in part]
FILES = re.compile(r'^```hcl title="(.*?)"\n(.*?)^```', re.MULTILINE | re.DOTALL)
RUN = re.compile(
    r"^```console\n\$ symlint (.*?)(?: \| grep '?(.*?)'?)?\n(.*?)^```", re.MULTILINE | re.DOTALL
)


def test_there_are_eight() -> None:
    assert len(CASES) == 8


@pytest.mark.parametrize("case", CASES, ids=[case.split("\n", 1)[0] for case in CASES])
def test_case(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.findall(case):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ((command, pattern, expected),) = RUN.findall(case)
    words = [word.strip("'") for word in command.split(" ")]
    output = CliRunner().invoke(group, words, prog_name="symlint").stdout
    lines = [line for line in output.splitlines(keepends=True) if re.search(pattern, line)]
    assert "".join(lines) == expected
