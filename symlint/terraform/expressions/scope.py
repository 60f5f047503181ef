"""Scope: the protocol by which expressions look up names and report problems."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from symlint.budget import Budget
    from symlint.hcl.nodes import Traversal
    from symlint.terraform.functions.files import Files
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.value import Value


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

    def take(self, value: Value) -> None:
        """Take note of a sensitive value that becomes a part of another one: a message may quote it."""
