"""Scopes inside an expression: the names of a ``for``, and reports that are kept for later."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.values.unknowns import error_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.budget import Budget
    from symlint.hcl.nodes import For, TemplateFor, Traversal
    from symlint.terraform.expressions.loop_constants import LoopConstants
    from symlint.terraform.expressions.scope import Scope
    from symlint.terraform.functions.files import Files
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.value import Value

_OF_THE_VALUE: Final = frozenset({"expression", "attribute", "module-attribute", "missing", "type"})
"""Problems that are there or not depending on values; the others hold wherever they stand."""


class LocalScope:
    """A scope with names of its own before those of its parent.

    ``constants`` are the calls that are the same in each turn of the ``for`` whose names they are.
    """

    __slots__ = ("_names", "_parent", "budget", "constants", "files", "report", "take")

    def __init__(
        self, parent: Scope, names: Mapping[str, Value], constants: LoopConstants | None = None
    ) -> None:
        self._parent: Final = parent
        self._names: Final = names
        self.constants: Final = constants
        self.budget: Final[Budget] = parent.budget
        self.files: Final[Files] = parent.files
        self.report: Final = parent.report
        self.take: Final = parent.take

    def lookup(self, traversal: Traversal) -> tuple[Value, int]:
        """A name of its own, or what the parent says."""
        value = self._names.get(traversal.root)
        return (value, 0) if value is not None else self._parent.lookup(traversal)


class OnceScope:
    """A scope that reports each problem once, for what is evaluated again and again."""

    __slots__ = ("_around", "_parent", "_reported", "budget", "files", "lookup", "take")

    def __init__(self, parent: Scope) -> None:
        self._around = parent.constants if type(parent) is LocalScope else None
        self._parent: Final = parent
        self._reported: Final[set[tuple[str, int, int]]] = set()
        self.budget: Final[Budget] = parent.budget
        self.files: Final[Files] = parent.files
        self.lookup: Final = parent.lookup
        self.take: Final = parent.take

    def report(self, problem: Problem) -> None:
        """Report the problem, unless one is reported for this range."""
        key = (problem.kind, problem.range.start, problem.range.end)
        if key not in self._reported:
            self._reported.add(key)
            self._parent.report(problem)

    def constants(self, loop: For | TemplateFor, turns: int) -> LoopConstants | None:
        """What is the same in each turn of a loop that is evaluated in this scope."""
        if turns < 2 and self._around is None:
            return None
        from symlint.terraform.expressions.loop_constants import LoopConstants

        return LoopConstants(loop, self.budget, self._around)


class HoldingScope:
    """A scope that keeps the problems of values to itself.

    For what may not be evaluated at all (the arm of a conditional that is not chosen, the body of
    a ``for`` over an unknown collection), and for ``try`` and ``can``.
    """

    __slots__ = ("_parent", "budget", "files", "held", "lookup", "take")

    def __init__(self, parent: Scope) -> None:
        self._parent: Final = parent
        self.held: Final[list[Problem]] = []
        self.budget: Final[Budget] = parent.budget
        self.files: Final[Files] = parent.files
        self.lookup: Final = parent.lookup
        self.take: Final = parent.take

    def report(self, problem: Problem) -> None:
        """Keep a problem for later that depends on values; report any other."""
        if problem.kind in _OF_THE_VALUE:
            self.held.append(problem)
        else:
            self._parent.report(problem)


class TemplateScope:
    """The scope of a template that is rendered with given variables, and with no other names."""

    __slots__ = ("_variables", "budget", "files", "held", "take", "undefined")

    def __init__(self, parent: Scope, variables: Mapping[str, Value]) -> None:
        self._variables: Final = variables
        self.budget: Final[Budget] = parent.budget
        self.files: Final[Files] = parent.files
        self.take: Final = parent.take
        self.held: Final[list[Problem]] = []
        self.undefined: Final[list[Traversal]] = []

    def lookup(self, traversal: Traversal) -> tuple[Value, int]:
        """The variable of the traversal's root."""
        value = self._variables.get(traversal.root)
        if value is None:
            self.undefined.append(traversal)
            return error_value("the template has no such variable"), len(traversal.steps)
        return value, 0

    def report(self, problem: Problem) -> None:
        """Keep the problem for whoever renders the template."""
        self.held.append(problem)


class NoFiles:
    """The files of an expression that may read none (a ``Files``)."""

    __slots__ = ()

    module_directory: Final = ""
    root_directory: Final = ""

    def read(self, path: str) -> bytes | None:
        """None: the file cannot be read."""
        del path
        return None

    def exists(self, path: str) -> bool | None:
        """None: it is not known."""
        del path
        return None

    def is_directory(self, path: str) -> bool:
        """False: nothing is known to be one."""
        del path
        return False

    def matching(
        self, directory: str, pattern: str, spend: Callable[[int], None] | None = None
    ) -> tuple[str, ...] | None:
        """None: it is not known."""
        del directory, pattern, spend
        return None
