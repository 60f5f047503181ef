"""Rules about the names that Sym's modules make of their environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.lint.finding import PASSED, Finding, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.sym.words import noun, shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
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

    A connector calls its role after its `environment`: `SymIAMMain`, `SymSSOMain`. An account has
    one role and one policy of a name, and does not tell upper from lower case in it, so that the
    second connector of the same `environment` cannot be made. The same goes for runtime
    connectors, for addons and for what the `addons` of a version 1 runtime connector make, and for
    the instances of one module with `count` or `for_each`.

    Two modules are in one account if they work with the same provider configuration, at any
    distance, or with two that log in alike and differ in their region only: IAM has no regions.

    **Not flagged.** Providers of which it is not known that they log in to one account. Modules
    whose `count` or `for_each` is not known, since not both of them may exist. Unknown names,
    unless both are the same unknown thing. What `connector-environment` speaks of: two
    environments of which a connector got the wrong one.
    """

    code = "SYM306"
    name = "duplicate-connector"
    severity = "error"
    sources = (
        "https://github.com/symopsio/terraform-aws-iam-connector/blob/main/main.tf",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    )
    bad = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "database_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:database"]
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

module "vpn_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:vpn"]
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
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

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether all that the modules make in one account has different names."""
        if len(configuration.modules) < 2:
            return
        from symlint.sym.aws.collisions import Collision, collisions

        blocks = set()
        said: list[Finding] | None = None
        for answer in collisions(configuration):
            if not isinstance(answer, Collision):
                question = "are these made in one AWS account?"
                yield self.undecided(answer.second.module.header, question, answer.reason)
                continue
            finding = self._collide(configuration, answer)
            key = (answer.first.module.header.sort_key(), finding.range.sort_key())
            if key in blocks:
                continue
            blocks.add(key)
            if said is None:
                said = list(_findings_about_environments(configuration))
            if not any(it.range == finding.range for it in said):
                yield finding

    def _collide(self, sym: SymConfiguration, collision: Collision) -> Finding:
        from symlint.sym.aws.collisions import account_text, later_first, place_to_change

        first, second = later_first(sym, collision)
        module, other = second.module, first.module
        what = _NOUNS.get(second.creation.resource, second.creation.resource)
        name = second.name
        thing = what if name is None else f'{what} "{shown(name)}"'
        range_ = place_to_change(module, other)
        one_block = module.header == other.header
        argument = module.environment
        return self.finding(
            _title(first, second, thing, one_block=one_block),
            range_,
            label=(
                "the same for each instance"
                if one_block and argument is not None and range_ == argument.range
                else f"the environment of {module.local_name}"
            ),
            related=_related(first, second, range_),
            why=(
                f"Both are made in {account_text(module)}, which has one {what} of a name: the "
                "second one fails when it is applied, with EntityAlreadyExists."
            ),
            help_=_help(module, other),
            address=str(module.address),
            attribute="" if argument is None else argument.name,
            path=() if argument is None else way(argument.value, range_),
        )


def _title(first: Made, second: Made, thing: str, *, one_block: bool) -> str:
    one, other = _maker(first), _maker(second)
    if one_block:
        return f"all instances of {with_article(other)} make the {thing}"
    if one == other:
        return f"two {other}s make the {thing}"
    return f"{with_article(one)} and {with_article(other)} make the same {thing}"


def _maker(made: Made) -> str:
    title = made.module.title
    return title if made.addon is None else f"{title} with {made.addon.name}"


def _related(first: Made, second: Made, range_: Range) -> tuple[RelatedRange, ...]:
    module, other = second.module, first.module
    found = []
    declaration = module.call.declaration
    if module.header == other.header:
        call = module.call if declaration.repeated is not None else module.call.parent.call
        repeated = None if call is None else call.declaration.repeated
        place = None if call is None or repeated is None else call.argument_range(repeated)
        if place is not None:
            found.append(RelatedRange(place, "makes several instances"))
        elif call is not None and other.call.parent.call is not None:
            found.append(RelatedRange(other.call.parent.call.range, "called here as well"))
    elif other.environment is not None:
        found.append(RelatedRange(other.environment.range, f"the same for {other.local_name}"))
    argument = module.environment
    if argument is not None and not within(range_, argument.range):
        found.append(RelatedRange(argument.range, "used as environment here"))
    providers = module.call.argument_range("providers")
    if providers is not None:
        found.append(RelatedRange(providers, "in the same account"))
    return tuple(found)


def _help(module: SymModule, other: SymModule) -> str:
    text = None if module.environment is None else module.environment.value.string
    stem = "<environment>" if text is None else text
    repeated = module.call.declaration.repeated
    if module.header == other.header and repeated is not None:
        key = "each.key" if repeated == "for_each" else "count.index"
        return f'write environment = "{stem}-${{{key}}}"'
    if module.kind == "addon":
        return "one of them is enough: remove the other, or give it the environment of its runtime"
    return f'remove one, or give it another environment: "{stem}-<purpose>"'


def _findings_about_environments(configuration: SymConfiguration) -> Iterator[Finding]:
    """What the rule about the environments of connectors says."""
    from symlint.rules.connectors.connectors import ConnectorEnvironment

    for outcome in ConnectorEnvironment().check(configuration):
        if isinstance(outcome, Finding):
            yield outcome


class EnvironmentShape(Rule):
    """The `environment` of a module can be a part of the names that are made of it.

    AWS and Google limit names. Each limit is that of the name which the module makes:

    - the Kinesis Firehose and Datadog connectors make an **S3 bucket**: lower-case letters,
      digits, dots and hyphens, and together with `name_prefix` at most 32 characters;
    - the GCP connector makes a **service account**: lower-case letters, digits and hyphens, at
      most 14 characters;
    - all other modules make **roles**: letters, digits and `_+=,.@-`, at most 64 characters with
      what the module puts before it;
    - version 2 of the runtime connector makes a **runtime** of Sym: letters, digits, - and _.

    **Not flagged.** What is not known. Modules that put the environment into tags alone.
    """

    code = "SYM309"
    name = "environment-shape"
    severity = "warning"
    sources = (
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        "https://cloud.google.com/iam/docs/service-accounts-create",
    )
    bad = configuration(
        """
