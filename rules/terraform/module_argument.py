"""Checks that a module call gives every required variable and no undeclared one."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.rules._problems import ProblemRule
from symlint.rules.terraform._examples import CHILD

if TYPE_CHECKING:
    from symlint.lint.rule import Example


class ModuleArgument(ProblemRule):
    """A module call sets every variable that needs a value, and no others.

    The variables are those that the called module declares. A variable without a default needs a
    value.

    **Not flagged.** Modules whose code is not available, or that have syntax errors.
    """

    code = "SYM105"
    name = "module-argument"
    kind = "module-argument"
    consequence = "terraform validate and plan stop here."
    fixable = True
    sources = (
        "https://developer.hashicorp.com/terraform/language/modules/syntax#calling-a-child-module",
    )
    bad: ClassVar[Example] = {
        "main.tf": 'module "access" {\n  source     = "./access"\n  enviroment = "main"\n}\n',
        "access/main.tf": CHILD,
    }
    good: ClassVar[Example] = {
        "main.tf": 'module "access" {\n  source      = "./access"\n  environment = "main"\n}\n',
        "access/main.tf": CHILD,
    }
