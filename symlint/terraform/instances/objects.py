"""Whole resources and modules as values, their attributes looked up on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from symlint.terraform.modules.builtin import BUILTIN_TYPES
from symlint.terraform.modules.declarations import RESOURCE_META_ARGUMENTS
from symlint.terraform.values.types import STRING
from symlint.terraform.values.value import ObjectReference, Value, null, unknown

if TYPE_CHECKING:
    from symlint.terraform.instances.instances import ModuleCallInstance, ResourceInstance
    from symlint.terraform.modules.declarations import ResourceKind
    from symlint.terraform.values.addresses import Reference
    from symlint.terraform.values.types import Type
    from symlint.terraform.values.value import Parts


class Schema(Protocol):
    """What providers say of their resource types, as far as somebody knows it."""

    def attributes(self, kind: ResourceKind, type_name: str) -> frozenset[str] | None:
        """All attributes that a resource of this type has; None when that is not known."""

    def attribute_type(self, kind: ResourceKind, type_name: str, name: str) -> Type | None:
        """The type that a provider gives an attribute's value; None when that is not known."""


class ModuleInterfaces(Protocol):
    """What is known of modules whose code is not here."""

    def outputs(self, source: str, version: str | None) -> frozenset[str] | None:
        """All outputs of a module, of every version allowed; None when that is not known.

        ``source`` is as written; ``version`` is the constraint as written.
        """

    def parts(self, source: str, output: str) -> Parts | None:
        """All attributes of one output; None when they are not known."""


class ResourceObject(ObjectReference):
    """One instance of a resource, data source or ephemeral resource."""

    __slots__ = ("instance",)

    def __init__(self, instance: ResourceInstance) -> None:
        self.instance: Final = instance

    def __repr__(self) -> str:
        return f"ResourceObject({self.instance.address})"

    @property
    def reference(self) -> Reference:
        """The resource instance."""
        return self.instance.reference

    def _schema(self) -> frozenset[str] | None:
        declaration = self.instance.declaration
        builtin = BUILTIN_TYPES.get((declaration.kind, declaration.type))
        if builtin is not None:
            return builtin.attributes
        schema = self.instance.module.configuration.options.schema
        return None if schema is None else schema.attributes(declaration.kind, declaration.type)

    @property
    def closed(self) -> bool:
        """Whether the schema of the resource type is known."""
        return self._schema() is not None

    def names(self) -> tuple[str, ...]:
        """All attributes where the schema is known, otherwise those that are configured."""
        schema = self._schema()
        if schema is not None:
            return tuple(sorted(schema))
        body = self.instance.body
        found = {name for name in body.attributes if name not in RESOURCE_META_ARGUMENTS}
        return tuple(sorted(found | {"id"}))

    def attribute(self, name: str) -> Value | None:
        """The configured value, else one that the provider decides."""
        instance = self.instance
        declaration = instance.declaration
        schema = self._schema()
        if schema is not None and name not in schema:
            return None
        if (declaration.kind, declaration.type) == ("resource", "terraform_data"):
            return self._terraform_data(name)
        if name not in RESOURCE_META_ARGUMENTS:
            value = instance.attribute(name)
            # Null leaves the attribute to the provider, which may compute something else.
            if value is not None and not value.is_null:
                return self._typed(name, value)
        return instance.computed(name)

    def hidden_part(self, name: str, key: str | int) -> Value | None:
        """An element that a configured attribute lacks as it is written, and may have all the same.

        The schema that would say so is not known: a provider may add elements, or may know a list
        as something else. None where nothing speaks for that.
        """
        declaration = self.instance.declaration
        schema = self.instance.module.configuration.options.schema
        written = self.instance.attribute(name)
        if written is None or (declaration.kind, declaration.type) in BUILTIN_TYPES:
            return None
        if schema is not None and schema.attribute_type(declaration.kind, declaration.type, name):
            return None
        content = written.content
        if isinstance(content, dict):
            lacks = str(key) not in content
        else:
            lacks = isinstance(content, tuple) and not (
                isinstance(key, int) and 0 <= key < len(content)
            )
        if not lacks:
            return None
        value = self.instance.computed(name)
        return unknown(
            "computed",
            "the provider decides what else the attribute has",
            reference=self.instance.reference.step(name).step(key),
            origin=value.written,
        )

    def _typed(self, name: str, value: Value) -> Value:
        declaration = self.instance.declaration
        schema = self.instance.module.configuration.options.schema
        type_ = schema and schema.attribute_type(declaration.kind, declaration.type, name)
        if not type_:
            return value
        from symlint.terraform.values.conversion import ConversionError, convert

        try:
            return convert(value, type_)
        except ConversionError:
            return self.instance.computed(name)

    def _terraform_data(self, name: str) -> Value:
        instance = self.instance
        if name == "id":
            return instance.computed(name, STRING)
        if name in ("input", "triggers_replace"):
            return instance.attribute(name) or null(origin=instance.range)
        given = instance.attribute("input")
        if given is None or given.is_null:
            return null(origin=instance.range)
        return instance.computed(name, given.type)


class ModuleObject(ObjectReference):
    """One instance of a module call: its outputs."""

    __slots__ = ("call",)

    def __init__(self, call: ModuleCallInstance) -> None:
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
        return self.call.known_outputs is not None

    def names(self) -> tuple[str, ...]:
        """The outputs of the module as far as they are known."""
        child = self.call.module
        if child is not None:
            return tuple(sorted(child.module.outputs))
        return tuple(sorted(self.call.known_outputs or ()))

    def attribute(self, name: str) -> Value | None:
        """The value of one output; None when the module surely has no such output."""
        child = self.call.module
        if child is None:
            known = self.call.known_outputs
            if known is not None and name not in known:
                return None
            return self.call.opaque_output(name)
        value = child.output(name)
        if value is None and not child.module.complete:
            return unknown("error", "a syntax error hides a part of the module")
        return value
