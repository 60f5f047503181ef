"""Which blocks have instances: ``count`` or ``for_each`` may be empty, here or further out."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from operator import itemgetter

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.modules.declarations import Declaration, Module

_KEY: Final = r'\[(?:"(?:[^"\\]|\\.)*"|\d+|\?)\]'
_MODULE_PATH: Final = r"(?:module\.[^.]+\.)*"
_WITHOUT_INSTANCES: Final = ("var", "local", "output", "provider", "check", "terraform")


class Existing:
    """The blocks that have an instance in one of the configurations that were added."""

    __slots__ = ("_blocks", "_directories", "_names")

    def __init__(self, configuration: Configuration) -> None:
        self._names: Final[dict[str, set[str]]] = {"": set()}
        """The addresses of blocks in their modules, by the calls that lead to these."""
        self._blocks: Final[set[tuple[str, str]]] = set()
        self._directories: Final[set[str]] = set()
        self.add(configuration)

    def add(self, configuration: Configuration) -> None:
        """Take note of the instances of one more configuration of the same modules."""
        for module in configuration.modules():
            prefix = "".join(f"module.{step.name}." for step in module.path)
            names = self._names.setdefault(prefix, set())
            self._directories.add(module.directory)
            for name in _existing(module):
                names.add(name)
                self._blocks.add((module.directory, name))

    def has(self, address: str) -> bool:
        """Whether the block at an address, with instance keys or without, has instances.

        What can have none, such as a provider, exists where its module does.
        """
        path, name = _split(address)
        if name.partition(".")[0] in _WITHOUT_INSTANCES:
            return path in self._names
        return name in self._names.get(path, ())

    def has_block(self, directory: str, address: str) -> bool:
        """The same for any instance of a module; ``address`` begins in it."""
        path, name = _split(address)
        if path:
            name = ".".join(path.split(".", 2)[:2])
        elif name.partition(".")[0] in _WITHOUT_INSTANCES:
            return directory in self._directories
        return (directory, name) in self._blocks

    def text_without(self, modules: Iterable[Module]) -> TextWithoutInstances:
        """The text of modules of which there is no instance."""
        directories = set()
        blocks: list[Range] = []
        for module in modules:
            if module.directory not in self._directories:
                directories.add(module.directory)
                continue
            for name, declaration in _declared(module):
                if (module.directory, name) not in self._blocks:
                    blocks.append(declaration.block.range)
        return TextWithoutInstances(directories, blocks)


class TextWithoutInstances:
    """Whole modules, by directory, and single blocks of others, none inside another one."""

    __slots__ = ("_modules", "_spans")

    def __init__(self, modules: set[str], blocks: Iterable[Range]) -> None:
        self._modules: Final = modules
        self._spans: Final[dict[str, list[tuple[int, int]]]] = {}
        for block in sorted(blocks, key=Range.sort_key):
            self._spans.setdefault(block.path, []).append((block.start, block.end))

    @property
    def directories(self) -> list[str]:
        """The directories of the modules that it is in, in path order."""
        return sorted({*self._modules, *map(os.path.dirname, self._spans)})

    def covers(self, range_: Range) -> bool:
        """Whether a range begins in it."""
        if os.path.dirname(range_.path) in self._modules:
            return True
        spans = self._spans.get(range_.path, ())
        after = bisect_right(spans, range_.start, key=itemgetter(0))
        return after > 0 and range_.start < spans[after - 1][1]


def _split(address: str) -> tuple[str, str]:
    """The calls that lead to a module, with a dot at the end, and the rest; without keys."""
    plain = re.sub(_KEY, "", address)
    path = re.match(_MODULE_PATH, plain)
    assert path is not None  # for it matches the empty string
    return path[0], plain[path.end() :]


def _declared(module: Module) -> Iterator[tuple[str, Declaration]]:
    """What may have instances, by its address in the module."""
    for resource in module.all_resources:
        yield resource.local_name, resource
    for name, call in module.calls.items():
        yield f"module.{name}", call


def _existing(module: ModuleInstance) -> Iterator[str]:
    for resource in module.module.all_resources:
        if resource.repeated is not None:
            group = module.resource_group(resource.kind, resource.type, resource.name)
            if group is not None and not group.instances:
                continue
        yield resource.local_name
    for name in module.module.calls:
        calls = module.call_group(name)
        if calls is None or calls.instances:
            yield f"module.{name}"
