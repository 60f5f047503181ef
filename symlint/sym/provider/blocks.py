"""The blocks of the Sym provider: resources, data sources, provider blocks, nested blocks.

Unlike the views, which are what exists, these are what is written: Terraform checks a resource
with ``count = 0``, and one of a module that is never called, as it checks any other. It does so
before it knows any variable.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.source.cutting import cut
from symlint.sym.words import LOCAL_NAME
from symlint.terraform.instances.bodies import ConfiguredBody
from symlint.terraform.instances.expansion import symbolic_repetition
from symlint.terraform.instances.module_instance import ModuleCallInstance
from symlint.terraform.instances.resource_instance import ResourceInstance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Provider
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.bodies import BlockInstance
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.modules.declarations import (
        Module,
        ProviderConfiguration,
        ResourceDeclaration,
    )

_NO_INSTANCE: Final = "the block has no instances"


class Place(NamedTuple):
    """Where arguments stand: a block, a nested block, or a map that takes the place of one.

    ``kind`` is the resource type ("" for data sources and provider blocks), ``title`` is what messages call it, ``path`` leads from the resource to it ("params."), and
    ``header`` is what stands for the whole where an argument is missing.
    """

    address: str
    kind: str
    title: str
    path: str
    header: Range
    module: ModuleNames

    def inside(self, title: str, header: Range) -> Place:
        """The place of a nested block."""
        return self._replace(title=title, path=f"{self.path}{title}.", header=header)


def modules_as_written(sym: Lookup) -> Iterator[ModuleInstance]:
    """All module instances, and one of each module that has none; without Sym's own modules."""
    absent: list[ModuleCallInstance] = []
    seen = set()
    for module in sym.module_instances:
        yield module
        seen.add(module.directory)
        absent += _absent_calls(module)
    while absent:
        call = absent.pop()
        child = None if sym.module_of(call) is not None else call.module
        if child is None or child.directory in seen:
            continue
        seen.add(child.directory)
        yield child
        absent += reversed([*child.module_calls(), *_absent_calls(child)])


def _absent_calls(module: ModuleInstance) -> Iterator[ModuleCallInstance]:
    """An instance of each call that makes none."""
    for name, declaration in module.module.calls.items():
        group = module.call_group(name)
        if group is not None and not group.instances:
            repetition = symbolic_repetition(group.expansion.mode, _NO_INSTANCE)
            yield ModuleCallInstance(module, declaration, repetition)


def instances_as_written(
    module: ModuleInstance, declaration: ResourceDeclaration
) -> Iterator[ResourceInstance]:
    """The instances of a block; where it makes none, one that could be."""
    group = module.resource_group(declaration.kind, declaration.type, declaration.name)
    if group is None:
        return
    if group.instances:
        yield from group.instances.values()
        return
    repetition = symbolic_repetition(group.expansion.mode, _NO_INSTANCE)
    yield ResourceInstance(module, declaration, repetition, module.scope_of(repetition))


def provider_body(module: ModuleInstance, declaration: ProviderConfiguration) -> ConfiguredBody:
    """What a provider block says."""
    return ConfiguredBody(declaration.block.body, module.scope)


def place_of(instance: ResourceInstance) -> Place:
    """The place of a resource's own arguments."""
    is_data = instance.declaration.kind == "data"
    kind, title = (
        ("", f"data source {instance.type}") if is_data else (instance.type, instance.type)
    )
    return Place(cut(str(instance.address)), kind, title, "", instance.range, instance.module)


def provider_place(module: ModuleInstance, declaration: ProviderConfiguration) -> Place:
    """The place of a provider block's arguments."""
    address = f"provider.{declaration.local_name}"
    prefix = ".".join(map(str, module.path))
    return Place(
        f"{prefix}.{address}" if prefix else address,
        "",
        f'provider "{declaration.name}"',
        "",
        declaration.range,
        module,
    )


def header_of(block: BlockInstance) -> Range:
    """What stands for a nested block: of a ``dynamic`` one the header of its ``content``."""
    if block.block.type == "dynamic":
        content = next(block.block.body.blocks("content"), None)
        if content is not None:
            return content.header_range
    return block.range


def is_sym_type(type_name: str) -> bool:
    """Whether Terraform would look for a resource type in a provider called ``sym``."""
    return type_name.partition("_")[0] == LOCAL_NAME


def resembles_sym_type(
    declaration: ResourceDeclaration, module: Module, provider: Provider
) -> bool:
    """Whether a resource type is one of Sym's, but for a slip of the hand before the first ``_``.

    Such as ``syn_flow`` in a module that requires no provider ``syn``.
    """
    prefix, _, rest = declaration.type.partition("_")
    if f"{LOCAL_NAME}_{rest}" not in provider.resources or "provider" in declaration.attributes:
        return False
    if prefix in module.provider_requirements:
        return False
    return prefix.startswith(LOCAL_NAME) or _is_one_edit(prefix, LOCAL_NAME)


def _is_one_edit(one: str, other: str) -> bool:
    """Whether two words differ by one letter added, left out or replaced, or by two swapped."""
    if len(one) == len(other):
        different = [at for at in range(len(one)) if one[at] != other[at]]
        return len(different) == 1 or (len(different) == 2 and sorted(one) == sorted(other))
    shorter, longer = sorted((one, other), key=len)
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )
