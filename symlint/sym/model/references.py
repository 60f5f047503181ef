"""How one thing is referred to where another one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import View


def reference_to(view: View, attribute: str = "id") -> str | None:
    """The reference to an attribute inside the module of ``view``; None for repeated blocks."""
    if view.instance.declaration.repeated is not None:
        return None
    return f"{view.local_name}.{attribute}"


def role_reference(runtime: SymModule, beside: SymModule) -> str | None:
    """How the ARN of a runtime connector's role is written beside another module's call."""
    if runtime.call.parent is not beside.call.parent:
        return None
    if runtime.call.declaration.repeated is not None:
        return None
    version = runtime.newest
    paths = runtime.entry.paths_to("role_arn", version)
    return ".".join((runtime.local_name, *paths[0].path)) if paths else None


def role_name_reference(runtime: SymModule, beside: SymModule) -> str | None:
    """How the name of a runtime connector's role is written beside another module's call."""
    if runtime.call.parent is not beside.call.parent:
        return None
    if runtime.call.declaration.repeated is not None:
        return None
    paths = runtime.entry.paths_to("role_name", runtime.newest)
    return ".".join((runtime.local_name, *paths[0].path)) if paths else None
