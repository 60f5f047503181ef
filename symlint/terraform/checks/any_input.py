"""Evaluating every expression of each module for any input: as if all its variables were unknown.

What comes up there is wrong whoever calls the module, so it is found once for all root modules that do.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.budget import Budget
from symlint.terraform.checks.evaluate_all import evaluate_module
from symlint.terraform.instances.variables import fitted

if TYPE_CHECKING:
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.evaluation import Evaluation, Noted
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.instances.options import EvaluationOptions
    from symlint.terraform.modules.declarations import Module

_STEPS: Final = 20_000
_STEPS_PER_CHARACTER: Final = 5
"""What evaluating a module once for all who call it may take. Of public modules, none takes more than
two for each character of its text."""


def evaluate_for_any_input(configuration: Configuration) -> Evaluation:
    """Evaluate each module of a configuration by itself; the problems are those of the result."""
    options = configuration.options._replace(defaults=False, any_input=True)
    whole = configuration.with_options(options)
    for module in configuration.called.modules.values():
        noted = _noted(configuration, module, options)
        if noted is None:
            _evaluate(whole.by_itself(module))
        else:
            whole.evaluation.take_over(noted)
    return whole.evaluation


def _noted(
    configuration: Configuration, module: Module, options: EvaluationOptions
) -> tuple[Noted, ...] | None:
    """What comes up in a module whoever calls it.

    None where that is too much work to be done for all, or depends on where the root module is.
    """
    # What is given is for the variables of the root module.
    options = options._replace(given=(), environment=None)
    question = (evaluate_for_any_input, module.directory, options)
    answers = configuration.cache.answers
    if question in answers:
        known: tuple[Noted, ...] | None = answers[question]
        return known
    # Of its own: what one root module may still do must not say what others are told.
    budget = Budget(_STEPS + _STEPS_PER_CHARACTER * module.characters)
    files = configuration.called.files(module.directory)
    files.used = False
    alone = configuration.with_options(options, budget)
    _evaluate(alone.by_itself(module))
    answers[question] = None if files.used or budget.given_up else alone.evaluation.noted
    if budget.given_up:
        return None
    if files.used:
        configuration.budget.spend(budget.allowed - budget.remaining)
    return alone.evaluation.noted


def _evaluate(module: ModuleInstance) -> None:
    evaluate_module(module)
    called = module.tree.called
    for call in module.module_calls():
        source = call.source
        if source is None or not call.declaration.is_local:
            continue
        directory = called.local_directory(module.directory, source)
        child = None if directory is None else called.cache.module(directory)
        if child is None:
            continue
        for argument in call.declaration.arguments:
            variable, given = child.variables.get(argument.name), call.argument(argument.name)
            if variable is not None and given is not None and not given.is_null:
                fitted(variable, given, call.argument_range(variable.name), call.scope)
    module.forget()
