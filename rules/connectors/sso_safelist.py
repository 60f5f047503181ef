"""Checks that the runtime connector's account_id_safelist has the account of each connector that trusts it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.sym.model.texts import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.intent.connectors.safelists import Sides
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.value import Value


_QUESTION = "may the runtime assume roles in the account of the connector?"


class SsoSafelist(Rule):
    """The runtime connector lists the account of a connector that is in another account.

    The role of a runtime may assume roles under `/sym/` only in its own account and in those of
    `account_id_safelist`. The SSO instance is usually in the management account of the
    organization. Then its connector needs a provider of its own, and the runtime connector the
    number of that account:

    ```terraform
    account_id_safelist = [data.aws_caller_identity.sso.account_id]
    ```

    Connectors are checked if both accounts are known and differ: from `allowed_account_ids` or from
    the ARN of the role that a provider assumes. An SSO connector is also checked if its provider
    uses other credentials than that of the runtime connector (another `profile`, a role) and the
    runtime connector lists no account, or only its own.

    **Not flagged.** A provider that differs only in its region. A list with an element that is not
    known or could be the account. Runtimes whose role has further policies (`policy_arns`, an
    `aws_iam_role_policy` or an attachment), which may allow it. Runtimes that are managed elsewhere.
    Providers whose configuration cannot be found.
    """

    code = "SYM307"
    name = "sso-safelist"
    severity = "warning"
    about = ("connectors",)
    sources = (
        "https://docs.symops.com/docs/aws-sso-access-strategy",
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/main.tf",
    )
    good = configuration(
        """
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias   = "sso"
  region  = "us-east-1"
  profile = "sso"
}

data "aws_caller_identity" "sso" {
  provider = aws.sso
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment         = "main"
  account_id_safelist = [data.aws_caller_identity.sso.account_id]
}

module "sso_connector" {
  source  = "symopsio/sso-connector/aws"
  version = "~> 2.0"

  providers = {
    aws = aws.sso
  }

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
    )
    bad = edited(
        good,
        ('data "aws_caller_identity" "sso" {\n  provider = aws.sso\n}\n\n', ""),
        ("  account_id_safelist = [data.aws_caller_identity.sso.account_id]\n", ""),
        ("environment         =", "environment ="),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each runtime may assume the roles of the connectors that trust it."""
        from symlint.sym.aws.roles.runtime import trusted_roles

        for connector in configuration.connectors:
            trusts = trusted_roles(configuration, connector)
            name = connector.entry.trust_input
            argument = None if name is None else connector.argument(name)
            if argument is not None and not trusts and argument.value.unknown is not None:
                yield from self._of_any(configuration, connector, argument.value, argument.range)
            for trust in trusts:
                runtime = None if trust.role is None else trust.role.connector
                if runtime is not None and runtime.entry.safelist_input is not None:
                    yield self._judge(configuration, connector, runtime)
                elif trust.outcome == "unknown" and not trust.value.is_null:
                    yield from self._of_any(configuration, connector, trust.value, trust.range)

    def _of_any(
        self, sym: SymConfiguration, connector: SymModule, value: Value, range_: Range
    ) -> Iterator[Outcome]:
        """The question, where a role that is not known may be that of a runtime connector."""
        runtimes = [it for it in sym.runtime_connectors if it.entry.safelist_input is not None]
        if any(self._judge(sym, connector, it) is not PASSED for it in runtimes):
            yield self.undecided(range_, _QUESTION, reason_of(value, "the role is not known"))
        elif runtimes:
            yield PASSED

    def _judge(self, sym: SymConfiguration, connector: SymModule, runtime: SymModule) -> Outcome:
        from symlint.sym.aws.accounts import (
            account_ids,
            has_other_credentials,
            same_account,
        )
        from symlint.sym.aws.provider_configurations import provider_of_call

        here = provider_of_call(runtime.call, "aws")
        there = provider_of_call(connector.call, "aws")
        if here is None or there is None:
            return self.undecided(connector.header, _QUESTION, "its provider is not known")
        same = same_account(here, there)
        if same:
            return PASSED
        documented = connector.entry.context == "sso" and has_other_credentials(here, there)
        if same is None and not documented:
            return self.undecided(connector.header, _QUESTION, "its account is not known")
        from symlint.sym.intent.connectors.safelists import Sides, has_other_policies, is_listed

        sides = Sides(here, there, account_ids(there))
        listed = is_listed(sym, runtime, sides)
        if listed is None:
            return self.undecided(connector.header, _QUESTION, "the listed accounts are not known")
        if listed or has_other_policies(sym, runtime):
            return PASSED
        return self._missing(connector, runtime, sides)

    def _missing(self, connector: SymModule, runtime: SymModule, sides: Sides) -> Finding:
        name = runtime.entry.safelist_input
        assert name is not None
        given = runtime.argument(name) is not None
        providers = connector.call.argument_range("providers")
        related = [
            RelatedRange(connector.header, f"this {connector.title} is in another account"),
        ]
        if providers is not None:
            related.append(RelatedRange(providers, f"with the provider {sides.there.text}"))
        elif sides.there.declaration is not None:
            related.append(RelatedRange(sides.there.declaration.range, "with this provider"))
        account = min(sides.accounts, default=None)
        where = f"account {account}" if account is not None else "the account"
        place = Location.of_range(runtime.range(name), str(runtime.address), name)
        return place.finding(
            self,
            f"the runtime connector does not list {where} of the {connector.title}",
            label=f"no {name}" if not given else "not the account of the connector",
            related=tuple(related),
            why=(
                "The runtime's role may assume roles only in its own account and in those that are "
                "listed. AWS denies it the connector's role once a request has been approved."
            ),
            help_=_safelist_help(connector, runtime, sides, name),
        )


def _safelist_help(connector: SymModule, runtime: SymModule, sides: Sides, name: str) -> str:
    from symlint.sym.intent.connectors.safelists import caller_identity

    if sides.accounts:
        return f'write {name} = ["{min(sides.accounts)}"] in {runtime.local_name}'
    known = caller_identity(runtime, sides.there)
    if known is not None:
        return f"write {name} = [data.aws_caller_identity.{known}.account_id]"
    alias = sides.there.alias or "connector"
    lines = f'  data "aws_caller_identity" "{alias}" {{\n    provider = {sides.there.text}\n  }}'
    return (
        f"write {name} = [data.aws_caller_identity.{alias}.account_id] in {runtime.local_name}, "
        f"with\n{lines}"
    )
