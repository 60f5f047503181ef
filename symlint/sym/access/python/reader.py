"""What the parts of the interpreter ask one another: what an expression is, and what it is as a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Mapping

    from symlint.sym.access.python.values import Computed, Option, PythonValue, Test, Variable
    from symlint.sym.catalogue.sdk_api.api import SdkApi
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.returns import Assigned, Tested
    from symlint.sym.implementation.scopes import FunctionDef


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


class Reader(Protocol):
    """Who reads the functions of one implementation.

    ``entered`` are those that are being read, ``changed`` the names whose objects some statement changes.
    """

    @property
    def code(self) -> Code: ...
    @property
    def module(self) -> PythonModule: ...
    @property
    def api(self) -> SdkApi: ...
    @property
    def changed(self) -> frozenset[str]: ...
    @property
    def entered(self) -> list[FunctionDef]: ...

    def has_budget(self, depth: int) -> bool:
        """Whether one more step may be taken."""

    def results(
        self, function: FunctionDef, parameters: Mapping[str, PythonValue] | None = None
    ) -> tuple[Option, ...]:
        """What a function returns, and when."""

    def value(self, node: ast.expr, frame: Frame, depth: int = 0) -> PythonValue:
        """What an expression is."""

    def known(self, node: ast.expr, frame: Frame, depth: int) -> PythonValue | None:
        """What an expression is; None for what only running the code would tell."""

    def variable(self, meaning: str | None) -> Variable | None:
        """What Terraform gives for the part of the event that a meaning names."""

    def test(self, node: Tested, holds: bool, frame: Frame) -> Test:
        """Something that a way depends on as a condition."""

    def computed(self, node: ast.AST, reason: str) -> Computed:
        """What only running the code would tell."""

    def names(self, name: ast.Name) -> None:
        """Note that a text names something that it does not show."""

    def takes_over(self, code: Iterable[str]) -> None:
        """Note what a text names that another one is made of."""
