"""Values of a configuration that a test asks functions about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.value import Value


def locals_of(sym: SymConfiguration, prefix: str = "") -> dict[str, Value]:
    """The locals of the root module whose names begin so, in order."""
    root = sym.terraform.root
    found = {name: root.local(name) for name in root.module.locals if name.startswith(prefix)}
    return {name: value for name, value in found.items() if value is not None}
