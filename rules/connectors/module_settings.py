"""The rule about what is read of the settings that Sym's modules give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import Passed
from symlint.rules._examples import configuration
from symlint.rules._links import within
from symlint.rules._problems import ProblemRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration


class SettingsKey(ProblemRule):
    """What is read of a module's settings is among them.

    The settings of every connector have `cloud`, `region` and `role_arn`. An SSO connector has an
    `instance_arn` besides and no `account_id`; IAM and Lambda connectors have an `account_id` and
    no `instance_arn`; only a runtime connector has an `external_id`, and it is the secret that AWS
    compares when the role is assumed. `sym_integration` and `sym_runtime`, which version 2 of the
    runtime connector gives as a whole, have the attributes of these resources.

    The settings are followed through locals, variables and modules, and into expressions.

    **Not flagged.** What stands in `try` or `can`, or in the arm of a conditional that is not
    taken. Modules that the catalogue does not know. An `external_id` that `external-id-source`
    speaks of.
    """

    code = "SYM304"
    name = "settings-key"
    kind = "module-attribute"
    consequence = "Terraform refuses the plan once the module is installed."
    fixable = True
    sources = (
        "https://registry.terraform.io/modules/symopsio/sso-connector/aws/latest?tab=outputs",
        "https://registry.terraform.io/modules/symopsio/iam-connector/aws/latest?tab=outputs",
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/outputs.tf",
    )
    bad = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "sso_connector" {
  source  = "symopsio/sso-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

output "account_id" {
  value = module.sso_connector.settings["account_id"]
}
"""
    )
    good = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "sso_connector" {
  source  = "symopsio/sso-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

output "instance_arn" {
  value = module.sso_connector.settings["instance_arn"]
}
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """One finding for each key that is not there and of which no other rule speaks."""
        said: list[Finding] | None = None
        for outcome in super().check(configuration):
            if said is None:
                said = list(_findings_about_ids(configuration))
            if isinstance(outcome, Passed) or not any(
                within(outcome.range, it.range) for it in said
            ):
                yield outcome


def _findings_about_ids(configuration: SymConfiguration) -> Iterator[Finding]:
    """What the rule about external ids says."""
    from symlint.lint.finding import Finding
    from symlint.rules.connectors.external_ids import ExternalIdSource

    for outcome in ExternalIdSource().check(configuration):
        if isinstance(outcome, Finding):
            yield outcome
