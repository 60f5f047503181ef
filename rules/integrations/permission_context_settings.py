"""Checks the settings of a permission context that are written literally."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._settings import (
    format_finding,
    missing_outcomes,
    unknown_settings,
    wrong_source_finding,
)
from symlint.rules.integrations._examples import BY_HAND
from symlint.sym.model.arguments import items_of
from symlint.sym.model.settings import setting_range
from symlint.sym.model.texts import reason_of, stands_for_a_number, text_of
from symlint.sym.words import either, quoted
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.types import IntegrationType, Setting
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Integration
    from symlint.sym.model.modules import OutputRead
    from symlint.terraform.values.value import Value

_INTEGRATION = (
    "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration"
)


_WHY = "Sym cannot assume the role {}: every request fails once it has been approved."


class PermissionContextSettings(Rule):
    """The settings of a permission context name a cloud, a region and the role to assume.

    `cloud` is always `aws`; `region` is the region of the connector; `role_arn` is the ARN of the
    role that Sym assumes. Usually they are the `settings` output of a connector module. For literal
    settings, Terraform accepts any map of strings, and Sym cannot assume the role once a request
    has been approved.

    The rule reports a missing setting (or a misspelled one), a `cloud` that does not exist, and a
    `role_arn` that is not the ARN of a role: its name, the ARN of something else. A `region`,
    `account_id` or `instance_arn` with another format is a warning.

    **Not flagged.** What is of a module's settings, unknown settings, additional settings.
    """

    code = "SYM311"
    name = "permission-context-settings"
    other_severities = ("warning",)
    severity = "error"
    about = ("integrations",)
    fixable = True
    sources = (_INTEGRATION,)
    bad = configuration(BY_HAND.replace('    region   = "eu-central-1"\n', ""))
    good = configuration(BY_HAND)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each permission context that is written out has what it needs."""
        from symlint.sym.model.integrations import CONTEXT

        for integration in configuration.integrations:
            entry = integration.entry
            if integration.type_name != CONTEXT or entry is None:
                continue
            source = integration.settings_source
            if source is not None:
                yield PASSED
                yield from self._additions(integration, entry, source)
                continue
            given = integration.own_settings
            if given is None:
                question = "does the permission context have all its settings?"
                yield unknown_settings(self, integration, question)
            else:
                what, why = "permission context", _WHY.format("without it")
                yield from missing_outcomes(self, integration, entry, given, what=what, why=why)
            for name, value in items_of(integration.settings).items():
                for leaf in leaves(value) if name in entry.settings else ():
                    yield from self._setting(integration, entry.settings[name], leaf)

    def _additions(
        self, integration: Integration, entry: IntegrationType, source: OutputRead
    ) -> Iterator[Outcome]:
        """What is added to the settings of a module, or replaces some of them."""
        from symlint.sym.model.settings import is_setting_of

        for name, value in (integration.settings.items or {}).items():
            own = is_setting_of(integration.sym, value, name, source.module, source.path)
            if not own and name in entry.settings:
                for leaf in leaves(value):
                    yield from self._setting(integration, entry.settings[name], leaf)

    def _setting(
        self, integration: Integration, setting: Setting, value: Value
    ) -> Iterator[Outcome]:
        from symlint.sym.intent.sources import wrong_source

        if value.is_null or value.content == "":
            return
        wrong = wrong_source(integration, setting, value)
        if wrong is not None:
            why = _WHY.format("with it")
            yield wrong_source_finding(self, integration, setting, value, wrong, why)
            return
        text = text_of(value)
        if text is None:
            question = f"can {setting.name} have this value?"
            place = setting_range(integration, setting.name)
            yield self.undecided(place, question, reason_of(value))
        elif setting.allowed and text not in setting.allowed:
            yield self._not_allowed(integration, setting, value)
        elif setting.format is not None:
            yield self._format(integration, setting, value, text)
        else:
            yield PASSED

    def _not_allowed(self, integration: Integration, setting: Setting, value: Value) -> Finding:
        place = Location.of_setting(integration, setting.name)._replace(value=value)
        only = setting.allowed[0] if len(setting.allowed) == 1 else None
        return place.finding(
            self,
            f"{setting.name} is not {either(setting.allowed)}",
            label="invalid value",
            related=place.use(),
            why=_WHY.format("with it"),
            help_=f"write {either([quoted(it) for it in setting.allowed])}",
            fix=None if only is None else place.quote(only, safe=True),
        )

    def _format(
        self, integration: Integration, setting: Setting, value: Value, text: str
    ) -> Outcome:
        catalogue = integration.sym.catalogue
        format_ = catalogue.formats[setting.format or ""]
        if format_.name == "sym_role_arn":
            # That the role lies below /sym/ is another rule's question.
            format_ = catalogue.formats["iam_role_arn"]
        if format_.matches(text) or stands_for_a_number(format_.name, text):
            return PASSED
        place = Location.of_setting(integration, setting.name)._replace(value=value)
        found = format_finding(self, integration.sym, place, format_, _WHY.format("with it"))
        return found if format_.strength == "enforced" else found._replace(severity="warning")
