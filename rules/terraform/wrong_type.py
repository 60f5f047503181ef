"""Checks that a value fits the type of its variable."""

from __future__ import annotations

from symlint.rules._problems import ProblemRule


class WrongType(ProblemRule):
    """Every value fits the type that its variable declares.

    Terraform converts if it can (a number to a string, a tuple to a list). The rule reports values that
    cannot be converted, and null for a variable that is not nullable.
    """

    code = "SYM107"
    name = "wrong-type"
    kind = "type"
    consequence = "terraform plan stops here."
    sources = (
        "https://developer.hashicorp.com/terraform/language/values/variables#type-constraints",
    )
    bad = """\
variable "approvers" {
  type    = list(string)
  default = "security@example.com"
}
"""
    good = """\
variable "approvers" {
  type    = list(string)
  default = ["security@example.com"]
}
"""
