"""Findings about required settings and their values: for all rules about ``settings``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.lint.finding import RelatedRange
from symlint.lint.location import Location
from symlint.sym.model.settings import map_range
from symlint.sym.model.texts import lost_zeros, reason_of, text_of
from symlint.sym.words import either, quoted, with_article

if TYPE_CHECKING:
    from collections.abc import Collection

    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.rule import Rule
    from symlint.sym.catalogue.types import (
        Format,
        IntegrationType,
        LogDestinationType,
        SecretsType,
        Setting,
        StrategyType,
        TargetType,
    )
    from symlint.sym.intent.missing_settings import Missing
    from symlint.sym.intent.sources import WrongSource
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.values.value import Value


Entry: TypeAlias = "StrategyType | TargetType | IntegrationType | LogDestinationType | SecretsType"
"""A type in the catalogue, with its settings."""


def unknown_settings(rule: Rule, view: View, question: str) -> Undecided:
    """A question about all settings of ``view`` that cannot be answered."""
    reason = reason_of(view.settings, "the block has errors")
    return rule.undecided(view.range("settings"), question, reason)


def missing_outcomes(
    rule: Rule, view: View, entry: Entry, given: Collection[str], *, what: str, why: str
) -> list[Finding | Undecided]:
    """A finding for each required setting of ``view`` that is not among those ``given``, or empty.

    ``what`` describes the view: "okta_group target". The location is the key that was written
    instead of the setting, if there is one. An empty setting is undecided where a variable of the
    root module has that default.
    """
    from symlint.sym.intent.missing_settings import empty_settings, missing_settings

    missing = missing_settings(entry.settings, given, open_=entry.open_settings)
    return [
        *(_missing(rule, view, it, what, why) for it in missing),
        *(_empty(rule, view, it, value, why) for it, value in empty_settings(view, entry.settings)),
    ]


def empty_outcome(
    rule: Rule, sym: Lookup, place: Location, *, why: str, help_: str
) -> Finding | Undecided:
    """The outcome for an argument or setting at ``place`` that is an empty text."""
    from symlint.sym.intent.missing_settings import is_left_to_the_caller

    if place.value is not None and is_left_to_the_caller(sym, place.value):
        question = f"does {place.name} have a value?"
        return rule.undecided(place.used, question, "the variable is empty where nobody sets it")
    return place.finding(
        rule,
        f"{place.name} is empty",
        label="an empty string",
        related=place.use(),
        why=why,
        help_=help_,
        severity="error",
    )


def unknown_setting_finding(
    rule: Rule, view: View, place: Location, what: str, known: tuple[str, ...], meant: str | None
) -> Finding:
    """The finding for a setting, at ``place``, that ``view`` does not have.

    ``what`` describes the view: "an okta_group target". ``known`` are the settings that there are,
    and ``meant`` is the one of them that the wrong one is close to.
    """
    fix = None
    if meant is not None and place.range.text.strip('"') == place.name:
        fix = place.write(place.range.text.replace(place.name, meant), safe=True)
    takes = f"takes {either(known, 'and')}" if known else "takes no settings"
    typed = view.argument("type") is not None
    related = Location.of_argument(view, "type") if typed else Location.of_block(view)
    return place.finding(
        rule,
        f"{place.name} is not a setting of {what}",
        label="not a setting of this type" if typed else "not a setting",
        related=(related.annotated(takes),),
        why="Sym ignores it, so it has no effect.",
        help_=f"did you mean {meant}?" if meant else "remove it",
        fix=fix,
    )


def wrong_source_finding(
    rule: Rule, view: View, setting: Setting, value: Value, wrong: WrongSource, why: str
) -> Finding:
    """The finding for a setting that is read from the wrong attribute or the wrong resource."""
    place = Location.of_setting(view, setting.name, value).at(wrong.range)
    right, wanted = wrong.replacement, setting.description or setting.name.replace("_", " ")
    return place.finding(
        rule,
        f"{setting.name} is {wrong.what}",
        label=wrong.label,
        related=place.use(),
        why=why,
        help_=f"write {right or 'the ' + wanted}",
        fix=None if right is None else place.write(right, safe=True),
    )


def format_finding(rule: Rule, sym: Lookup, place: Location, format_: Format, why: str) -> Finding:
    """The finding for a setting whose value does not have the format of its type."""
    text = "" if place.value is None else place.value.string or ""
    if format_.is_another(text):
        place = place.where_misused(sym)
    zeros = None if place.value is None else lost_zeros_help(place.value)
    return place.finding(
        rule,
        f"{place.name} is not {format_.description.partition(':')[0]}",
        label="wrong format",
        related=place.use(),
        why=why,
        help_=zeros or f'write {format_.description}, like "{format_.example}"',
    )


def _empty(rule: Rule, view: View, setting: Setting, value: Value, why: str) -> Finding | Undecided:
    from symlint.sym.intent.missing_settings import line_for

    place = Location.of_setting(view, setting.name, value)
    wanted = f"the {setting.description}" if setting.description else line_for(view, setting)
    return empty_outcome(rule, view.sym, place, why=why, help_=f"write {wanted.strip()}")


def lost_zeros_help(value: Value) -> str | None:
    """What to write where a number lost the zeros in front of it; None for other values."""
    written = lost_zeros(value)
    if written is None:
        return None
    return f'write "{written}": without quotes it is the number {text_of(value)}'


def _missing(rule: Rule, view: View, missing: Missing, what: str, why: str) -> Finding:
    from symlint.sym.intent.missing_settings import unexpected_range

    name, description = missing.setting.name, missing.setting.description
    written = unexpected_range(view, missing)
    place = Location.of_range(written or map_range(view), str(view.address), f"settings.{name}")
    place = place._replace(value=view.settings)
    label, help_, fix = f"{name} is missing", f"add it:\n{_line(view, missing)}", None
    if written is not None:
        label = f"no setting of {with_article(what)}"
        help_ = f"did you mean {name}?" if missing.close else f"write {name} instead"
        if written.text.strip('"') == missing.unexpected:
            replacement = quoted(name) if written.text.startswith('"') else name
            fix = place.write(replacement, safe=missing.close)
    header = RelatedRange(view.header, f"this {view.noun}")
    return place.finding(
        rule,
        f"{what} has no {name}",
        label=label,
        related=() if place.range.is_within(view.header) else (header,),
        why=why,
        help_=help_ + (f"\n({name} is the {description})" if description else ""),
        fix=fix,
    )


def _line(view: View, missing: Missing) -> str:
    from symlint.sym.intent.missing_settings import line_for

    line = line_for(view, missing.setting)
    return line if view.argument("settings") is not None else f"  settings = {{\n  {line}\n  }}"
