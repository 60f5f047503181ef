"""Checks that nothing is declared twice in a module."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.rules._problems import ProblemRule

if TYPE_CHECKING:
    from symlint.lint.rule import Example


class DuplicateDeclaration(ProblemRule):
    """Everything is declared once.

    Two blocks with the same type and name in one module, in the same or in different files, are an
    error. Files named `override.tf` or `*_override.tf` are merged into the other files, as Terraform
    does, so they may repeat their blocks.
    """

    code = "SYM103"
    name = "duplicate-declaration"
    kind = "duplicate"
    consequence = "terraform init stops here."
    sources = ("https://developer.hashicorp.com/terraform/language/files/override",)
    bad: ClassVar[Example] = {
        "main.tf": 'variable "environment" {\n  type = string\n}\n',
        "variables.tf": 'variable "environment" {\n  type = string\n}\n',
    }
    good: ClassVar[Example] = {
        "main.tf": 'output "environment" {\n  value = var.environment\n}\n',
        "variables.tf": 'variable "environment" {\n  type = string\n}\n',
    }
