"""What Sym's modules make, under names that their inputs decide."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.equality import is_single

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.sym.catalogue.module_parts import Addon, Creation
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.instances.groups import Instance
    from symlint.terraform.instances.module_instance import ModuleCallInstance
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import Reference
    from symlint.terraform.values.value import Value

Part: TypeAlias = "str | tuple[str, Reference]"


class Made(NamedTuple):
    """A resource that a module makes.

    ``parts`` are the pieces of its name, known text or what stands for it: equal parts are equal
    names, whatever they turn out to be. ``addon`` is that of a runtime connector which makes it.
    """

    module: SymModule
    creation: Creation
    parts: tuple[Part, ...]
    addon: Addon | None = None

    @property
    def name(self) -> str | None:
        """The name where it is known."""
        texts = [part for part in self.parts if isinstance(part, str)]
        return "".join(texts) if len(texts) == len(self.parts) else None


def made_by(module: SymModule) -> Iterator[Made]:
    """What every version of a module that the call admits makes; names as far as known."""
    for creation in module.entry.creates:
        parts = name_parts(creation, module.entry, _inputs(module))
        if parts is not None and _is_always_made(module, creation):
            yield Made(module, creation, parts)
    yield from _made_by_addons(module)


def _is_always_made(module: SymModule, creation: Creation) -> bool:
    limits = creation.since, creation.until
    return limits == (None, None) or module.share(*limits) == "all"


def name_parts(
    creation: Creation, entry: RegistryModule, inputs: Mapping[str, Value]
) -> tuple[Part, ...] | None:
    """The pieces of a name; None where nothing is known of one of them."""
    parts: list[Part] = []
    for piece in creation.name.split("{"):
        placeholder, closed, text = piece.rpartition("}")
        if closed:
            part = _part(placeholder, entry, inputs)
            if part is None:
                return None
            parts.append(part)
        parts.append(text)
    return tuple(part for part in parts if part)


def coexist(
    one: ModuleCallInstance | ResourceInstance, other: ModuleCallInstance | ResourceInstance
) -> bool:
    """Whether both surely exist wherever one of them does.

    False where that hangs on a ``count`` or ``for_each`` that is not known, of one of them or of
    a module that only one of them stands in.
    """
    mine, its = _with_calls(one), _with_calls(other)
    shared = {id(it) for it in mine} & {id(it) for it in its}
    return all(it.repetition.certain for it in (*mine, *its) if id(it) not in shared)


def _with_calls(
    instance: ModuleCallInstance | ResourceInstance,
) -> list[Instance]:
    """An instance and the calls of the modules that it stands in."""
    found: list[Instance] = [instance]
    module = instance.scope.module
    while module.call is not None:
        found.append(module.call)
        module = module.call.parent
    return found


def title(text: str) -> str:
    """What Terraform's ``title`` makes of a text.

    A word begins after anything but letters, digits and underscores.
    """
    letters, is_within = [], False
    for letter in text:
        letters.append(letter if is_within else letter.upper())
        is_within = letter.isalnum() or letter == "_"
    return "".join(letters)


def _inputs(module: SymModule) -> dict[str, Value]:
    return {
        attribute.name: module.value(attribute.name)
        for attribute in module.call.declaration.arguments
    }


def _part(placeholder: str, entry: RegistryModule, inputs: Mapping[str, Value]) -> Part | None:
    """What a placeholder ``input`` or ``title(input)`` stands for."""
    function, _, name = placeholder.rstrip(")").rpartition("(")
    value = inputs.get(name)
    if value is None:
        forms = entry.inputs.get(name, ())
        default = forms[-1].default if forms else None
        text = default if isinstance(default, str) else None
    else:
        text = value.string
    if text is not None:
        return title(text) if function else text
    reference = None if value is None else value.reference
    if reference is None or not is_single(reference):
        return None
    return function, reference


def _made_by_addons(module: SymModule) -> Iterator[Made]:
    """What the ``addons`` of a runtime connector make.

    They are modules inside of it, whose ``environment`` is that of the connector or comes from
    ``addon_params``.
    """
    addons = module.entry.addons
    forms = module.entry.inputs.get("addons", ())
    if not addons or any(module.share(it.since, it.until) != "all" for it in forms):
        return
    for element in module.value("addons").elements or ():
        addon = addons.get(element.string or "")
        entry = None if addon is None else module.catalogue.modules.get(addon.module)
        inputs = None if addon is None else _addon_inputs(module, addon)
        if addon is None or entry is None or inputs is None:
            continue
        for creation in entry.creates:
            parts = name_parts(creation, entry, inputs)
            if creation.since is None and creation.until is None and parts is not None:
                yield Made(module, creation, parts, addon)


def _addon_inputs(module: SymModule, addon: Addon) -> dict[str, Value] | None:
    """The inputs of an addon inside a runtime connector; None where they are not known."""
    environment = module.environment
    if environment is None:
        return None
    inputs = {environment.name: environment.value}
    params = module.value("addon_params")
    if params.is_null or "tag_value" not in addon.params:
        return inputs
    if params.items is None:
        return None
    own = params.items.get(addon.name)
    if own is None:
        return inputs
    if own.items is None:
        return None
    tag = own.items.get("tag_value")
    return inputs if tag is None else {environment.name: tag}
