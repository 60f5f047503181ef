"""Checks that the source of a local module exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from symlint.rules._problems import ProblemRule
from symlint.rules.terraform._examples import CHILD

if TYPE_CHECKING:
    from symlint.lint.rule import Example


class ModuleCallSource(ProblemRule):
    """The code of every local module can be found, and no module calls itself.

    A local source begins with `./` or `../` and is relative to the directory of the calling module.
    Modules from a registry or from git are followed if `.terraform/modules` has them.

    **Not flagged.** Modules from a registry or from git that are not there.
    """

    code = "SYM104"
    name = "module-call"
    kind = "module-call"
    consequence = "terraform init stops here."
    sources = ("https://developer.hashicorp.com/terraform/language/modules/sources#local-paths",)
    bad: ClassVar[Example] = {
        "main.tf": 'module "access" {\n  source      = "./acess"\n  environment = "main"\n}\n',
        "access/main.tf": CHILD,
    }
    good: ClassVar[Example] = {
        "main.tf": 'module "access" {\n  source      = "./access"\n  environment = "main"\n}\n',
        "access/main.tf": CHILD,
    }
