"""Required settings that are not given or empty, and what was written in their place."""

from __future__ import annotations

from collections import Counter

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.model.modules import SymModule
from symlint.sym.model.settings import item_ranges

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from symlint.source.text import Range
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.modules.declarations import Module, ResourceDeclaration
    from symlint.terraform.values.value import Value

_SEVERAL: Final = 2


class Missing(NamedTuple):
    """A required setting that is not given, and the given one that was probably meant to be it."""

    setting: Setting
    unexpected: str | None = None
    close: bool = False


def missing_settings(
    settings: Mapping[str, Setting], given: Collection[str], *, open_: bool = False
) -> list[Missing]:
    """The required settings that are not among ``given``; ``open_`` where others may be given."""
    absent = [it for it in settings.values() if it.required and it.name not in given]
    others = sorted(it for it in given if it not in settings)
    found = []
    for setting in absent:
        meant = _meant(setting.name, absent, others)
        if meant is not None:
            found.append(Missing(setting, meant, close=True))
        elif len(absent) == len(others) == 1 and not open_:
            found.append(Missing(setting, others[0]))
        else:
            found.append(Missing(setting))
    return found


def _meant(name: str, absent: list[Setting], others: list[str]) -> str | None:
    """The one of the others that is closest to ``name`` and to no other missing setting."""
    if not others:
        return None
    from symlint.source.close_names import close_name

    meant = close_name(name, others)
    if meant is None or close_name(meant, [it.name for it in absent]) != name:
        return None
    return meant


def meant_setting(view: View, name: str, settings: Mapping[str, Setting]) -> str | None:
    """The setting that is not given and that ``name``, which is none, was surely meant to be.

    It is close to it, or it is made of the same words as one that holds the ids of secrets, and
    does hold one; the only setting that there is goes for the only one that is given.
    """
    from symlint.source.close_names import close_name

    given = view.own_settings or frozenset()
    absent = [it for it in settings.values() if it.name not in given]
    close = close_name(name, [it.name for it in absent])
    if close is not None:
        return close
    if len(settings) == len(given) == len(absent) == 1 and absent[0].encoding == "plain":
        return absent[0].name
    for setting in absent:
        if setting.encoding == "json_list" and _words(name) <= _words(setting.name):
            value = view.setting(name)
            return setting.name if value is not None and _holds_secrets(view, value) else None
    return None


def _words(name: str) -> frozenset[str]:
    return frozenset(it.removesuffix("s") for it in name.lower().replace("-", "_").split("_"))


def _holds_secrets(view: View, value: Value) -> bool:
    """Whether a value is the id of a secret, or a list in JSON with one."""
    from symlint.sym.model.decoding import decoded_json

    decoded = decoded_json(value, view.instance, view.sym.terraform)
    argument, reference = view.range("settings"), "sym_integration.settings"
    held = (value,) if decoded is None else (decoded, *(decoded.elements or ()))
    return any(view.sym.resolve(it, argument, reference).view is not None for it in held)


def empty_settings(view: View, settings: Mapping[str, Setting]) -> list[tuple[Setting, Value]]:
    """The required settings of ``view`` that have a value, and an empty one.

    Those that prompt fields fill in are left out.
    """
    bound = {it.string for it in view.value("field_bindings").elements or ()}
    found = []
    for setting in settings.values():
        if setting.required and not setting.may_be_empty and setting.name not in bound:
            value = view.setting(setting.name)
            if value is not None and value.content == "":
                found.append((setting, value))
    return found


def is_left_to_the_caller(sym: Lookup, value: Value) -> bool:
    """Whether a value is what a variable of the root module has where nobody sets it.

    A default that is empty says that somebody has to: a value that no file here needs to show.
    """
    origin = value.origin
    if origin is None:
        return False
    variables = sym.terraform.root.module.variables.values()
    return any(origin.is_within(it.block.range) for it in variables)


def unexpected_range(view: View, missing: Missing) -> Range | None:
    """Where the key of settings, or the name among field_bindings, that was given is written."""
    unexpected = missing.unexpected
    if unexpected is None:
        return None
    written = item_ranges(view.sym, view.settings, unexpected)
    if written is not None:
        return written[0]
    for element in view.value("field_bindings").elements or ():
        if element.string == unexpected:
            return element.origin
    return None


def line_for(view: View, setting: Setting) -> str:
    """The line to paste for a setting."""
    connector = getattr(view, "connector", None)
    if isinstance(connector, SymModule) and connector.entry.external_id == setting.name:
        return f"  {setting.name} = {connector.local_name}.settings.{setting.name}"
    for type_name, attributes in setting.from_resources.items():
        declared = [it for it in _declared(view, type_name) if it.repeated is None]
        if len(declared) == 1:
            return f"  {setting.name} = {declared[0].local_name}.{attributes[0]}"
    if setting.reference is not None:
        return f"  {setting.name} = {_only(view, setting.reference)}.id"
    format_ = None if setting.format is None else view.sym.catalogue.formats.get(setting.format)
    example = format_.example if format_ is not None else (setting.allowed or ("...",))[0]
    return f'  {setting.name} = "{example}"'


def _declared(view: View, type_name: str) -> Sequence[ResourceDeclaration]:
    """The resources and data sources of a type that are declared beside ``view``.

    Of many, two that are alike stand for all: nobody asks which of several it is.
    """
    module = view.module.module
    by_type = view.sym.once_for((_declared, module.directory), lambda: _by_type(module))
    return by_type.get(type_name, ())


def _by_type(module: Module) -> dict[str, list[ResourceDeclaration]]:
    found: dict[str, list[ResourceDeclaration]] = {}
    alike: Counter[tuple[str, str, bool]] = Counter()
    for it in (*module.resources.values(), *module.data.values()):
        kind = it.type, it.kind, it.repeated is None
        alike[kind] += 1
        if alike[kind] <= _SEVERAL:
            found.setdefault(it.type, []).append(it)
    return found


def _only(view: View, type_name: str) -> str:
    """The one resource of a type that is declared beside ``view``, as it is written there."""
    declared = [it for it in _declared(view, type_name) if it.kind == "resource"]
    single = len(declared) == 1 and declared[0].repeated is None
    return declared[0].local_name if single else f"{type_name}.<name>"
