"""Whether code is reached for a flow, by what Terraform gives to the flow."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.sym.event.dependence import Dependence
from symlint.sym.event.given import (
    FIELDS,
    FILTER_VARIABLES,
    FORM_FIELDS,
    INTEGRATIONS,
    given,
    is_shared,
)
from symlint.sym.event.outcomes import MAPS, Constant
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.sym.event.given import Given
    from symlint.sym.event.outcomes import Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.ways import Guard
    from symlint.sym.model.flows import Flow, FlowsFilter

_DEPTH: Final = 30
"""How many names and parts of an expression are followed."""

_MAXIMUM_STEPS: Final = 200_000
"""How many parts of expressions are looked at for one flow; what comes later is unknown."""

_STEPS_PER_PART: Final = 5
"""What it costs to look at a part of an expression, in steps of the budget."""

_OF_FLOW: Final = ("event.flow", "form.flow_vars", FILTER_VARIABLES)
"""What is the same at each request of a flow, and may be another for another flow."""


def facts_of(one: Implementation, module: PythonModule, view: Flow | FlowsFilter) -> Facts:
    """What is known of some code when a view runs it; the same for all who ask."""

    def made() -> Facts:
        return Facts(module, view, is_shared(one))

    return view.sym.once_for((facts_of, module, view), made)


class Facts:
    """What is known of the expressions of some code, when a flow or a flows filter runs it.

    ``shared`` where others run it, too: what it tests of a target may then be which of them runs it.
    """

    def __init__(self, module: PythonModule, view: Flow | FlowsFilter, shared: bool) -> None:
        self.module: Final = module
        self._view: Final = view
        self._tests: Final[dict[ast.expr, bool | Literal["free", "unknown"]]] = {}
        self._budget: Final = view.sym.terraform.budget
        self._steps = 0
        self._of_flow: Final = (*_OF_FLOW, f'{FIELDS}["target') if shared else _OF_FLOW
        self._dependence: Final = Dependence(self, self._of_flow, self._has_budget)

    def reaches(self, node: ast.AST) -> bool | None:
        """Whether a failure of a node is one of the flow: the node is reached, and nothing catches it.

        None where that depends on what is not known.
        """
        ways = [way for way in self.module.ways.to(node) if not way.caught]
        if not self._budget.spend(len(ways) + sum(len(way.guards) for way in ways)):
            return None
        answers = [self._all([way.complete or None, *map(self._holds, way.guards)]) for way in ways]
        return True if True in answers else None if None in answers else False

    def truth(self, node: ast.expr) -> bool | Literal["free", "unknown"]:
        """Whether a test holds."""
        found = self.of(node)
        return bool(found.content) if isinstance(found, Constant) else found

    def of(self, node: ast.expr) -> Outcome:
        """What an expression is."""
        return self.outcome(node, _DEPTH)

    # --- ways ---

    def _holds(self, guard: Guard) -> bool | None:
        """Whether a test can be what it must be on the way; None where that is not known."""
        if guard.test not in self._tests:
            self._tests[guard.test] = self.truth(guard.test)
        truth = self._tests[guard.test]
        if truth == "unknown" or (guard.holds is None and truth != "free"):
            return None
        return truth == "free" or truth is guard.holds

    def _all(self, answers: Iterable[bool | None]) -> bool | None:
        found = set(answers)
        return False if False in found else None if None in found else True

    # --- expressions ---

    def _has_budget(self) -> bool:
        """Whether one more part of an expression may be looked at."""
        self._steps += 1
        return self._steps <= _MAXIMUM_STEPS and self._budget.spend(_STEPS_PER_PART)

    def outcome(self, node: ast.expr, depth: int) -> Outcome:
        """What an expression is; names and parts are followed so far."""
        if not self._has_budget() or depth == 0:
            return "unknown"
        if isinstance(node, ast.Constant):
            return Constant(node.value)
        found = self._of_name(node, depth - 1) or self._of_part(node, depth - 1)
        if found is None:
            from symlint.sym.event.operations import of_operation

            found = of_operation(self, node, depth - 1)
        return self._dependence.of(node) if found is None else found

    def _of_part(self, node: ast.expr, depth: int) -> Outcome | None:
        """What a part of the event is; None for anything else."""
        meaning = self.module.meanings.of(node)
        if meaning is None or meaning.startswith("sym."):
            return None
        for whole in MAPS:
            if meaning == whole:
                return self._of_map(whole)
            if meaning.startswith(whole) and meaning.endswith('"]'):
                key = meaning[len(whole) + 2 : -2]
                if '"' not in key:
                    return self._of_key(node, whole, key, depth)
        return "unknown" if meaning.startswith(self._of_flow) else "free"

    def _of_map(self, whole: str) -> Outcome:
        """The keys of a map, as far as it is surely not empty."""
        map_ = self.map(whole)
        keys = () if map_ is None else tuple(sorted(map_.sure))
        return Constant(keys) if keys and map_ is not None and not map_.reason else "unknown"

    def _of_key(self, node: ast.expr, whole: str, key: str, depth: int) -> Outcome:
        map_ = self.map(whole)
        has = None if map_ is None else map_.has(key)
        if has is False:
            if not isinstance(node, ast.Call):
                return "unknown"
            return self.outcome(node.args[1], depth) if len(node.args) > 1 else Constant(None)
        if whole in (FIELDS, FORM_FIELDS):
            own = f'{FIELDS}["{key}'.startswith(self._of_flow)
            return "free" if has and not own else "unknown"
        value = None if map_ is None or not has else map_.values[key]
        text = None if value is None or whole == INTEGRATIONS else text_of(value)
        return "unknown" if text is None else Constant(text)

    def map(self, meaning: str) -> Given | None:
        """What Terraform gives as the map that a meaning names."""
        return given(self._view, meaning)

    def _of_name(self, node: ast.expr, depth: int) -> Outcome | None:
        """What stands for a name that has one value; None for anything else."""
        if isinstance(node, ast.NamedExpr):
            return self.outcome(node.value, depth)
        bindings = self.module.scopes.bindings(node) if isinstance(node, ast.Name) else ()
        value = bindings[0].value if len(bindings) == 1 else None
        return None if value is None else self.outcome(value, depth)
