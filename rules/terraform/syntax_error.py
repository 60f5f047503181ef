"""Checks that every file has valid syntax."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.native.cursor import TOO_DEEP
from symlint.lint.location import Location
from symlint.lint.run_rule import RunRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.run_rule import Run

_TERRAFORM = "Terraform rejects the whole module until this is fixed."
_OURS = "symlint limits how deeply a file may be nested. It does not check what is nested deeper."


class SyntaxErrors(RunRule):
    """Every file has valid syntax.

    Terraform reads nothing of a module in which one file has a syntax error. symlint reads the
    rest, so that one mistake does not hide the others. But it then concludes nothing from what is
    missing: some findings may appear only after the file is fixed.

    A file can have several syntax errors. Fix the first one first, since it may cause the later ones.
    This rule always runs: no selection, comment or baseline suppresses it.
    """

    code = "SYM001"
    name = "syntax-error"
    severity = "error"
    about = ("problems",)
    suppressible = False
    sources = (
        "https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md",
        "https://developer.hashicorp.com/terraform/language/syntax/json",
    )
    bad = """\
locals {
  environment = main"
}
"""
    good = """\
locals {
  environment = "main"
}
"""

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each syntax problem."""
        for file in run.files:
            for problem in file.problems:
                yield Location.of_range(problem.range).finding(
                    self, problem.message, why=_OURS if TOO_DEEP in problem.message else _TERRAFORM
                )
