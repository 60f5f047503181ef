"""Values that were read from the wrong thing: another attribute, another resource, a whole one."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.model.link_resolution import last_resource_hop, read_at
from symlint.sym.model.settings import near
from symlint.sym.words import noun, with_article

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.model.modules import OutputRead
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.values.addresses import Reference
    from symlint.terraform.values.value import Value


class WrongSource(NamedTuple):
    """What a setting is instead of what it must be: "is ``what``", at ``range``."""

    what: str
    label: str
    range: Range
    replacement: str | None = None


_NEVER: Final = frozenset(("arn", "name", "description", "display_name", "label", "path"))


def wrong_source(view: View, setting: Setting, value: Value) -> WrongSource | None:
    """What a setting of ``view`` surely is that it must not be, going by what it was read from."""
    return wrong_read(Place(view.sym, view.module, near(view, value)), setting, value)


class Place(NamedTuple):
    """Where a value is used: in which module, and the text to change if nothing else is."""

    sym: Lookup
    module: ModuleNames
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
    # The data source calls the name group_name.
    has_it = (address.kind, kind) != ("data", "aws_iam_group")
    if not path:
        whole = f"{with_article('whole ' + kind)}"
        replacement = _replaced(range_, "", right[0]) if has_it else None
        return WrongSource(whole, f"the whole {kind}", range_, replacement)
    taken = str(path[0])
    if taken in right or not _is_other(place.sym, kind, taken, address.kind == "resource"):
        return None
    replacement = _replaced(range_, f".{taken}", right[0]) if has_it else None
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


def _is_other(sym: Lookup, kind: str, attribute: str, is_resource: bool) -> bool:
    """Whether an attribute of another provider's resource is known to be something else."""
    entry = sym.catalogue.external_resources.get(kind)
    known = () if entry is None else (
        *entry.name_attributes, *entry.arn_attributes, *entry.other_attributes
    )  # fmt: skip  # as many a line as fit
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
        what = "a reference in quotes, which is a plain string"
        return WrongSource(what, "not a reference", range_, bare if plain else None)
    return None
