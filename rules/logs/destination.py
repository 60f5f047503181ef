"""Checks that a log destination has the integration and settings that its type requires."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._integration_types import WrongType, advice_to_use
from symlint.rules._settings import (
    format_finding,
    missing_outcomes,
    unknown_settings,
    wrong_source_finding,
)
from symlint.rules.logs._examples import FIREHOSE
from symlint.sym.model.settings import setting_range
from symlint.sym.words import either, shown, with_article
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.types import LogDestinationType, Setting
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import LogDestination
    from symlint.sym.model.views import Link
    from symlint.terraform.values.value import Value

_DESTINATION = (
    "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/log_destination"
)


class LogDestinationShape(Rule):
    """A log destination has the integration and the settings that its type requires.

    Sym writes to Kinesis with a permission context, to Segment with a `segment` integration, to an
    `http` address with none. It needs the name of the stream, or the `url`. Terraform accepts any
    integration and any map of strings. Without an integration, the apply fails (for all types but
    `http` and, since 3.1.0, `datadog`); with the wrong one, no log entries are written.

    The name of a stream of the other kind of Kinesis, and a `url` without `https://` (or `http://`),
    are a **warning**.

    **Not flagged.** Types whose requirements are not known. Unknown values.
    """

    code = "SYM509"
    name = "log-destination"
    other_severities = ("warning",)
    severity = "error"
    about = ("log_destinations",)
    fixable = True
    sources = (
        _DESTINATION,
        "https://github.com/symopsio/terraform-provider-sym/blob/main/sym/provider/log_destination_resource.go",
    )
    bad = configuration(
        FIREHOSE.replace(
            "integration_id = module.runtime_connector.sym_integration.id\n\n  settings",
            "integration_id = sym_integration.slack.id\n\n  settings",
        )
    )
    good = configuration(FIREHOSE)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each log destination has what its type needs."""
        for destination in configuration.log_destinations:
            entry = destination.entry
            if entry is None:
                continue
            for link in destination.integration_link.branches:
                yield self._integration(destination, entry, link)
            yield from self._settings(destination, entry)

    # --- integration ---

    def _integration(
        self, destination: LogDestination, entry: LogDestinationType, link: Link
    ) -> Outcome:
        from symlint.sym.model.argument_links import integration_type

        question = "does the log destination have the integration of its type?"
        if link.is_absent:
            if not destination.complete:
                return self.undecided(destination.header, question, "the block has errors")
            needed = _needs_integration(destination, entry)
            return self._missing(destination, entry, link) if needed else PASSED
        if link.outcome == "unknown":
            return self.undecided(link.argument, question, link.reason)
        type_name = integration_type(destination.sym, link) if link.outcome == "ok" else None
        accepted = entry.integration_types
        if type_name is None or accepted is None or type_name in accepted:
            return PASSED
        return self._other(destination, entry, link, type_name, accepted)

    def _missing(
        self, destination: LogDestination, entry: LogDestinationType, link: Link
    ) -> Finding:
        types = entry.integration_types or ()
        given = destination.argument("integration_id") is not None
        place = Location.of_link(destination, link, "integration_id")._replace(value=None)
        return place.finding(
            self,
            f"{entry.name} log destination has no integration_id",
            label="treated as not given" if given else "integration_id is missing",
            why=("Terraform accepts this. The apply fails, because Sym has no integration to use."),
            help_=advice_to_use("integration_id", _candidates(destination, types), types),
        )

    def _other(
        self,
        destination: LogDestination,
        entry: LogDestinationType,
        link: Link,
        type_name: str,
        accepted: tuple[str, ...],
    ) -> Finding:
        type_ = Location.of_argument(destination, "type")
        one, other = with_article(either(accepted)), with_article(shown(type_name))
        wrong = WrongType(
            destination,
            "integration_id",
            link,
            type_name,
            accepted,
            title=f"{entry.name} log destination cannot use {other} integration",
            why=f"It has no credentials for {entry.title}: no log entries arrive there.",
            evidence=(type_.annotated(f"uses {one} integration"),),
        )
        return wrong.at_use(self, _candidates(destination, accepted))

    # --- settings ---

    def _form(
        self, destination: LogDestination, setting: Setting, name: str, value: Value
    ) -> Outcome:
        """Whether the text of a setting has its format."""
        from symlint.sym.model.texts import is_placeholder

        catalogue, text = destination.sym.catalogue, value.string
        if text is None or is_placeholder(catalogue, text) or catalogue.formats[name].matches(text):
            return PASSED
        place = Location.of_setting(destination, setting.name, value)
        why = "Sym cannot write to it: no log entries arrive."
        found = format_finding(self, destination.sym, place, catalogue.formats[name], why)
        return found._replace(severity="warning")

    def _settings(
        self, destination: LogDestination, entry: LogDestinationType
    ) -> Iterator[Outcome]:
        if not entry.settings:
            return
        given = destination.own_settings
        if given is None:
            question = "does the log destination have the settings of its type?"
            yield unknown_settings(self, destination, question)
            return
        what = f"{entry.name} log destination"
        why = "Without it, Sym does not know where to write: no log entries arrive."
        yield from missing_outcomes(self, destination, entry, given, what=what, why=why)
        for setting in entry.settings.values():
            value = destination.setting(setting.name)
            for leaf in () if value is None else leaves(value):
                yield self._setting(destination, entry, setting, leaf)

    def _setting(
        self, destination: LogDestination, entry: LogDestinationType, setting: Setting, value: Value
    ) -> Outcome:
        from symlint.sym.aws.external import external_resources
        from symlint.sym.aws.log_streams import stream_of
        from symlint.sym.intent.sources import wrong_source

        wrong = wrong_source(destination, setting, value)
        if wrong is not None:
            why = "There is no stream of that name: no log entries arrive."
            return wrong_source_finding(self, destination, setting, value, wrong, why)
        if setting.format is not None:
            return self._form(destination, setting, setting.format, value)
        if not setting.from_resources:
            return PASSED
        used = setting_range(destination, setting.name)
        stream = stream_of(destination, value, used)
        if stream is None or stream.kind in setting.from_resources:
            return PASSED
        wanted = either(with_article(kind) for kind in setting.from_resources)
        place = Location.of_setting(destination, setting.name, value).at(stream.range)
        type_ = Location.of_argument(destination, "type")
        evidence, label = type_.annotated(f"writes to {entry.title}"), "another kind of stream"
        help_ = f"write the name of {wanted}"
        other = _type_for(destination, stream.kind)
        if other is not None:
            sym, own = destination.sym, setting.from_resources
            if any(True for kind in own for _ in external_resources(sym, kind)):
                help_ += f', or write type = "{other}"'
            else:  # there is no stream that the type could have been meant for
                evidence, place, label = place.annotated(label), type_, f"not the type {other}"
                help_ = f'write type = "{other}"'
        return place.finding(
            self,
            f"{entry.name} log destination names {with_article(stream.kind)}, not {wanted}",
            label=label,
            related=(
                evidence,
                RelatedRange(stream.header, "the stream with this name"),
                *place.use(),
            ),
            why=f"{entry.title} has no stream of that name, so no log entries arrive.",
            help_=help_,
            severity="warning",
        )


