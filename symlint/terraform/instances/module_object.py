"""A called module as a value: its outputs."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.modules.known import Shape
from symlint.terraform.values.types import ANY
from symlint.terraform.values.value import (
    ObjectReference,
    OutputObject,
    Text,
    Unknown,
    Value,
    unknown,
)

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.terraform.instances.protocols import CallNames
    from symlint.terraform.modules.known import KnownAttributes, ModuleInterfaces
    from symlint.terraform.values.addresses import Reference

_REASON: Final = "the code of the module is not here"


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
        shape = Shape()
        if interfaces is not None and source is not None:
            shape = interfaces.shape(source, name)
        return _given(shape, self.reference.step(name), self.call.range)


class GivenObject(OutputObject):
    """An object that a module gives whose code is not here, of which attributes are known."""

    __slots__ = ("_attributes", "_origin", "_reference")

    def __init__(self, attributes: KnownAttributes, reference: Reference, origin: Range) -> None:
        self._attributes: Final = attributes
        self._reference: Final = reference
        self._origin: Final = origin

    def __repr__(self) -> str:
        return f"GivenObject({self._reference})"

    @property
    def reference(self) -> Reference:
        """The output, or the part of it."""
        return self._reference

    @property
    def closed(self) -> bool:
        """Whether all attributes are known."""
        return self._attributes.closed

    def names(self) -> tuple[str, ...]:
        """The attributes that are known, in name order."""
        return tuple(sorted(self._attributes.names))

    def attribute(self, name: str) -> Value | None:
        """One attribute; None when the object surely has none of this name."""
        attributes = self._attributes
        if name not in attributes.names and attributes.closed:
            return None
        shape = attributes.shape(name) if name in attributes.names else Shape()
        return _given(shape, self._reference.step(name), self._origin)

    def missing(self, name: str) -> str:
        """That there is no attribute of this name, as a message."""
        return self._attributes.missing(name)


def _given(shape: Shape, reference: Reference, origin: Range) -> Value:
    """A value that a module gives whose code is not here."""
    if shape.attributes is not None:
        return Value(ANY, GivenObject(shape.attributes, reference, origin), origin)
    text = None if shape.characters is None else Text(shape.characters)
    content = Unknown("module", _REASON, reference, not_null=shape.not_null, text=text)
    return Value(shape.type, content, origin)
