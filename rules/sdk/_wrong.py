"""A value that the SDK refuses."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    import ast

    from symlint.lint.finding import Severity


class Wrong(NamedTuple):
    """What is wrong with a value, and what to write.

    ``around`` is what to write before and behind ``node`` where that surely repairs it.
    """

    node: ast.expr
    title: str
    why: str
    help: str
    around: tuple[str, str] | None = None
    label: str = ""
    severity: Severity | None = None
