"""What the rules about settings have in common: where a setting is written, and which is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import Edit, Fix, RelatedRange
from symlint.rules._links import way, within
from symlint.sym.model.modules import SymModule
from symlint.sym.model.settings import item_ranges, map_range
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule
    from symlint.source.text import Range
    from symlint.sym.catalogue import Catalogue
    from symlint.sym.catalogue.types import Setting, TargetType
    from symlint.sym.model.strategies import Target
    from symlint.sym.model.views import View
    from symlint.terraform.values.value import Value


def leaves(value: Value) -> tuple[Value, ...]:
    """The value itself, or all values of which it is one."""
    unknown = value.unknown
    if unknown is None or not unknown.alternatives:
        return (value,)
    return tuple(leaf for it in unknown.alternatives for leaf in leaves(it))


def text_of(value: Value) -> str | None:
    """The text that a known string or number becomes in a map of strings; None otherwise."""
    content = value.content
    if isinstance(content, bool):
        return "true" if content else "false"
    return str(content) if isinstance(content, (str, int)) else None


def is_placeholder(catalogue: Catalogue, text: str) -> bool:
    """Whether a text is empty or plainly still to be filled in."""
    return not text or catalogue.formats["placeholder"].matches(text)


def stands_for_a_number(format_name: str, text: str) -> bool:
    """Whether digits are plainly an example's: 123456789, 333333333."""
    if format_name != "aws_account_id" or not text.isdigit():
        return False
    return len(set(text)) == 1 or text in "12345678901234567890" or text in "0123456789" * 2


def use_of(view: View, key: str, range_: Range) -> tuple[RelatedRange, ...]:
    """Where a setting that is written somewhere else is used."""
    argument = view.range("settings")
    if within(range_, argument):
        return ()
    written = item_ranges(view, view.settings, key)
    place = argument if written is None else written[1]
    return (RelatedRange(place, f"used as {key} here"),)


# --- settings that are missing ------------------------------------------------------------------


class Missing(NamedTuple):
    """A required setting that is not given, and the given one that was probably meant to be it."""

    setting: Setting
    stranger: str | None = None
    close: bool = False


def missing_settings(
    settings: Mapping[str, Setting], given: Collection[str], *, open_: bool = False
) -> list[Missing]:
    """The required settings that are not among ``given``; ``open_`` where others may be given."""
    absent = [it for it in settings.values() if it.required and it.name not in given]
    strangers = sorted(it for it in given if it not in settings)
    found = []
    for setting in absent:
        meant = _meant(setting.name, absent, strangers)
        if meant is not None:
            found.append(Missing(setting, meant, close=True))
        elif len(absent) == len(strangers) == 1 and not open_:
            found.append(Missing(setting, strangers[0]))
        else:
            found.append(Missing(setting))
    return found


def _meant(name: str, absent: list[Setting], strangers: list[str]) -> str | None:
    """The one stranger that is closest to ``name`` and to no other missing setting."""
    if not strangers:
        return None
    from symlint.source.close_names import close_name

    meant = close_name(name, strangers)
    if meant is None or close_name(meant, [it.name for it in absent]) != name:
        return None
    return meant


def missing_finding(rule: Rule, view: View, missing: Missing, *, what: str, why: str) -> Finding:
    """The finding for a required setting of ``view`` that is not given.

    ``what`` is the thing in words: "okta_group target".
    """
    name, stranger = missing.setting.name, missing.stranger
    range_, fix = map_range(view), None
    line = _line(view, missing.setting)
    if view.argument("settings") is None:
        line = f"  settings = {{\n  {line}\n  }}"
    help_ = f"add it:\n{line}"
    label = f"{name} is missing"
    if stranger is not None:
        place = _stranger_range(view, stranger)
        if place is not None:
            range_, label = place, f"no setting of {with_article(what)}"
            help_ = f"did you mean {name}?" if missing.close else f"write {name} instead"
            quoted = range_.text.startswith('"')
            replacement = f'"{name}"' if quoted else name
            plain = range_.text.strip('"') == stranger
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


def _stranger_range(view: View, stranger: str) -> Range | None:
    """Where a key of settings, or a name among field_bindings, is written."""
    written = item_ranges(view, view.settings, stranger)
    if written is not None:
        return written[0]
    for element in view.value("field_bindings").elements or ():
        if element.string == stranger:
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


# --- targets whose type is what is wrong --------------------------------------------------------


def is_of_other_type(target: Target, entry: TargetType) -> bool:
    """Whether the settings of a target are those of a type that its strategies grant.

    Then its type is what is wrong, which the rule about strategies and targets says.
    """
    given = target.given_settings
    if given is None or given >= set(entry.required_settings):
        return False
    targets = target.sym.catalogue.targets
    for strategy in target.strategies:
        accepted = () if strategy.entry is None else strategy.entry.target_types or ()
        if entry.name in accepted:
            return False
        for name in accepted:
            other = targets.get(name)
            if (
                other is not None
                and other.required_settings
                and given >= set(other.required_settings)
            ):
                return True
    return False
