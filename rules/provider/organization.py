"""Checks that resources that refer to each other belong to one Sym organization."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.intent.organizations import Membership, Stranger
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import View


class Organization(Rule):
    """Resources that refer to each other belong to one Sym organization.

    A configuration with several `provider "sym"` blocks makes each resource in the organization
    (`org`) of its own one: `provider = sym.staging`, or what the call of a module passes on. Ids
    lead to resources of the same organization only: an environment with the integration of another
    organization cannot be applied. An `org` that is an empty text is found, too (a warning).

    **Not flagged.** Several blocks for one organization (with other tokens). Organizations that are
    not known are undecided. Variables with an empty default, which a pipeline may set.
    """

    code = "SYM140"
    name = "organization"
    other_severities = ("warning",)
    severity = "error"
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs",
        "https://developer.hashicorp.com/terraform/language/providers/configuration",
    )
    good = configuration(
        """
provider "sym" {
  org = "orchard"
}

provider "sym" {
  alias = "staging"
  org   = "orchard-staging"
}

resource "sym_integration" "slack" {
  provider = sym.staging

  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}

resource "sym_error_logger" "slack" {
  provider = sym.staging

  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "staging" {
  provider = sym.staging

  name            = "staging"
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

resource "sym_flow" "approval" {
  provider = sym.staging

  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.staging.id
}
"""
    )
    bad = edited(good, ('"slack" {\n  provider = sym.staging\n\n  type', '"slack" {\n  type'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether both ends of each link are in one organization."""
        from symlint.sym.intent.organizations import empty_organizations, memberships, strangers

        for address, value, used in empty_organizations(configuration):
            yield self._empty(Location(address, "org", value.origin or used, used, value))
        links = configuration.once(memberships)
        for it in links:
            if it.same:
                yield PASSED
            elif it.same is None:
                question = "do both belong to one organization?"
                reason = "an organization is not known"
                yield self.undecided(it.link.argument, question, reason)
        seen = set()
        for stranger in strangers(links):
            finding = self._finding(stranger)
            if finding.range not in seen:
                seen.add(finding.range)
                yield finding

    def _empty(self, place: Location) -> Finding:
        return place.finding(
            self,
            "provider has no Sym organization",
            label="empty",
            related=place.use(),
            why="The provider compares it with the organization that symflow is logged in to: "
            "without a token in the environment each plan fails.",
            help_="write the id of your organization, as symflow shows it",
            severity="warning",
        )

    def _finding(self, stranger: Stranger) -> Finding:
        from symlint.sym.intent.organizations import organization

        it, wrong = stranger.link, stranger.wrong
        place = _place(it, wrong)
        what = "a module" if it.link.view is None else f"the {it.link.view.noun}"
        own, other = organization(it.own), organization(it.other)
        here = other if wrong is not None and wrong is not it.view else own
        ends = (
            RelatedRange(_provider_range(it.view), f"this {it.view.noun} is in {own}"),
            RelatedRange(_other_range(it), f"{what} is in {other}"),
            RelatedRange(it.link.range, "refers to another organization"),
        )
        return place.finding(
            self,
            f"{it.view.noun} refers to {what} of another Sym organization",
            label=f"in {here}" if wrong is not None else f"in {other}",
            related=tuple(end for end in ends if end.range != place.range),
            why="An id leads to a resource of the same organization only: the apply fails.",
            help_=f"use the provider of {own if here == other else other} here"
            if wrong is not None
            else f"refer to one of {own}",
        )


def _place(it: Membership, wrong: View | None) -> Location:
    if wrong is None:
        return Location.of_link(it.view, it.link, it.attribute)
    return Location.of_range(_provider_range(wrong), str(wrong.address), "provider")


def _provider_range(view: View) -> Range:
    """The text that decides which provider a resource is made with."""
    own = view.instance.configured("provider")
    if own is not None:
        return own.value.range
    call = view.module.call
    passed = None if call is None else call.configured("providers")
    return view.header if passed is None else passed.value.range


def _other_range(it: Membership) -> Range:
    if it.link.view is not None:
        return _provider_range(it.link.view)
    return it.link.range
