"""Checks that values pass the ``validation`` blocks of their variables."""

from __future__ import annotations

from symlint.rules._problems import ProblemRule


class FailedValidation(ProblemRule):
    """Every value passes the validation of its variable.

    The rule reports only conditions that are known to fail. A condition that depends on an unknown
    value is left to Terraform.
    """

    code = "SYM108"
    name = "failed-validation"
    kind = "validation"
    consequence = "terraform plan stops here with the message of the validation."
    sources = (
        "https://developer.hashicorp.com/terraform/language/values/variables#custom-validation-rules",
    )
    bad = """\
variable "environment" {
  type    = string
  default = "Main"

  validation {
    condition     = var.environment == lower(var.environment)
    error_message = "The environment is written in lower case."
  }
}
"""
    good = """\
variable "environment" {
  type    = string
  default = "main"

  validation {
    condition     = var.environment == lower(var.environment)
    error_message = "The environment is written in lower case."
  }
}
"""
