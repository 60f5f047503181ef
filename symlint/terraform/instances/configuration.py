"""One root module with everything it calls: where every other room begins to ask."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from symlint.terraform.instances.collection_pause import CollectionPause
from symlint.terraform.instances.instances import ModuleInstance
from symlint.terraform.instances.preparing import Preparer
from symlint.terraform.modules.file_access import ModuleFiles, top_directory
from symlint.terraform.modules.loader import FileCache
from symlint.terraform.modules.manifest import read_manifest
from symlint.terraform.values.addresses import UnknownKey
from symlint.terraform.values.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.terraform.instances.inputs import Inputs
    from symlint.terraform.instances.instances import ModuleCallInstance, ResourceInstance
    from symlint.terraform.instances.objects import ModuleInterfaces, Schema
    from symlint.terraform.modules.declarations import Module, ModuleCall
    from symlint.terraform.values.addresses import Address, InstanceKey, ModulePath
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.value import Value

GivenInput: TypeAlias = tuple[Literal["file", "value"], str]
"""``("file", path)`` for -var-file, ``("value", "name=value")`` for -var."""

MAXIMUM_MODULE_DEPTH: Final = 60
MAXIMUM_MODULES: Final = 30_000
"""Module instances of one configuration; calls beyond are opaque."""


class EvaluationOptions(NamedTuple):
    """What a configuration is evaluated with.

    ``given`` are the variable files and values of the command line, in its order. ``environment``
    is where ``TF_VAR_`` variables are looked for; None when they are not asked for.
    ``workspace`` is None when it is not known. ``defaults`` is false when root variables that are
    not set count as unknown instead of having their default; with ``any_input`` all variables of
    all modules do, and modules are opaque to one another, as for ``terraform validate``.
    """

    given: tuple[GivenInput, ...] = ()
    environment: Mapping[str, str] | None = None
    workspace: str | None = None
    schema: Schema | None = None
    interfaces: ModuleInterfaces | None = None
    budget: int = 20_000_000
    defaults: bool = True
    any_input: bool = False


NO_OPTIONS: Final = EvaluationOptions()


class Configuration:
    """A root module and the tree of its instances, made and evaluated on demand.

    ``directory`` must hold configuration files; ValueError is raised otherwise.
    """

    def __init__(
        self,
        directory: str,
        options: EvaluationOptions = NO_OPTIONS,
        cache: FileCache | None = None,
    ) -> None:
        self.directory: Final = os.path.abspath(directory)
        self.options: Final = options
        self.cache: Final = cache or FileCache()
        self.budget: Final = Budget(options.budget)
        self.depth = 0
        """How many values are being evaluated, each because the one before it needs it."""
        self.preparer: Final = Preparer()
        module = self.cache.module(self.directory)
        if module is None:
            raise ValueError(f"no Terraform files in {directory}")
        self._tree = top_directory(self.directory)
        self._manifest = read_manifest(self.directory)
        self._problems: dict[tuple[object, ...], _Noted] = {}
        self._modules_made = 0
        self._inputs: Inputs | None = None
        self._static_problems: tuple[Problem, ...] | None = None
        self._evaluated: tuple[Configuration, Configuration] | None = None
        self._loaded: dict[str, Module] = {}
        self._files: dict[str, ModuleFiles] = {}
        self._real_paths: dict[str, str] = {}
        files = ModuleFiles(self.directory, self.directory, self._tree)
        self.root: Final = ModuleInstance(self, module, (), None, files)
        """The root module."""
        with CollectionPause():
            self._load()

    def __repr__(self) -> str:
        return f"Configuration({self.directory!r})"

    # --- the tree ---

    def modules(self) -> Iterator[ModuleInstance]:
        """All module instances, a caller before what it calls, calls by name and key."""
        stack = [self.root]
        while stack:
            module = stack.pop()
            yield module
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

    # --- loading ---

    def _load(self) -> None:
        """Read and parse all modules that are called.

        At once and not when evaluation comes to them: parsing must not happen deep inside of
        other work, where the interpreter's stack is nearly full.
        """
        seen: set[tuple[str, tuple[str, ...]]] = set()
        stack: list[tuple[Module, tuple[str, ...]]] = [(self.root.module, ())]
        while stack:
            module, names = stack.pop()
            key = self.call_key(module, names)
            if key in seen or len(names) > MAXIMUM_MODULE_DEPTH:
                continue
            seen.add(key)
            self._loaded.setdefault(module.directory, module)
            for name, call in module.calls.items():
                directory = self.called_directory(module.directory, call, (*names, name))
                child = None if directory is None else self.cache.module(directory)
                if child is not None:
                    stack.append((child, (*names, name)))

    def instantiate(self, call: ModuleCallInstance) -> ModuleInstance | None:
        """The called module's instance; None where its code is not here or it calls itself."""
        if self.options.any_input:
            return None
        parent = call.parent
        names = (*(step.name for step in parent.path), call.name)
        directory = self.called_directory(parent.directory, call.declaration, names)
        if directory is None or len(names) > MAXIMUM_MODULE_DEPTH:
            return None
        module = self.cache.module(directory)
        if module is None or self._calls_itself(parent, directory):
            return None
        self._modules_made += 1
        if self._modules_made > MAXIMUM_MODULES or not self.budget.spend(50):
            return None
        files = self._files.get(directory)
        if files is None:
            files = self._files[directory] = ModuleFiles(directory, self.directory, self._tree)
        return ModuleInstance(self, module, call.path, call, files)

    def call_key(self, module: Module, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """What the meaning of a module's own calls depends on: its directory, and the calls that
        lead to it where ``terraform init`` has installed something below them.
        """
        return module.directory, names if ".".join(names) in self._manifest.callers else ()

    def called_directory(self, caller: str, call: ModuleCall, names: tuple[str, ...]) -> str | None:
        """The directory of a called module; None when its code is not here or not looked at.

        ``names`` are the names of the calls from the root module down to this one.
        """
        source = call.source
        if source is None:
            return None
        if call.is_local:
            return os.path.normpath(os.path.join(caller, source))
        interfaces = self.options.interfaces
        if interfaces is not None and interfaces.outputs(source, call.version) is not None:
            # What is known of the module holds before and after `terraform init` alike, and says
            # more of its outputs than the code does, most of which a provider computes.
            return None
        return self._manifest.directory(names, source)

    def real_path(self, directory: str) -> str:
        """The path of a directory without symbolic links."""
        found = self._real_paths.get(directory)
        if found is None:
            found = self._real_paths[directory] = os.path.realpath(directory)
        return found

    def _calls_itself(self, parent: ModuleInstance, directory: str) -> bool:
        real = self.real_path(directory)
        current: ModuleInstance | None = parent
        while current is not None:
            if self.real_path(current.directory) == real:
                return True
            current = None if current.call is None else current.call.parent
        return False

    # --- inputs ---

    @property
    def inputs(self) -> Inputs:
        """The values that variable files, options and the environment give to root variables."""
        if self._inputs is None:
            from symlint.terraform.instances.inputs import read_inputs

            self._inputs = read_inputs(
                self.root.module, self.options, self.cache, self.budget, self.root.files
            )
        return self._inputs

    def input(self, name: str) -> Value | None:
        """What the root variable is set to from outside; None when it is not."""
        return self.inputs.values.get(name)

    # --- problems ---

    def report(self, problem: Problem, where: tuple[ModulePath, InstanceKey]) -> None:
        """Take note of a problem of one instance; the same one elsewhere is the same problem."""
        key = (problem.kind, problem.range.sort_key(), problem.message)
        noted = self._problems.get(key)
        if noted is None:
            noted = self._problems[key] = _Noted(problem, set())
        noted.instances.add(where)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that Terraform would refuse, by place: see ``evaluate_all``."""
        found = dict.fromkeys(self.static_problems)
        found.update(dict.fromkeys(self.inputs.problems))
        known, general = self._for_problems()
        found.update(dict.fromkeys(noted.problem for noted in known._problems.values()))
        # The same mistake may be told in other words for any input.
        told = {(problem.kind, problem.range) for problem in found}
        more = (noted.problem for noted in general._problems.values())
        found.update(dict.fromkeys(p for p in more if (p.kind, p.range) not in told))
        return tuple(sorted(found, key=lambda p: (p.range.sort_key(), p.kind, p.message)))

    @property
    def met_problems(self) -> tuple[Problem, ...]:
        """What Terraform would refuse, as far as evaluation has met it up to now; in no order."""
        return (*self.inputs.problems, *(note.problem for note in self._problems.values()))

    def instances_of(self, problem: Problem) -> int:
        """In how many instances a problem was met; 1 for those of the static checks."""
        key = (problem.kind, problem.range.sort_key(), problem.message)
        found = (evaluated._problems.get(key) for evaluated in self._for_problems())
        return max((len(noted.instances) for noted in found if noted is not None), default=1)

    @property
    def static_problems(self) -> tuple[Problem, ...]:
        """The problems that can be seen without evaluating anything."""
        if self._static_problems is None:
            from symlint.terraform.checks.all_checks import check_configuration

            with CollectionPause():
                self._static_problems = check_configuration(self)
        return self._static_problems

    def evaluate_all(self) -> None:
        """Evaluate every expression of every instance once, so that problems are noted."""
        self._for_problems()

    def _for_problems(self) -> tuple[Configuration, Configuration]:
        """The configurations in which everything has been evaluated for its problems.

        A root variable's default is what it is when nobody sets it, and somebody may: that an
        expression does not work with the default alone is no mistake. So everything is evaluated
        with the root variables that are not set from outside as unknown, in a configuration of
        its own (in this one, when there are no such variables), where what may not exist at all
        proves nothing. What is wrong for any input is found in another one, module by module.
        """
        if self._evaluated is None:
            from symlint.terraform.checks.evaluate_all import (
                check_default_validations,
                evaluate_all,
                evaluate_for_any_input,
            )

            given = self.inputs.values
            variables = self.root.module.variables.values()
            known = self
            if self.options.defaults and any(
                not variable.required and variable.name not in given for variable in variables
            ):
                known = self._alike(self.options._replace(defaults=False))
            general = self._alike(self.options._replace(defaults=False, any_input=True))
            with CollectionPause():
                evaluate_all(known)
                check_default_validations(self, known)
                for module in self._loaded.values():
                    files = ModuleFiles(module.directory, self.directory, self._tree)
                    evaluate_for_any_input(ModuleInstance(general, module, (), None, files))
            self._evaluated = (known, general)
        return self._evaluated

    def _alike(self, options: EvaluationOptions) -> Configuration:
        """This configuration with other options, not evaluated."""
        other = Configuration(self.directory, options, self.cache)
        other._inputs = self._inputs
        return other


class _Noted(NamedTuple):
    problem: Problem
    instances: set[tuple[ModulePath, InstanceKey]]


def _call_order(call: ModuleCallInstance) -> tuple[str, int, int, str]:
    key = call.repetition.key
    if isinstance(key, UnknownKey):
        return (call.name, 2, 0, "")
    if isinstance(key, int):
        return (call.name, 0, key, "")
    return (call.name, 1, 0, key or "")
