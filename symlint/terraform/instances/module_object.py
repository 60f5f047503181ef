"""A called module as a value: its outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.terraform.values.types import ANY
from symlint.terraform.values.value import ObjectReference, Unknown, Value, unknown

if TYPE_CHECKING:
    from symlint.terraform.instances.protocols import CallNames
    from symlint.terraform.modules.known import ModuleInterfaces
    from symlint.terraform.values.addresses import Reference


class ModuleObject(ObjectReference):
    """One instance of a module call: its outputs."""

    __slots__ = ("call",)

    def __init__(self, call: CallNames) -> None:
        self.call: Final = call

    def __repr__(self) -> str:
        return f"ModuleObject({self.call.address})"

    @property
    def reference(self) -> Reference:
        """The module call instance."""
        return self.call.reference

    @property
    def closed(self) -> bool:
        """Whether all outputs of the module are known."""
        child = self.call.module
        if child is not None:
            return child.module.complete
        return self._known() is not None

    def names(self) -> tuple[str, ...]:
        """The outputs of the module as far as they are known."""
        child = self.call.module
        if child is not None:
            return tuple(sorted(child.module.outputs))
        return tuple(sorted(self._known() or ()))

    def attribute(self, name: str) -> Value | None:
        """The value of one output; None when the module surely has no such output."""
        child = self.call.module
        if child is None:
            known = self._known()
            if known is not None and name not in known:
                return None
            return self._opaque(name)
        value = child.output(name)
        if value is None and not child.module.complete:
            return unknown("error", "a syntax error hides a part of the module")
        return value

    # --- where the code is not here ---

    @property
    def _interfaces(self) -> ModuleInterfaces | None:
        return self.call.parent.evaluation.options.interfaces

    def _known(self) -> frozenset[str] | None:
        """All outputs of the module, where somebody knows them."""
        interfaces, declaration = self._interfaces, self.call.declaration
        if interfaces is None or declaration.source is None:
            return None
        return interfaces.outputs(declaration.source, declaration.version)

    def _opaque(self, name: str) -> Value:
        interfaces, source = self._interfaces, self.call.declaration.source
        parts = None if interfaces is None or source is None else interfaces.parts(source, name)
        reason = "the code of the module is not here"
        content = Unknown("module", reason, self.reference.step(name), parts=parts)
        return Value(ANY, content, self.call.range)
