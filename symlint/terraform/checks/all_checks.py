"""All static checks of a configuration: what Terraform refuses before it evaluates anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.source.files import ReadProblem
from symlint.terraform.checks.cycles import Summary, dependency_graph, find_cycles, summarize
from symlint.terraform.checks.meta_arguments import (
    check_output,
    check_provider_aliases,
    check_resource,
)
from symlint.terraform.checks.module_calls import check_call
from symlint.terraform.checks.references import Outputs, ReferenceChecker
from symlint.terraform.checks.settings_blocks import (
    check_check,
    check_conditions,
    check_history,
    check_provider,
    check_terraform,
)
from symlint.terraform.checks.structure import check_structure
from symlint.terraform.checks.variables import check_variable
from symlint.terraform.modules.builtin import check_builtin
from symlint.terraform.values.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.modules.declarations import Module, ModuleCall


def check_configuration(configuration: Configuration) -> tuple[Problem, ...]:
    """The problems of every module of the configuration, each once."""
    return tuple(dict.fromkeys(_Checker(configuration).problems()))


class _Visit(NamedTuple):
    """A module as some calls lead to it; ``called`` has the modules of its own calls."""

    module: Module
    names: tuple[str, ...]
    called: dict[str, _Visit | None]


class _Checker:
    """Goes through the modules that are called, each once however often it is called."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._visits: dict[tuple[str, tuple[str, ...]], _Visit] = {}
        self._order: list[_Visit] = []
        self._call_problems: list[Problem] = []

    def problems(self) -> Iterator[Problem]:
        """The problems of all modules; those of a module come after those of what it calls."""
        self._visit_all()
        yield from self._call_problems
        summaries: dict[int, Summary] = {}
        for visit in self._order:
            yield from self._module(visit)
            called = {
                name: None if child is None else summaries.get(id(child))
                for name, child in visit.called.items()
            }
            graph = dependency_graph(visit.module, called)
            yield from find_cycles(graph)
            summaries[id(visit)] = summarize(visit.module, graph)

    # --- the modules that are called ---

    def _visit_all(self) -> None:
        """Find all modules; afterwards ``_order`` has each after those that it calls."""
        root = self._make(self._configuration.root.module, ())
        # The directories on the way from the root module to the one that is being looked at.
        way: list[tuple[_Visit, Iterator[str], str]] = []
        way.append(
            (root, iter(root.module.calls), self._configuration.real_path(root.module.directory))
        )
        while way:
            visit, names, _ = way[-1]
            name = next(names, None)
            if name is None:
                way.pop()
                self._order.append(visit)
                continue
            child = self._called(visit, name, {real for _, _, real in way})
            visit.called[name] = child
            if child is not None and child.names == (*visit.names, name):
                real = self._configuration.real_path(child.module.directory)
                way.append((child, iter(child.module.calls), real))

    def _make(self, module: Module, names: tuple[str, ...]) -> _Visit:
        visit = _Visit(module, names, {})
        self._visits[self._configuration.call_key(module, names)] = visit
        return visit

    def _called(self, visit: _Visit, name: str, directories: set[str]) -> _Visit | None:
        call = visit.module.calls[name]
        names = (*visit.names, name)
        directory = self._configuration.called_directory(visit.module.directory, call, names)
        if directory is None:
            return None
        source = call.attributes["source"].value.range
        if self._configuration.real_path(directory) in directories:
            message = f'module "{name}" calls a module that it is part of, without end'
            self._call_problems.append(Problem("module-call", source, message))
            return None
        module = self._configuration.cache.module(directory)
        if module is None:
            missing = self._missing(call, directory) if call.is_local else None
            if missing is not None:
                self._call_problems.append(missing)
            return None
        return self._visits.get(self._configuration.call_key(module, names)) or self._make(
            module, names
        )

    def _missing(self, call: ModuleCall, directory: str) -> Problem | None:
        # A directory without Terraform files is an empty module: Terraform accepts it.
        found = self._configuration.cache.names(directory)
        source = call.attributes["source"].value
        if not isinstance(found, ReadProblem):
            return None
        message = f'the directory "{call.source}" cannot be read'
        if found.kind == "missing":
            message = f'there is no directory "{call.source}" here'
        elif found.kind == "not a file":
            message = f'"{call.source}" is not a directory'
        return Problem("module-call", source.range, message, help="paths start at this module")

    # --- one module ---

    def _module(self, visit: _Visit) -> Iterator[Problem]:
        module = visit.module
        configuration = self._configuration
        budget, files = configuration.budget, configuration.root.files
        yield from module.problems
        yield from check_structure(module)
        for variable in module.variables.values():
            yield from check_variable(variable, budget, files)
        for output in module.outputs.values():
            yield from check_output(output)
        for resource in module.all_resources:
            yield from check_resource(resource)
            yield from check_builtin(module, resource)
        for name, call in module.calls.items():
            child = visit.called[name]
            yield from check_call(call, None if child is None else child.module)
        for provider in module.providers.values():
            yield from check_provider(provider)
        for check in module.checks.values():
            yield from check_check(check)
        yield from check_terraform(module)
        yield from check_history(module)
        yield from check_conditions(module)
        yield from check_provider_aliases(module, not visit.names)
        yield from ReferenceChecker(module, lambda call: self._outputs(visit, call)).problems()

    def _outputs(self, visit: _Visit, call: ModuleCall) -> Outputs | None:
        child = visit.called[call.name]
        source = call.source
        if child is not None:
            if not child.module.complete:
                return None
            return Outputs(frozenset(child.module.outputs), f"in {source}")
        interfaces = self._configuration.options.interfaces
        if interfaces is None or source is None or call.is_local:
            return None
        names = interfaces.outputs(source, call.version)
        return None if names is None else Outputs(names, source)
