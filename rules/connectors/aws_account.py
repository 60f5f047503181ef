"""Checks that what a role uses is in the AWS account of the role: groups, secrets, permission sets."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.intent.connectors.account_uses import AccountUse
    from symlint.sym.model.configuration import SymConfiguration

_TITLES: Final[Mapping[str, str]] = {
    "group": "IAM group is in another AWS account than the role that changes its members",
    "secret": "secret is in another AWS account than the role that reads it",
    "stream": "stream is in another AWS account than the role that writes to it",
    "sso": "permission set is in another AWS account than the role that assigns it",
    "sso group": "SSO group is in another AWS account than the role that changes its members",
    "addon": "addon is in another AWS account than the role that it is for",
    "attachment": "policy is attached in another AWS account than that of the role",
}
_WHY: Final[Mapping[str, str]] = {
    "group": "IAM knows only the groups of the role's own account: AWS finds no such group once a "
    "request has been approved.",
    "secret": "A name leads to a secret of the role's own account: Sym cannot read the secret, and "
    "everything that needs it fails.",
    "stream": "A name leads to a stream of the role's own account: the events are lost.",
    "sso": "An SSO instance is managed in its own account: another one is denied what it asks of "
    "the instance, at the apply or once a request has been approved.",
    "addon": "IAM attaches a policy only to a role of the policy's own account: the apply fails.",
    "attachment": "IAM looks for the role in the account of the provider: the apply fails.",
}


class AwsAccount(Rule):
    """What a role uses by its name is in the AWS account of the role.

    A resource or module is made in the account of its provider (`provider = aws.prod`,
    `providers = { aws = aws.prod }`). The role of a connector finds only the IAM groups of its own
    account; that of a runtime connector only the secrets and streams of its own account, as long as
    they are given by name. An addon attaches its policy to a role of its own account.

    The account of a provider is known by `allowed_account_ids` or the ARN of the role that it
    assumes. If a runtime connector lists the account of a provider in `account_id_safelist`, that is
    another account than its own (a warning).

    The SSO connector and what it assigns (`aws_ssoadmin_permission_set`, `aws_identitystore_group`)
    belong into the account that manages the SSO instance. Two accounts may, so that there has to be
    more that says it: the connector or the instance that the permission set is taken from is in the
    other account; or a runtime connector lists that account, and no connector is there. (All of
    this is a warning.)

    **Not flagged.** Providers that differ in `profile` or `region` alone: they are undecided.
    Secrets that are given by their ARN. Things that also exist, or may exist, under the same name in
    the account of the role. Lambda functions, which roles of other accounts can reach.
    """

    code = "SYM318"
    name = "aws-account"
    other_severities = ("warning",)
    severity = "error"
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html",
        "https://developer.hashicorp.com/terraform/language/meta-arguments/module-providers",
    )
    good = configuration(
        """
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["482910365177"]
}

provider "aws" {
  alias               = "prod"
  region              = "us-east-1"
  allowed_account_ids = ["905518273640"]
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment         = "prod"
  account_id_safelist = ["905518273640"]
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  providers = {
    aws = aws.prod
  }

  environment       = "prod"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "prod-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "aws_iam_group" "operators" {
  provider = aws.prod

  name = "Operators"
  path = "/sym/"
}

resource "sym_target" "operators" {
  type = "aws_iam_group"
  name = "operators"

  settings = {
    iam_group = aws_iam_group.operators.name
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "prod-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.operators.id]
}
"""
    )
    bad = edited(good, ("  provider = aws.prod\n\n  name", "  name"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each thing is in the account in which it is looked up."""
        from symlint.sym.intent.connectors.account_mistakes import judged_uses

        seen = set()
        for use, reached in configuration.once(judged_uses):
            if reached:
                yield PASSED
            elif reached is None and use.kind == "instance":
                continue
            elif reached is None:
                question = "is it in the account of the role that uses it?"
                yield self.undecided(use.named, question, "an account is not known")
            else:
                finding = self._finding(configuration, use)
                key = finding.range.sort_key()
                if key not in seen:
                    seen.add(key)
                    yield finding

    def _finding(self, sym: SymConfiguration, use: AccountUse) -> Finding:
        from symlint.sym.intent.connectors.account_mistakes import mistake

        kind = mistake(sym, use)
        place = _place(use, kind)
        texts = (
            RelatedRange(use.thing.range, f"in {use.thing.description}"),
            RelatedRange(use.role.range, f"the role is in {use.role.description}"),
            RelatedRange(use.named, "used here"),
        )
        here = place.range.sort_key()
        return place.finding(
            self,
            _TITLES[
                "sso group" if use.maker.address.type == "aws_identitystore_group" else use.kind
            ],
            label=_label(use, kind),
            related=tuple(it for it in texts if it.range.sort_key() != here),
            why=_WHY[use.kind],
            help_=_help(use, kind),
            severity=None if use.kind != "sso" and use.thing.ids and use.role.ids else "warning",
        )


def _place(use: AccountUse, kind: str) -> Location:
    from symlint.sym.intent.connectors.account_mistakes import element_of

    choice, element = use.choice, element_of(use)
    if choice is not None and kind == "element" and element is not None:
        return Location.of_link(choice.view, element, "targets")
    if choice is not None and kind == "choice":
        return Location.of_link(choice.view, choice.link, choice.attribute)
    if kind == "name":
        return Location.of_range(use.named, str(use.owner.address))
    if kind == "role":
        return Location.of_range(use.role.range, "", use.role.argument)
    return Location.of_range(use.thing.range, str(use.maker.address), use.thing.argument)


def _label(use: AccountUse, kind: str) -> str:
    if kind in ("thing", "element"):
        return f"in {use.thing.description}"
    if kind == "role":
        return f"the role is in {use.role.description}"
    return f"leads to a role in {use.role.description}"


def _help(use: AccountUse, kind: str) -> str:
    here, there = use.thing.description, use.role.description
    if kind == "thing":
        return f"use a provider that works in {there}, where the role is"
    if kind == "role":
        return f"use a provider that works in {here}, for what the role uses is there"
    if kind == "element":
        return f"leave the target out, or use a group of {there}"
    if kind == "name":
        return f"use a role of {here}"
    return f"use a permission context of {here}"
