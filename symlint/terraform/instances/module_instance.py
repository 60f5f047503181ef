"""The tree of module instances: declarations times ``count`` and ``for_each``.

Everything is made on demand and kept: a value is evaluated once, when somebody asks for it. A
module instance and the instances of its calls make each other, so they are in one file.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.terraform.instances.bodies import paid_for
from symlint.terraform.instances.expansion import (
    SINGLE,
    Expansion,
    Repetition,
    expand_count,
    expand_enabled,
    expand_for_each,
    not_known,
)
from symlint.terraform.instances.groups import InstanceGroup
from symlint.terraform.instances.module_object import ModuleObject
from symlint.terraform.instances.module_scope import NO_REPETITION, ModuleScope
from symlint.terraform.instances.preparing import DEEP, Preparer
from symlint.terraform.instances.resource_instance import ResourceInstance
from symlint.terraform.instances.variables import (
    default_value,
    fitted,
    takes_default,
    without_value,
)
from symlint.terraform.modules.called import MAXIMUM_MODULE_DEPTH, TOO_DEEP, TOO_MANY
from symlint.terraform.modules.declarations import enabled_of
from symlint.terraform.values.addresses import (
    UNKNOWN_KEY,
    Address,
    ModuleStep,
    Reference,
    UnknownKey,
)
from symlint.terraform.values.types import ANY
from symlint.terraform.values.unknowns import without_empty_choices
from symlint.terraform.values.value import Value, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from symlint.hcl import nodes
    from symlint.source.text import Range
    from symlint.terraform.instances.evaluation import Evaluation
    from symlint.terraform.modules.called import CalledModules
    from symlint.terraform.modules.declarations import (
        Declaration,
        LocalDeclaration,
        Module,
        ModuleCall,
        OutputDeclaration,
        ResourceDeclaration,
        ResourceKind,
        VariableDeclaration,
    )
    from symlint.terraform.values.addresses import ModulePath

    _DeclarationT = TypeVar("_DeclarationT", bound=Declaration | LocalDeclaration)

_STEPS_PER_INSTANCE: Final = 1_500
"""What an instance of a module costs of the budget, in steps, beside what is declared in it."""

_STEPS_PER_BLOCK: Final = 100
"""What each of its resources and calls costs, beside instances that are told apart by keys."""

_STEPS_PER_VALUE: Final = 30
"""What each of its variables, locals and outputs costs, beside evaluating it."""

_MOST_FOR_ANY_INPUT: Final = 20
"""Of more instances one stands for all where any input is looked at: they differ by what is constant, and
with that, each is looked at for the input that there is."""

_BUSY: Final = unknown("error", "it depends on itself")


class ModuleTree:
    """What all module instances of a configuration share; makes those of calls."""

    __slots__ = ("called", "evaluation", "expanding", "preparer")

    def __init__(self, evaluation: Evaluation, called: CalledModules) -> None:
        self.evaluation: Final = evaluation
        self.called: Final = called
        self.preparer: Final = Preparer()
        self.expanding: Final[set[tuple[ModuleInstance, Declaration]]] = set()
        """The blocks whose instances are being made."""

    def instantiate(self, call: ModuleCallInstance) -> ModuleInstance | None:
        """The called module's instance; None where its code is not here or it calls itself."""
        if self.evaluation.options.any_input:
            return None
        parent = call.parent
        names = (*(step.name for step in parent.path), call.name)
        directory = self.called.directory(parent.directory, call.declaration, names)
        module = None if directory is None else self.called.cache.module(directory)
        if directory is None or module is None or self._calls_itself(parent, directory):
            return None
        if len(names) > MAXIMUM_MODULE_DEPTH:
            self.evaluation.budget.give_up(TOO_DEEP)
            return None
        if not self.evaluation.budget.spend_on_instances(_steps_of(module), TOO_MANY):
            return None
        return ModuleInstance(self, module, call.path, call)

    def _calls_itself(self, parent: ModuleInstance, directory: str) -> bool:
        real = self.called.cache.tree.resolve(directory)
        current: ModuleInstance | None = parent
        while current is not None:
            if self.called.cache.tree.resolve(current.directory) == real:
                return True
            current = None if current.call is None else current.call.parent
        return False


def _steps_of(module: Module) -> int:
    """What an instance of a module costs, in steps of the budget."""
    blocks = len(module.resources) + len(module.data) + len(module.calls)
    values = len(module.variables) + len(module.locals) + len(module.outputs)
    return _STEPS_PER_INSTANCE + _STEPS_PER_BLOCK * blocks + _STEPS_PER_VALUE * values


