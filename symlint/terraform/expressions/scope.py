"""What an expression needs to know of its surroundings, and the budget of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from symlint.hcl.nodes import Traversal
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.value import Value


class Budget:
    """How much work and memory evaluation may still use; shared by a whole run.

    The only thing in this room that changes: it counts down. When ``spend`` returns false the
    evaluator returns an unknown value of kind "budget".
    """

    __slots__ = ("remaining",)

    def __init__(self, steps: int = 20_000_000) -> None:
        self.remaining = steps

    def spend(self, steps: int) -> bool:
        """Take ``steps`` (elements made, characters written, nodes visited); false when spent."""
        if steps > self.remaining:
            return False
        self.remaining -= steps
        return True


class Files(Protocol):
    """The files that functions such as ``file`` and ``templatefile`` may read."""

    @property
    def module_directory(self) -> str:
        """What ``path.module`` is, absolute."""

    @property
    def root_directory(self) -> str:
        """What ``path.root`` is, absolute; relative paths in functions start here."""

    def read(self, path: str) -> bytes | None:
        """The content, or None when the path is outside the configuration's tree or too large.

        Raises FileNotFoundError when the path is inside the tree and there is no such file,
        IsADirectoryError when it is a directory.
        """

    def exists(self, path: str) -> bool | None:
        """Whether there is such a file; None when the path is outside the tree."""

    def is_directory(self, path: str) -> bool:
        """Whether the path is inside the tree and that of a directory."""

    def matching(self, directory: str, pattern: str) -> tuple[str, ...] | None:
        """What ``fileset`` returns, in order; None when outside the tree."""


class Scope(Protocol):
    """The names that an expression can use."""

    @property
    def budget(self) -> Budget:
        """The budget of the run."""

    @property
    def files(self) -> Files:
        """The files that functions may read."""

    def lookup(self, traversal: Traversal) -> tuple[Value, int]:
        """The value of the leading part of ``traversal``, and how many steps that part has.

        For ``var.a.b`` the value of ``var.a`` and 1; for ``sym_target.x.id`` the whole resource
        (an ObjectReference) and 1; for ``data.t.n.x`` 2; for ``module.m.out`` the module object
        and 1; with ``count``/``for_each`` the tuple or mapping of all instances, keys not
        consumed. The evaluator takes the remaining steps. The hop through a variable or local is
        already on the value; the hop through an attribute of an ObjectReference is added by the
        evaluator. Undeclared names are reported and give an unknown value of kind "error".
        """

    def report(self, problem: Problem) -> None:
        """Take note of a mistake found while evaluating."""
