"""Checks that every reference leads to something that is declared."""

from __future__ import annotations

from symlint.rules._problems import ProblemRule


class UndeclaredReference(ProblemRule):
    """Every reference leads to something that is declared.

    Variables, locals, resources, data sources, modules and the outputs of local modules are looked
    up in the module that contains the reference. If exactly one declared name of the right kind is
    close to the one that is written, the finding suggests it, and `--fix` writes it.

    **Not flagged.** References to what a syntax error may hide, to outputs of modules whose code is not
    available, and to attributes that only the provider knows.
    """

    code = "SYM101"
    name = "undeclared-reference"
    kind = "undeclared"
    consequence = "terraform validate and plan stop here."
    fixable = True
    sources = ("https://developer.hashicorp.com/terraform/language/expressions/references",)
    bad = """\
variable "environment_name" {
  type = string
}

output "environment" {
  value = var.enviroment_name
}
"""
    good = """\
variable "environment_name" {
  type = string
}

output "environment" {
  value = var.environment_name
}
"""
