"""From the steps of an address to values: through modules, blocks and their instances."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final, TypeAlias
from symlint.source.text import SourceFile
from symlint.terraform.expressions.local_scope import HoldingScope
from symlint.terraform.expressions.steps import Access, attribute_of, constant_key, index_of
from symlint.terraform.instances.module_scope import fact
from symlint.terraform.modules.declarations import MODULE_META_ARGUMENTS, RESOURCE_META_ARGUMENTS
from symlint.terraform.trace.address import (
    All,
    Key,
    Name,
    UnknownAddressError,
    name_at,
    resource_kind,
    written,
)
from symlint.terraform.trace.bodies import blocks_value, body_value, resource_value
from symlint.terraform.trace.hints import (
    declared_names,
    described,
    missing_name,
    prefix_of,
    unknown_key,
    unknown_name,
    unknown_resource,
)
from symlint.terraform.values.addresses import UNKNOWN_KEY, UnknownKey
from symlint.terraform.values.value import Value, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.groups import InstanceGroup
    from symlint.terraform.instances.module_instance import ModuleCallInstance, ModuleInstance
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.modules.declarations import ModuleCall, ResourceDeclaration
    from symlint.terraform.trace.address import Step

    Found: TypeAlias = tuple[str, Value]

_HERE: Final = "<address>"
_NAMED: Final = {"var": "variable", "local": "local", "output": "output"}
_WORDS: Final = frozenset(
    (*_NAMED, "module", "data", "ephemeral", "resource", "provider", "path", "terraform", "tofu")
)


class Walker:
    """Finds values; every method raises UnknownAddressError for what there is not."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration: Final = configuration
        self._source: Final = SourceFile(_HERE, "")

    def in_module(self, module: ModuleInstance, steps: Sequence[Step]) -> Iterator[Found]:
        """The addresses that ``steps`` name inside of a module, and their values."""
        root = name_at(steps, 0)
        if root in _NAMED:
            yield self._named(module, root, steps)
        elif root in ("path", "terraform", "tofu"):
            yield self._fact(module, root, steps)
        elif root == "module":
            yield from self._calls(module, steps)
        elif root == "provider":
            yield self._provider(module, steps)
        else:
            yield from self._resources(module, steps)

    # --- names of a module ---

    def _named(self, module: ModuleInstance, root: str, steps: Sequence[Step]) -> Found:
        ask = {"var": module.variable, "local": module.local, "output": module.output}[root]
        known = declared_names(module, root)
        prefix = f"{prefix_of(module)}{root}"
        name = name_at(steps, 1)
        if name is None:
            raise missing_name(_NAMED[root], prefix, known)
        value = ask(name)
        if value is None:
            message = f'{described(module)} declares no {_NAMED[root]} "{name}"'
            raise unknown_name(message, prefix, name, known, steps[2:])
        return self._walked(f"{prefix}.{name}", value, steps[2:])

    def _fact(self, module: ModuleInstance, root: str, steps: Sequence[Step]) -> Found:
        name = name_at(steps, 1)
        value = None if name is None else fact(module, root, name)
        if value is None:
            raise UnknownAddressError(f"there is no {written(steps).lstrip('.')}")
        return self._walked(f"{prefix_of(module)}{root}.{name}", value, steps[2:])

    def _provider(self, module: ModuleInstance, steps: Sequence[Step]) -> Found:
        from symlint.terraform.instances.bodies import ConfiguredBody

        known = {provider.local_name: provider for provider in module.module.providers.values()}
        names = [step.text for step in steps[1:3] if isinstance(step, Name)]
        for length in range(len(names), 0, -1):
            found = known.get(".".join(names[:length]))
            if found is not None:
                body = ConfiguredBody(found.block.body, module.scope)
                address = f"{prefix_of(module)}provider.{found.local_name}"
                return self._walked(address, body_value(body, found.range), steps[1 + length :])
        message = f"{described(module)} configures no such provider"
        prefix = f"{prefix_of(module)}provider"
        raise unknown_name(message, prefix, ".".join(names), known, ())

    # --- resources and module calls ---

    def _resources(self, module: ModuleInstance, steps: Sequence[Step]) -> Iterator[Found]:
        kind, rest = resource_kind(steps)
        type_name, name = name_at(rest, 0), name_at(rest, 1)
        group = None
        if type_name is not None and name is not None:
            group = module.resource_group(kind, type_name, name)
        if group is None or type_name is None or name is None:
            raise unknown_resource(module, kind, rest, steps)
        declaration = module.module.of_kind(kind)[type_name, name]
        shown = f"{prefix_of(module)}{declaration.local_name}"
        yield from self._group(module, declaration, group, shown, rest[2:], self._of_resource)

    def _calls(self, module: ModuleInstance, steps: Sequence[Step]) -> Iterator[Found]:
        name = name_at(steps, 1)
        known = module.module.calls
        prefix = f"{prefix_of(module)}module"
        if name is None:
            raise missing_name("module", prefix, known)
        group = module.call_group(name)
        if group is None:
            message = f'{described(module)} calls no module "{name}"'
            raise unknown_name(message, prefix, name, known, steps[2:])
        yield from self._group(
            module, known[name], group, f"{prefix}.{name}", steps[2:], self._of_call
        )

    def _group(
        self,
        module: ModuleInstance,
        declaration: ResourceDeclaration | ModuleCall,
        group: InstanceGroup[Any],
        shown: str,
        steps: Sequence[Step],
        of: Callable[[Any, Sequence[Step]], Iterator[Found]],
    ) -> Iterator[Found]:
        """What ``of`` finds in the instances that the first step chooses, or in all of them.

        An instance that lacks what others have is left out.
        """
        repeated = declaration.repeated
        if repeated is not None and name_at(steps, 0) == repeated:
            value = module.scope.evaluate(declaration.attributes[repeated].value)
            yield self._walked(f"{shown}.{repeated}", value, steps[1:])
            return
        instances, rest = _chosen(group, shown, steps)
        if not instances:
            if rest:
                raise UnknownAddressError(f"{shown} has no instances")
            yield shown, group.value
        found = False
        failed: UnknownAddressError | None = None
        for instance in instances:
            try:
                for one in of(instance, rest):
                    found = True
                    yield one
            except UnknownAddressError as error:
                failed = failed or error
        if not found and failed is not None:
            raise failed

    def _of_resource(self, instance: ResourceInstance, steps: Sequence[Step]) -> Iterator[Found]:
        address = str(instance.address)
        name = name_at(steps, 0)
        if not steps:
            yield address, resource_value(instance)
            return
        if name is not None:
            rest = steps[1:]
            following = rest[0] if rest else None
            indexed = isinstance(following, Key) and isinstance(following.key, int)
            blocks = blocks_value(instance, name, indexed)
            if blocks is not None:
                alone = blocks.elements is not None and len(blocks.elements) == 1
                if alone and isinstance(following, Name):
                    # A single block may be named without its index.
                    rest = (Key(0), *rest)
                yield self._walked(f"{address}.{name}", blocks, rest)
                return
            if name in RESOURCE_META_ARGUMENTS:
                raise UnknownAddressError(f"{address}: {name} has no value")
        yield self._walked(address, instance.value, steps)

    def _of_call(self, call: ModuleCallInstance, steps: Sequence[Step]) -> Iterator[Found]:
        address = str(call.address)
        name = name_at(steps, 0)
        inside = call.module
        if name is None or (inside is None and not _is_argument(call, name)):
            yield self._walked(address, call.value, steps)
            return
        if inside is not None and _leads_inside(call, inside, steps):
            yield from self.in_module(inside, steps)
        elif inside is not None and name in inside.module.outputs:
            yield self._walked(address, call.value, steps)
        elif _is_argument(call, name):
            value = call.argument(name)
            assert value is not None
            yield self._walked(f"{address}.{name}", value, steps[1:])
        elif inside is not None and inside.module.complete:
            arguments = [argument.name for argument in call.declaration.arguments]
            known = dict.fromkeys((*inside.module.outputs, *arguments))
            message = f'{address} has no output and no argument "{name}"'
            raise unknown_name(message, address, name, known, steps[1:])
        else:
            yield self._walked(address, call.value, steps)

    # --- steps into values ---

    def _walked(self, address: str, value: Value, steps: Sequence[Step]) -> Found:
        """The value after the remaining steps of an address."""
        for index, step in enumerate(steps):
            if isinstance(step, All):
                message = f"{address}: all elements are shown without [*]"
                raise UnknownAddressError(message, address)
            scope = HoldingScope(self._configuration.root.scope)
            access = Access(scope, self._source, 0, 0, 0)
            if isinstance(step, Name):
                value = attribute_of(value, step.text, access)
            elif isinstance(step.key, UnknownKey):
                value = index_of(value, unknown("condition", "the key is not known"), access)
            else:
                value = index_of(value, constant_key(step.key), access)
            for problem in scope.held:
                meant = problem.suggestion
                suggestion = f"{address}.{meant}{written(steps[index + 1 :])}" if meant else None
                help_ = f"; {problem.help}" if problem.help else ""
                message = problem.message
                if not message.startswith(address):
                    message = f"{address}: {message}"
                raise UnknownAddressError(f"{message}{help_}", suggestion)
            address += str(step)
        return address, _without_own_steps(value)


