"""What a text of the command line names: addresses with or without keys, modules, files of Python."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.sym.access.reach.passages import dependencies_of
from symlint.sym.implementation.carried import implementations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.addresses import Address


def ends_of(sym: SymConfiguration, text: str) -> tuple[Address, ...]:
    """What an address, or the end of one after a dot, names: the nodes of ``Dependencies``.

    A module is all that is in it. A file of Python is what carries it.
    """
    dependencies = dependencies_of(sym)
    nodes = list(dependencies.nodes())
    blocks = sym.graph.find(text)
    found = [it for it in nodes if str(it) == text]
    found = found or [it for block in blocks for it in dependencies.at(block)]
    found = found or [it for it in nodes if str(it).endswith("." + text)]
    modules = [block for block in blocks if block.kind == "module"]
    found += [node for block in modules for node in nodes if _is_in(node, block)]
    return tuple(dict.fromkeys(found or _carriers(sym, text)))


def known_names(sym: SymConfiguration) -> Iterator[str]:
    """Everything that can be named."""
    yield from map(str, dependencies_of(sym).nodes())
    for one in sym.once(implementations):
        for source in () if one.code is None else one.code.files:
            yield os.path.relpath(source.path, sym.terraform.directory)


def _is_in(node: Address, module: Address) -> bool:
    names = [*(step.name for step in module.module), module.name]
    return [step.name for step in node.module[: len(names)]] == names


def _carriers(sym: SymConfiguration, text: str) -> Iterator[Address]:
    """What carries a file of Python: by its path from here or from the root module, or by its name."""
    paths = (os.path.abspath(text), os.path.normpath(os.path.join(sym.terraform.directory, text)))
    for one in sym.once(implementations):
        for source in () if one.code is None else one.code.files:
            if source.path in paths or os.path.basename(source.path) == text:
                yield one.view.address