class ModuleCallInstance:
    """One instance of a module call; ``module`` is None where the code is not here."""

    __slots__ = (
        "_arguments",
        "_module",
        "_reference",
        "_value",
        "declaration",
        "parent",
        "repetition",
        "scope",
    )

    def __init__(
        self, parent: ModuleInstance, declaration: ModuleCall, repetition: Repetition
    ) -> None:
        self.parent: Final = parent
        self.declaration: Final = declaration
        self.repetition: Final = repetition
        self.scope: Final = parent.scope_of(repetition)
        self._reference: Reference | None = None
        self._value: Value | None = None
        self._arguments: dict[str, Value] = {}
        self._module: ModuleInstance | UnknownKey | None = UNKNOWN_KEY

    def __repr__(self) -> str:
        return f"ModuleCallInstance({self.address})"

    @property
    def name(self) -> str:
        """The name of the call."""
        return self.declaration.name

    @property
    def reference(self) -> Reference:
        """What the whole module is called."""
        found = self._reference
        if found is None:
            name, key = self.declaration.name, self.repetition.key
            address = Address(self.parent.path, "module", "", name, key)
            found = self._reference = Reference(address)
        return found

    @property
    def address(self) -> Address:
        """The address of the instance."""
        return self.reference.address

    @property
    def value(self) -> Value:
        """The whole module, as other expressions see it."""
        found = self._value
        if found is None:
            found = self._value = Value(ANY, ModuleObject(self), self.declaration.range)
        return found

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
        written = self.declaration.attributes.get(name)
        if written is None:
            return None
        self._arguments[name] = _BUSY
        value = self.scope.evaluate(written.value)
        if not self.scope.certain:
            value = without_empty_choices(value)
        value = paid_for(value, written.value, self.scope.budget)
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
            found = self._module = self.parent.tree.instantiate(self)
        return found


