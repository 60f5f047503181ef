"""Checks that secrets and streams are in the AWS region in which they are looked up."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.intent.connectors.regions import Region, RegionUse
    from symlint.sym.model.configuration import SymConfiguration

_QUESTION: Final = "is it in the region in which it is looked up?"


class AwsRegion(Rule):
    """Secrets and streams are in the AWS region of the permission context that leads to them.

    Sym looks a secret or a stream up by its name, in the `region` of the permission context. With a
    runtime connector that is the region of the provider that the connector works with. Another
    region has nothing of that name.

    A `region` of a `provider "aws"` that no region of AWS is called like (`us-esat-1`) is found, too.

    **Not flagged.** Regions that come from the environment: they are undecided. Secrets that have a
    `replica` in the region. Data sources, since a secret may have replicas that are not written
    here. Things that exist, or may exist, under the same name in the region. Things that are given
    by their ARN. Providers with `endpoints` of their own or with `skip_region_validation`.
    """

    code = "SYM320"
    name = "aws-region"
    severity = "warning"
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html",
    )
    good = configuration(
        """
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "secrets_access" {
  source  = "symopsio/secretsmgr-addon/aws"
  version = "~> 1.1"

  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main"

  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"

  tags = {
    SymEnv = "main"
  }
}

resource "sym_secret" "okta" {
  path      = aws_secretsmanager_secret.okta.name
  source_id = sym_secrets.main.id
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "orchard.okta.com"

  settings = {
    api_token_secret = sym_secret.okta.id
  }
}
"""
    )
    bad = edited(good, ('"sym/main/okta"\n', '"sym/main/okta"\n\n  provider = aws.west\n'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each region exists, and what is looked up in it is there."""
        from symlint.sym.intent.connectors.regions import region_uses

        yield from self._regions(configuration)
        seen = set()
        for it in region_uses(configuration):
            if it.found:
                yield PASSED
            elif it.found is None or it.thing is None or it.context is None:
                yield self.undecided(it.use.named, _QUESTION, "a region is not known")
            elif it.thing.range.sort_key() not in seen:
                seen.add(it.thing.range.sort_key())
                yield self._elsewhere(it, it.thing, it.context)

    def _elsewhere(self, it: RegionUse, thing: Region, context: Region) -> Finding:
        what = it.use.kind
        place = Location.of_range(thing.range, str(it.use.maker.address), it.use.thing.argument)
        return place.finding(
            self,
            f"{what} is in another AWS region than the one in which it is looked up",
            label=f"in {thing.name}",
            related=(
                RelatedRange(context.range, f"looks in {context.name}"),
                RelatedRange(it.use.named, "used here"),
            ),
            why=f"A name leads to a {what} of the permission context's region only: "
            + (
                "Sym cannot read it, and everything that needs it fails."
                if what == "secret"
                else "the events are lost."
            ),
            help_=f"use a provider of {context.name}"
            + (f", or add a replica in {context.name}" if what == "secret" else ""),
        )

    def _regions(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        from symlint.sym.intent.connectors.regions import provider_regions
        from symlint.sym.model.texts import is_placeholder

        region = configuration.catalogue.formats["aws_region"]
        for address, value, used in provider_regions(configuration):
            if is_placeholder(configuration.catalogue, value.string or ""):
                continue
            if region.matches(value.string or ""):
                yield PASSED
                continue
            place = Location(address, "region", value.origin or used, used, value)
            yield place.finding(
                self,
                "AWS has no region of this name",
                label="no region",
                related=place.use(),
                why="The provider finds no endpoint of AWS in this region: the plan fails.",
                help_=f"write a region such as {region.example}",
            )
