"""Reads what functions of an implementation give, from their text alone: nothing is run.

Names that are assigned on the way, imports, constants, lists, calls of the SDK and of functions of the
same text, and the variables that Terraform gives are followed. Whatever else there is stays a text.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final, TypeAlias

from symlint.sym.access.python.digests import Digests
from symlint.sym.access.python.expressions import of_expression
from symlint.sym.access.python.reader import Frame
from symlint.sym.access.python.texts import source_of, text_in, text_of_tested
from symlint.sym.access.python.truths import decided, matches
from symlint.sym.access.python.values import (
    Called,
    Computed,
    Constant,
    Named,
    Option,
    Test,
    options_of,
)
from symlint.sym.implementation.returns import changed_names, results_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from symlint.budget import Budget
    from symlint.sym.access.python.values import PythonValue, Variable
    from symlint.sym.catalogue.sdk_api.api import SdkApi
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.returns import Condition, Result, Tested
    from symlint.sym.implementation.scopes import FunctionDef

_MAXIMUM_STEPS: Final = 20_000
_MAXIMUM_DEPTH: Final = 30
_STEPS_PER_NODE: Final = 25
"""What reading an expression costs, in steps of the budget."""
_Known: TypeAlias = "dict[tuple[Condition, int], Test | bool]"
"""Conditions on the way through a function, each with what is assigned there."""

_ELEMENT: Final = re.compile(r'\["(\w+)"\]$')
_TOO_MUCH: Final = "following it takes more work than symlint does for one implementation"


class Interpreter:
    """Reads the functions of one implementation: what its parts know as the ``Reader``.

    ``given`` is what Terraform gives for parts of the event that the code reads, by their meanings.
    """

    def __init__(
        self,
        code: Code,
        module: PythonModule,
        api: SdkApi,
        given: Mapping[str, Variable],
        budget: Budget,
    ) -> None:
        self.code: Final = code
        self.module: Final = module
        self.api: Final = api
        self.entered: Final[list[FunctionDef]] = []
        self.changed: Final = changed_names(module.tree)
        self._digests: Final = Digests(self)
        self._behind: dict[str, None] = {}
        self._given: Final = given
        self._budget: Final = budget
        self._steps = 0

    def has_budget(self, depth: int) -> bool:
        """Whether one more step may be taken."""
        self._steps += 1
        if self._steps > _MAXIMUM_STEPS or depth > _MAXIMUM_DEPTH:
            return False
        return self._budget.spend(_STEPS_PER_NODE)

    # --- functions ---

    def results(
        self, function: FunctionDef, parameters: Mapping[str, PythonValue] | None = None
    ) -> tuple[Option, ...]:
        """What a function returns, and when; None (as a constant) where it ends without a value."""
        if function in self.entered or len(self.entered) > _MAXIMUM_DEPTH:
            return (Option((), self.computed(function, "it calls itself")),)
        found = results_of(function)
        self.entered.append(function)
        options: list[Option] = []
        enough = True
        known: _Known = {}
        try:
            for result in found.results:
                enough = enough and self.has_budget(0)
                if enough:
                    options += self._result(result, parameters, known)
        finally:
            self.entered.pop()
        if not enough:
            return (Option((), self.computed(function, _TOO_MUCH)),)
        if not found.complete:
            options.append(Option((), self.computed(function, "it has too many ways through it")))
        if not options:
            options.append(Option((), self.computed(function, "it never returns")))
        return tuple(options)

    def _result(
        self, result: Result, parameters: Mapping[str, PythonValue] | None, known: _Known
    ) -> list[Option]:
        frame = Frame(parameters or {}, result.assigned)
        tests = self._tests(result.conditions, frame, known)
        if tests is None:
            return []
        if result.value is None:
            node = result.statement or self.module.tree
            return [Option(tests, Constant(None, node))]
        value = self.value(result.value, frame)
        return [Option((*tests, *it.tests), it.value) for it in options_of(value)]

    def _tests(
        self, conditions: Sequence[Condition], frame: Frame, known: _Known
    ) -> tuple[Test, ...] | None:
        """What a way depends on; None for one that is never taken."""
        found = []
        for condition in conditions:
            # Ways have their beginnings in common.
            key = (condition, id(frame.assigned))
            if self.has_budget(0) and key not in known:
                known[key] = self._tested(condition, frame)
            test = known.get(key)
            if test is False:
                return None
            if isinstance(test, Test):
                found.append(test)
        return tuple(found)

    def _tested(self, condition: Condition, frame: Frame) -> Test | bool:
        """Whether a condition is met; itself where only running the code would tell."""
        node = condition.test
        answer = None
        if isinstance(node, ast.expr):
            answer = decided(self, node, frame)
        elif isinstance(node, ast.match_case):
            answer = matches(self, node, frame)
        if answer is None:
            return self.test(node, condition.holds, frame)
        return answer is condition.holds

    # --- expressions ---

    def value(self, node: ast.expr, frame: Frame, depth: int = 0) -> PythonValue:
        """What an expression is."""
        if not self.has_budget(depth):
            return self.computed(node, _TOO_MUCH)
        outer, self._behind = self._behind, {}
        found = self.known(node, frame, depth)
        if found is None:
            self._behind = {}
            found = Computed(text_in(self, node, frame, depth + 1), node)
        code, self._behind = self._behind, outer
        if isinstance(found, (Called, Computed)):
            return found._replace(code=tuple(sorted({*found.code, *code})))
        return found

    def known(self, node: ast.expr, frame: Frame, depth: int) -> PythonValue | None:
        """What an expression is; None for what only running the code would tell."""
        found = self._of_meaning(node)
        return of_expression(self, node, frame, depth + 1) if found is None else found

    def _of_meaning(self, node: ast.expr) -> PythonValue | None:
        """What an expression is whose meaning is known: a name of the SDK, what Terraform gives."""
        if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
            return None
        meaning = self.module.meanings.of(node)
        if meaning is None:
            return None
        if meaning.startswith("sym.sdk."):
            # Of an enumeration, E["A"] is E.A.
            name = _ELEMENT.sub(r".\1", meaning) if isinstance(node, ast.Subscript) else meaning
            return Named(self.api.resolve(name) or name, node)
        variable = self.variable(meaning)
        # A name may stand for a call of get, which has an answer for a variable that is missing.
        if variable is None or (variable.missing and not isinstance(node, ast.Subscript)):
            return None
        if variable.text is None:
            return Computed(source_of(self.code, node), node, variable.reason, variable.missing)
        return Constant(variable.text, node, filled=True)

    def variable(self, meaning: str | None) -> Variable | None:
        """What Terraform gives for the part of the event that a meaning names."""
        return None if meaning is None else self._given.get(meaning)

    # --- conditions ---

    def test(self, node: Tested, holds: bool, frame: Frame) -> Test:
        """Something that a way depends on as a condition: its text, without the "not" before it."""
        while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            node, holds = node.operand, not holds
        outer, self._behind = self._behind, {}
        text = text_of_tested(self, node, frame)
        code, self._behind = self._behind, outer
        return Test(text, holds, node, tuple(sorted(code)))

    def names(self, name: ast.Name) -> None:
        """Note that a text names something that it does not show."""
        digest = self._digests.of(name)
        if digest:
            self._behind[digest] = None

    def takes_over(self, code: Iterable[str]) -> None:
        """Note what a text names that another one is made of."""
        self._behind.update(dict.fromkeys(code))

    def computed(self, node: ast.AST, reason: str) -> Computed:
        """What only running the code would tell."""
        if isinstance(node, ast.expr):
            names = [it for it in ast.walk(node) if isinstance(it, ast.Name)]
            code = tuple(sorted(filter(None, {self._digests.of(it) for it in names})))
            return Computed(source_of(self.code, node), node, reason, code=code)
        return Computed("", node, reason, code=(self._digests.of_function(node),))
