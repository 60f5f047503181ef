"""A text of Python as Sym sees it: what it defines, and which of that Sym calls."""

from __future__ import annotations

import ast
import re
import warnings
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Any, Final, cast
from symlint.named_tuple import NamedTuple
from symlint.sym.implementation.meanings import Meanings
from symlint.sym.implementation.scopes import Scopes
from symlint.sym.implementation.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from symlint.budget import Budget
    from symlint.memory import Memory
    from symlint.sym.implementation.meanings import Decoration
    from symlint.sym.implementation.scopes import FunctionDef

    T = TypeVar("T")

MAXIMUM_SIZE: Final = 250_000
"""The longest text that is parsed, in characters: the parser takes up to a kilobyte for each."""

MAXIMUM_DEPTH: Final = 150
"""How deep nodes may be in one another, so that whoever goes down to them comes back."""

_MAXIMUM_BRACES: Final = 3_000_000_000
"""Of braces times characters: Python 3.11 reads an f-string from its beginning for each in it."""

_MAXIMUM_PARTS: Final = 1_000
"""Of a name with dots: in ``import``, Python copies for each part those before it, which takes gigabytes."""

_MAXIMUM_BITS: Final = 14_000
"""The longest whole number: of one with more than 4,300 digits, Python makes no text."""

_STEPS_PER_CHARACTER: Final = 2
_STEPS_PER_NODE: Final = 30
"""What rules do with a node, and with what it takes to parse it, in steps of the budget."""

_STEPS_TO_SHARE: Final = 20
"""What rules do with a node for each further flow that carries the text, in steps of the budget."""

_TOO_DEEP: Final = "it is nested too deeply"
TOO_MUCH: Final = "there is more code than symlint reads of one configuration"
_F_STRING: Final = r"(?i:f|fr|rf)['\"]"


class PythonProblem(NamedTuple):
    """Why a text is not read: a phrase in lower case, and the place in the words of the parser.

    ``line`` and ``column`` count from 1 (characters); both are 0 where no place is known.
    """

    message: str
    line: int = 0
    column: int = 0


class Handler(NamedTuple):
    """A function with one of the decorators of the SDK, by which Sym finds it.

    ``decorator`` is the expression behind the ``@``, ``called`` whether it is a call: ``@hook()``.
    """

    decoration: Decoration
    function: FunctionDef
    decorator: ast.expr
    called: bool

    @property
    def name(self) -> str:
        """The name of the function, by which Sym calls it."""
        return self.function.name


