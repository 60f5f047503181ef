"""What the rules about settings have in common: where a setting is written, and which is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from symlint.lint.finding import Edit, Fix, RelatedRange
from symlint.rules._links import way, within
from symlint.sym.link import last_resource_hop, read_at
from symlint.sym.words import noun, with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule
    from symlint.source.text import Range
    from symlint.sym.catalogue import Catalogue
    from symlint.sym.catalogue.types import Setting, TargetType
    from symlint.sym.configuration import SymConfiguration
    from symlint.sym.connectors import OutputRead
    from symlint.sym.strategies import Target
    from symlint.sym.views import View
    from symlint.terraform.addresses import Reference
    from symlint.terraform.instances import ModuleInstance
    from symlint.terraform.values import Value


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


# --- where things are written -------------------------------------------------------------------


def item_ranges(view: View, map_: Value, key: str) -> tuple[Range, Range] | None:
    """Where a key of a map and its expression are written; None for maps that are computed."""
    from symlint.hcl.nodes import Literal, Object
    from symlint.hcl.walk import walk

    origin = map_.origin
    if origin is None:
        return None
    bodies = (body for module in view.sym.terraform.modules() for body in module.module.bodies)
    for body in bodies:
        if body.source is not origin.source:
            continue
        for node in walk(body):
            if type(node) is Object and node.range == origin:
                for item in node.items:
                    if type(item.key) is Literal and item.key.value == key:
                        return item.key.range, item.value.range
    return None


def setting_range(view: View, key: str, value: Value | None = None) -> Range:
    """The text of one setting to change: where its value was written, its expression, the map.

    ``value`` is the value in question where the setting may have several.
    """
    settings = view.settings
    value = value or view.setting(key)
    written = item_ranges(view, settings, key)
    if value is not None and value.origin is not None and not value.is_unknown:
        return value.origin
    return (
        written[1] if written is not None else first_line(settings.origin, view.range("settings"))
    )


def use_of(view: View, key: str, range_: Range) -> tuple[RelatedRange, ...]:
    """Where a setting that is written somewhere else is used."""
    argument = view.range("settings")
    if within(range_, argument):
        return ()
    written = item_ranges(view, view.settings, key)
    place = argument if written is None else written[1]
    return (RelatedRange(place, f"used as {key} here"),)


def first_line(range_: Range | None, otherwise: Range) -> Range:
    """The part of a range that stands on its first line."""
    range_ = range_ or otherwise
    length = range_.text.find("\n")
    return range_ if length < 0 else range_._replace(end=range_.start + length)


def map_range(view: View, name: str = "settings") -> Range:
    """What to point at where an element of a map argument is missing."""
    argument = view.argument(name)
    if argument is None:
        return view.header
    origin = argument.value.origin
    if origin is None or within(origin, argument.range):
        return argument.name_range
    return first_line(origin, argument.range)


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
        near = _meant(setting.name, absent, strangers)
        if near is not None:
            found.append(Missing(setting, near, close=True))
        elif len(absent) == len(strangers) == 1 and not open_:
            found.append(Missing(setting, strangers[0]))
        else:
            found.append(Missing(setting))
    return found


def _meant(name: str, absent: list[Setting], strangers: list[str]) -> str | None:
    """The one stranger that is closest to ``name`` and to no other missing setting."""
    if not strangers:
        return None
    from symlint.lint.suggest import close_name

    near = close_name(name, strangers)
    if near is None or close_name(near, [it.name for it in absent]) != name:
        return None
    return near


def missing_finding(rule: Rule, view: View, missing: Missing, *, what: str, why: str) -> Finding:
    """The finding for a required setting of ``view`` that is not given.

    ``what`` is the thing in words: "okta_group target".
    """
    name, stranger = missing.setting.name, missing.stranger
    range_, fix = map_range(view), None
    help_ = f"add it:\n{_line(view, missing.setting)}"
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


# --- settings that are something else -----------------------------------------------------------


class WrongSource(NamedTuple):
    """What a setting is instead of what it must be: "is ``what``", at ``range``."""

    what: str
    label: str
    range: Range
    replacement: str | None = None


_NEVER: Final = frozenset(("arn", "name", "description", "display_name", "label", "path"))


def wrong_source(view: View, setting: Setting, value: Value) -> WrongSource | None:
    """What a setting of ``view`` surely is that it must not be, going by what it was read from."""
    place = Place(view.sym, view.module, setting_range(view, setting.name))
    return wrong_read(place, setting, value)


class Place(NamedTuple):
    """Where a value is used: in which module, and the text to change if nothing else is."""

    sym: SymConfiguration
    module: ModuleInstance
    range: Range


def wrong_read(place: Place, setting: Setting, value: Value) -> WrongSource | None:
    """What a value surely is that must be what ``setting`` is; None where nothing is wrong."""
    read = place.sym.output_read(value)
    if read is not None:
        return _of_module(place, setting, read)
    reference = value.reference
    if reference is None:
        hop = last_resource_hop(value)
        reference = None if hop is None else hop.reference
    if reference is None:
        return _quoted(place, value)
    address, path = reference.address, reference.path
    range_ = read_at(value, address) or place.range
    kind = address.type
    if address.kind == "module":
        return _of_other_module(place, setting, reference, range_)
    if kind.startswith("sym_") and setting.reference is None and path[:1] == ("id",):
        one = with_article(noun(kind))
        return WrongSource(f"the id of {one}", "an id that only Sym knows", range_)
    right = setting.from_resources.get(kind)
    if right is None or not all(isinstance(step, str) for step in path[:1]):
        return None
    if not path:
        whole = f"{with_article('whole ' + kind)}"
        return WrongSource(whole, f"the whole {kind}", range_, _replaced(range_, "", right[0]))
    taken = str(path[0])
    if taken in right or not _is_other(place.sym, kind, taken, address.kind == "resource"):
        return None
    replacement = _replaced(range_, f".{taken}", right[0])
    return WrongSource(
        f"the {taken} of {with_article(kind)}", f"not its {right[0]}", range_, replacement
    )


def _of_module(place: Place, setting: Setting, read: OutputRead) -> WrongSource | None:
    """What an output of one of Sym's modules is, where that is not what the setting is called."""
    gives = read.gives
    if gives is None or gives == setting.name:
        return None
    what = {"settings": "all of the settings"}.get(gives, f"the {gives.replace('_', ' ')}")
    what = what.replace(" arn", " ARN").replace("role ", "role's ")
    return WrongSource(
        f"{what} of {with_article(read.module.title)}", what, read.range or place.range
    )


