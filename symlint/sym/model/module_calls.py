"""Calls of Sym's modules as they are written: their versions, and the outputs that are read."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import AttributeStep
from symlint.terraform.modules.references import free_traversals
from symlint.terraform.modules.sites import sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup
    from symlint.sym.versions import Version
    from symlint.terraform.instances.module_instance import ModuleInstance


def called_modules(sym: Lookup) -> Iterator[SymModule]:
    """The calls of Sym's modules, the instances of one call once."""
    seen = set()
    for module in sym.modules:
        key = module.header.sort_key()
        if key not in seen:
            seen.add(key)
            yield module


def opaque_version(module: SymModule) -> Version | None:
    """The version that Terraform would install; None where the code is here or it is not known.

    Where the code is here Terraform's own checks report it.
    """
    if module.call.module is not None or not module.source.versions:
        return None
    return module.newest


def version_range(module: SymModule) -> Range:
    """The version constraint of a call; its source where it has none."""
    return module.call.argument_range("version") or (
        module.call.argument_range("source") or module.header
    )


def source_range(module: SymModule) -> Range:
    """The source of a call, where its text is written."""
    expression = module.call.declaration.source_expression
    return module.header if expression is None else expression.range


def pin(version: Version) -> str:
    """The constraint that keeps the major version: "~> 2.0"."""
    return f"~> {version.release[0]}.0"


class OutputReadAt:
    """An output of a module as an expression names it."""

    __slots__ = ("module", "name", "range", "text")

    def __init__(self, module: SymModule, name: str, range_: Range, text: str) -> None:
        self.module: Final = module
        self.name: Final = name
        self.range: Final = range_
        self.text: Final = text


def outputs_read(sym: Lookup) -> Iterator[OutputReadAt]:
    """All outputs of Sym's modules that expressions name, in the order in which they stand."""
    seen = set()
    for module in sym.module_instances:
        if module.directory in seen:
            continue
        seen.add(module.directory)
        if any(
            sym.catalogue.module_for(call.source or "") for call in module.module.calls.values()
        ):
            yield from _read_in(sym, module)


def _read_in(sym: Lookup, module: ModuleInstance) -> Iterator[OutputReadAt]:
    for site in sites(module.module):
        if site.whole:
            continue
        for traversal in free_traversals(site.expression, site.bound):
            steps = traversal.steps
            if traversal.root != "module" or len(steps) < 2:
                continue
            first = steps[0]
            rest = steps[1:] if type(steps[1]) is AttributeStep else steps[2:]
            group = module.call_group(first.name) if type(first) is AttributeStep else None
            if group is None or not group.instances or not rest:
                continue
            called = sym.module_of(next(iter(group.instances.values())))
            step = rest[0]
            if called is not None and type(step) is AttributeStep:
                whole = step.range
                range_ = whole._replace(start=whole.end - len(step.name))
                yield OutputReadAt(called, step.name, range_, traversal.range.text)
