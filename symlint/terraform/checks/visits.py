"""The modules of a configuration, each once however often it is called, evaluating nothing."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem
from symlint.terraform.values.problems import Problem

if TYPE_CHECKING:
    from symlint.terraform.modules.called import CalledModules
    from symlint.terraform.modules.declarations import Module, ModuleCall


class Visit(NamedTuple):
    """A module as some calls lead to it; ``called`` has the modules of its own calls.

    ``names`` are the calls from the root module to it. ``called`` is None for a call whose
    module's code is not here.
    """

    module: Module
    names: tuple[str, ...]
    called: dict[str, Visit | None]


class Visits(NamedTuple):
    """All modules, each after those that it calls, and what is wrong with the calls."""

    order: tuple[Visit, ...]
    problems: tuple[Problem, ...]


def visit_modules(called: CalledModules) -> Visits:
    """The modules that are called, and the calls that lead nowhere or in a circle."""
    return _Visitor(called).visit_all()


class _Visitor:
    def __init__(self, called: CalledModules) -> None:
        self._modules = called
        self._visits: dict[tuple[str, tuple[str, ...]], Visit] = {}
        self._problems: list[Problem] = []

    def visit_all(self) -> Visits:
        order = []
        root = self._make(self._modules.root, ())
        path = [(root, iter(root.module.calls))]
        # The directories from the root module to the one that is being looked at.
        above = [self._modules.cache.tree.resolve(root.module.directory)]
        while path:
            visit, names = path[-1]
            name = next(names, None)
            if name is None:
                path.pop()
                above.pop()
                order.append(visit)
                continue
            child = self._called(visit, name, above)
            visit.called[name] = child
            if child is not None and child.names == (*visit.names, name):
                path.append((child, iter(child.module.calls)))
                above.append(self._modules.cache.tree.resolve(child.module.directory))
        return Visits(tuple(order), tuple(self._problems))

    def _make(self, module: Module, names: tuple[str, ...]) -> Visit:
        visit = Visit(module, names, {})
        self._visits[self._modules.key(module, names)] = visit
        return visit

    def _called(self, visit: Visit, name: str, above: list[str]) -> Visit | None:
        call = visit.module.calls[name]
        names = (*visit.names, name)
        directory = self._modules.directory(visit.module.directory, call, names)
        if directory is None:
            return None
        source = call.attributes["source"].value.range
        if self._modules.cache.tree.resolve(directory) in above:
            message = f'module "{name}" calls a module that it is part of'
            self._problems.append(Problem("module-call", source, message))
            return None
        module = self._modules.cache.module(directory)
        if module is None:
            missing = self._missing(call, directory) if call.is_local else None
            if missing is not None:
                self._problems.append(missing)
            return None
        return self._visits.get(self._modules.key(module, names)) or self._make(module, names)

    def _missing(self, call: ModuleCall, directory: str) -> Problem | None:
        # A directory without Terraform files is an empty module: Terraform accepts it.
        found = self._modules.cache.names(directory)
        source = call.attributes["source"].value
        if not isinstance(found, ReadProblem):
            return None
        message = f'the directory "{call.source}" cannot be read'
        if found.kind == "missing":
            message = f'there is no directory "{call.source}"'
        elif found.kind == "not a file":
            message = f'"{call.source}" is not a directory'
        return Problem(
            "module-call",
            source.range,
            message,
            help="the path is relative to the directory of this module",
        )
