"""All static checks of a configuration: what Terraform refuses before it evaluates anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.terraform.checks_references import Outputs, ReferenceChecker

if TYPE_CHECKING:
    from symlint.terraform.configuration import Configuration
    from symlint.terraform.declarations import Module, ModuleCall
    from symlint.terraform.problems import Problem


def check_configuration(configuration: Configuration) -> tuple[Problem, ...]:
    """The problems of every module of the configuration, each once."""
    checker = _Checker(configuration)
    checker.check(configuration.root.module, ())
    return tuple(checker.found)


class _Checker:
    """Goes through the modules that are called, each once however often it is called."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self.found: dict[Problem, None] = {}
        self._seen: set[tuple[str, tuple[str, ...]]] = set()

    def check(self, module: Module, names: tuple[str, ...]) -> None:
        """Check the module that the calls ``names`` lead to, and all that it calls."""
        stack = [(module, names)]
        while stack:
            module, names = stack.pop()
            key = (module.directory, names if self._configuration.has_manifest else ())
            if key in self._seen:
                continue
            self._seen.add(key)
            called = {
                name: self._configuration.called_module(module, call, (*names, name))
                for name, call in module.calls.items()
            }
            self._check_module(module, called)
            stack.extend(
                (child, (*names, name))
                for name, child in sorted(called.items(), reverse=True)
                if child is not None
            )

    def _check_module(self, module: Module, called: dict[str, Module | None]) -> None:
        self._add(module.problems)
        self._add(ReferenceChecker(module, lambda call: self._outputs(call, called)).problems())

    def _add(self, problems) -> None:
        for problem in problems:
            self.found.setdefault(problem)

    def _outputs(self, call: ModuleCall, called: dict[str, Module | None]) -> Outputs | None:
        child = called[call.name]
        if child is not None:
            if not child.complete:
                return None
            return Outputs(frozenset(child.outputs), f"in {child.directory}")
        interfaces = self._configuration.options.interfaces
        source = call.source
        names = None if not interfaces or not source else interfaces.outputs(source, call.version)
        return None if names is None else Outputs(names, source or "")