module "kinesis_firehose_connector" {
  source  = "symopsio/kinesis-firehose-connector/aws"
  version = "~> 3.0"

  environment = "Prod_Main"
}
"""
    )
    good = configuration(
        """
module "kinesis_firehose_connector" {
  source  = "symopsio/kinesis-firehose-connector/aws"
  version = "~> 3.0"

  environment = "prod-main"
}
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment fits into the names that are made of it."""
        for module in configuration.modules:
            environment = module.environment
            if environment is None:
                continue
            text = environment.value.string
            if text is None:
                reason = "the environment is not known"
                yield self.undecided(environment.range, "is it part of a valid name?", reason)
                continue
            problem = _limit_problem(module, text) or _name_problem(module, text)
            yield PASSED if problem is None else self._finding(module, text, problem)

    def _finding(self, module: SymModule, text: str, problem: tuple[str, str, str]) -> Finding:
        argument = module.environment
        assert argument is not None
        title, why, meant = problem
        range_ = argument.value.origin or argument.range
        related = []
        if not within(range_, argument.range):
            related.append(RelatedRange(argument.range, f"used by {module.local_name}"))
        return self.finding(
            f'environment "{shown(text)}" {title}',
            range_,
            label=f"no part of a valid name for {with_article(module.title)}",
            related=tuple(related),
            why=why,
            help_=f'write "{meant}"' if meant else "choose a shorter one",
            address=str(module.address),
            attribute=argument.name,
            path=way(argument.value, range_),
        )


def _limit_problem(module: SymModule, text: str) -> tuple[str, str, str] | None:
    """What of the limit that a module states does not hold: title, reason, what to write."""
    limit = module.entry.name_limit
    if limit is None or limit.input != module.entry.environment_input:
        return None
    import re

    why = f"{limit.reason[:1].upper()}{limit.reason[1:]}."
    prefix = ""
    if limit.prefix_input is not None and not (value := module.value(limit.prefix_input)).is_null:
        prefix = value.string or ""
    room = limit.max_length - len(prefix)
    meant = _lowered(text)
    if not re.fullmatch(limit.pattern, meant) or len(meant) > room:
        meant = ""
    if not re.fullmatch(limit.pattern, text):
        return f"is no name for {with_article(module.title)}", why, meant
    if len(text) > room:
        together = f" with the prefix of {len(prefix)}" if prefix else ""
        return f"is {len(text)} characters long{together}, and {room} fit", why, ""
    return None


_LONGEST_ROLE: Final = 64


def _name_problem(module: SymModule, text: str) -> tuple[str, str, str] | None:
    """What is wrong with the name of something that a module makes."""
    from symlint.sym.model.creations import made_by

    formats = module.catalogue.formats
    for made in made_by(module):
        name, resource = made.name, made.creation.resource
        in_sym = resource.startswith("sym_")
        if name is None or made.addon is not None or not (in_sym or resource == "aws_iam_role"):
            continue
        format_ = formats["slug" if in_sym else "iam_role_name"]
        what = noun(resource) if in_sym else "role"
        called = f'Its {what} would be called "{shown(name, 80)}"'
        if not name.isascii() or not format_.matches(name):
            letters = (it if it.isascii() and format_.matches(it) else "-" for it in text)
            why = f"{called}, which is not {format_.description}: it is refused."
            title = f"is no part of a name for {with_article(module.title)}"
            return title, why, "".join(letters).strip("-")
        if not in_sym and len(name) > _LONGEST_ROLE:
            room = max(0, _LONGEST_ROLE - len(name) + len(text))
            why = f"{called}. AWS takes at most {_LONGEST_ROLE} characters."
            return f"is {len(text)} characters long, and {room} fit", why, ""
    return None


def _lowered(text: str) -> str:
    """A name like ``text`` of lower-case letters, digits and hyphens."""
    letters = (it if it.isascii() and it.isalnum() else "-" for it in text.lower())
    return "".join(letters).strip("-")
