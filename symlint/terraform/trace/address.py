"""Reading an address that somebody typed: ``module.a["x"].sym_flow.b.params[0].strategy_id``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias
from symlint.terraform.values.addresses import UNKNOWN_KEY, UnknownKey, key_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.terraform.modules.declarations import ResourceKind


class UnknownAddressError(ValueError):
    """An address that nothing has. ``suggestion`` is the address that may have been meant."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.message: Final = message
        self.suggestion: Final = suggestion


class Name:
    """``.name``, or the first name."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text: Final = text

    def __str__(self) -> str:
        return f".{self.text}"


class Key:
    """``[0]``, ``["key"]`` or ``[?]``, an instance whose key is not known."""

    __slots__ = ("key",)

    def __init__(self, key: str | int | UnknownKey) -> None:
        self.key: Final = key

    def __str__(self) -> str:
        return key_suffix(self.key)


class All:
    """``[*]``: every instance or element."""

    __slots__ = ()

    def __str__(self) -> str:
        return "[*]"


Step: TypeAlias = Name | Key | All

_LONGEST: Final = 4096


def read_address(text: str) -> tuple[Step, ...]:
    """The steps of an address. Raises UnknownAddressError for what is none.

    As in Terraform, but a key without special characters needs no quotes: shells take them away.
    """
    import re

    if len(text) > _LONGEST:
        raise UnknownAddressError("the address is too long")
    name = re.compile(r"[^\W\d][\w-]*")
    key = re.compile(r'\[\s*(?:(\d{1,9})|("(?:[^"\\]|\\.)*")|(\*)|(\?)|([^\]\["]*?))\s*\]')
    steps: list[Step] = []
    position = 0
    while position < len(text):
        match = key.match(text, position) if steps else None
        if match:
            steps.append(_key(match.groups()))
        elif not steps or text[position] == ".":
            begin = position + bool(steps)
            match = name.match(text, begin)
            if match:
                steps.append(Name(match[0]))
            elif steps and (legacy := re.compile(r"(\d{1,9})|(\*)").match(text, begin)):
                match = legacy
                steps.append(All() if match[2] else Key(int(match[1])))
        if not match:
            raise _unreadable(text, position)
        position = match.end()
    if not steps:
        raise UnknownAddressError("the address is empty")
    return tuple(steps)


def _key(groups: Iterable[str | None]) -> Step:
    index, quoted, every, unknown, bare = groups
    if index is not None:
        return Key(int(index))
    if every is not None:
        return All()
    if unknown is not None:
        return Key(UNKNOWN_KEY)
    return Key(_unquoted(quoted) if quoted is not None else bare or "")


def _unquoted(text: str) -> str:
    from symlint.hcl.fragments import parse_expression
    from symlint.hcl.nodes import Literal
    from symlint.source.text import SourceFile

    node, problems = parse_expression(SourceFile("<address>", text))
    if type(node) is Literal and isinstance(node.value, str):
        return node.value
    message = problems[0].message if problems else "a key is a string without templates"
    raise UnknownAddressError(f"{text}: {message}")


def _unreadable(text: str, position: int) -> UnknownAddressError:
    rest = text[position : position + 20]
    return UnknownAddressError(
        f"this is no address from {rest!r} on; write it as in Terraform: "
        'module.a["key"].sym_flow.b.params[0].strategy_id'
    )


def written(steps: Iterable[Step]) -> str:
    """Steps as text, beginning with a dot where the first is a name."""
    return "".join(map(str, steps))


def name_at(steps: Sequence[Step], index: int) -> str | None:
    """The name at a step; None where there is none, or a key."""
    step = steps[index] if index < len(steps) else None
    return step.text if isinstance(step, Name) else None


def resource_kind(steps: Sequence[Step]) -> tuple[ResourceKind, Sequence[Step]]:
    """The kind of resource that steps begin with, and the steps from its type on."""
    root = name_at(steps, 0)
    if root == "data":
        return "data", steps[1:]
    if root == "ephemeral":
        return "ephemeral", steps[1:]
    return "resource", steps[1:] if root == "resource" else steps
