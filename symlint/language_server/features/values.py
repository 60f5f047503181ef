"""What an expression is in each instance of the block that it stands in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.terraform.modules.declarations import RESOURCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.hcl.nodes import Block, Expression
    from symlint.language_server.features.cursor import Cursor
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.instances.module_scope import ModuleScope
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value

MOST_INSTANCES: Final = 8
"""How many instances of a block are looked at for one question."""


def modules_of(sym: SymConfiguration, path: str) -> Iterator[ModuleInstance]:
    """The instances of the module that a file belongs to."""
    directory = os.path.dirname(path)
    for module in sym.terraform.modules():
        if module.directory == directory:
            yield module


def scopes(
    sym: SymConfiguration, path: str, block: Block | None
) -> Iterator[tuple[str, ModuleScope]]:
    """The scopes of the instances of a block, with the address of each; "" for that of the root."""
    for module in modules_of(sym, path):
        labels = [] if block is None else [label.value for label in block.labels]
        instances: Iterable[tuple[Address, ModuleScope]] = ()
        if block is not None and block.type in RESOURCE_KINDS and len(labels) == 2:
            group = module.resource_group(RESOURCE_KINDS[block.type], labels[0], labels[1])
            made = () if group is None else group.instances.values()
            instances = ((it.address, it.scope) for it in made)
        elif block is not None and block.type == "module" and len(labels) == 1:
            calls = module.call_group(labels[0])
            called = () if calls is None else calls.instances.values()
            instances = ((it.address, it.scope) for it in called)
        else:
            yield ".".join(map(str, module.path)), module.scope
        for address, scope in instances:
            yield str(address), scope


def values_at(
    sym: SymConfiguration, cursor: Cursor, expression: Expression
) -> list[tuple[str, Value]]:
    """What an expression around a place is, in some instances of its block, by their addresses."""
    found = []
    for address, scope in scopes(sym, cursor.path, cursor.block):
        found.append((address, scope.evaluate(expression)))
        if len(found) == MOST_INSTANCES:
            break
    return found
