"""References and values: what Terraform refuses when it validates or plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from symlint.rules.terraform._module_paths import module_paths
from symlint.rules.terraform._terraform_problems import ProblemRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.lint.rule import Example
    from symlint.sym.model.configuration import SymConfiguration

_EXPRESSIONS = "https://developer.hashicorp.com/terraform/language/expressions"
_VARIABLES = "https://developer.hashicorp.com/terraform/language/values/variables"


class UndeclaredReference(ProblemRule):
    """Every reference leads to something that is declared.

    Variables, locals, resources, data sources, modules and the outputs of local modules are
    looked up in the module in which the reference stands. Where exactly one declared name of the
    right kind is close to the one written, it is proposed, and `--fix` writes it.

    Nothing is said where a declaration may have been lost to a syntax error, about outputs of
    modules whose code is not here, and about attributes that only the provider knows.
    """

    code = "SYM101"
    name = "undeclared-reference"
    kind = "undeclared"
    consequence = "terraform validate and plan stop here."
    fixable = True
    sources = (f"{_EXPRESSIONS}/references",)
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


class DependencyCycle(ProblemRule):
    """Nothing depends on itself, directly or through others.

    Terraform makes things in the order in which they depend on each other, so in a circle there
    is nothing to begin with. The finding names every step of the circle; take out the reference
    that is needed least, often by giving both sides the same local.
    """

    code = "SYM102"
    name = "dependency-cycle"
    kind = "cycle"
    consequence = "terraform plan stops with the error: Cycle."
    sources = ("https://developer.hashicorp.com/terraform/internals/graph",)
    bad = """\
locals {
  flow_name   = "${local.environment}-access"
  environment = trimsuffix(local.flow_name, "-access")
}
"""
    good = """\
locals {
  flow_name   = "${local.environment}-access"
  environment = "main"
}
"""


class InvalidExpression(ProblemRule):
    """Every expression can be evaluated.

    Operands and arguments have types that the operator or function takes, indexes exist, and
    functions get as many arguments as they need. Nothing is said where a value is not known: a
    function is judged only when all its arguments are. Where a module's file is looked for beside
    the root module, `module-file-path` speaks of that.
    """

    code = "SYM106"
    name = "invalid-expression"
    kind = "expression"
    consequence = "terraform plan stops here."
    sources = (_EXPRESSIONS, "https://developer.hashicorp.com/terraform/language/functions")
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
        """What cannot be evaluated, but for the paths of which module-file-path says more."""
        found = list(super().check(configuration))
        paths = {it.range for it in module_paths(configuration)} if found else set()
        yield from (it for it in found if getattr(it, "range", None) not in paths)


class WrongType(ProblemRule):
    """Every value fits the type that its variable declares.

    Terraform converts where it can (a number to a string, a tuple to a list); this is about
    values for which there is no conversion, and about null for a variable that is not nullable.
    """

    code = "SYM107"
    name = "wrong-type"
    kind = "type"
    consequence = "terraform plan stops here."
    sources = (f"{_VARIABLES}#type-constraints",)
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


class FailedValidation(ProblemRule):
    """Every value passes the validation of its variable.

    Only conditions that surely fail are reported: one that depends on a value that is not known
    is left to Terraform.
    """

    code = "SYM108"
    name = "failed-validation"
    kind = "validation"
    consequence = "terraform plan stops here with the message of the validation."
    sources = (f"{_VARIABLES}#custom-validation-rules",)
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


class MissingAttribute(ProblemRule):
    """Every attribute that is read from an object is there.

    This is about objects whose attributes are all known: those that the configuration itself
    writes, and variables with an object type. Attributes of resources belong to their provider.
    """

    code = "SYM110"
    name = "missing-attribute"
    kind = "attribute"
    consequence = "terraform plan stops here."
    sources = (f"{_EXPRESSIONS}/references",)
    bad = """\
locals {
  integration = { account_id = "111122223333" }
  external_id = local.integration.acount_id
}
"""
    good = """\
locals {
  integration = { account_id = "111122223333" }
  external_id = local.integration.account_id
}
"""


class VariableFile(ProblemRule):
    """A variable file gives values, all of them constants, to variables that are declared.

    Terraform only warns about a value for an undeclared variable, so a mistyped name leaves the
    variable at its default and nobody notices. Values that are not constants, and blocks, it
    refuses.
    """

    code = "SYM111"
    name = "variable-file"
    severity = "warning"
    kind = "input"
    consequence = "The value has no effect, or terraform plan stops here."
    sources = (f"{_VARIABLES}#variable-definitions-tfvars-files",)
    bad: ClassVar[Example] = {
        "main.tf": 'variable "environment" {\n  type    = string\n  default = "main"\n}\n',
        "terraform.tfvars": 'enviroment = "staging"\n',
    }
    good: ClassVar[Example] = {
        "main.tf": 'variable "environment" {\n  type    = string\n  default = "main"\n}\n',
        "terraform.tfvars": 'environment = "staging"\n',
    }
