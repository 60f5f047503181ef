"""Whether an expression differs from request to request, or may be another for another flow."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.sym.event.given import INTEGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from symlint.sym.event.outcomes import Expressions

_OWN: Final = ("flow", "flow_vars", "vars", "environment", "srn")
_SERVICES: Final = ("sym.sdk.integrations.", "requests.", "datetime.")


class Dependence:
    """What expressions are made of. ``of_flow`` are the parts of the event that are the flow's own.

    ``has_budget`` is asked for each part that is looked at.
    """

    def __init__(
        self, known: Expressions, of_flow: Sequence[str], has_budget: Callable[[], bool]
    ) -> None:
        self._known: Final = known
        self._module: Final = known.module
        self._of_flow: Final = tuple(of_flow)
        self._has_budget: Final = has_budget

    def of(self, node: ast.expr) -> Literal["free", "unknown"]:
        """Free for what differs from request to request, and is made of nothing that is the flow's own."""
        varies = False
        waiting: list[ast.AST] = [node]
        seen: set[ast.AST] = set()
        while waiting:
            here = waiting.pop()
            if here in seen:
                continue
            seen.add(here)
            if not self._has_budget():
                return "unknown"
            if isinstance(here, ast.expr):
                if self._is_integration(here):
                    continue
                if self._is_of_flow(here, seen):
                    return "unknown"
                varies = varies or self._varies(here)
                waiting += self._behind(here)
            if not self._is_asked_elsewhere(here):
                waiting += ast.iter_child_nodes(here)
        return "free" if varies else "unknown"

    def _varies(self, node: ast.expr) -> bool:
        """Whether an expression is a part of the event, or what a service answers."""
        meaning = self._module.meanings.of(node)
        return self._is_asked_elsewhere(node) or not (meaning or "sym.").startswith("sym.")

    def _is_integration(self, node: ast.expr) -> bool:
        """Whether an expression is an integration that the environment has: code calls services with it."""
        head, _, key = (self._module.meanings.of(node) or "").partition(f'{INTEGRATIONS}["')
        map_ = self._known.map(INTEGRATIONS) if not head and key.endswith('"]') else None
        return map_ is not None and map_.has(key[:-2]) is True

    def _is_of_flow(self, node: ast.expr, seen: set[ast.AST]) -> bool:
        """Whether an expression surely or possibly is a part of what is the flow's own.

        What the parameters of functions in ``seen`` are, was seen where these are called.
        """
        meaning = self._module.meanings.of(node)
        if meaning is not None:
            return meaning.startswith(self._of_flow)
        if isinstance(node, ast.Name):
            bindings = self._module.scopes.bindings(node)
            return any(it.kind == "parameter" and not self._is_in(it.node, seen) for it in bindings)
        return isinstance(node, ast.Attribute) and node.attr in _OWN

    def _is_in(self, parameter: ast.AST, functions: set[ast.AST]) -> bool:
        arguments = self._module.scopes.parent(parameter)
        return arguments is not None and self._module.scopes.parent(arguments) in functions

    def _behind(self, node: ast.expr) -> Iterator[ast.AST]:
        """What a name stands for: values, what is looped over, the function that it calls."""
        bindings = self._module.scopes.bindings(node) if isinstance(node, ast.Name) else ()
        for binding in bindings:
            if binding.value is not None:
                yield binding.value
            elif binding.kind == "function":
                yield binding.node
            elif binding.kind == "other":
                loop = self._module.scopes.parent(binding.node)
                while isinstance(loop, (ast.Tuple, ast.List, ast.Starred)):
                    loop = self._module.scopes.parent(loop)
                if isinstance(loop, (ast.For, ast.AsyncFor, ast.comprehension)):
                    yield loop.iter
                elif isinstance(loop, (ast.Assign, ast.AugAssign)):
                    yield loop.value

    def _is_asked_elsewhere(self, node: ast.AST) -> bool:
        """Whether a call asks the SDK or a service, whose answer does not say which flow it is."""
        if not isinstance(node, ast.Call):
            return False
        return (self._module.meanings.of(node.func) or "").startswith(_SERVICES)
