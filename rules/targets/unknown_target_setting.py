"""Checks that a target has no setting that its type does not have."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._settings import unknown_setting_finding
from symlint.rules.targets._examples import REPOSITORY
from symlint.sym.model.settings import item_ranges, map_range
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.types import TargetType
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Target
    from symlint.terraform.values.value import Value


class UnknownTargetSetting(Rule):
    """A target has, and binds, only settings of its type.

    Sym ignores a setting that the type of the target does not have, so it has no effect. The same
    is true of a name in `field_bindings`.

    **Not flagged.** `custom` targets, whose settings are read by the strategy's own code. A name
    that was probably meant to be a required setting, which `target-settings` reports.
    """

    code = "SYM208"
    name = "unknown-target-setting"
    severity = "warning"
    about = ("targets",)
    fixable = True
    sources = ("https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/target",)
    bad = configuration(
        REPOSITORY.replace(
            '    repo_name = "website"', '    repo_name  = "website"\n    permission = "push"'
        )
    )
    good = configuration(REPOSITORY)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the type of each target has its settings."""
        from symlint.sym.intent.missing_settings import missing_settings
        from symlint.sym.intent.types import is_of_other_type

        for target in configuration.targets:
            entry = target.entry
            if entry is None or entry.open_settings:
                continue
            own, bindings = target.own_settings, target.bindings
            if own is None or bindings is None:
                question = "does the type of the target have these settings?"
                reason = "its settings or its field_bindings are not known"
                yield self.undecided(target.range("settings"), question, reason)
                continue
            if is_of_other_type(target, entry):
                continue
            given = target.given_settings or frozenset()
            missing = missing_settings(entry.settings, given)
            meant = {it.unexpected for it in missing}
            unexpected = [it for it in sorted(own) if it not in entry.settings and it not in meant]
            for name in unexpected:
                written = item_ranges(target.sym, target.settings, name)
                range_ = map_range(target) if written is None else written[0]
                yield self._unknown(target, entry, name, range_, target.settings)
            expected = {*entry.settings, *meant}
            for it in bindings:
                if it.string is not None and it.string not in expected:
                    range_ = it.origin or target.range("field_bindings")
                    yield self._unknown(target, entry, it.string, range_, it)
            if not unexpected:
                yield PASSED

    def _unknown(
        self, target: Target, entry: TargetType, name: str, range_: Range, value: Value
    ) -> Finding:
        from symlint.source.close_names import close_name

        given = target.given_settings or frozenset()
        meant = close_name(name, [it for it in entry.settings if it not in given])
        what = with_article(f"{target.type_name} target")
        place = Location(str(target.address), f"settings.{name}", range_, range_, value)
        return unknown_setting_finding(self, target, place, what, tuple(entry.settings), meant)