class ModuleInstance:
    """A module at an address, with its inputs."""

    __slots__ = (
        "_calls",
        "_resources",
        "_values",
        "call",
        "certain",
        "evaluation",
        "files",
        "module",
        "path",
        "scope",
        "tree",
    )

    def __init__(
        self,
        tree: ModuleTree,
        module: Module,
        path: ModulePath = (),
        call: ModuleCallInstance | None = None,
    ) -> None:
        self.tree: Final = tree
        self.evaluation: Final = tree.evaluation
        """What it is evaluated with."""
        self.module: Final = module
        self.path: Final = path
        self.call: Final = call
        self.certain: Final[bool] = call is None or call.scope.certain
        """Whether there surely is such a module instance."""
        self.files: Final = tree.called.files(module.directory)
        self.scope: Final = ModuleScope(self)
        self._values: dict[Declaration | LocalDeclaration, Value] = {}
        self._resources: dict[ResourceDeclaration, InstanceGroup[ResourceInstance]] = {}
        self._calls: dict[str, InstanceGroup[ModuleCallInstance]] = {}

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

    def scope_of(self, repetition: Repetition) -> ModuleScope:
        """The scope of an instance of a block; that of the module where ``each`` means nothing."""
        return self.scope if repetition is NO_REPETITION else ModuleScope(self, repetition)

    # --- values ---

    def variable(self, name: str) -> Value | None:
        """The value of an input variable; None when it is not declared."""
        declaration = self.module.variables.get(name)
        if declaration is None:
            return None
        found = self._values.get(declaration)
        return self._keep("variable", declaration, self._variable) if found is None else found

    def _variable(self, declaration: VariableDeclaration) -> Value:
        """What is given or else the default; a value that does not fit is reported."""
        name, call, options = declaration.name, self.call, self.evaluation.options
        if options.any_input:
            given = None
        else:
            given = self.evaluation.input(name) if call is None else call.argument(name)
        value = None
        if given is not None and not takes_default(declaration, given):
            place = given.origin if call is None else call.argument_range(name)
            value = fitted(declaration, given, place, self.scope if call is None else call.scope)
        elif call is not None or options.defaults:
            value = default_value(declaration, self.scope)
        if value is None:
            value = without_value(declaration, self.path)
        if not declaration.sensitive:
            return value
        value = value.as_sensitive()
        self.evaluation.take(value)
        return value

    def local(self, name: str) -> Value | None:
        """The value of a local; None when it is not declared."""
        declaration = self.module.locals.get(name)
        if declaration is None:
            return None
        found = self._values.get(declaration)
        return self._keep("local", declaration, self._local) if found is None else found

    def _local(self, declaration: LocalDeclaration) -> Value:
        return self.scope.evaluate(declaration.attribute.value)

    def output(self, name: str) -> Value | None:
        """The value of an output; None when it is not declared."""
        declaration = self.module.outputs.get(name)
        if declaration is None:
            return None
        found = self._values.get(declaration)
        return self._keep("output", declaration, self._output) if found is None else found

    def _output(self, declaration: OutputDeclaration) -> Value:
        expression = declaration.expression("value")
        if expression is None:
            return unknown("error", "the output has no value", origin=declaration.range)
        value = self.scope.evaluate(expression)
        if getattr(declaration.expression("sensitive"), "value", None) is True:
            value = value.as_sensitive()
            self.evaluation.take(value)
        return value

    def outputs(self) -> dict[str, Value]:
        """All outputs by name, in order of declaration."""
        found = ((name, self.output(name)) for name in self.module.outputs)
        return {name: value for name, value in found if value is not None}

    def _keep(
        self, kind: str, declaration: _DeclarationT, compute: Callable[[_DeclarationT], Value]
    ) -> Value:
        # A value that is asked for while it is being computed depends on itself: the static
        # checks report that, here it only has to end.
        evaluation = self.evaluation
        if evaluation.depth >= DEEP:
            self._prepare(kind, declaration.name)
        self._values[declaration] = _BUSY
        evaluation.depth += 1
        value = self._values[declaration] = compute(declaration)
        evaluation.depth -= 1
        return value

    def _prepare(self, kind: str, name: str) -> None:
        """Evaluate what a value refers to before the value, from the far end of the chain on."""
        evaluation = self.evaluation
        depth, evaluation.depth = evaluation.depth, 0
        self.tree.preparer.prepare(self, kind, name)
        evaluation.depth = depth

    # --- blocks ---

    def resource_group(
        self, kind: ResourceKind, type_name: str, name: str
    ) -> InstanceGroup[ResourceInstance] | None:
        """All instances of one resource block; None when it is not declared."""
        declaration = self.module.of_kind(kind).get((type_name, name))
        if declaration is None:
            return None
        return self._resources.get(declaration) or self._group(declaration)

    def _group(self, declaration: ResourceDeclaration) -> InstanceGroup[ResourceInstance]:
        group = self._resources.get(declaration)
        if group is None:
            expansion = SINGLE if declaration.single else self._expansion(declaration)
            group = self._resources[declaration] = InstanceGroup(
                expansion,
                lambda it: ResourceInstance(self, declaration, it, self.scope_of(it)),
            )
        return group

    def call_group(self, name: str) -> InstanceGroup[ModuleCallInstance] | None:
        """All instances of one module call; None when it is not declared."""
        group = self._calls.get(name)
        if group is None:
            declaration = self.module.calls.get(name)
            if declaration is None:
                return None
            expansion = SINGLE if declaration.single else self._expansion(declaration)
            group = InstanceGroup(expansion, lambda r: ModuleCallInstance(self, declaration, r))
            self._calls[name] = group
        return group

    def _expansion(self, declaration: ResourceDeclaration | ModuleCall) -> Expansion:
        repeated = declaration.repeated
        enabled = next(enabled_of(declaration), None)
        expanding, key = self.tree.expanding, (self, declaration)
        if key in expanding:
            if repeated is None:
                return expand_enabled(_BUSY)
            return not_known(repeated, "it depends on itself")
        expanding.add(key)
        try:
            if repeated is not None:
                return self._expand(declaration, repeated)
            return SINGLE if enabled is None else expand_enabled(self.scope.evaluate(enabled))
        finally:
            expanding.discard(key)

    def _expand(
        self, declaration: ResourceDeclaration | ModuleCall, repeated: Literal["count", "for_each"]
    ) -> Expansion:
        expression = declaration.attributes[repeated].value
        value = self.scope.evaluate(expression)
        expand = expand_count if repeated == "count" else expand_for_each
        expansion = expand(value, expression.range, self.scope)
        some = expansion.complete and 0 < len(expansion.repetitions) <= _MOST_FOR_ANY_INPUT
        if self.evaluation.options.any_input and not some:
            # What elements are like holds of those that are there: there may be none. And a block
            # that has no instances is evaluated all the same.
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

    def every_resource(self) -> Iterator[ResourceInstance]:
        """The instances of everything that has the form of a resource, each made when it is asked for."""
        for declaration in self.module.all_resources:
            yield from self._group(declaration).instances.values()

    def _instances(self, kind: ResourceKind, type_name: str | None) -> Iterator[ResourceInstance]:
        for declaration in self.module.of_kind(kind).values():
            if type_name is None or declaration.type == type_name:
                yield from self._group(declaration).instances.values()

    def forget(self) -> None:
        """Let go of all that was made and evaluated, where nobody is going to ask for it."""
        self._values.clear()
        self._resources.clear()
        self._calls.clear()

    def module_calls(self) -> list[ModuleCallInstance]:
        """The instances of module calls, in order of declaration."""
        if not self.module.calls:
            return []
        groups = (self.call_group(name) for name in self.module.calls)
        return [call for group in groups if group for call in group.instances.values()]
