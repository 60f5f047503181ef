"""Checks that the ``external_id`` of an integration has the format of its type."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._settings import empty_outcome, lost_zeros_help
from symlint.rules.secrets._examples import OKTA
from symlint.sym.model.texts import is_placeholder, reason_of, stands_for_a_number, text_of
from symlint.sym.words import either, quoted
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.catalogue.types import ExternalId, Format
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Integration
    from symlint.terraform.values.value import Value


class ExternalIdFormat(Rule):
    """The `external_id` of an integration has the format that its type requires.

    It identifies the account in the other service: the id of a Slack workspace (`T` and upper-case
    letters and digits, not the name), the domain of an Okta organization (without `https://`), the
    number of an AWS account, the ARN of an SSO instance, the id of an Aptible organization. Names and
    domains of other services (GitHub, PagerDuty, OneLogin, KnowBe4, Tailscale, Segment) are no
    addresses: without `https://`, `www.` and a path. With another value, Sym does not find the
    account or its users. An empty one is an **error**.

    **Not flagged.** Types whose ids have no known format. Values that are not known, placeholders
    (`CHANGEME`) and example numbers, an empty default of a variable. The `external_id` of a permission context with the settings of a
    module: `external-id-source` checks it.
    """

    code = "SYM310"
    name = "external-id-format"
    other_severities = ("error",)
    severity = "warning"
    about = ("integrations",)
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
        "https://pypi.org/project/sym-flow-cli/",
    )
    bad = configuration(OKTA.replace('"orchard.okta.com"', '"https://orchard.okta.com"'))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each known external id has the form that its type wants."""
        for integration in configuration.integrations:
            entry = integration.entry
            if entry is None or entry.external_id is None:
                continue
            if integration.argument("external_id") is None:
                continue
            if integration.settings_source is not None:
                yield PASSED
                continue
            for value in leaves(integration.external_id):
                yield self._judge(integration, entry.external_id, value)

    def _judge(self, integration: Integration, wanted: ExternalId, value: Value) -> Outcome:
        catalogue = integration.sym.catalogue
        text = text_of(value)
        argument = integration.range("external_id")
        place = Location.of_argument(integration, "external_id").of_element(value)
        if text == "":
            help_ = f"write {wanted.description}"
            return empty_outcome(self, integration.sym, place, why=_why(integration), help_=help_)
        if not wanted.formats:
            return PASSED
        if text is None:
            question = "does the external_id have the right format?"
            return self.undecided(argument, question, reason_of(value))
        formats = [catalogue.formats[name] for name in wanted.formats]
        if is_placeholder(catalogue, text) or any(it.matches(text) for it in formats):
            return PASSED
        if any(stands_for_a_number(it.name, text) for it in formats):
            return PASSED
        meant = _meant(text, formats)
        what = either([it.description.partition(":")[0] for it in formats])
        help_ = f"write {wanted.description}, like {either([quoted(it.example) for it in formats])}"
        return place.finding(
            self,
            f"external_id is not {what}",
            label="wrong format",
            related=place.use(),
            why=_why(integration),
            help_=lost_zeros_help(value) or (help_ if meant is None else f"write {quoted(meant)}"),
            fix=None if meant is None else place.quote(meant, safe=True),
        )


def _why(integration: Integration) -> str:
    entry = integration.entry
    title = integration.type_name if entry is None else entry.title
    if integration.type_name == "permission_context":
        return "Sym looks up the role by this id: requests with the right id do not find it."
    return f"Sym looks up the account of {title} by this id and does not find it or its users."


def _meant(text: str, formats: list[Format]) -> str | None:
    """The string without what does not belong to it, if there is one part of it that can be meant.

    Of an address that is the domain, or the end of the path: https://github.com/my-org.
    """
    address = text.strip().rpartition("://")[2].rstrip("/")
    host, _, path = address.partition("/")
    parts = (host.removeprefix("www."), path.rpartition("/")[2])
    fitting = [it for it in parts if it != text and any(form.matches(it) for form in formats)]
    if len(fitting) == 1:
        return fitting[0]
    digits = text.replace("-", "").replace(" ", "")
    numeric = digits.isdigit() and any(it.matches(digits) for it in formats)
    return digits if numeric and not fitting else None
