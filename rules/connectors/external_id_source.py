"""Checks that ``external_id`` and ``settings`` of a permission context come from one module."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Fix, Outcome
    from symlint.sym.intent.connectors.mismatched_ids import WrongId
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Integration
    from symlint.sym.model.modules import SymModule


class ExternalIdSource(Rule):
    """The `external_id` of a permission context is the right key of the settings that it has.

    A permission context tells Sym which AWS role to assume (`settings`) and which account or
    instance it belongs to (`external_id`): the number of the role's account or, for an SSO
    connector, the ARN of the SSO instance. Both come from one connector module. If they do not, Sym
    assumes a role in one account or instance and records the access for another.

    Each mistake has its own message:

    - the id is **hard-coded**, but the settings come from a module (a warning: the id may be correct
      today);
    - it comes from **another module** than the settings;
    - it is the **wrong key**: the role's ARN; its `external_id`, which is not an account id but the
      secret that AWS compares when a role is assumed; all of the settings; the whole module;
    - it is a **key that the connector does not have**: an SSO connector has no `account_id`, the
      others have no `instance_arn`;
    - literal settings have **another account or instance** than `external_id` (a warning, since only
      the two literals say so).

    **Not flagged.** `settings["account_id"]` and `settings.account_id` are the same. Id and settings
    may come from one variable, as for tenants in a variable file; the SSO instance from
    `data.aws_ssoadmin_instances`, the account from `data.aws_caller_identity`; both from the
    `sym_integration` of a runtime connector. Integrations of other types are not checked. Unknown
    values are undecided.
    """

    code = "SYM302"
    name = "external-id-source"
    other_severities = ("warning",)
    severity = "error"
    about = ("integrations",)
    fixable = True
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://docs.symops.com/docs/aws-sso-access-strategy",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
    )
    good = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.settings.role_arn]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}
"""
    )
    bad = edited(
        good,
        (
            "module.iam_connector.settings.account_id",
            "module.runtime_connector.settings.external_id",
        ),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the external id of each permission context belongs to its settings."""
        from symlint.sym.intent.connectors.mismatched_ids import UnknownId, WrongId, verdicts

        question = "does the external_id belong to the settings?"
        for integration in configuration.integrations:
            for verdict in verdicts(integration):
                if isinstance(verdict, WrongId):
                    yield self._wrong(integration, verdict)
                elif isinstance(verdict, UnknownId):
                    place = integration.range("external_id")
                    yield self.undecided(place, question, verdict.reason)
                else:
                    yield PASSED

    def _wrong(self, integration: Integration, wrong: WrongId) -> Finding:
        from symlint.rules.connectors._external_ids import wording_of

        wording = wording_of(wrong)
        place = Location.of_argument(integration, wrong.attribute)
        place = place.of_element(wrong.value).at(wrong.range).where_misused(integration.sym)
        return place.finding(
            self,
            wording.title,
            label=wording.label,
            related=(wording.evidence, *place.use()),
            why=wording.why,
            help_=wording.help or _advice(integration, place, wrong),
            fix=_fix(integration, place, wrong),
            severity="warning" if wrong.kind in ("hard_coded", "contradiction") else None,
        )


def _advice(integration: Integration, place: Location, wrong: WrongId) -> str:
    """What to write: for the id always with its name, for it is the whole of the argument."""
    from symlint.rules.connectors._external_ids import expression_of

    module = wrong.right_module
    if module is not None and place.in_place and not _beside(module, integration):
        return f"take {place.name} from {module.address}, as its settings are"
    expression = expression_of(wrong) or "..."
    if place.in_place or place.name == "external_id":
        return f"write {place.name} = {expression}"
    return f"write {expression}"


def _fix(integration: Integration, place: Location, wrong: WrongId) -> Fix | None:
    """Replace the whole argument, if the module is called in the module of the integration.

    Safe if the settings show which connector is meant. Unsafe if the id is that of another
    connector: either of the two may be the mistake.
    """
    from symlint.rules.connectors._external_ids import expression_of

    module, expression = wrong.right_module, expression_of(wrong)
    if module is None or expression is None or wrong.kind == "no_settings" or not place.in_place:
        return None
    if not _beside(module, integration):
        return None
    certain = wrong.kind in ("hard_coded", "no_such_key") or (
        wrong.kind == "wrong_key" and wrong.read is not None
    )
    only = len(tuple(leaves(integration.external_id))) == 1
    return place.at(place.used).write(expression, safe=certain and only)


def _beside(module: SymModule, integration: Integration) -> bool:
    """Whether the name of a module is all that its outputs need to be read by an integration."""
    call = module.call
    return call.parent is integration.module and call.declaration.repeated is None
