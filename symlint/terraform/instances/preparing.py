"""Evaluates the dependencies of a value first, so that long chains do not recurse deeply.

A value is evaluated when somebody asks for it, and asks for what it refers to: a chain of five
thousand locals would nest as deep. Where evaluation has come to nest ``DEEP`` values, what the next
value refers to is found in its syntax and evaluated first, from the far end of the chain on.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.named_tuple import NamedTuple
from symlint.terraform.modules.references import free_traversals, named_by
from symlint.terraform.modules.sites import call_sites, resource_sites

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.modules.declarations import ResourceKind

DEEP: Final = 12


class Step(NamedTuple):
    """Something that a value may need: a variable, local, output, resource or module call.

    ``name`` is that of the call for "module output"; ``detail`` the output's name there, and the
    name of the resource whose type is ``name``.
    """

    module: ModuleNames
    kind: str
    name: str
    detail: str = ""


class Preparer:
    """Evaluates what values need before they are asked for; remembers what it has gone through."""

    def __init__(self) -> None:
        self._done: set[Step] = set()
        self._written: dict[Step, tuple[Step, ...]] = {}
        """What locals refer to; of those in a circle, it is asked again and again."""

    def prepare(self, module: ModuleNames, kind: str, name: str) -> None:
        """Evaluate everything that a variable, local or output of a module refers to."""
        first = Step(module, kind, name)
        open_ = {first}
        stack = [(first, iter(self._needs(first)))]
        while stack:
            step, needs = stack[-1]
            for need in needs:
                if need not in self._done and need not in open_:
                    open_.add(need)
                    stack.append((need, iter(self._needs(need))))
                    break
            else:
                stack.pop()
                open_.discard(step)
                self._done.add(step)
                if step is not first:
                    _evaluate(step)

    def _needs(self, step: Step) -> Iterator[Step]:
        module, kind, name, detail = step
        if kind == "local":
            found = self._written.get(step)
            if found is None:
                of_local = [module.module.locals[name].attribute.value]
                found = self._written[step] = tuple(dict.fromkeys(_steps(module, of_local)))
            yield from found
        elif kind == "output":
            value = module.module.outputs[name].expression("value")
            yield from _steps(module, [] if value is None else [value])
        elif kind == "variable":
            call = module.call
            if call is not None:
                yield Step(call.parent, "module", call.name)
                argument = call.configured(name)
                if argument is not None:
                    yield from _steps(call.parent, [argument.value])
        elif kind == "module":
            sites = call_sites(module.module.calls[name])
            repeated = (s.expression for s in sites if s.role in ("count", "for_each"))
            yield from _steps(module, repeated)
        elif kind == "module output":
            yield Step(module, "module", name)
            group = module.call_group(name)
            calls = () if group is None else group.instances.values()
            for instance in (call.module for call in calls):
                if instance is not None and detail in instance.module.outputs:
                    yield Step(instance, "output", detail)
        else:
            resource_kind: ResourceKind = "data" if kind == "data" else "resource"
            declared = module.module.of_kind(resource_kind).get((name, detail))
            if declared is not None:
                written = [s.expression for s in resource_sites(declared) if not s.whole]
                yield from _steps(module, written)


def _evaluate(step: Step) -> None:
    if step.kind == "local":
        step.module.local(step.name)
    elif step.kind == "output":
        step.module.output(step.name)
    elif step.kind == "variable":
        step.module.variable(step.name)


def _steps(module: ModuleNames, expressions: Iterable[nodes.Expression]) -> Iterator[Step]:
    """What expressions of a module refer to, as far as it is declared or a resource."""
    declared = module.module
    for expression in expressions:
        for traversal in free_traversals(expression):
            named = named_by(traversal)
            if named is None:
                continue
            kind, type_name, name, _ = named
            if kind == "module":
                if name in declared.calls:
                    names = [s.name for s in traversal.steps[1:] if type(s) is nodes.AttributeStep]
                    yield Step(module, "module output", name, names[0] if names else "")
            elif type_name:
                yield Step(module, kind, type_name, name)
            elif name in (declared.variables if kind == "variable" else declared.locals):
                yield Step(module, kind, name)
