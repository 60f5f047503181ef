"""What a user sees of the ``bad`` example of each rule, word for word, in ``snapshots/``.

The output is that of ``symlint --quiet`` in the example's folder, with all stable rules and the
rule itself. Beside these stand the snapshots of files of tests (``support.transcript``).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from support.snapshots import compare, left_over

from symlint.cli.group import group
from symlint.lint.registry import load_rules
from symlint.lint.testing import write_example

if TYPE_CHECKING:
    from symlint.lint.rule import Rule

SNAPSHOTS = Path(__file__).parent / "snapshots"
PLAIN = dict.fromkeys(("COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS"))  # as in a pipe, not in CI
RULES = load_rules().rules


@pytest.mark.no_cover
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_output_of_the_bad_example(
    rule: type[Rule], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_example(rule.bad, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    arguments = ["check", "--quiet", "--all-modules", "--select", f"all,{rule.code}"]
    result = CliRunner(env=PLAIN).invoke(group, arguments)
    assert result.exit_code in (0, 1), result.output
    assert f"[{rule.code}]" in result.output
    compare(SNAPSHOTS / f"{rule.code}.txt", result.output)


@pytest.mark.parametrize(
    "folder", sorted(SNAPSHOTS.parent.rglob("snapshots")), ids=lambda it: it.parent.name
)
def test_no_snapshot_is_left_over(folder: Path) -> None:
    wanted = {f"{it.stem.removeprefix('test_')}.txt" for it in folder.parent.glob("test_*.py")}
    if folder == SNAPSHOTS:
        wanted |= {f"{rule.code}.txt" for rule in RULES} | {"cases", "many", "several", "unknown"}
    assert not left_over(folder, wanted)


def test_severities_are_those_of_the_page() -> None:
    declared = {rule.code: {rule.severity, *rule.other_severities} for rule in RULES}
    shown = re.compile(
        r"^(error|warning|note)\[(SYM\d{3})\]|^ +(SYM\d{3}) (error|warning|note) ", re.M
    )
    for path in Path(__file__).parent.rglob("snapshots/**/*.txt"):
        for one, code, other_code, other in shown.findall(path.read_text(encoding="utf-8")):
            found, of = one or other, code or other_code
            assert found in declared.get(of, {found}), (
                f"{of} is also of severity {found}: {path.name}"
            )
