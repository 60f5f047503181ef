"""Whether code is reached for a flow, by what Terraform gives to the flow."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple
from symlint.sym.event.comparisons import elements
from symlint.sym.event.given import (
    FIELDS,
    FILTER_VARIABLES,
    FORM_FIELDS,
    FORM_VARIABLES,
    INTEGRATIONS,
    VARIABLES,
    given,
    others_with,
)
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from symlint.sym.event.given import Given
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.ways import Guard
    from symlint.sym.model.flows import Flow, FlowsFilter

_DEPTH: Final = 30
"""How many names and parts of an expression are followed."""

_MAXIMUM_STEPS: Final = 200_000
"""How many parts of expressions are looked at for one flow; what comes later is unknown."""

_MAPS: Final = (
    VARIABLES,
    FORM_VARIABLES,
    FILTER_VARIABLES,
    FIELDS,
    FORM_FIELDS,
    INTEGRATIONS,
)
_OF_FLOW: Final = ("event.flow", "form.flow_vars", FILTER_VARIABLES)
"""What is the same at each request of a flow, and may be another for another flow."""


class Constant(NamedTuple):
    """What an expression is at each request of a flow."""

    content: object


Outcome: TypeAlias = 'Constant | Literal["free", "unknown"]'
"""What is "free" differs from request to request; of what is "unknown" that is not certain."""


def facts_of(one: Implementation, module: PythonModule, view: Flow | FlowsFilter) -> Facts:
    """What is known of some code when a view runs it; the same for all who ask."""

    def made() -> Facts:
        return Facts(module, view, bool(others_with(one)))

    return view.sym.once_for((facts_of, module, view), made)


class Facts:
    """What is known of the expressions of some code, when a flow or a flows filter runs it.

    ``shared`` where others run it, too: what it tests of a target may then be which of them runs it.
    """

    def __init__(self, module: PythonModule, view: Flow | FlowsFilter, shared: bool) -> None:
        self._module: Final = module
        self._view: Final = view
        self._tests: Final[dict[ast.expr, bool | Literal["free", "unknown"]]] = {}
        self._steps = 0
        self._of_flow: Final = (*_OF_FLOW, f'{FIELDS}["target') if shared else _OF_FLOW

    def reaches(self, node: ast.AST) -> bool | None:
        """Whether a failure of a node is one of the flow: the node is reached, and nothing catches it.

        None where that depends on what is not known.
        """
        answers = [
            self._all([way.complete or None, *map(self._holds, way.guards)])
            for way in self._module.ways.to(node)
            if not way.caught
        ]
        return True if True in answers else None if None in answers else False

    def truth(self, node: ast.expr) -> bool | Literal["free", "unknown"]:
        """Whether a test holds."""
        found = self.of(node)
        return bool(found.content) if isinstance(found, Constant) else found

    def of(self, node: ast.expr) -> Outcome:
        """What an expression is."""
        return self._of(node, _DEPTH)

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

    def _of(self, node: ast.expr, depth: int) -> Outcome:
        self._steps += 1
        if depth == 0 or self._steps > _MAXIMUM_STEPS:
            return "unknown"
        if isinstance(node, ast.Constant):
            return Constant(node.value)
        found = self._of_name(node, depth - 1) or self._of_part(node, depth - 1)
        find = _FINDERS.get(type(node))
        if found is None and find is not None:
            found = find(self, node, depth - 1)
        return self._by_parts(node) if found is None else found

    def _of_part(self, node: ast.expr, depth: int) -> Outcome | None:
        """What a part of the event is; None for anything else."""
        meaning = self._module.meanings.of(node)
        if meaning is None or meaning.startswith("sym."):
            return None
        for whole in _MAPS:
            if meaning == whole:
                return self._of_map(whole)
            if meaning.startswith(whole) and meaning.endswith('"]'):
                key = meaning[len(whole) + 2 : -2]
                if '"' not in key:
                    return self._of_key(node, whole, key, depth)
        return "unknown" if meaning.startswith(self._of_flow) else "free"

    def _of_map(self, whole: str) -> Outcome:
        """The keys of a map, as far as it is surely not empty."""
        map_ = self._map(whole)
        keys = () if map_ is None else tuple(sorted(map_.sure))
        return Constant(keys) if keys and map_ is not None and not map_.reason else "unknown"

    def _of_key(self, node: ast.expr, whole: str, key: str, depth: int) -> Outcome:
        map_ = self._map(whole)
        has = None if map_ is None else map_.has(key)
        if has is False:
            if not isinstance(node, ast.Call):
                return "unknown"
            return self._of(node.args[1], depth) if len(node.args) > 1 else Constant(None)
        if whole in (FIELDS, FORM_FIELDS):
            own = f'{FIELDS}["{key}'.startswith(self._of_flow)
            return "free" if has and not own else "unknown"
        value = None if map_ is None or not has else map_.values[key]
        text = None if value is None or whole == INTEGRATIONS else text_of(value)
        return "unknown" if text is None else Constant(text)

    def _map(self, meaning: str) -> Given | None:
        return given(self._view, meaning)

    def _of_name(self, node: ast.expr, depth: int) -> Outcome | None:
        """What stands for a name that has one value; None for anything else."""
        if isinstance(node, ast.NamedExpr):
            return self._of(node.value, depth)
        bindings = self._module.scopes.bindings(node) if isinstance(node, ast.Name) else ()
        value = bindings[0].value if len(bindings) == 1 else None
        return None if value is None else self._of(value, depth)

    def _of_not(self, node: ast.UnaryOp, depth: int) -> Outcome | None:
        if not isinstance(node.op, ast.Not):
            return None
        inner = self._of(node.operand, depth)
        return Constant(not inner.content) if isinstance(inner, Constant) else inner

    def _of_chain(self, node: ast.BoolOp, depth: int) -> Outcome:
        """The first operand that decides an ``and`` or an ``or``; the last one where none does."""
        decides = isinstance(node.op, ast.Or)
        found = [self._of(it, depth) for it in node.values]
        known = [it for it in found if isinstance(it, Constant)]
        deciding = [it for it in known if bool(it.content) is decides]
        if len(known) == len(found):
            return deciding[0] if deciding else found[-1]
        if deciding:
            # Which operand it is may differ; whether it is true does not.
            return Constant(decides)
        return "unknown" if "unknown" in found else "free"

    def _of_comparison(self, node: ast.Compare, depth: int) -> Outcome | None:
        if len(node.ops) != 1:
            return None
        # What differs at each request may be equal to anything, at one or another.
        operator_, right = type(node.ops[0]), node.comparators[0]
        if operator_ in (ast.In, ast.NotIn):
            has = self._contains(node.left, right, depth)
            if has is None or isinstance(has, str):
                return has
            return Constant(has is (operator_ is ast.In))
        one, other = self._of(node.left, depth), self._of(right, depth)
        compare = _COMPARISONS.get(operator_)
        if isinstance(one, Constant) and isinstance(other, Constant):
            known = None if compare is None else compare(one.content, other.content)
            return "unknown" if known is None else Constant(known)
        return "free" if "free" in (one, other) else "unknown"

    def _contains(
        self, left: ast.expr, right: ast.expr, depth: int
    ) -> bool | Literal["free", "unknown"] | None:
        """Whether something is in a collection; None for a collection that is nothing of Terraform's."""
        if isinstance(right, ast.Call) and isinstance(right.func, ast.Attribute):
            right = right.func.value if right.func.attr == "keys" else right
        meaning = self._module.meanings.of(right) or ""
        item = self._of(left, depth)
        map_ = self._map(meaning) if meaning in _MAPS else None
        if map_ is not None:
            if not isinstance(item, Constant):
                return "unknown"
            has = map_.has(str(item.content))
            return "unknown" if has is None else "free" if has and meaning == FIELDS else has
        written = elements(self._module, right)
        if written:
            found = [self._of(it, depth) for it in written]
            if isinstance(item, Constant) and all(isinstance(it, Constant) for it in found):
                return item in found
            return "free" if "free" in (item, *found) else "unknown"
        whole = self._of(right, depth)
        if isinstance(item, Constant) and isinstance(whole, Constant):
            one, other = item.content, whole.content
            return (
                one in other
                if isinstance(one, str) and isinstance(other, (str, list))
                else "unknown"
            )
        return "free" if "free" in (item, whole) else "unknown"

    def _of_call(self, node: ast.Call, depth: int) -> Outcome | None:
        """What a function or a method of texts gives for texts that are known."""
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in _METHODS:
            parts = [function.value, *node.args]
            call: Callable[..., object] = getattr(str, function.attr)
        elif isinstance(function, ast.Name) and function.id in _BUILTINS and node.args:
            if self._module.scopes.bindings(function):
                return None
            parts, call = node.args, _BUILTINS[function.id]
        else:
            return None
        found = [self._of(part, depth) for part in parts]
        known = [it.content for it in found if isinstance(it, Constant)]
        if len(known) == len(found) and not node.keywords:
            try:
                return Constant(call(*known))
            except (TypeError, ValueError, OverflowError):
                return "unknown"
        return None

    # --- what else may depend on the flow ---

    def _by_parts(self, node: ast.expr) -> Outcome:
        """Free for what differs from request to request, and is made of nothing that is the flow's own."""
        varies = False
        waiting: list[ast.AST] = [node]
        seen: set[ast.AST] = set()
        while waiting:
            here = waiting.pop()
            if here in seen:
                continue
            seen.add(here)
            self._steps += 1
            if self._steps > _MAXIMUM_STEPS:
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
        map_ = self._map(INTEGRATIONS) if not head and key.endswith('"]') else None
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
        meaning = self._module.meanings.of(node.func) or ""
        return meaning.startswith(("sym.sdk.integrations.", "requests.", "datetime."))


_OWN: Final = ("flow", "flow_vars", "vars", "environment", "srn")
_BUILTINS: Final[dict[str, Callable[..., object]]] = {
    "bool": bool,
    "float": float,
    "int": int,
    "len": len,
    "str": str,
}
_METHODS: Final = ("lower", "upper", "strip", "split", "startswith", "endswith", "casefold")
_COMPARISONS: Final[dict[type[ast.cmpop], Callable[[object, object], object]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
}
_FINDERS: Final[dict[type[ast.expr], Callable[[Facts, Any, int], Outcome | None]]] = {
    ast.UnaryOp: Facts._of_not,
    ast.BoolOp: Facts._of_chain,
    ast.Compare: Facts._of_comparison,
    ast.Call: Facts._of_call,
}