def _without_own_steps(value: Value) -> Value:
    """The value without the hops that are the steps of the address itself."""
    hops = tuple(hop for hop in value.hops if hop.range.path != _HERE)
    origin, written = value.origin, value.written
    if origin is not None and origin.path == _HERE:
        written = None
    if hops == value.hops and written is value.written:
        return value
    return Value(value.type, value.content, written, hops, value.sensitive)


def _chosen(
    group: InstanceGroup[Any], shown: str, steps: Sequence[Step]
) -> tuple[list[Any], Sequence[Step]]:
    """The instances that the first step chooses, and the steps after it."""
    step = steps[0] if steps else None
    every = list(group.instances.values())
    if group.expansion.mode == "single":
        if isinstance(step, (Key, All)):
            message = (
                f"{shown} has neither count nor for_each, and so no instance {written(steps[:1])}"
            )
            raise UnknownAddressError(message, shown + written(steps[1:]))
        return every, steps
    if isinstance(step, All):
        return every, steps[1:]
    if isinstance(step, Key):
        key = step.key
    elif isinstance(step, Name) and step.text in group.instances:
        key = step.text
    else:
        return every, steps
    found = group.instances.get(UNKNOWN_KEY if isinstance(key, UnknownKey) else key)
    found = found or group.at(key)
    if found is None:
        raise unknown_key(shown, key, group.instances, steps[1:])
    return [found], steps[1:]


def _leads_inside(call: ModuleCallInstance, module: ModuleInstance, steps: Sequence[Step]) -> bool:
    """Whether steps after a module call lead into the module, not to an output or argument."""
    root, name = name_at(steps, 0), name_at(steps, 1)
    outputs = module.module.outputs
    if root is None or name is None:
        return False
    if root in _WORDS:
        return root not in outputs or name in declared_names(module, root)
    if module.resource_group("resource", root, name) is not None:
        return True
    return root not in outputs and not _is_argument(call, root)


def _is_argument(call: ModuleCallInstance, name: str) -> bool:
    return name not in MODULE_META_ARGUMENTS and call.configured(name) is not None
