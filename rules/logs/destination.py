"""The rule about log destinations: what each type needs to be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._settings import missing_finding
from symlint.rules.logs._examples import FIREHOSE
from symlint.sym.aws.streams import stream_of
from symlint.sym.intent.missing_settings import missing_settings
from symlint.sym.intent.sources import wrong_source
from symlint.sym.model.argument_links import integration_type
from symlint.sym.model.integrations import Integration
from symlint.sym.model.references import reference_to
from symlint.sym.model.settings import setting_range
from symlint.sym.provider.versions import read_requirements
from symlint.sym.words import either, shown, with_article
from symlint.terraform.values.uncertainty import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.types import LogDestinationType, Setting
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import LogDestination
    from symlint.sym.model.views import Link, View
    from symlint.terraform.values.value import Value

_DESTINATION = (
    "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/log_destination"
)


class LogDestinationShape(Rule):
    """A log destination has the integration and the settings that its type needs.

    Sym writes to Kinesis with a permission context, to Segment with a `segment` integration, to an
    `http` address with none. It needs the name of the stream, or the `url`. Terraform takes any
    integration and any map of texts; the provider refuses a destination without an integration
    during the apply (all types but `http` and, from 3.1.0 on, `datadog`), and with the wrong one
    nothing is ever written.

    The name of a stream of the other kind of Kinesis is a **warning**.

    **Not flagged.** Types of which the needs are not known. Values that are not known.
    """

    code = "SYM509"
    name = "log-destination"
    severity = "error"
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
        question = "has the log destination the integration of its type?"
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
        candidates = _candidates(destination, entry.integration_types or ())
        help_ = "write integration_id = sym_integration.<name>.id"
        if candidates:
            help_ = f"write integration_id = {either(candidates)}"
        given = destination.argument("integration_id") is not None
        place = Location.of_link(destination, link, "integration_id")._replace(value=None)
        return place.finding(
            self,
            f"{entry.name} log destination has no integration_id",
            label="counts as not given" if given else "integration_id is missing",
            why=(
                "Terraform accepts this. The apply fails, because Sym has no integration to write "
                "with."
            ),
            help_=help_,
        )

    def _other(
        self,
        destination: LogDestination,
        entry: LogDestinationType,
        link: Link,
        type_name: str,
        accepted: tuple[str, ...],
    ) -> Finding:
        candidates = _candidates(destination, accepted)
        related = [
            _type_of(destination, f"written with {with_article(either(accepted))} integration")
        ]
        view = link.view
        if view is not None:
            related.append(_type_of(view, f"this integration is for {shown(type_name)}"))
        one = with_article(either(accepted))
        help_ = f"refer to {one} integration: integration_id = sym_integration.<name>.id"
        if candidates:
            help_ = f"write integration_id = {either(candidates)}"
        place = Location.of_link(destination, link, "integration_id")
        return place.finding(
            self,
            f"{entry.name} log destination cannot be written with "
            f"{with_article(shown(type_name))} integration",
            label=f"{with_article(shown(type_name))} integration",
            related=(*related, *place.use()),
            why=f"It holds no credentials for {entry.title}, so no log entry ever arrives there.",
            help_=help_,
            fix=place.write(candidates[0], safe=False) if len(candidates) == 1 else None,
        )

    # --- settings ---

    def _settings(
        self, destination: LogDestination, entry: LogDestinationType
    ) -> Iterator[Outcome]:
        if not entry.settings:
            return
        given = destination.own_settings
        if given is None:
            unknown = destination.settings.unknown
            reason = "the block has errors" if unknown is None else unknown.reason
            question = "has the log destination the settings of its type?"
            yield self.undecided(destination.range("settings"), question, reason)
            return
        for missing in missing_settings(entry.settings, given, open_=entry.open_settings):
            yield missing_finding(
                self,
                destination,
                missing,
                what=f"{entry.name} log destination",
                why="Sym does not know where to write without it: no log entry ever arrives.",
            )
        for setting in entry.settings.values():
            value = destination.setting(setting.name)
            for leaf in () if value is None else leaves(value):
                yield self._setting(destination, entry, setting, leaf)

    def _setting(
        self, destination: LogDestination, entry: LogDestinationType, setting: Setting, value: Value
    ) -> Outcome:
        wrong = wrong_source(destination, setting, value)
        if wrong is not None:
            place = Location.of_setting(destination, setting.name, value).at(wrong.range)
            right = wrong.replacement
            return place.finding(
                self,
                f"{setting.name} is {wrong.what}",
                label=wrong.label,
                related=place.use(),
                why="There is no stream of that name, so no log entry ever arrives.",
                help_=f"write {right or 'the ' + setting.description}",
                fix=None if right is None else place.write(right, safe=True),
            )
        if not setting.from_resources:
            return PASSED
        used = setting_range(destination, setting.name)
        stream = stream_of(destination, value, used)
        if stream is None or stream.kind in setting.from_resources:
            return PASSED
        wanted = either(with_article(kind) for kind in setting.from_resources)
        place = Location.of_setting(destination, setting.name, value).at(stream.range)
        return place.finding(
            self,
            f"{entry.name} log destination names {with_article(stream.kind)}, not {wanted}",
            label="another kind of stream",
            related=(
                _type_of(destination, f"written to {entry.title}"),
                RelatedRange(stream.header, "what is named"),
                *place.use(),
            ),
            why=f"{entry.title} has no stream of that name, so no log entry ever arrives.",
            help_=f"name {wanted}{_or_type(destination, stream.kind)}",
            severity="warning",
        )


def _type_of(view: View, label: str) -> RelatedRange:
    """Where the type of a log destination or an integration is written."""
    return RelatedRange(Location.of_argument(view, "type").range, label)


def _or_type(destination: LogDestination, kind: str) -> str:
    """The type of log destination that a kind of stream is for, as an alternative."""
    for other in destination.sym.catalogue.log_destinations.values():
        if any(kind in setting.from_resources for setting in other.settings.values()):
            return f', or write type = "{other.name}"'
    return ""


def _needs_integration(destination: LogDestination, entry: LogDestinationType) -> bool:
    """Whether the provider refuses a destination of this type without an integration.

    Not where its schema already says so, or has no such argument yet.
    """
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
    """The integrations of some types that can be written beside a log destination."""
    found = []
    for module in destination.sym.runtime_connectors:
        beside = module.call.parent is destination.module and not module.call.declaration.repeated
        paths = module.entry.paths_to("context_id", module.newest)
        if beside and paths and module.entry.integration_type in types:
            found.append(".".join((module.local_name, *paths[0].path)))
    for view in destination.sym.all(Integration):
        reference = reference_to(view)
        if reference is None or view.module is not destination.module:
            continue
        context = None if view.connector is None else view.connector.entry.context
        if view.type_name in types and context in (None, "runtime"):
            found.append(reference)
    return tuple(dict.fromkeys(found))[:4]
