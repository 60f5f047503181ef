"""Checks that settings other than those of targets are ones that exist."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules._settings import unknown_setting_finding, unknown_settings
from symlint.rules.secrets._examples import JSON_SECRET
from symlint.sym.model.integrations import Secret
from symlint.sym.model.settings import item_ranges, map_range
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import LogDestination
    from symlint.sym.model.integrations import Integration, Secrets
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import View

    _Typed: TypeAlias = Integration | Strategy | Secrets | LogDestination

_RESOURCES = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/"


class UnknownSetting(Rule):
    """A setting is one that Sym knows.

    Settings are a map of strings, so Terraform and the provider accept any key. With a misspelled
    `json_key`, Sym takes the whole JSON of the secret for the password; with a misspelled
    `secret_ids_json`, the implementation gets no secrets.

    - A `sym_secret` has one setting, `json_key`. Any other key is reported.
    - For integrations, strategies, secrets sources and log destinations, a key is reported that is
      close to a setting of the type that is not given.
    - In a `custom` integration without `secret_ids_json`, a key that is made of its words, such as
      `secret_ids`, is reported if it holds the id of a `sym_secret`.

    **Not flagged.** Other keys of integrations, strategies and log destinations: types may have
    settings that no page mentions. What was written instead of a required setting: the rules that
    look for it report it. The settings of targets (`unknown-target-setting`). Unknown settings.
    """

    code = "SYM512"
    name = "unknown-setting"
    severity = "warning"
    fixable = True
    sources = (f"{_RESOURCES}secret", f"{_RESOURCES}integration")
    good = configuration(JSON_SECRET)
    bad = edited(good, ('json_key = "username"', 'jsonkey  = "username"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether all settings of each resource are known."""
        for secret in configuration.secrets:
            known = secret.known_settings
            if known is not None:
                yield from self._judge(secret, known, closed=True)
        views: tuple[_Typed, ...] = (
            *configuration.integrations,
            *configuration.strategies,
            *configuration.secrets_sources,
            *configuration.log_destinations,
        )
        for view in views:
            entry = view.entry
            if entry is not None and entry.settings and view.sym.output_read(view.settings) is None:
                yield from self._judge(view, entry.settings, closed=False)

    def _judge(
        self, view: View, known: Mapping[str, Setting], *, closed: bool
    ) -> Iterator[Outcome]:
        from symlint.sym.intent.missing_settings import meant_setting, missing_settings

        given = view.own_settings
        if given is None:
            yield unknown_settings(self, view, "are all of the settings known to Sym?")
            return
        reported = {it.unexpected for it in missing_settings(known, given)}
        found = False
        for name in sorted(given.difference(known, reported)):
            meant = meant_setting(view, name, known)
            if closed or meant is not None:
                found = True
                yield self._unknown(view, name, tuple(known), meant)
        if not found:
            yield PASSED

    def _unknown(self, view: View, name: str, known: tuple[str, ...], meant: str | None) -> Finding:
        written = item_ranges(view.sym, view.settings, name)
        range_ = map_range(view) if written is None else written[0]
        place = Location(str(view.address), f"settings.{name}", range_, range_, view.settings)
        described = f"{view.type_name} {view.noun}"
        what = with_article(view.noun if isinstance(view, Secret) else described)
        return unknown_setting_finding(self, view, place, what, known, meant)
