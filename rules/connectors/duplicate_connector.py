"""Checks that no two modules create an AWS resource with the same name in one account."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.sym.words import shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.aws.collisions import Collision
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.creations import Made
    from symlint.sym.model.modules import SymModule

_NOUNS: Final = {
    "aws_iam_role": "role",
    "aws_iam_policy": "policy",
    "aws_kinesis_stream": "stream",
    "aws_kinesis_firehose_delivery_stream": "delivery stream",
}


class DuplicateConnector(Rule):
    """Two modules of a kind in one AWS account have different environments.

    A connector names its role after its `environment`: `SymIAMMain`, `SymSSOMain`. An AWS account
    can have only one role and one policy of a name, whatever its case, so the second connector with
    the same `environment` cannot be created. The same is true of:

    - runtime connectors and addons;
    - what the `addons` of a version 1 runtime connector create;
    - the instances of one module with `count` or `for_each`.

    Two modules are in one account if they use the same provider configuration, directly or through
    other modules, or two configurations with the same credentials that differ only in their region:
    IAM has no regions.

    **Not flagged.** Providers that may use different accounts. Modules whose `count` or `for_each` is
    not known, since only one of them may exist. Unknown names, unless both are the same unknown value.
    A connector that has the wrong one of two environments: `connector-environment` reports it.
    """

    code = "SYM306"
    name = "duplicate-connector"
    severity = "error"
    sources = (
        "https://github.com/symopsio/terraform-aws-iam-connector/blob/main/main.tf",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    )
    good = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "database_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main-database"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:database"]
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

module "vpn_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main-vpn"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:vpn"]
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
    )
    bad = edited(good, ('"main-database"', '"main"'), ('"main-vpn"', '"main"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether all resources that modules create in one account have different names."""
        from symlint.sym.intent.connectors.role_chains import misnamed_connectors

        if len(configuration.modules) < 2:
            return
        from symlint.sym.aws.collisions import Collision, collisions

        blocks = set()
        misnamed: set[Range] | None = None
        for answer in collisions(configuration):
            if not isinstance(answer, Collision):
                question = "are these created in one AWS account?"
                yield self.undecided(answer.second.module.header, question, answer.reason)
                continue
            finding = self._collide(configuration, answer)
            key = (answer.first.module.header.sort_key(), finding.range.sort_key())
            if key in blocks:
                continue
            blocks.add(key)
            if misnamed is None:
                misnamed = {it.range for it in misnamed_connectors(configuration)}
            if finding.range not in misnamed:
                yield finding

    def _collide(self, sym: SymConfiguration, collision: Collision) -> Finding:
        from symlint.sym.aws.collisions import account_text, later_first, place_to_change

        first, second = later_first(sym, collision)
        module, other = second.module, first.module
        what = _NOUNS.get(second.creation.resource, second.creation.resource)
        thing = what if second.name is None else f'{what} "{shown(second.name)}"'
        argument = module.environment
        place = Location.of_block(module)
        if argument is not None:
            place = Location.of_argument(module, argument.name)
        place = place.at(place_to_change(module, other))
        one_block = module.header == other.header
        return place.finding(
            self,
            _title(first, second, thing, one_block=one_block),
            label=(
                "the same for each instance"
                if one_block and argument is not None and place.range == argument.range
                else f"the environment of {module.local_name}"
            ),
            related=tuple(_evidence(module, other, place)),
            why=(
                f"Both are created in {account_text(module)}, which can have only one {what} of this name. "
                "The apply of the second one fails with EntityAlreadyExists."
            ),
            help_=_help(module, other),
        )


def _title(first: Made, second: Made, thing: str, *, one_block: bool) -> str:
    one, other = _creator(first), _creator(second)
    if one_block:
        return f"all instances of {with_article(other)} create the {thing}"
    if one == other:
        return f"two {other}s create the {thing}"
    return f"{with_article(one)} and {with_article(other)} create the same {thing}"


def _creator(made: Made) -> str:
    title = made.module.title
    return title if made.addon is None else f"{title} with {made.addon.name}"


def _evidence(module: SymModule, other: SymModule, place: Location) -> Iterator[RelatedRange]:
    """The ranges that show that two modules, or two instances of one, share a name and an account."""
    declaration = module.call.declaration
    if module.header == other.header:
        call = module.call if declaration.repeated is not None else module.call.parent.call
        repeated = None if call is None else call.declaration.repeated
        repetition = None if call is None or repeated is None else call.argument_range(repeated)
        if repetition is not None:
            yield RelatedRange(repetition, "creates several instances")
        elif call is not None and other.call.parent.call is not None:
            yield RelatedRange(other.call.parent.call.range, "called here as well")
    elif other.environment is not None:
        yield RelatedRange(other.environment.range, f"the same environment in {other.local_name}")
    yield from place.use()
    providers = module.call.argument_range("providers")
    if providers is not None:
        yield RelatedRange(providers, "with a provider of the same account")


def _help(module: SymModule, other: SymModule) -> str:
    text = None if module.environment is None else module.environment.value.string
    stem = "<environment>" if text is None else text
    repeated = module.call.declaration.repeated
    if module.header == other.header and repeated is not None:
        key = "each.key" if repeated == "for_each" else "count.index"
        return f'write environment = "{stem}-${{{key}}}"'
    if module.kind == "addon":
        return "remove one of them, or give it the environment of its runtime"
    return f'remove one, or give it another environment: "{stem}-<purpose>"'
