"""All static checks of a configuration: what Terraform refuses before it evaluates anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.terraform.checks.meta_arguments import (
    check_output,
    check_provider_aliases,
    check_resource,
)
from symlint.terraform.checks.module_calls import Interface, check_call
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
from symlint.terraform.checks.visits import visit_modules
from symlint.terraform.modules.builtin import check_builtin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.checks.visits import Visit
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.modules.declarations import Module, ModuleCall
    from symlint.terraform.values.problems import Problem


MOST_PROBLEMS: Final = 2_000
"""How many problems of one configuration are looked for."""


def check_configuration(configuration: Configuration) -> tuple[Problem, ...]:
    """The problems of every module of the configuration, each once, ``MOST_PROBLEMS`` at most."""
    found: dict[Problem, None] = {}
    for problem in _Checker(configuration).problems():
        found[problem.brief()] = None
        if len(found) == MOST_PROBLEMS:
            configuration.budget.give_up(
                f"there are {MOST_PROBLEMS:,} problems, and more are not looked for"
            )
            break
    return tuple(found)


class _Checker:
    """Goes through the modules that are called, each once however often it is called."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._interfaces: dict[str, Interface] = {}

    def problems(self) -> Iterator[Problem]:
        """The problems of all modules; those of a module come after those of what it calls."""
        visits = visit_modules(self._configuration.called)
        yield from visits.problems
        for visit in visits.order:
            yield from self._module(visit)

    def _module(self, visit: Visit) -> Iterator[Problem]:
        module = visit.module
        configuration = self._configuration
        budget, files = configuration.evaluation.budget, configuration.root.files
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
            yield from check_call(call, None if child is None else self._interface(child.module))
        for provider in module.providers.values():
            yield from check_provider(provider)
        for check in module.checks.values():
            yield from check_check(check)
        yield from check_terraform(module)
        yield from check_history(module)
        yield from check_conditions(module)
        if not visit.names and not configuration.called.terragrunt:
            yield from check_provider_aliases(module)
        yield from ReferenceChecker(module, lambda call: self._outputs(visit, call)).problems()

    def _interface(self, module: Module) -> Interface:
        found = self._interfaces.get(module.directory)
        if found is None:
            found = self._interfaces[module.directory] = Interface(module)
        return found

    def _outputs(self, visit: Visit, call: ModuleCall) -> Outputs | None:
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
