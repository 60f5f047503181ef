"""Reads what functions of an implementation give, from their text alone: nothing is run.

Names that are assigned on the way, imports, constants, lists, calls of the SDK and of functions of the
same text, and the variables that Terraform gives are followed. Whatever else there is stays a text.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from symlint.sym.access.python_values import (
    Called,
    Choice,
    Computed,
    Constant,
    Items,
    Named,
    Option,
    Test,
    options_of,
)
from symlint.sym.implementation.returns import results_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.budget import Budget
    from symlint.sym.access.python_values import PythonValue, Variable
    from symlint.sym.catalogue.sdk_api.api import SdkApi
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.returns import Assigned, Condition, Result
    from symlint.sym.implementation.scopes import FunctionDef

_MAXIMUM_STEPS: Final = 20_000
_MAXIMUM_DEPTH: Final = 30
_STEPS_PER_NODE: Final = 25
"""What reading an expression costs, in steps of the budget."""
_LONGEST_INLINED: Final = 80
_TOO_MUCH: Final = "following it takes more work than symlint does for one implementation"
_VARIABLE: Final = 'event.flow.vars["'
_STRING_METHODS: Final = ("split", "strip", "lower", "upper")


class Frame:
    """A way through a function, as expressions on it are read: parameters and what was assigned.

    ``texts`` are the arguments as the caller writes them, by parameter.
    """

    def __init__(
        self,
        parameters: Mapping[str, PythonValue],
        assigned: Assigned,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self.parameters: Final = parameters
        self.assigned: Final = assigned
        self.texts: Final = texts or {}
        self.known: Final[dict[str, PythonValue | None]] = {}

    def before(self, assigned: Assigned) -> Frame:
        """The same function, before something was assigned."""
        return Frame(self.parameters, assigned, self.texts)


class Interpreter:
    """Reads the functions of one implementation.

    ``variables`` are what Terraform gives for the variables of the flow that the code reads.
    """

    def __init__(
        self,
        code: Code,
        module: PythonModule,
        api: SdkApi,
        variables: Mapping[str, Variable],
        budget: Budget,
    ) -> None:
        self._code: Final = code
        self._module: Final = module
        self._api: Final = api
        self._variables: Final = variables
        self._budget: Final = budget
        self._steps = 0
        self._entered: Final[list[FunctionDef]] = []

    def _has_budget(self, depth: int) -> bool:
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
        if function in self._entered or len(self._entered) > _MAXIMUM_DEPTH:
            return (Option((), self._computed(function, "it calls itself")),)
        found = results_of(function)
        self._entered.append(function)
        try:
            options = [
                option for result in found.results for option in self._result(result, parameters)
            ]
        finally:
            self._entered.pop()
        if not found.complete:
            options.append(Option((), self._computed(function, "it has too many ways through it")))
        if not options:
            options.append(Option((), self._computed(function, "it never returns")))
        return tuple(options)

    def _result(self, result: Result, parameters: Mapping[str, PythonValue] | None) -> list[Option]:
        frame = Frame(parameters or {}, result.assigned)
        tests = tuple(self.test(condition, frame) for condition in result.conditions)
        if result.value is None:
            node = result.statement or self._module.tree
            return [Option(tests, Constant(None, node))]
        value = self.value(result.value, frame)
        return [Option((*tests, *it.tests), it.value) for it in options_of(value)]

    # --- expressions ---

    def value(self, node: ast.expr, frame: Frame, depth: int = 0) -> PythonValue:
        """What an expression is."""
        if not self._has_budget(depth):
            return Computed(self._source(node), node, _TOO_MUCH)
        found = self._known(node, frame, depth)
        return Computed(self._text(node, frame, depth + 1), node) if found is None else found

    def _known(self, node: ast.expr, frame: Frame, depth: int) -> PythonValue | None:
        """What an expression is; None for what only running the code would tell."""
        found = self._of_meaning(node)
        if found is not None:
            return found
        read = getattr(self, f"_of_{type(node).__name__.lower()}", None)
        return None if read is None else read(node, frame, depth + 1)

    def _of_meaning(self, node: ast.expr) -> PythonValue | None:
        """What an expression is whose meaning is known: a name of the SDK, a variable of the flow."""
        if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
            return None
        meaning = self._module.meanings.of(node)
        if meaning is None:
            return None
        if meaning.startswith("sym.sdk."):
            return Named(self._api.resolve(meaning) or meaning, node)
        variable = self._variable(meaning)
        # A name may stand for a call of get, which has an answer for a variable that is missing.
        if variable is None or (variable.missing and not isinstance(node, ast.Subscript)):
            return None
        if variable.text is None:
            return Computed(self._source(node), node, variable.reason, variable.missing)
        return Constant(variable.text, node, filled=True)

    def _variable(self, meaning: str | None) -> Variable | None:
        """The variable of the flow that a meaning names."""
        if meaning is None or not meaning.startswith(_VARIABLE):
            return None
        return self._variables.get(meaning[len(_VARIABLE) : -2])

    def _of_constant(self, node: ast.Constant, frame: Frame, depth: int) -> PythonValue | None:
        value = node.value
        if value is None or isinstance(value, (str, int, float, bool)):
            return Constant(value, node)
        return None

    def _of_name(self, node: ast.Name, frame: Frame, depth: int) -> PythonValue | None:
        if node.id in frame.known:
            return frame.known[node.id]
        frame.known[node.id] = None
        found: PythonValue | None = None
        if node.id in frame.assigned:
            found = self._assigned(node, frame, depth)
        elif node.id in frame.parameters:
            found = frame.parameters[node.id]
        else:
            bindings = self._module.scopes.bindings(node)
            value = bindings[0].value if len(bindings) == 1 else None
            found = None if value is None else self.value(value, frame, depth)
        frame.known[node.id] = found
        return found

    def _assigned(self, name: ast.Name, frame: Frame, depth: int) -> PythonValue | None:
        bound = frame.assigned[name.id]
        if bound is None:
            return None
        before = frame.before(bound.before)
        value = self.value(bound.value, before, depth)
        if not bound.adds:
            return value
        whole = self._of_name(name, before, depth) if name.id in bound.before else None
        if bound.adds == "one" and isinstance(whole, Items):
            return Items((*whole.values, value), name)
        return None if whole is None else _added(whole, value, name)

    def _of_list(
        self, node: ast.List | ast.Tuple | ast.Set, frame: Frame, depth: int
    ) -> PythonValue | None:
        if any(isinstance(it, ast.Starred) for it in node.elts):
            return None
        return Items(tuple(self.value(it, frame, depth) for it in node.elts), node)

    _of_tuple = _of_list
    _of_set = _of_list

    def _of_ifexp(self, node: ast.IfExp, frame: Frame, depth: int) -> PythonValue | None:
        test = self._test(node.test, True, frame)
        holds = self.value(node.body, frame, depth)
        fails = self.value(node.orelse, frame, depth)
        return Choice(
            (Option((test,), holds), Option((test._replace(holds=not test.holds),), fails))
        )

    def _of_joinedstr(self, node: ast.JoinedStr, frame: Frame, depth: int) -> PythonValue | None:
        parts = []
        for part in node.values:
            inner = part
            if isinstance(part, ast.FormattedValue):
                if part.conversion != -1 or part.format_spec is not None:
                    return None
                inner = part.value
            value = self.value(inner, frame, depth)
            if not isinstance(value, Constant):
                return None
            parts.append(str(value.value))
        return Constant("".join(parts), node)

    def _of_binop(self, node: ast.BinOp, frame: Frame, depth: int) -> PythonValue | None:
        if not isinstance(node.op, ast.Add):
            return None
        left, right = self.value(node.left, frame, depth), self.value(node.right, frame, depth)
        return _added(left, right, node)

    def _of_call(self, node: ast.Call, frame: Frame, depth: int) -> PythonValue | None:
        function = node.func
        if self._variable(self._module.meanings.of(node)) is not None:
            # That of a variable that is there has been answered.
            absent = Constant(None, node, filled=True)
            return self.value(node.args[1], frame, depth) if len(node.args) > 1 else absent
        meaning = self._module.meanings.of(function)
        if meaning is not None and meaning.startswith("sym.sdk."):
            return self._of_sdk_call(node, meaning, frame, depth)
        if isinstance(function, ast.Name):
            bindings = self._module.scopes.bindings(function)
            called = bindings[0].node if len(bindings) == 1 else None
            if isinstance(called, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return self._of_own_call(node, called, frame, depth)
        if isinstance(function, ast.Attribute) and function.attr in _STRING_METHODS:
            return self._of_string_method(node, function, frame, depth)
        return None

    def _of_sdk_call(
        self, node: ast.Call, meaning: str, frame: Frame, depth: int
    ) -> PythonValue | None:
        name = self._api.resolve(meaning)
        if name is None:
            return None
        names = self._parameters(name)
        arguments: dict[str, PythonValue] = {}
        for number, argument in enumerate(node.args):
            if isinstance(argument, ast.Starred):
                return None
            key = names[number] if number < len(names) else str(number)
            arguments[key] = self.value(argument, frame, depth)
        for keyword in node.keywords:
            if keyword.arg is None:
                return None
            arguments[keyword.arg] = self.value(keyword.value, frame, depth)
        return Called(name, arguments, node, self._filled(node, frame, depth))

    def _parameters(self, name: str) -> tuple[str, ...]:
        """The names of the parameters that can be given by position; of "*" for all further ones."""
        function = self._api.function(name)
        if function is None:
            return ()
        found = function.signature.parameters
        return tuple(it.name for it in found if it.kind == "either")

    def _of_own_call(
        self, node: ast.Call, function: FunctionDef, frame: Frame, depth: int
    ) -> PythonValue | None:
        arguments = _by_parameter(node, function)
        if arguments is None:
            return None
        parameters = {name: self.value(it, frame, depth) for name, it in arguments.items()}
        options = self.results(function, parameters)
        if len(options) == 1 and not options[0].tests:
            return options[0].value
        return Choice(options)

    def _of_string_method(
        self, node: ast.Call, function: ast.Attribute, frame: Frame, depth: int
    ) -> PythonValue | None:
        whole = self.value(function.value, frame, depth)
        arguments = [self.value(it, frame, depth) for it in node.args]
        if not isinstance(whole, Constant) or not isinstance(whole.value, str) or node.keywords:
            return None
        texts = [it.value for it in arguments if isinstance(it, Constant)]
        if len(texts) != len(arguments) or not all(isinstance(it, str) and it for it in texts):
            return None
        try:
            made = getattr(whole.value, function.attr)(*texts)
        except TypeError:
            return None
        if isinstance(made, list):
            return Items(tuple(Constant(it, node, whole.filled) for it in made), node)
        return Constant(made, node, whole.filled)

    # --- conditions ---

    def test(self, condition: Condition, frame: Frame) -> Test:
        """A condition on the way through a function."""
        return self._test(condition.test, condition.holds, frame)

    def _test(self, node: ast.expr, holds: bool, frame: Frame) -> Test:
        while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            node, holds = node.operand, not holds
        return Test(self.text(node, frame), holds, node)

    def text(self, node: ast.expr, frame: Frame) -> str:
        """The source of an expression, with what is known filled in: variables, and helpers' results."""
        return self._text(node, frame, 0)

    def _text(self, node: ast.expr, frame: Frame, depth: int) -> str:
        if not self._has_budget(depth):
            return self._source(node)
        if isinstance(node, ast.NamedExpr):
            return self._text(node.value, frame, depth + 1)
        shown = self._shown(node, frame, depth + 1)
        if shown is not None:
            return shown
        for inlined in (self._helper_text, self._assigned_text):
            text = inlined(node, frame, depth)
            if text is not None:
                return text
        return self._filled(node, frame, depth)

    def _filled(self, node: ast.expr, frame: Frame, depth: int) -> str:
        """The source of an expression with the texts of its parts."""
        start, end = self._code.span(node)
        pieces, position = [], start
        for child in _expressions_in(node):
            begin, finish = self._code.span(child)
            if begin < position or finish > end:
                return self._source(node)
            pieces += [self._code.text[position:begin], self._text(child, frame, depth + 1)]
            position = finish
        return _one_line("".join([*pieces, self._code.text[position:end]]))

    def _shown(self, node: ast.expr, frame: Frame, depth: int) -> str | None:
        """A known value as it would be written; None where the source says it better."""
        if isinstance(node, ast.Constant):
            return self._source(node)
        if not isinstance(node, (ast.Name, ast.Subscript, ast.Call, ast.Attribute)):
            return None
        value = self._known(node, frame, depth)
        if isinstance(value, Constant):
            return repr(value.value)
        if isinstance(value, Items) and all(isinstance(it, Constant) for it in value.values):
            return repr([it.value for it in value.values if isinstance(it, Constant)])
        return None

    def _assigned_text(self, node: ast.expr, frame: Frame, depth: int) -> str | None:
        """What was assigned to a name, or given for it, where that is short."""
        if isinstance(node, ast.Name) and node.id in frame.texts:
            return None if node.id in frame.assigned else frame.texts[node.id]
        bound = frame.assigned.get(node.id) if isinstance(node, ast.Name) else None
        if bound is None or bound.adds:
            return None
        text = self._text(bound.value, frame.before(bound.before), depth + 1)
        plain = isinstance(bound.value, (ast.Call, ast.Attribute, ast.Subscript, ast.Constant))
        return None if len(text) > _LONGEST_INLINED else text if plain else f"({text})"

    def _helper_text(self, node: ast.expr, frame: Frame, depth: int) -> str | None:
        """What a helper returns, where it has one return and no conditions, as a text of its caller."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            return None
        bindings = self._module.scopes.bindings(node.func)
        function = bindings[0].node if len(bindings) == 1 else None
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        results = results_of(function).results
        if len(results) != 1 or results[0].value is None or function in self._entered:
            return None
        arguments = _by_parameter(node, function)
        if arguments is None:
            return None
        texts = {name: self._text(it, frame, depth + 1) for name, it in arguments.items()}
        self._entered.append(function)
        try:
            inner = self._text(results[0].value, Frame({}, results[0].assigned, texts), depth + 1)
        finally:
            self._entered.pop()
        return inner if isinstance(results[0].value, ast.Call) or not depth else f"({inner})"

    # --- texts ---

    def _source(self, node: ast.AST) -> str:
        return _one_line(self._code.source(node))  # type: ignore[arg-type]  # expressions and statements

    def _computed(self, node: ast.AST, reason: str = "") -> Computed:
        text = "" if isinstance(node, ast.stmt) else self._source(node)
        return Computed(text, node, reason) if reason else Computed(text, node)


def _added(left: PythonValue, right: PythonValue, node: ast.AST) -> PythonValue | None:
    """The sum of two lists, or of two strings."""
    if isinstance(left, Items) and isinstance(right, Items):
        return Items((*left.values, *right.values), node)
    if not isinstance(left, Constant) or not isinstance(right, Constant):
        return None
    if isinstance(left.value, str) and isinstance(right.value, str):
        return Constant(left.value + right.value, node, left.filled or right.filled)
    return None


def _by_parameter(call: ast.Call, function: FunctionDef) -> dict[str, ast.expr] | None:
    """The arguments of a call by parameter; None where it is not certain which is which."""
    names = [it.arg for it in (*function.args.posonlyargs, *function.args.args)]
    if len(call.args) > len(names) or any(isinstance(it, ast.Starred) for it in call.args):
        return None
    found = dict(zip(names, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg is None:
            return None
        found[keyword.arg] = keyword.value
    return found


def _expressions_in(node: ast.AST) -> list[ast.expr]:
    """The nearest expressions below a node, in the order of the text."""
    found: list[ast.expr] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            found.append(child)
        else:
            found += _expressions_in(child)
    return sorted(found, key=lambda it: (it.lineno, it.col_offset))


def _one_line(text: str) -> str:
    if "\n" not in text:
        return text
    return re.sub(r"(?<=[(\[{]) | (?=[)\]}])", "", " ".join(text.split()))
