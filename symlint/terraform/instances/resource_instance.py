"""Instances of resources, data sources and ephemeral resources, and what they are as values."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.instances.bodies import ConfiguredBody
from symlint.terraform.modules.builtin import BUILTIN_TYPES
from symlint.terraform.modules.declarations import RESOURCE_META_ARGUMENTS
from symlint.terraform.values.addresses import Address, Reference, UnknownKey
from symlint.terraform.values.types import ANY, STRING, Type
from symlint.terraform.values.value import (
    ObjectReference,
    Text,
    Unknown,
    Value,
    null,
    unknown,
)

if TYPE_CHECKING:
    from symlint.hcl import nodes
    from symlint.source.text import Range
    from symlint.terraform.instances.expansion import Repetition
    from symlint.terraform.instances.module_scope import ModuleScope
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.modules.declarations import ResourceDeclaration
    from symlint.terraform.values.value import UnknownKind


class ResourceInstance(ConfiguredBody):
    """One instance of a resource, data source or ephemeral resource.

    ``symbolic`` when it stands for all instances whose keys are not known.
    """

    __slots__ = ("_value", "address", "declaration", "module", "reference", "repetition")

    def __init__(
        self,
        module: ModuleNames,
        declaration: ResourceDeclaration,
        repetition: Repetition,
        scope: ModuleScope,
    ) -> None:
        super().__init__(declaration.block.body, scope)
        self.module: Final = module
        self.declaration: Final = declaration
        self.repetition: Final = repetition
        self.address: Final = Address(
            module.path, declaration.kind, declaration.type, declaration.name, repetition.key
        )
        self.reference: Final = Reference(self.address)
        self._value: Value | None = None

    def __repr__(self) -> str:
        return f"ResourceInstance({self.address})"

    @property
    def value(self) -> Value:
        """The whole resource, as other expressions see it."""
        found = self._value
        if found is None:
            found = self._value = Value(ANY, ResourceObject(self), self.declaration.range)
        return found

    @property
    def type(self) -> str:
        """The resource type."""
        return self.declaration.type

    @property
    def name(self) -> str:
        """The name of the block; not a ``name`` attribute."""
        return self.declaration.name

    @property
    def block(self) -> nodes.Block:
        """The block that declares the instance, after overrides."""
        return self.declaration.block

    @property
    def range(self) -> Range:
        """The header of the block."""
        return self.declaration.range

    @property
    def symbolic(self) -> bool:
        """Whether the instance stands for all whose keys are not known."""
        return isinstance(self.address.key, UnknownKey)

    def configured(self, name: str) -> nodes.Attribute | None:
        """The attribute as it is written, or None."""
        return self.declaration.attributes.get(name)

    def computed(self, name: str, type_: Type = ANY) -> Value:
        """The value of an attribute that is not in the configuration."""
        declaration = self.declaration
        kind: UnknownKind = "computed"
        reason = "the provider decides it when the resource is applied"
        if declaration.kind != "resource":
            kind = "data"
            reason = "it is read when Terraform runs"
        schema = self.module.evaluation.options.schema
        characters = schema and schema.characters(declaration.type, name)
        text = Text(characters) if characters else None
        is_text = name == "id" or text is not None
        reference = Reference(self.address, (name,))
        content = Unknown(kind, reason, reference, None, (), is_text, text)
        return Value(STRING if is_text else type_, content, declaration.range)


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
        schema = self.instance.module.evaluation.options.schema
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
        if declaration.type == "terraform_data" and declaration.kind == "resource":
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
        schema = self.instance.module.evaluation.options.schema
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
        schema = self.instance.module.evaluation.options.schema
        type_ = schema and schema.attribute_type(declaration.kind, declaration.type, name)
        if not type_:
            return value
        from symlint.terraform.values.conversion import ConversionError, convert
        from symlint.terraform.values.sizes import may_convert
        from symlint.terraform.values.unknowns import over_budget

        if not may_convert(value, self.instance.module.evaluation.budget):
            return over_budget(self.instance.range)
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
