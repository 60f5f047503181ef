"""The rule about the accounts in which a runtime may assume roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.sym.aws.runtime_roles import trusted_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.aws.accounts import ProviderUse
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.value import Value


class SsoSafelist(Rule):
    """The runtime connector lists the account of a connector that lies in another account.

    The role of a runtime may assume roles below `/sym/` in its own account and in those of
    `account_id_safelist`, in no other. The SSO instance usually lives in the management account of
    the organization, so its connector gets a provider of its own, and the runtime connector the
    number of that account:

    ```terraform
    account_id_safelist = [data.aws_caller_identity.sso.account_id]
    ```

    The rule speaks of every connector where both accounts are known to differ: by
    `allowed_account_ids` or by the ARN of the role that a provider assumes. Of an SSO connector it
    speaks also where its provider logs in with something else than the runtime connector's (a
    `profile`, a role) and the runtime connector lists no account, or only its own.

    **Not flagged.** A provider that differs in its region alone. A list of which an element is not
    known, or could be the account. Runtimes whose role has further policies (`policy_arns`, an
    `aws_iam_role_policy` or an attachment), which may allow it. Runtimes that are made elsewhere.
    Providers that cannot be traced to their configuration.
    """

    code = "SYM307"
    name = "sso-safelist"
    severity = "warning"
    sources = (
        "https://docs.symops.com/docs/aws-sso-access-strategy",
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/main.tf",
    )
    bad = configuration(
        """
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias   = "sso"
  region  = "us-east-1"
  profile = "sso"
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
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

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each runtime may assume the roles of the connectors that trust it."""
        for connector in configuration.connectors:
            for trust in trusted_roles(configuration, connector):
                runtime = None if trust.role is None else trust.role.connector
                if runtime is not None and runtime.entry.safelist_input is not None:
                    yield self._judge(configuration, connector, runtime)

    def _judge(self, sym: SymConfiguration, connector: SymModule, runtime: SymModule) -> Outcome:
        from symlint.sym.aws.accounts import (
            account_ids,
            has_other_credentials,
            provider_of_call,
            same_account,
        )

        question = "may the runtime assume roles in the account of the connector?"
        here = provider_of_call(runtime.call, "aws")
        there = provider_of_call(connector.call, "aws")
        if here is None or there is None:
            return self.undecided(connector.header, question, "its provider is not known")
        same = same_account(here, there)
        if same:
            return PASSED
        documented = connector.entry.context == "sso" and has_other_credentials(here, there)
        if same is None and not documented:
            return self.undecided(connector.header, question, "its account is not known")
        sides = _Sides(here, there, account_ids(there))
        listed = _listed(sym, runtime, sides)
        if listed is None:
            return self.undecided(connector.header, question, "the listed accounts are not known")
        if listed or _has_other_policies(sym, runtime):
            return PASSED
        return self._missing(connector, runtime, sides)

    def _missing(self, connector: SymModule, runtime: SymModule, sides: _Sides) -> Finding:
        name = runtime.entry.safelist_input
        assert name is not None
        argument = runtime.argument(name)
        range_ = runtime.header if argument is None else argument.range
        providers = connector.call.argument_range("providers")
        related = [
            RelatedRange(connector.header, f"this {connector.title} lies in another account"),
        ]
        if providers is not None:
            related.append(RelatedRange(providers, f"with the provider {sides.there.text}"))
        elif sides.there.declaration is not None:
            related.append(RelatedRange(sides.there.declaration.range, "with this provider"))
        account = min(sides.accounts, default=None)
        where = f"account {account}" if account is not None else "the account"
        return self.finding(
            f"the runtime connector does not list {where} of the {connector.title}",
            range_,
            label=f"no {name}" if argument is None else "not the account of the connector",
            related=tuple(related),
            why=(
                "The role of the runtime may assume roles in its own account and in those that are "
                "listed. Sym is denied the connector's role when somebody's request is approved."
            ),
            help_=_safelist_help(connector, runtime, sides, name),
            address=str(runtime.address),
            attribute=name,
        )


class _Sides(NamedTuple):
    """The providers of a runtime connector and of a connector, and the latter's known accounts."""

    here: ProviderUse
    there: ProviderUse
    accounts: frozenset[str]


