"""Checks that a key that is read from a module's ``settings`` exists."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import Passed
from symlint.rules._examples import configuration, edited
from symlint.rules._problems import ProblemRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.source.text import Range
    from symlint.sym.intent.connectors.mismatched_ids import WrongId
    from symlint.sym.model.configuration import SymConfiguration


class SettingsKey(ProblemRule):
    """A key that is read from the settings of a module is one that they have.

    The settings of every connector have `cloud`, `region` and `role_arn`. An SSO connector also has
    an `instance_arn` and no `account_id`; IAM and Lambda connectors have an `account_id` and no
    `instance_arn`; only a runtime connector has an `external_id`, the secret that AWS compares when
    the role is assumed. The outputs `sym_integration` and `sym_runtime` of version 2 of the runtime
    connector are whole resources with the attributes of these resources.

    The settings are followed through locals, variables and modules, and into expressions.

    **Not flagged.** Keys inside `try` or `can`, or in the arm of a conditional that is not used.
    Modules that the catalogue does not have. An `external_id` that `external-id-source` reports.
    """

    code = "SYM304"
    name = "settings-key"
    kind = "module-attribute"
    consequence = "terraform plan fails once the module is installed."
    fixable = True
    sources = (
        "https://registry.terraform.io/modules/symopsio/sso-connector/aws/latest?tab=outputs",
        "https://registry.terraform.io/modules/symopsio/iam-connector/aws/latest?tab=outputs",
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/outputs.tf",
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
    bad = edited(
        good,
        (
            """output "instance_arn" {
  value = module.sso_connector.settings["instance_arn"]""",
            """output "account_id" {
  value = module.sso_connector.settings["account_id"]""",
        ),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """One finding for each key that does not exist, unless another rule reports it."""
        wrong: list[Range] | None = None
        for outcome in super().check(configuration):
            if wrong is None:
                wrong = [it.range for it in _wrong_ids(configuration)]
            if isinstance(outcome, Passed) or not any(
                outcome.range.is_within(range_) for range_ in wrong
            ):
                yield outcome


def _wrong_ids(sym: SymConfiguration) -> Iterator[WrongId]:
    """The external ids that ``external-id-source`` reports."""
    from symlint.sym.intent.connectors.mismatched_ids import WrongId, verdicts

    for integration in sym.integrations:
        for verdict in verdicts(integration):
            if isinstance(verdict, WrongId):
                yield verdict