def _of_other_module(
    place: Place, setting: Setting, reference: Reference, range_: Range
) -> WrongSource | None:
    """What an output of some module is by its own name, where that is a name or an ARN."""
    format_ = place.sym.catalogue.formats.get(setting.format or "")
    if format_ is None or len(reference.path) != 1:
        return None
    output = str(reference.path[0])
    word = output.lower().replace("-", "_").rpartition("_")[2]
    wanted = "arn" if "ARN" in format_.description else None
    if word == wanted or word not in ("arn", "name") or (word == "name" and wanted is None):
        return None
    return WrongSource(f"the {output} of a module", f"not {format_.description}", range_)


def _is_other(sym: SymConfiguration, kind: str, attribute: str, is_resource: bool) -> bool:
    """Whether an attribute of another provider's resource is known to be something else."""
    entry = sym.catalogue.external_resources.get(kind)
    known = () if entry is None else (
        *entry.name_attributes, *entry.arn_attributes, *entry.other_attributes
    )  # fmt: skip
    if attribute == "id":
        return is_resource and "id" in known
    return attribute in known or attribute in _NEVER


def _replaced(range_: Range, ending: str, attribute: str) -> str | None:
    """The reference with another attribute at its end."""
    text = range_.text
    if "\n" in text or not text.endswith(ending) or not text[-1:].isalnum():
        return None
    return f"{text.removesuffix(ending)}.{attribute}"


def _quoted(place: Place, value: Value) -> WrongSource | None:
    """A text that spells out a reference to something that is declared in the module."""
    text = value.string
    if text is None or "." not in text or value.origin is None:
        return None
    bare = text.strip().removeprefix("$${").removeprefix("${").removesuffix("}").strip()
    steps = bare.removeprefix("data.").split(".")
    declared = place.module.module
    key = (steps[0].partition("[")[0], steps[1].partition("[")[0])
    if key in declared.resources or key in declared.data:
        range_, plain = value.origin, bare.replace(".", "").replace("_", "").isalnum()
        what = "a reference in quotes, which is plain text"
        return WrongSource(what, "a text, no reference", range_, bare if plain else None)
    return None
