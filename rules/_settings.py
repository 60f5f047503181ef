"""What the rules about settings have in common: where a setting is written, and which is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import Edit, Fix, RelatedRange
from symlint.rules._links import way, within
from symlint.sym.model.modules import SymModule
from symlint.sym.model.settings import item_ranges, map_range
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule
    from symlint.source.text import Range
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.intent.missing_settings import Missing
    from symlint.sym.model.views import View


def use_of(view: View, key: str, range_: Range) -> tuple[RelatedRange, ...]:
    """Where a setting that is written somewhere else is used."""
    argument = view.range("settings")
    if within(range_, argument):
        return ()
    written = item_ranges(view, view.settings, key)
    place = argument if written is None else written[1]
    return (RelatedRange(place, f"used as {key} here"),)


def missing_finding(rule: Rule, view: View, missing: Missing, *, what: str, why: str) -> Finding:
    """The finding for a required setting of ``view`` that is not given.

    ``what`` is the thing in words: "okta_group target".
    """
    name, unexpected = missing.setting.name, missing.unexpected
    range_, fix = map_range(view), None
    line = _line(view, missing.setting)
    if view.argument("settings") is None:
        line = f"  settings = {{\n  {line}\n  }}"
    help_ = f"add it:\n{line}"
    label = f"{name} is missing"
    if unexpected is not None:
        place = _unexpected_range(view, unexpected)
        if place is not None:
            range_, label = place, f"no setting of {with_article(what)}"
            help_ = f"did you mean {name}?" if missing.close else f"write {name} instead"
            quoted = range_.text.startswith('"')
            replacement = f'"{name}"' if quoted else name
            plain = range_.text.strip('"') == unexpected
            edit = (Edit(range_, replacement),)
            fix = Fix(f"write {replacement}", edit, safe=missing.close) if plain else None
    description = missing.setting.description
    return rule.finding(
        f"{what} has no {name}",
        range_,
        label=label,
        related=(
            () if within(range_, view.header) else (RelatedRange(view.header, f"this {view.noun}"),)
        ),
        why=why,
        help_=help_ + (f"\n({name} is the {description})" if description else ""),
        address=str(view.address),
        attribute=f"settings.{name}",
        path=way(view.settings, range_),
        fix=fix,
    )


def _unexpected_range(view: View, unexpected: str) -> Range | None:
    """Where a key of settings, or a name among field_bindings, is written."""
    written = item_ranges(view, view.settings, unexpected)
    if written is not None:
        return written[0]
    for element in view.value("field_bindings").elements or ():
        if element.string == unexpected:
            return element.origin
    return None


def _line(view: View, setting: Setting) -> str:
    """The line to paste for a setting."""
    connector = getattr(view, "connector", None)
    if isinstance(connector, SymModule) and connector.entry.external_id == setting.name:
        return f"  {setting.name} = {connector.local_name}.settings.{setting.name}"
    for type_name, attributes in setting.from_resources.items():
        kinds = view.module.module
        declared = [
            it
            for it in (*kinds.resources.values(), *kinds.data.values())
            if it.type == type_name and it.repeated is None
        ]
        if len(declared) == 1:
            return f"  {setting.name} = {declared[0].local_name}.{attributes[0]}"
    if setting.reference is not None:
        return f"  {setting.name} = {_only(view, setting.reference)}.id"
    format_ = None if setting.format is None else view.sym.catalogue.formats.get(setting.format)
    example = format_.example if format_ is not None else (setting.allowed or ("...",))[0]
    return f'  {setting.name} = "{example}"'


def _only(view: View, type_name: str) -> str:
    """The one resource of a type that is declared beside ``view``, as it is written there."""
    declared = [it for it in view.module.module.resources.values() if it.type == type_name]
    single = len(declared) == 1 and declared[0].repeated is None
    return declared[0].local_name if single else f"{type_name}.<name>"
