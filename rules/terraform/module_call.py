"""Checks that the source of a local module exists."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.rules._problems import ProblemRule
from symlint.rules.terraform._examples import CHILD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.lint.rule import Example
    from symlint.sym.model.configuration import SymConfiguration


class ModuleCallSource(ProblemRule):
    """The code of every local module can be found, and no module calls itself.

    A local source begins with `./` or `../` and is relative to the directory of the calling module.
    Modules from a registry or from git are followed if `.terraform/modules` has them.

    **Not flagged.** Modules from a registry or from git that are not there. Modules outside of the
    repository: their code is not read, and nothing is said about their calls.
    """

    code = "SYM104"
    name = "module-call"
    about = ("problems", "terraform.called.outside")
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

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """What Terraform refuses of a call, and the calls of modules that may not be read."""
        yield from super().check(configuration)
        for call in configuration.terraform.called.outside:
            yield self.undecided(
                call.attributes["source"].value.range,
                "what is in the module?",
                "it lies outside of the repository, and is not read",
            )