def _type_for(destination: LogDestination, kind: str) -> str | None:
    """The type of log destination that writes to a kind of stream."""
    for other in destination.sym.catalogue.log_destinations.values():
        if any(kind in setting.from_resources for setting in other.settings.values()):
            return other.name
    return None


def _needs_integration(destination: LogDestination, entry: LogDestinationType) -> bool:
    """Whether the provider rejects a destination of this type without an integration.

    False if its schema already requires the argument, or does not have it yet.
    """
    from symlint.sym.provider.versions import read_requirements

    sym = destination.sym
    versions = sym.once(read_requirements).versions_for(
        destination.module, destination.instance.declaration
    )
    selected = None if versions is None else versions.selected
    if selected is not None:
        schema = sym.catalogue.provider.resources["sym_log_destination"]
        form = schema.arguments_at(selected).get("integration_id")
        if form is None or form.required:
            return False
    if entry.integration_required:
        return True
    since = entry.integration_optional_since
    return since is not None and selected is not None and selected < since


def _candidates(destination: LogDestination, types: tuple[str, ...]) -> tuple[str, ...]:
    """References to integrations of some types in the module of a log destination."""
    from symlint.sym.intent.candidates import integrations_beside, outputs_beside

    sym = destination.sym

    def found() -> tuple[str, ...]:
        modules = (it for it in sym.runtime_connectors if it.entry.integration_type in types)
        made = outputs_beside(destination, modules, "context_id")
        return (*made, *integrations_beside(destination, types, (None, "runtime")))

    return sym.once_for((_candidates, destination.module, types), found)
