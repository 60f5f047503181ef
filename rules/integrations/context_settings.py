"""The rule about what a permission context holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.rules._settings import missing_finding, use_of
from symlint.rules.integrations._context_examples import BY_HAND
from symlint.sym.aws.contexts import CONTEXT
from symlint.sym.intent.missing_settings import missing_settings
from symlint.sym.intent.sources import wrong_source
from symlint.sym.model.settings import setting_range
from symlint.sym.model.texts import stands_for_a_number, text_of
from symlint.sym.words import either
from symlint.terraform.values.uncertainty import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Integration
    from symlint.terraform.values.value import Value

_INTEGRATION = (
    "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration"
)


class PermissionContextSettings(Rule):
    """The settings of a permission context name a cloud, a region and the role to assume.

    `cloud` is `aws`, there is no other; `region` is where the role's connector is; `role_arn` is
    the ARN of the role that Sym assumes. They usually come from the `settings` of a connector
    module as a whole. Where they are written out, Terraform takes any map of texts, and Sym cannot
    assume the role once somebody has been approved.

    Found are a setting that is missing (perhaps because it is spelt another way), a `cloud` that
    does not exist, and a `role_arn` that is no ARN of a role: its name, the ARN of something else.
    An `account_id` or `instance_arn` of another form is a warning.

    **Not flagged.** Settings of a module, settings that are not known, further settings.
    """

    code = "SYM311"
    name = "permission-context-settings"
    severity = "error"
    fixable = True
    sources = (_INTEGRATION,)
    bad = configuration(BY_HAND.replace('    region   = "eu-central-1"\n', ""))
    good = configuration(BY_HAND)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each permission context that is written out has what it needs."""
        for integration in configuration.integrations:
            entry = integration.entry
            if integration.type_name != CONTEXT or entry is None:
                continue
            if integration.settings_source is not None:
                yield PASSED
                continue
            given = integration.own_settings
            if given is None:
                unknown = integration.settings.unknown
                reason = "the block has errors" if unknown is None else unknown.reason
                question = "has the permission context all its settings?"
                yield self.undecided(integration.range("settings"), question, reason)
                continue
            for missing in missing_settings(entry.settings, given):
                yield missing_finding(
                    self,
                    integration,
                    missing,
                    what="permission context",
                    why="Sym needs it to assume the role, and cannot: every request fails once it "
                    "has been approved.",
                )
            for setting in entry.settings.values():
                value = integration.setting(setting.name)
                for leaf in () if value is None else leaves(value):
                    yield from self._setting(integration, setting, leaf)

    def _setting(
        self, integration: Integration, setting: Setting, value: Value
    ) -> Iterator[Outcome]:
        if value.is_null:
            return
        wrong = wrong_source(integration, setting, value)
        if wrong is not None:
            fix = None
            if wrong.replacement is not None and within(wrong.range, integration.range("settings")):
                edit = Edit(wrong.range, wrong.replacement)
                fix = Fix(f"write {wrong.replacement}", (edit,), safe=True)
            help_ = f"write the {setting.description.removeprefix('the ')}"
            yield self._wrong(
                integration, setting, value,
                title=f"{setting.name} is {wrong.what}", label=wrong.label, range_=wrong.range,
                help_=help_ if wrong.replacement is None else f"write {wrong.replacement}",
                fix=fix,
            )  # fmt: skip
            return
        text = text_of(value)
        if text is None:
            reason = "it is not a text" if value.unknown is None else value.unknown.reason
            question = f"can {setting.name} have this value?"
            yield self.undecided(setting_range(integration, setting.name), question, reason)
        elif setting.allowed and text not in setting.allowed:
            yield self._not_allowed(integration, setting, value)
        elif setting.format is not None:
            yield self._format(integration, setting, value, text)
        else:
            yield PASSED

    def _not_allowed(self, integration: Integration, setting: Setting, value: Value) -> Finding:
        range_ = setting_range(integration, setting.name)
        only = f'"{setting.allowed[0]}"'
        fix = None
        if len(setting.allowed) == 1 and range_.text.startswith('"') and "\n" not in range_.text:
            fix = Fix(f"write {only}", (Edit(range_, only),), safe=True)
        return self._wrong(
            integration, setting, value,
            title=f"{setting.name} is not {either(setting.allowed)}", label="there is none such",
            range_=range_, help_=f"write {either([f'{chr(34)}{it}{chr(34)}' for it in setting.allowed])}",
            fix=fix,
        )  # fmt: skip

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
        what = format_.description.partition(":")[0]
        found = self._wrong(
            integration, setting, value,
            title=f"{setting.name} is not {what}", label="has another form",
            range_=setting_range(integration, setting.name),
            help_=f'write {format_.description}, like "{format_.example}"',
        )  # fmt: skip
        return found if setting.required else found._replace(severity="warning")

    def _wrong(
        self,
        integration: Integration,
        setting: Setting,
        value: Value,
        *,
        title: str,
        label: str,
        range_: Range,
        help_: str,
        fix: Fix | None = None,
    ) -> Finding:
        return self.finding(
            title,
            range_,
            label=label,
            related=use_of(integration, setting.name, range_),
            why="Sym cannot assume the role with it: every request fails once it has been approved.",
            help_=help_,
            address=str(integration.address),
            attribute=f"settings.{setting.name}",
            path=way(value, range_),
            fix=fix,
        )
