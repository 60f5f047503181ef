"""Checks that every expression can be evaluated."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.rules._problems import ProblemRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration


class InvalidExpression(ProblemRule):
    """Every expression can be evaluated.

    Operands and arguments have the types that the operator or function accepts, indexes exist, and
    functions get the right number of arguments.

    **Not flagged.** Expressions with unknown values: a function is checked only if all its
    arguments are known. Files of a module that are looked up in the directory of the root module:
    `module-file-path` reports them.
    """

    code = "SYM106"
    name = "invalid-expression"
    kind = "expression"
    consequence = "terraform plan stops here."
    sources = (
        "https://developer.hashicorp.com/terraform/language/expressions",
        "https://developer.hashicorp.com/terraform/language/functions",
    )
    bad = """\
locals {
  account_ids = ["111122223333", "444455556666"]
  production  = local.account_ids[2]
}
"""
    good = """\
locals {
  account_ids = ["111122223333", "444455556666"]
  production  = local.account_ids[1]
}
"""

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """What cannot be evaluated, except the paths that ``module-file-path`` reports."""
        from symlint.sym.intent.file_paths import module_paths, unread_files

        found = list(super().check(configuration))
        paths = {it.range for it in module_paths(configuration)} if found else set()
        yield from (it for it in found if getattr(it, "range", None) not in paths)
        for read in unread_files(configuration):
            yield self.undecided(read.range, "is there such a file?", read.reason)