class PythonModule:
    """What a text of Python says, found on demand and kept."""

    def __init__(self, tree: ast.Module, nodes: tuple[ast.AST, ...]) -> None:
        self.tree: Final = tree
        self.nodes: Final = nodes
        """All nodes, outer ones first."""
        self._said: Final[dict[object, object]] = {}

    def once(self, function: Callable[[PythonModule], T]) -> T:
        """What ``function`` finds in the text, found once for all that carry it: ``once(misplaced)``."""
        return self.once_for(function, lambda: function(self))

    def once_for(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question that the text alone decides: a function, or one with a node."""
        if question not in self._said:
            self._said[question] = answer()
        return cast("T", self._said[question])

    @cached_property
    def scopes(self) -> Scopes:
        """What binds each name."""
        return Scopes(self.tree)

    @cached_property
    def meanings(self) -> Meanings:
        """What expressions mean: names of the SDK, parts of the event."""
        return Meanings(self.scopes)

    @cached_property
    def by_meaning(self) -> Mapping[str, Sequence[ast.expr]]:
        """The expressions that have a meaning and are read, by that."""
        found: dict[str, list[ast.expr]] = {}
        for node in self.nodes:
            if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.NamedExpr)):
                if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                    continue
                meaning = self.meanings.of(node)
                if meaning is not None:
                    found.setdefault(meaning, []).append(node)
        return found

    @cached_property
    def ways(self) -> Ways:
        """Under which conditions parts of it are reached."""
        return Ways(self.scopes)

    @cached_property
    def calls(self) -> tuple[ast.Call, ...]:
        """All calls, in the order of the text."""
        found = [node for node in self.nodes if isinstance(node, ast.Call)]
        return tuple(sorted(found, key=lambda call: (call.lineno, call.col_offset)))

    @cached_property
    def functions(self) -> tuple[FunctionDef, ...]:
        """The functions of the text itself, also those under ``if`` and ``try``; no methods."""
        return tuple(_statements(self.tree.body, (ast.FunctionDef, ast.AsyncFunctionDef)))

    @cached_property
    def classes(self) -> tuple[ast.ClassDef, ...]:
        """The classes of the text itself."""
        return tuple(_statements(self.tree.body, (ast.ClassDef,)))

    def function(self, name: str) -> FunctionDef | None:
        """The function of a name; the last one where several have it, as Python takes it."""
        return self._functions.get(name)

    @cached_property
    def _functions(self) -> Mapping[str, FunctionDef]:
        return {it.name: it for it in self.functions}

    @cached_property
    def handlers(self) -> tuple[Handler, ...]:
        """The functions with decorators of the SDK, in the order of the text."""
        return tuple(
            Handler(decoration, function, decorator, isinstance(decorator, ast.Call))
            for function in self.functions
            for decorator in function.decorator_list
            if (decoration := self.meanings.decoration(decorator)) is not None
        )

    @cached_property
    def handling(self) -> frozenset[FunctionDef]:
        """The functions of the handlers."""
        return frozenset(it.function for it in self.handlers)

    def handler(self, name: str) -> Handler | None:
        """The handler of a name; the last one where several have it."""
        return self._handlers.get(name)

    @cached_property
    def _handlers(self) -> Mapping[str, Handler]:
        return {it.name: it for it in self.handlers}


def parse(
    text: str, budget: Budget | None = None, memory: Memory | None = None, of: Hashable = None
) -> PythonModule | PythonProblem:
    """What a text of Python says, or why it is not read. Nothing is run; never raises.

    ``memory`` may have it from an earlier run; ``of`` is where the text stands.
    """
    if len(text) > MAXIMUM_SIZE:
        return PythonProblem(f"it is longer than {MAXIMUM_SIZE:,} characters")
    if text.count("{") * len(text) > _MAXIMUM_BRACES and re.search(_F_STRING, text):
        return PythonProblem("its f-strings are too long")
    if text.count(".") > _MAXIMUM_PARTS and _parts_of_a_name(text) > _MAXIMUM_PARTS:
        return PythonProblem(_TOO_DEEP)
    if budget is not None and not budget.spend(len(text) * _STEPS_PER_CHARACTER):
        return PythonProblem(TOO_MUCH)
    if memory is None:
        found = _parsed(text)
    else:
        found = memory.once((parse, text), len(text), lambda: _parsed(text), (parse, of))
    nodes = len(found.nodes) if isinstance(found, PythonModule) else 0
    if budget is not None and not budget.spend(nodes * _STEPS_PER_NODE):
        return PythonProblem(TOO_MUCH)
    return found


def _parts_of_a_name(text: str) -> int:
    """How many parts with dots between them follow one another at most, in texts and comments, too."""
    longest = parts = 0
    for piece in text.split("."):
        parts = parts + 1 if piece.strip(" \t\f\r\n\\").isidentifier() else 0
        longest = max(longest, parts)
    return longest


def steps_to_share(found: PythonModule | PythonProblem) -> int:
    """What it costs that one thing more carries a text, in steps of the budget."""
    return len(found.nodes) * _STEPS_TO_SHARE if isinstance(found, PythonModule) else 0


def _parsed(text: str) -> PythonModule | PythonProblem:
    try:
        with warnings.catch_warnings():
            # Of invalid escapes, whose text is for whoever runs the code.
            warnings.simplefilter("ignore")
            # Not ast.parse: from Python 3.14 on it leaves docstrings out where Python runs with -OO.
            tree: Any = compile(text, "", "exec", ast.PyCF_ONLY_AST, dont_inherit=True, optimize=0)
    except SyntaxError as error:
        return PythonProblem(error.msg, error.lineno or 0, error.offset or 0)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        column = error.start - text.rfind("\n", 0, error.start)
        return PythonProblem("it is not UTF-8", line, column)
    except (RecursionError, MemoryError):
        return PythonProblem(_TOO_DEEP)
    except ValueError as error:
        return PythonProblem(str(error))
    nodes = _nodes(tree)
    if nodes is None:
        return PythonProblem(_TOO_DEEP)
    if any(isinstance(node, ast.Constant) and _is_too_long(node.value) for node in nodes):
        return PythonProblem("a number in it is too long")
    return PythonModule(tree, nodes)


def _nodes(tree: ast.Module) -> tuple[ast.AST, ...] | None:
    """All nodes, outer ones first; None where they are too deep in one another."""
    nodes: list[ast.AST] = []
    level: list[ast.AST] = [tree]
    children = ast.iter_child_nodes
    for _ in range(MAXIMUM_DEPTH):
        nodes += level
        level = [child for node in level for child in children(node)]
        if not level:
            return tuple(nodes)
    return None


def _is_too_long(value: object) -> bool:
    return isinstance(value, int) and value.bit_length() > _MAXIMUM_BITS


def _statements(body: list[ast.stmt], kinds: tuple[type[ast.stmt], ...]) -> Iterator[Any]:
    """The statements of some kinds in a body and in the branches below it, in order."""
    for statement in body:
        if isinstance(statement, kinds):
            yield statement
        for name in ("body", "orelse", "handlers", "finalbody"):
            inner = [] if isinstance(statement, _OWN_NAMES) else getattr(statement, name, [])
            for part in inner:
                if isinstance(part, ast.ExceptHandler):
                    yield from _statements(part.body, kinds)
            yield from _statements([it for it in inner if isinstance(it, ast.stmt)], kinds)


_OWN_NAMES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