def _listed(sym: SymConfiguration, runtime: SymModule, sides: _Sides) -> bool | None:
    """Whether the account of a connector is in the list of a runtime; None if that is not known."""
    value = runtime.value(runtime.entry.safelist_input or "")
    if value.is_null:
        return False if runtime.complete else None
    if value.elements is None:
        return None
    answers = [_is_account(sym, element, sides) for element in value.elements]
    if True in answers:
        return True
    return None if None in answers else False


def _is_account(sym: SymConfiguration, element: Value, sides: _Sides) -> bool | None:
    """Whether an element of the list is the account of the connector; None if not known."""
    from symlint.sym.aws.accounts import provider_of_resource, same_account

    text = element.string
    if text is not None:
        return text in sides.accounts if sides.accounts else None
    reference = element.reference
    if reference is None or reference.address.type != "aws_caller_identity":
        return None
    instance = sym.terraform.resource(reference.address)
    provider = None if instance is None else provider_of_resource(instance)
    if provider is None:
        return None
    if same_account(provider, sides.there):
        return True
    return False if same_account(provider, sides.here) else None


def _has_other_policies(sym: SymConfiguration, runtime: SymModule) -> bool:
    """Whether the role of a runtime has, or may have, policies that this rule does not see."""
    given = runtime.call.argument("policy_arns")
    if given is not None and given.items != {}:
        return True
    for module in sym.module_instances:
        for type_name, _ in module.module.resources:
            if type_name in _POLICIES and any(
                _may_be_of(sym, runtime, instance, _POLICIES[type_name])
                for instance in module.resources(type_name)
            ):
                return True
    return False


_POLICIES: Final = {
    "aws_iam_role_policy": "role",
    "aws_iam_role_policy_attachment": "role",
    "aws_iam_policy_attachment": "roles",
}
"""The resources that give a role a policy, and the argument that names the role."""


def _may_be_of(
    sym: SymConfiguration, runtime: SymModule, instance: ResourceInstance, argument: str
) -> bool:
    """Whether a policy may be one of the runtime's role; an addon's is none that matters."""
    policy = instance.attribute("policy_arn")
    read = None if policy is None else sym.output_read(policy)
    if read is not None and read.module.kind == "addon":
        return False
    value = instance.attribute(argument)
    for role in () if value is None else (value.elements or (value,)):
        read = sym.output_read(role)
        if read is not None and read.module is runtime:
            return True
        made_here = any(hop.reference.address.type == "aws_iam_role" for hop in role.hops)
        if read is None and role.is_unknown and not made_here:
            return True
    return False


def _safelist_help(connector: SymModule, runtime: SymModule, sides: _Sides, name: str) -> str:
    if sides.accounts:
        return f'write {name} = ["{min(sides.accounts)}"] in {runtime.local_name}'
    known = _caller_identity(runtime, sides.there)
    if known is not None:
        return f"write {name} = [data.aws_caller_identity.{known}.account_id]"
    alias = sides.there.alias or "connector"
    lines = f'  data "aws_caller_identity" "{alias}" {{\n    provider = {sides.there.text}\n  }}'
    return (
        f"write {name} = [data.aws_caller_identity.{alias}.account_id] in {runtime.local_name}, "
        f"with\n{lines}"
    )


def _caller_identity(runtime: SymModule, provider: ProviderUse) -> str | None:
    """The name of a data source beside the runtime connector that knows the account."""
    from symlint.sym.aws.accounts import provider_of_resource

    for instance in runtime.call.parent.data_sources():
        if instance.type == "aws_caller_identity" and instance.declaration.repeated is None:
            used = provider_of_resource(instance)
            if used is not None and used.is_same(provider):
                return instance.name
    return None
