"""Declarations, module calls and the places of blocks: what Terraform refuses before it plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from symlint.rules.terraform._terraform_problems import ProblemRule

if TYPE_CHECKING:
    from symlint.lint.rule import Example

_LANGUAGE = "https://developer.hashicorp.com/terraform/language"
_CHILD = """\
variable "environment" {
  type = string
}

output "name" {
  value = "${var.environment}-access"
}
"""


class DuplicateDeclaration(ProblemRule):
    """Everything is declared once.

    Two blocks with the same type and name in one module, in the same or in different files, are
    an error. Files called `override.tf` or `*_override.tf` are meant to repeat blocks of the other
    files and are merged into them, as Terraform does.
    """

    code = "SYM103"
    name = "duplicate-declaration"
    kind = "duplicate"
    consequence = "terraform init stops here."
    sources = (f"{_LANGUAGE}/files/override",)
    bad: ClassVar[Example] = {
        "main.tf": 'variable "environment" {\n  type = string\n}\n',
        "variables.tf": 'variable "environment" {\n  type = string\n}\n',
    }
    good: ClassVar[Example] = {
        "main.tf": 'output "environment" {\n  value = var.environment\n}\n',
        "variables.tf": 'variable "environment" {\n  type = string\n}\n',
    }


class ModuleCallSource(ProblemRule):
    """The code of every local module can be found, and no module calls itself.

    A local source begins with `./` or `../` and is relative to the folder of the calling module.
    Modules from a registry or from git are followed where `.terraform/modules` has them; nothing is
    said about those that are not there.
    """

    code = "SYM104"
    name = "module-call"
    kind = "module-call"
    consequence = "terraform init stops here."
    sources = (f"{_LANGUAGE}/modules/sources#local-paths",)
    bad: ClassVar[Example] = {
        "main.tf": 'module "access" {\n  source      = "./acess"\n  environment = "main"\n}\n',
        "access/main.tf": _CHILD,
    }
    good: ClassVar[Example] = {
        "main.tf": 'module "access" {\n  source      = "./access"\n  environment = "main"\n}\n',
        "access/main.tf": _CHILD,
    }


class ModuleArgument(ProblemRule):
    """A module call gives every variable that needs a value, and no others.

    The variables are those that the called module declares; one without a default needs a value.
    Nothing is said about modules whose code is not here, or in which something was lost to a
    syntax error.
    """

    code = "SYM105"
    name = "module-argument"
    kind = "module-argument"
    consequence = "terraform validate and plan stop here."
    fixable = True
    sources = (f"{_LANGUAGE}/modules/syntax#calling-a-child-module",)
    bad: ClassVar[Example] = {
        "main.tf": 'module "access" {\n  source     = "./access"\n  enviroment = "main"\n}\n',
        "access/main.tf": _CHILD,
    }
    good: ClassVar[Example] = {
        "main.tf": 'module "access" {\n  source      = "./access"\n  environment = "main"\n}\n',
        "access/main.tf": _CHILD,
    }


class MisplacedBlock(ProblemRule):
    """Every block and meta-argument stands where Terraform takes it, in the form that it takes.

    Unknown block types, blocks with too many or too few labels, `count` together with `for_each`,
    values that `count` and `for_each` cannot use, and arguments of `lifecycle` or `depends_on`
    that are no references.
    """

    code = "SYM109"
    name = "misplaced-block"
    kind = "structure"
    consequence = "terraform validate and plan stop here."
    sources = (f"{_LANGUAGE}/syntax/configuration", f"{_LANGUAGE}/meta-arguments/for_each")
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
