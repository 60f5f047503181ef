"""A misspelt name is not repaired where the right one stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from pathlib import Path

TARGET = """\
resource "sym_target" "support" {{
  type     = "okta_group"
  {}
  name     = "support"
  settings = {{ group_id = "00g1a2b3c4d5e6f7g8h9" }}
}}
"""
VARIABLE = """\
variable "support" {{
  type = string
  {}
}}
resource "sym_target" "support" {{
  type     = "okta_group"
  name     = var.support
  settings = {{ group_id = "00g1a2b3c4d5e6f7g8h9" }}
}}
"""


@pytest.mark.parametrize(
    ("text", "line", "code", "help_"),
    [
        (TARGET, 'tpye = "okta_group"', "SYM121", "remove it: type is given as well"),
        (VARIABLE, "tpye = string", "SYM109", 'remove it: "type" is given as well'),
    ],
)
def test_what_is_given_as_well(tmp_path: Path, text: str, line: str, code: str, help_: str) -> None:
    (tmp_path / "main.tf").write_text(text.format(line), encoding="utf-8")
    (found,) = lint([str(tmp_path)], Options(isolated=True)).findings
    assert (found.code, found.help, found.fix) == (code, help_, None)


def test_an_override_may_repeat_it(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(TARGET.format(""), encoding="utf-8")
    (tmp_path / "override.tf").write_text(
        'resource "sym_target" "support" {\n  tpye = "okta_group"\n}\n', encoding="utf-8"
    )
    (found,) = lint([str(tmp_path)], Options(isolated=True)).findings
    assert (found.code, found.help) == ("SYM121", "did you mean type?")
