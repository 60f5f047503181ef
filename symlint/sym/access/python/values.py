"""What expressions of an implementation may be, as far as it can be said without running them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


_MOST_OPTIONS: Final = 8


class Variable(NamedTuple):
    """What Terraform gives for a variable of a flow, or a part of a target: its text, or why that is not known.

    ``missing`` where the flow surely has no such variable.
    """

    text: str | None
    reason: str
    missing: bool = False


class Constant(NamedTuple):
    """A string, a number, a bool or None; ``node`` is where it was read, ``filled`` whether Terraform gave it."""

    value: str | int | float | bool | None
    node: ast.AST
    filled: bool = False


class Items(NamedTuple):
    """A list, tuple or set of which all elements are known as values."""

    values: tuple[PythonValue, ...]
    node: ast.AST


class Pairs(NamedTuple):
    """A dictionary of which all keys are known."""

    values: tuple[tuple[Constant, PythonValue], ...]
    node: ast.AST


class Named(NamedTuple):
    """Something of the SDK that is not called, by its dotted name: ``sym.sdk...PermissionLevel.ADMIN``."""

    name: str
    node: ast.AST


class Called(NamedTuple):
    """A call of something of the SDK, with its arguments by parameter; ``text`` is its source, filled in.

    ``code`` is for what the text names and does not show: see ``symlint.sym.access.python.digests``.
    """

    name: str
    arguments: Mapping[str, PythonValue]
    node: ast.Call
    text: str = ""
    code: tuple[str, ...] = ()


class Test(NamedTuple):
    """A condition: its source text, with what Terraform gives filled in, and whether it must hold."""

    text: str
    holds: bool
    node: ast.AST
    code: tuple[str, ...] = ()


class Choice(NamedTuple):
    """One of several values, each under its conditions; None of them means the function goes on."""

    options: tuple[Option, ...]


class Option(NamedTuple):
    """A value, and what must be so that it is the one."""

    tests: tuple[Test, ...]
    value: PythonValue


class Computed(NamedTuple):
    """What only running the code would tell: ``text`` is its source with Terraform's values filled in.

    ``fails`` where running it surely raises an exception, for ``reason``.
    """

    text: str
    node: ast.AST
    reason: str = "it is computed when the code runs"
    fails: bool = False
    code: tuple[str, ...] = ()


PythonValue: TypeAlias = "Constant | Items | Pairs | Named | Called | Choice | Computed"


def distributed(
    values: Sequence[PythonValue], make: Callable[[Sequence[PythonValue]], PythonValue]
) -> PythonValue:
    """What ``make`` makes of some values: once for each of the options that they leave, if these are few."""
    ways: list[tuple[tuple[Test, ...], list[PythonValue]]] = [((), [])]
    for value in values:
        ways = [
            (tests, [*before, option.value])
            for option in options_of(value)
            for earlier, before in ways
            if (tests := _together(earlier, option.tests)) is not None
        ]
        if not 0 < len(ways) <= _MOST_OPTIONS:
            return make(values)
    if len(ways) == 1:
        return make(values)
    return Choice(tuple(Option(tests, make(found)) for tests, found in ways))


def _together(some: tuple[Test, ...], others: tuple[Test, ...]) -> tuple[Test, ...] | None:
    """All of some tests, each once; None where they contradict each other."""
    known = {test.text: test.holds for test in some}
    if any(known.get(test.text, test.holds) is not test.holds for test in others):
        return None
    return (*some, *(test for test in others if test.text not in known))


def code_behind(value: PythonValue) -> tuple[str, ...]:
    """The digests of what a value, or a part of it, names and does not show."""
    if isinstance(value, (Called, Computed)):
        return value.code
    parts: Iterable[PythonValue] = ()
    if isinstance(value, Items):
        parts = value.values
    elif isinstance(value, Pairs):
        parts = [it for _, it in value.values]
    elif isinstance(value, Choice):
        parts = [option.value for option in value.options]
    return tuple(sorted({it for part in parts for it in code_behind(part)}))


def options_of(value: PythonValue) -> Iterator[Option]:
    """What a value may be, each with all of its conditions; itself under none where it is no choice."""
    if not isinstance(value, Choice):
        yield Option((), value)
        return
    for option in value.options:
        for inner in options_of(option.value):
            yield Option((*option.tests, *inner.tests), inner.value)
