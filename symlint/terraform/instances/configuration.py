"""Configuration: one root module and the tree of its instances, evaluated on demand."""

from __future__ import annotations

import os
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.budget import Budget
from symlint.terraform.instances.collection_pause import CollectionPause
from symlint.terraform.instances.evaluation import Evaluation
from symlint.terraform.instances.module_instance import ModuleInstance, ModuleTree
from symlint.terraform.instances.options import NO_OPTIONS
from symlint.terraform.modules.called import CalledModules
from symlint.terraform.modules.loader import FileCache
from symlint.terraform.values.addresses import UnknownKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.instances.groups import InstanceGroup
    from symlint.terraform.instances.inputs import Inputs
    from symlint.terraform.instances.module_instance import ModuleCallInstance
    from symlint.terraform.instances.options import EvaluationOptions
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.modules.declarations import Module
    from symlint.terraform.values.addresses import Address, ModulePath


class Configuration:
    """A root module and the tree of its instances, made and evaluated on demand.

    ``directory`` must hold configuration files; ValueError is raised otherwise. ``top`` is one of
    the modules that are called, to be evaluated in place of the root module. All evaluations of
    the configuration draw from one ``budget`` and share what is ``called``.
    """

    def __init__(
        self,
        directory: str,
        options: EvaluationOptions = NO_OPTIONS,
        cache: FileCache | None = None,
        inputs: Inputs | None = None,
        top: Module | None = None,
        budget: Budget | None = None,
        called: CalledModules | None = None,
    ) -> None:
        self.directory: Final = os.path.abspath(directory)
        self.options: Final = options
        self.cache: Final = cache or FileCache()
        if not self.cache.tree.holds(self.directory):
            self.cache.tree.include(self.directory)
        module = self.cache.module(self.directory)
        if module is None:
            raise ValueError(f"no Terraform files in {directory}")
        self.budget: Final = Budget() if budget is None else budget
        if called is None:
            with CollectionPause():
                called = CalledModules(module, self.cache, options.interfaces, self.budget)
        self.called: Final = called
        self.evaluation: Final = Evaluation(options, self.called, self.budget, inputs)
        self._tree: Final = ModuleTree(self.evaluation, self.called)
        self.root: Final = ModuleInstance(self._tree, top or module)
        """The root module, or the module in its place."""

    def __repr__(self) -> str:
        return f"Configuration({self.directory!r})"

    # --- the tree ---

    def modules(self) -> Iterator[ModuleInstance]:
        """All module instances, a caller before what it calls, calls by name and key."""
        stack = [self.root]
        while stack:
            module = stack.pop()
            yield module
            if not module.module.calls:
                continue
            calls = sorted(module.module_calls(), key=_call_order, reverse=True)
            stack.extend(child for call in calls if (child := call.module) is not None)

    def module(self, path: ModulePath) -> ModuleInstance | None:
        """The module instance at a path; None when it does not exist or its code is not here."""
        current: ModuleInstance | None = self.root
        for step in path:
            group = None if current is None else current.call_group(step.name)
            if group is None:
                return None
            call = group.instances.get(step.key) or group.at(step.key)
            current = None if call is None else call.module
        return current

    def resource(self, address: Address) -> ResourceInstance | None:
        """The resource, data source or ephemeral resource at an address.

        Where instance keys are not known, an instance that may exist is given for any key.
        """
        module = self.module(address.module)
        kind = address.kind
        if module is None or not (kind == "resource" or kind == "data" or kind == "ephemeral"):
            return None
        group = module.resource_group(kind, address.type, address.name)
        if group is None:
            return None
        return group.instances.get(address.key) or group.at(address.key)

    def call(self, address: Address) -> ModuleCallInstance | None:
        """The module call instance at an address."""
        module = self.module(address.module)
        group = None if module is None else module.call_group(address.name)
        if group is None or address.kind != "module":
            return None
        return group.instances.get(address.key) or group.at(address.key)

    def is_off(self, address: Address) -> bool:
        """Whether a module call or resource, keys left out, surely has no instance anywhere."""
        names = tuple(step.name for step in address.module)
        groups: list[InstanceGroup[ModuleCallInstance] | InstanceGroup[ResourceInstance] | None] = [
            module.call_group(address.name)
            if address.kind == "module"
            else module.resource_group("resource", address.type, address.name)
            for module in self.modules()
            if tuple(step.name for step in module.path) == names
        ]
        return bool(groups) and all(
            it is not None and not it.instances and it.expansion.complete for it in groups
        )

    # --- the same with other questions ---

    @property
    def inputs(self) -> Inputs:
        """The values that variable files, options and the environment give to root variables."""
        return self.evaluation.inputs

    def with_options(
        self, options: EvaluationOptions, budget: Budget | None = None
    ) -> Configuration:
        """The configuration under other options and the same inputs, not evaluated.

        It draws from ``budget``, where it is not to draw from that of this one.
        """
        return self._again(options, self.inputs, budget=budget)

    @cached_property
    def without_defaults(self) -> Configuration:
        """The configuration where a root variable that nobody sets is unknown: somebody may set it.

        This one, where there are no such variables.
        """
        given = self.inputs.values
        variables = self.root.module.variables.values()
        if self.options.defaults and any(
            not variable.required and variable.name not in given for variable in variables
        ):
            return self.with_options(self.options._replace(defaults=False))
        return self

    def open_ended(self, top: Module) -> Configuration:
        """The configuration whatever its root variables are: all are unknown, those set included.

        ``top``, one of the modules that are called, has the place of the root module.
        """
        from symlint.terraform.instances.inputs import Inputs

        options = self.options._replace(defaults=False)
        return self._again(options, Inputs({}), top)

    def _again(
        self,
        options: EvaluationOptions,
        inputs: Inputs,
        top: Module | None = None,
        budget: Budget | None = None,
    ) -> Configuration:
        budget = budget or self.budget
        return Configuration(self.directory, options, self.cache, inputs, top, budget, self.called)

    def by_itself(self, module: Module) -> ModuleInstance:
        """An instance of one of its modules as if it were a root module."""
        return ModuleInstance(self._tree, module)


def _call_order(call: ModuleCallInstance) -> tuple[str, int, int, str]:
    key = call.repetition.key
    if isinstance(key, UnknownKey):
        return (call.name, 2, 0, "")
    if isinstance(key, int):
        return (call.name, 0, key, "")
    return (call.name, 1, 0, key or "")
