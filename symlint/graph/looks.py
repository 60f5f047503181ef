"""How the things of a picture look, by what they are, and which modules they stand in."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.graph.picture import Node
    from symlint.terraform.values.addresses import ModulePath


class Look(NamedTuple):
    """The shapes and the colour of a kind of thing; its text is black, so that all colours are light."""

    shape: str
    brackets: tuple[str, str]
    color: str


LOOKS: Final = {
    "sym": Look("box", ("[", "]"), "#d9ead3"),
    "resource": Look("box", ("[", "]"), "#eeeeee"),
    "data": Look("box", ("[/", "/]"), "#eeeeee"),
    "module": Look("component", ("[[", "]]"), "#cfe2f3"),
    "variable": Look("ellipse", ("([", "])"), "#fff2cc"),
    "local": Look("ellipse", ("([", "])"), "#f7f7f7"),
    "output": Look("ellipse", ("([", "])"), "#ead1dc"),
    "provider": Look("hexagon", ("{{", "}}"), "#ffffff"),
}
"""What things look like in Graphviz (the shape) and Mermaid (the brackets)."""


def look_name(node: Node) -> str:
    """Which of ``LOOKS`` a node has."""
    if node.address.type.startswith("sym_"):
        return "sym"
    return node.address.kind if node.address.kind in LOOKS else "resource"


class Group(NamedTuple):
    """The nodes of one module; ``begins`` are the modules that begin before them, ``ends`` how many end."""

    ends: int
    begins: tuple[ModulePath, ...]
    nodes: tuple[Node, ...]


def by_module(nodes: Iterable[Node]) -> Iterator[Group]:
    """The nodes module by module, each module inside the one that calls it; the last group has no nodes."""
    found: dict[ModulePath, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.address.module, []).append(node)
    before: ModulePath = ()
    for path in sorted(found, key=lambda it: tuple(map(str, it))):
        same = 0
        while same < min(len(before), len(path)) and before[same] == path[same]:
            same += 1
        begins = tuple(path[: number + 1] for number in range(same, len(path)))
        yield Group(len(before) - same, begins, tuple(found[path]))
        before = path
    yield Group(len(before), (), ())
