"""Checks that blocks and meta-arguments are valid where they are written."""

from __future__ import annotations

from symlint.rules._problems import ProblemRule


class MisplacedBlock(ProblemRule):
    """Every block and meta-argument is used where Terraform accepts it, in the form that it accepts.

    The rule reports unknown block types, blocks with too many or too few labels, `count` together with
    `for_each`, values that `count` and `for_each` cannot use, and arguments of `lifecycle` or
    `depends_on` that are not references.
    """

    code = "SYM109"
    name = "misplaced-block"
    kind = "structure"
    consequence = "terraform validate and plan stop here."
    sources = (
        "https://developer.hashicorp.com/terraform/language/syntax/configuration",
        "https://developer.hashicorp.com/terraform/language/meta-arguments/for_each",
    )
    bad = """\
variable "environment" "main" {
  type = string
}
"""
    good = """\
variable "environment" {
  type = string
}
"""
