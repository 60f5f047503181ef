"""Checks that the GCP connector of a ``google_group`` strategy enables group management."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._unknown_links import unknown_connector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.strategies import Strategy

_MAIN = """
module "gcp_connector" {
  source  = "symopsio/gcp-connector/google"
  version = "~> 1.1"

  environment              = "main"
  gcp_org_id               = "123456789012"
  identity_pool_project_id = "orchard-identity"

  enable_google_group_management = true
}

resource "sym_target" "auditors" {
  type = "google_group"
  name = "auditors"

  settings = {
    group_email = "auditors@orchard.example"
    role        = "MEMBER"
  }
}

resource "sym_strategy" "google" {
  type           = "google_group"
  name           = "main-google-group"
  integration_id = module.gcp_connector.sym_integration.id
  targets        = [sym_target.auditors.id]
}
"""


class GoogleGroupManagement(Rule):
    """The GCP connector of a `google_group` strategy has `enable_google_group_management = true`.

    The connector creates the service account that Sym uses. Only with this input does it enable the
    Admin SDK, which manages groups. By default it does not, and Google rejects every approved
    change of a group.

    **Not flagged.** An input that is not known is undecided. Strategies whose integration does not
    come from the GCP connector: the Admin SDK may have been enabled in another way.
    """

    code = "SYM216"
    name = "google-group-management"
    severity = "warning"
    about = ("strategies.entry.connector_feature",)
    fixable = True
    sources = (
        "https://registry.terraform.io/modules/symopsio/gcp-connector/google/latest",
        "https://docs.symops.com/docs/google",
    )
    bad = configuration(_MAIN.replace("\n  enable_google_group_management = true\n", ""))
    good = configuration(_MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the connector of each strategy enables what the strategy needs."""
        seen = set()
        for strategy in configuration.strategies:
            entry, connector = strategy.entry, strategy.connector
            feature = None if entry is None else entry.connector_feature
            if feature is not None and connector is None:
                yield from unknown_connector(
                    self, strategy, "does its connector enable what it needs?"
                )
            if feature is None or connector is None or connector in seen:
                continue
            seen.add(connector)
            for name, forms in connector.entry.inputs.items():
                if any(form.feature == feature for form in forms):
                    yield self._judge(strategy, connector, name, forms[-1].default)

    def _judge(
        self, strategy: Strategy, connector: SymModule, name: str, default: object
    ) -> Outcome:
        argument = connector.argument(name)
        question = f"is {name} enabled?"
        if argument is None or argument.value.is_null:
            if not connector.complete:
                return self.undecided(connector.header, question, "the block has errors")
            return PASSED if default is True else self._off(strategy, connector, name)
        content = argument.value.content
        if content in (True, "true", "1"):
            return PASSED
        if content not in (False, "false", "0"):
            return self.undecided(argument.range, question, "its value is not known")
        return self._off(strategy, connector, name)

    def _off(self, strategy: Strategy, connector: SymModule, name: str) -> Finding:
        argument = connector.argument(name)
        place, fix = Location.of_block(connector, name), None
        if argument is not None:
            place = Location.of_argument(connector, name)
            fix = place.write("true", safe=False) if place.range.text == "false" else None
        entry = strategy.entry
        title = strategy.type_name if entry is None else entry.title
        return place.finding(
            self,
            f"{connector.title} of a {strategy.type_name} strategy does not set {name}",
            label="off by default" if argument is None else "disabled",
            related=(
                RelatedRange(
                    strategy.range("integration_id"),
                    f"a {strategy.type_name} strategy uses it",
                ),
            ),
            why=f"The API that manages {title}s stays disabled: Google rejects every change.",
            help_=f"write {name} = true",
            fix=fix,
        )
