"""Comments are tried out by linting again, as often as the work of one run allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from symlint.lint.run.engine import lint
from symlint.lint.suppression.adding import add_ignores

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from symlint.lint.report import Report


@pytest.mark.parametrize(("work", "looks"), [(1_000, 3), (10_000_000, 2)])
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
