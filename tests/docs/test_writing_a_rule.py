"""The rule that docs/writing-a-rule.md leads to works as the page says."""

import re
from pathlib import Path

from symlint.lint.run.engine import Options, lint
from symlint.lint.testing import check_folder

PAGE = Path(__file__).parents[2] / "docs" / "writing-a-rule.md"


def written_rule(folder: Path) -> Path:
    """A folder with the rule of the page."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    folder.mkdir()
    (folder / "labels.py").write_text(code, encoding="utf-8")
    return folder


def test_the_examples_of_the_page_hold(tmp_path: Path) -> None:
    tested = check_folder(str(written_rule(tmp_path / "lint_rules")))
    assert [rule.code for rule in tested.rules] == ["ACME001"]
    assert tested.faults == ()


def test_the_rule_runs_where_the_configuration_file_names_it(tmp_path: Path) -> None:
    written_rule(tmp_path / "lint_rules")
    (tmp_path / "symlint.toml").write_text('rules = ["lint_rules"]\n', encoding="utf-8")
    (tmp_path / "impl.py").write_text("", encoding="utf-8")
    (tmp_path / "main.tf").write_text(
        'resource "sym_flow" "this" {\n  name = "billing"\n}\n', encoding="utf-8"
    )
    report = lint([str(tmp_path)], Options(select=("ACME001",), trust_config=True))
    assert [(finding.code, finding.range.line) for finding in report.findings] == [("ACME001", 1)]
