"""The tree of module, call and resource instances: declarations times ``count`` and ``for_each``.

Everything is made on demand and kept: a value is evaluated once, when somebody asks for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal

from symlint.terraform.instances.bodies import ConfiguredBody
from symlint.terraform.instances.expansion import (
    SINGLE,
    Expansion,
    Repetition,
    expand_count,
    expand_for_each,
    not_known,
)
from symlint.terraform.instances.groups import InstanceGroup
from symlint.terraform.instances.module_scope import ModuleScope
from symlint.terraform.instances.objects import ModuleObject, ResourceObject
from symlint.terraform.instances.preparing import DEEP
from symlint.terraform.instances.variables import variable_value
from symlint.terraform.values.addresses import (
    UNKNOWN_KEY,
    Address,
    ModuleStep,
    Reference,
    UnknownKey,
)
from symlint.terraform.values.types import ANY, STRING, Type
from symlint.terraform.values.value import Unknown, Value, string, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.hcl import nodes
    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.modules.declarations import (
        Declaration,
        Module,
        ModuleCall,
        ResourceDeclaration,
        ResourceKind,
    )
    from symlint.terraform.modules.file_access import ModuleFiles
    from symlint.terraform.values.addresses import ModulePath
    from symlint.terraform.values.value import UnknownKind

_BUSY: Final = unknown("error", "it depends on itself")


class ResourceInstance(ConfiguredBody):
    """One instance of a resource, data source or ephemeral resource.

    ``symbolic`` when it stands for all instances whose keys are not known.
    """

    __slots__ = ("address", "declaration", "module", "reference", "repetition", "value")

    def __init__(
        self, module: ModuleInstance, declaration: ResourceDeclaration, repetition: Repetition
    ) -> None:
        super().__init__(declaration.block.body, ModuleScope(module, repetition))
        self.module: Final = module
        self.declaration: Final = declaration
        self.repetition: Final = repetition
        self.address: Final = Address(
            module.path, declaration.kind, declaration.type, declaration.name, repetition.key
        )
        self.reference: Final = Reference(self.address)
        self.value: Final = Value(ANY, ResourceObject(self), declaration.range)
        """The whole resource, as other expressions see it."""

    def __repr__(self) -> str:
        return f"ResourceInstance({self.address})"

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
        kind: UnknownKind = "computed"
        reason = "the provider decides it when the resource is applied"
        if self.declaration.kind != "resource":
            kind = "data"
            reason = "it is read when Terraform runs"
        return unknown(
            kind,
            reason,
            type_=STRING if name == "id" else type_,
            reference=Reference(self.address, (name,)),
            not_null=name == "id",
            origin=self.range,
        )


class ModuleCallInstance:
    """One instance of a module call; ``module`` is None where the code is not here."""

    __slots__ = (
        "_arguments",
        "_module",
        "address",
        "declaration",
        "parent",
        "reference",
        "repetition",
        "scope",
        "value",
    )

    def __init__(
        self, parent: ModuleInstance, declaration: ModuleCall, repetition: Repetition
    ) -> None:
        self.parent: Final = parent
        self.declaration: Final = declaration
        self.repetition: Final = repetition
        self.scope: Final = ModuleScope(parent, repetition)
        self.address: Final = Address(parent.path, "module", "", declaration.name, repetition.key)
        self.reference: Final = Reference(self.address)
        self.value: Final = Value(ANY, ModuleObject(self), declaration.range)
        """The whole module, as other expressions see it."""
        self._arguments: dict[str, Value] = {}
        self._module: ModuleInstance | UnknownKey | None = UNKNOWN_KEY

    def __repr__(self) -> str:
        return f"ModuleCallInstance({self.address})"

    @property
    def name(self) -> str:
        """The name of the call."""
        return self.declaration.name

    @property
    def path(self) -> ModulePath:
        """The path of the called module instance."""
        return (*self.parent.path, ModuleStep(self.declaration.name, self.repetition.key))

    @property
    def block(self) -> nodes.Block:
        """The ``module`` block, after overrides."""
        return self.declaration.block

    @property
    def range(self) -> Range:
        """The header of the block."""
        return self.declaration.range

    @property
    def source(self) -> str | None:
        """The ``source`` as written; None where it is missing or not a constant string."""
        return self.declaration.source

    @property
    def version(self) -> str | None:
        """The ``version`` constraint as written, or None."""
        return self.declaration.version

    @property
    def symbolic(self) -> bool:
        """Whether the instance stands for all whose keys are not known."""
        return isinstance(self.repetition.key, UnknownKey)

    def configured(self, name: str) -> nodes.Attribute | None:
        """The argument as it is written, or None."""
        return self.declaration.attributes.get(name)

    def argument(self, name: str) -> Value | None:
        """The value of an argument as the caller gives it; None when it is not given."""
        found = self._arguments.get(name)
        if found is not None:
            return found
        written = self.configured(name)
        if written is None:
            return None
        self._arguments[name] = _BUSY
        value = self.scope.evaluate(written.value)
        self._arguments[name] = value
        return value

    def argument_range(self, name: str) -> Range | None:
        """The range of an argument's expression, or None."""
        written = self.configured(name)
        return None if written is None else written.value.range

    @property
    def module(self) -> ModuleInstance | None:
        """The called module's instance; None where its code is not here or it cannot be loaded."""
        found = self._module
        if isinstance(found, UnknownKey):
            found = self._module = self.parent.configuration.instantiate(self)
        return found

    @property
    def known_outputs(self) -> frozenset[str] | None:
        """All outputs of a module whose code is not here, where somebody knows them."""
        interfaces = self.parent.configuration.options.interfaces
        source = self.source
        if interfaces is None or source is None:
            return None
        return interfaces.outputs(source, self.version)

    def opaque_output(self, name: str) -> Value:
        """An output of a module whose code is not here."""
        interfaces = self.parent.configuration.options.interfaces
        source = self.source
        parts = None if interfaces is None or source is None else interfaces.parts(source, name)
        reason = "the code of the module is not here"
        content = Unknown("module", reason, self.reference.step(name), parts=parts)
        return Value(ANY, content, self.range)


