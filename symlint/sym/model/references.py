"""Builds the reference to a resource or module output as written in a given module."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import View
    from symlint.terraform.instances.protocols import ModuleNames


def reference_to(view: View, attribute: str = "id") -> str | None:
    """The reference to an attribute inside the module of ``view``; None for repeated blocks."""
    if view.instance.declaration.repeated is not None:
        return None
    return f"{view.local_name}.{attribute}"


def output_of(module: SymModule, meaning: str) -> str | None:
    """The output by which a module gives ``meaning`` ("role_arn"), as it is written beside its call."""
    paths = module.entry.paths_to(meaning, module.newest)
    return ".".join((module.local_name, *paths[0].path)) if paths else None


def output_reference(module: SymModule | None, meaning: str, inside: ModuleNames) -> str | None:
    """The same where it can be written ``inside`` another module instance: beside a single call."""
    if module is None or module.call.parent is not inside:
        return None
    if module.call.declaration.repeated is not None:
        return None
    return output_of(module, meaning)
