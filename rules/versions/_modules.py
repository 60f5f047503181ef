"""Wording and sources that the rules about versions share."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import RelatedRange

if TYPE_CHECKING:
    from symlint.sym.model.modules import SymModule
    from symlint.sym.versions import Version

INIT_STOPS: Final = "terraform init stops here."
MODULES: Final = "https://registry.terraform.io/namespaces/symopsio"
CONSTRAINTS: Final = (
    "https://developer.hashicorp.com/terraform/language/expressions/version-constraints"
)


def version_related(module: SymModule, version: Version) -> RelatedRange:
    """The constraint that installs a version of a module."""
    from symlint.sym.model.module_calls import version_range

    constraint = module.call.version
    what = "this" if constraint else "without a version constraint Terraform"
    return RelatedRange(version_range(module), f"{what} installs version {version}")