class ModuleInstance:
    """A module at an address, with its inputs."""

    __slots__ = (
        "_calls",
        "_expanding",
        "_resources",
        "_values",
        "call",
        "certain",
        "configuration",
        "files",
        "module",
        "path",
        "scope",
    )

    def __init__(
        self,
        configuration: Configuration,
        module: Module,
        path: ModulePath,
        call: ModuleCallInstance | None,
        files: ModuleFiles,
    ) -> None:
        self.configuration: Final = configuration
        self.module: Final = module
        self.path: Final = path
        self.call: Final = call
        self.certain: Final[bool] = call is None or call.scope.certain
        """Whether there surely is such a module instance."""
        self.files: Final = files
        self.scope: Final = ModuleScope(self)
        self._values: dict[tuple[str, str], Value] = {}
        self._resources: dict[tuple[str, str, str], InstanceGroup[ResourceInstance]] = {}
        self._calls: dict[str, InstanceGroup[ModuleCallInstance]] = {}
        self._expanding: set[Declaration] = set()

    def __repr__(self) -> str:
        return f"ModuleInstance({'.'.join(map(str, self.path)) or 'root'})"

    @property
    def directory(self) -> str:
        """The absolute path of the module's directory."""
        return self.module.directory

    @property
    def is_root(self) -> bool:
        """Whether this is the root module."""
        return self.call is None

    @property
    def symbolic(self) -> bool:
        """Whether the module, or one that it is called by, stands for unknown instances."""
        return any(isinstance(step.key, UnknownKey) for step in self.path)

    # --- values ---

    def variable(self, name: str) -> Value | None:
        """The value of an input variable; None when it is not declared."""
        declaration = self.module.variables.get(name)
        if declaration is None:
            return None
        return self._kept("variable", name, lambda: variable_value(self, declaration))

    def local(self, name: str) -> Value | None:
        """The value of a local; None when it is not declared."""
        declaration = self.module.locals.get(name)
        if declaration is None:
            return None
        expression = declaration.attribute.value
        return self._kept("local", name, lambda: self.scope.evaluate(expression))

    def output(self, name: str) -> Value | None:
        """The value of an output; None when it is not declared."""
        declaration = self.module.outputs.get(name)
        if declaration is None:
            return None
        expression = declaration.expression("value")
        if expression is None:
            return unknown("error", "the output has no value", origin=declaration.range)
        sensitive = declaration.expression("sensitive")

        def compute() -> Value:
            value = self.scope.evaluate(expression)
            if sensitive is not None and getattr(sensitive, "value", None) is True:
                return value.as_sensitive()
            return value

        return self._kept("output", name, compute)

    def outputs(self) -> dict[str, Value]:
        """All outputs by name, in order of declaration."""
        found = ((name, self.output(name)) for name in self.module.outputs)
        return {name: value for name, value in found if value is not None}

    def _kept(self, kind: str, name: str, compute: Callable[[], Value]) -> Value:
        key = (kind, name)
        found = self._values.get(key)
        if found is None:
            # A value that is asked for while it is being computed depends on itself: the static
            # checks report that, here it only has to end.
            configuration = self.configuration
            if configuration.depth >= DEEP:
                self._prepare(kind, name)
            self._values[key] = _BUSY
            configuration.depth += 1
            found = self._values[key] = compute()
            configuration.depth -= 1
        return found

    def _prepare(self, kind: str, name: str) -> None:
        """Evaluate what a value refers to before the value, from the far end of the chain on."""
        configuration = self.configuration
        depth, configuration.depth = configuration.depth, 0
        configuration.preparer.prepare(self, kind, name)
        configuration.depth = depth

    def fact(self, root: str, name: str) -> Value | None:
        """``path.module``, ``terraform.workspace`` and the like; None for other names."""
        directory = self.files.module_directory
        if root == "path":
            top = self.files.root_directory
            if name == "module":
                return string(os.path.relpath(directory, top))
            if name == "root":
                return string(".")
            if name == "cwd":
                reference = Reference(Address((), "path", "", "cwd"))
                reason = "it is the directory in which Terraform is started"
                return unknown("function", reason, type_=STRING, reference=reference, not_null=True)
        elif name == "workspace":
            workspace = self.configuration.options.workspace
            if workspace is not None:
                return string(workspace)
            reference = Reference(Address((), "terraform", "", "workspace"))
            reason = "the workspace is chosen when Terraform runs"
            return unknown("variable", reason, type_=STRING, reference=reference, not_null=True)
        return None

    # --- blocks ---

    def resource_group(
        self, kind: ResourceKind, type_name: str, name: str
    ) -> InstanceGroup[ResourceInstance] | None:
        """All instances of one resource block; None when it is not declared."""
        key = (kind, type_name, name)
        group = self._resources.get(key)
        if group is None:
            declaration = self.module.of_kind(kind).get((type_name, name))
            if declaration is None:
                return None
            expansion = self._expansion(declaration)
            group = InstanceGroup(expansion, lambda r: ResourceInstance(self, declaration, r))
            self._resources[key] = group
        return group

    def call_group(self, name: str) -> InstanceGroup[ModuleCallInstance] | None:
        """All instances of one module call; None when it is not declared."""
        group = self._calls.get(name)
        if group is None:
            declaration = self.module.calls.get(name)
            if declaration is None:
                return None
            expansion = self._expansion(declaration)
            group = InstanceGroup(expansion, lambda r: ModuleCallInstance(self, declaration, r))
            self._calls[name] = group
        return group

    def _expansion(self, declaration: ResourceDeclaration | ModuleCall) -> Expansion:
        repeated = declaration.repeated
        if repeated is None:
            return SINGLE
        if declaration in self._expanding:
            return not_known(repeated, "it depends on itself")
        self._expanding.add(declaration)
        try:
            return self._expand(declaration, repeated)
        finally:
            self._expanding.discard(declaration)

    def _expand(
        self, declaration: ResourceDeclaration | ModuleCall, repeated: Literal["count", "for_each"]
    ) -> Expansion:
        expression = declaration.attributes[repeated].value
        value = self.scope.evaluate(expression)
        expand = expand_count if repeated == "count" else expand_for_each
        expansion = expand(value, expression.range, self.scope)
        if self.configuration.options.any_input and not expansion.complete:
            # What elements are like holds of those that are there: there may be none.
            return not_known(repeated, expansion.reason)
        return expansion

    def resources(self, type_name: str | None = None) -> list[ResourceInstance]:
        """The instances of managed resources (of one type), in order of declaration."""
        return list(self._instances("resource", type_name))

    def data_sources(self, type_name: str | None = None) -> list[ResourceInstance]:
        """The instances of data sources (of one type), in order of declaration."""
        return list(self._instances("data", type_name))

    def ephemeral_resources(self, type_name: str | None = None) -> list[ResourceInstance]:
        """The instances of ephemeral resources (of one type), in order of declaration."""
        return list(self._instances("ephemeral", type_name))

    def _instances(self, kind: ResourceKind, type_name: str | None) -> Iterator[ResourceInstance]:
        for declared_type, name in self.module.of_kind(kind):
            if type_name is None or declared_type == type_name:
                group = self.resource_group(kind, declared_type, name)
                assert group is not None
                yield from group.instances.values()

    def module_calls(self) -> list[ModuleCallInstance]:
        """The instances of module calls, in order of declaration."""
        groups = (self.call_group(name) for name in self.module.calls)
        return [call for group in groups if group for call in group.instances.values()]
