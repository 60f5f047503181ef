"""Checks that variable files set declared variables to constants."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.rules._problems import ProblemRule

if TYPE_CHECKING:
    from symlint.lint.rule import Example


class VariableFile(ProblemRule):
    """A variable file sets declared variables to constants.

    Terraform only warns about a value for an undeclared variable, so a mistyped name leaves the
    variable at its default without an error. Terraform rejects values that are not constants, and
    blocks.
    """

    code = "SYM111"
    name = "variable-file"
    severity = "warning"
    kind = "input"
    consequence = "The value has no effect, or terraform plan stops here."
    sources = (
        "https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files",
    )
    bad: ClassVar[Example] = {
        "main.tf": 'variable "environment" {\n  type    = string\n  default = "main"\n}\n',
        "terraform.tfvars": 'enviroment = "staging"\n',
    }
    good: ClassVar[Example] = {
        "main.tf": 'variable "environment" {\n  type    = string\n  default = "main"\n}\n',
        "terraform.tfvars": 'environment = "staging"\n',
    }
