"""How many arguments a function takes by position."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.sym.implementation.scopes import FunctionDef


def takes(function: FunctionDef, *numbers: int) -> bool:
    """Whether a function can be called with one of these numbers of arguments, and nothing by name."""
    arguments = function.args
    most = len(arguments.posonlyargs) + len(arguments.args)
    least = most - len(arguments.defaults)
    if any(default is None for default in arguments.kw_defaults):
        return False
    return any(least <= number and (arguments.vararg or number <= most) for number in numbers)
