"""What an expression of some code is at each request of a flow."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.sym.event.given import (
    FIELDS,
    FILTER_VARIABLES,
    FORM_FIELDS,
    FORM_VARIABLES,
    INTEGRATIONS,
    VARIABLES,
)

if TYPE_CHECKING:
    import ast

    from symlint.sym.event.given import Given
    from symlint.sym.implementation.python_module import PythonModule

MAPS: Final = (
    VARIABLES,
    FORM_VARIABLES,
    FILTER_VARIABLES,
    FIELDS,
    FORM_FIELDS,
    INTEGRATIONS,
)
"""What Terraform gives to code."""


class Constant(NamedTuple):
    """What an expression is at each request of a flow."""

    content: object


Outcome: TypeAlias = 'Constant | Literal["free", "unknown"]'
"""What is "free" differs from request to request; of what is "unknown" that is not certain."""


class Expressions(Protocol):
    """Who knows the expressions of some code that a flow runs."""

    @property
    def module(self) -> PythonModule: ...

    def outcome(self, node: ast.expr, depth: int) -> Outcome:
        """What an expression is; names and parts are followed so far."""

    def map(self, meaning: str) -> Given | None:
        """What Terraform gives as the map that a meaning names."""
