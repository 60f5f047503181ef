"""Names that are made of a secret environment are not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.configurations import write_files

from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from pathlib import Path


def test_names_made_of_a_secret_are_not_said(tmp_path: Path) -> None:
    text = """
variable "environment" {
  sensitive = true
}
module "connector" {
  source      = "symopsio/iam-connector/aws"
  version     = "~> 2.0"
  environment = var.environment
}
--- terraform.tfvars
environment = "Canary-7f3a x"
"""
    write_files(tmp_path, text)
    report = lint([str(tmp_path)], Options(isolated=True, select=("SYM309",)))
    assert [finding.code for finding in report.findings] == ["SYM309"]
    said = repr([(it.title, it.why, it.help, it.fix) for it in report.findings])
    assert "anary-7f3a" not in said
