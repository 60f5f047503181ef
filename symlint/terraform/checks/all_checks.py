"""All static checks of a configuration: what Terraform refuses before it evaluates anything."""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.budget import STEPS_PER_CHARACTER, Budget
from symlint.named_tuple import NamedTuple
from symlint.terraform.checks.meta_arguments import (
    check_output,
    check_provider_aliases,
    check_resource,
)
from symlint.terraform.checks.missing_outputs import Outputs, missing_outputs
from symlint.terraform.checks.module_calls import Interface, check_call
from symlint.terraform.checks.references import ReferenceChecker
from symlint.terraform.checks.settings_blocks import (
    check_check,
    check_conditions,
    check_history,
    check_provider,
    check_terraform,
)
from symlint.terraform.checks.structure import check_structure
from symlint.terraform.checks.visits import visit_modules
from symlint.terraform.modules.builtin import check_builtin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.checks.references import OutputReference
    from symlint.terraform.checks.visits import Visit
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.modules.declarations import Module, ModuleCall
    from symlint.terraform.modules.file_access import ModuleFiles
    from symlint.terraform.values.problems import Problem


MOST_PROBLEMS: Final = 2_000
"""How many problems of one configuration are looked for."""

_STEPS_PER_MODULE: Final = 20_000
"""What comparing the defaults of a module with their types may cost, beside what its size allows."""


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


class _Alone(NamedTuple):
    """The problems of a module that it has wherever it is called, and what remains to be compared."""

    problems: tuple[Problem, ...]
    outputs: tuple[OutputReference, ...]
    given_up: tuple[str, ...]


def _alone(module: Module, files: ModuleFiles) -> _Alone:
    # Of its own: what one root module may still do must not say what others are told.
    budget = Budget(_STEPS_PER_MODULE + STEPS_PER_CHARACTER * module.characters)
    references = ReferenceChecker(module)
    problems = tuple(islice(_problems(module, references, budget, files), MOST_PROBLEMS))
    return _Alone(problems, tuple(references.outputs), tuple(budget.given_up))


def _problems(
    module: Module, references: ReferenceChecker, budget: Budget, files: ModuleFiles
) -> Iterator[Problem]:
    yield from module.problems
    yield from check_structure(module)
    for variable in module.variables.values():
        from symlint.terraform.checks.variables import check_variable

        yield from check_variable(variable, budget, files)
    for output in module.outputs.values():
        yield from check_output(output)
    for resource in module.all_resources:
        yield from check_resource(resource)
        yield from check_builtin(module, resource)
    for provider in module.providers.values():
        yield from check_provider(provider)
    for check in module.checks.values():
        yield from check_check(check)
    yield from check_terraform(module)
    yield from check_history(module)
    yield from check_conditions(module)
    yield from references.problems()


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
        alone = self._alone(module)
        yield from alone.problems
        for name, call in module.calls.items():
            child = visit.called[name]
            yield from check_call(call, None if child is None else self._interface(child.module))
        aliases = () if visit.names else tuple(check_provider_aliases(module))
        if aliases and not configuration.called.terragrunt:
            yield from aliases
        yield from missing_outputs(alone.outputs, lambda call: self._outputs(visit, call))

    def _alone(self, module: Module) -> _Alone:
        """What a module alone tells, which is found once in a run."""
        answers = self._configuration.cache.answers
        question = (_alone, module.directory)
        found: _Alone | None = answers.get(question)
        if found is None:
            found = answers[question] = _alone(module, self._configuration.root.files)
        for what in found.given_up:
            self._configuration.budget.give_up(what)
        return found

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
