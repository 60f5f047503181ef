"""A picture of the reference graph as text: Graphviz, Mermaid, JSON. Equal pictures give equal bytes.

Names come from files that may be hostile: ``show`` makes of a text from them one that is harmless.
"""

from __future__ import annotations

from itertools import groupby

from symlint.annotations import TYPE_CHECKING, Any, Final, TypeAlias
from symlint.graph.looks import LOOKS, by_module, look_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from symlint.graph.picture import Node, Picture
    from symlint.terraform.values.addresses import Address

    Show: TypeAlias = Callable[[str], str]

VERSION: Final = 1
"""The version of the JSON format."""


def to_dot(picture: Picture, show: Show) -> str:
    """The picture in the language of Graphviz, ready for ``dot -Tsvg``."""
    lines = [
        "digraph references {",
        "  rankdir = LR;",
        '  node [shape = box, fontname = "monospace"];',
    ]
    names: dict[Address, str] = {}
    blank, clusters = "  ", 0
    for group in by_module(picture.nodes):
        for _ in range(group.ends):
            blank = blank[:-2]
            lines.append(f"{blank}}}")
        for module in group.begins:
            lines.append(f"{blank}subgraph cluster_{clusters} {{")
            clusters += 1
            blank += "  "
            title = _label([show(".".join(map(str, module)))])
            lines.append(f'{blank}label = {title}; color = "#999999"; fontname = "monospace";')
        for node in group.nodes:
            name, *more = map(show, node.lines)
            names[node.address] = _quoted(name)
            # Without a label, Graphviz takes the name for one.
            label = f"label = {_label([name, *more])}, " if more or "&" in name else ""
            lines.append(f"{blank}{names[node.address]} [{label}{_dot_look(node)}];")
    for source, target, labels in _arrows(picture):
        ends = f"{names[source]} -> {names[target]}"
        lines.append(f"  {ends} [label = {_label(map(show, labels))}];")
    return "\n".join([*lines, "}", ""])


def to_mermaid(picture: Picture, show: Show) -> str:
    """The picture as a Mermaid flow chart, which GitHub shows in Markdown."""
    names = {node.address: f"n{index}" for index, node in enumerate(picture.nodes)}
    lines = ["flowchart LR"]
    blank, modules = "  ", 0
    for group in by_module(picture.nodes):
        for _ in range(group.ends):
            blank = blank[:-2]
            lines.append(f"{blank}end")
        for module in group.begins:
            title = _entities(show(".".join(map(str, module))))
            lines.append(f'{blank}subgraph m{modules}["{title}"]')
            modules += 1
            blank += "  "
        for node in group.nodes:
            text = "<br>".join(_entities(show(line)) for line in node.lines)
            look = look_name(node)
            opened, closed = LOOKS[look].brackets
            lines.append(f'{blank}{names[node.address]}{opened}"{text}"{closed}:::{look}')
    for source, target, labels in _arrows(picture):
        label = _entities(show(", ".join(labels)))
        arrow = f'-->|"{label}"|' if label else "-->"
        lines.append(f"  {names[source]} {arrow} {names[target]}")
    looks = dict.fromkeys(map(look_name, picture.nodes))
    lines += (
        f"  classDef {it} fill:{LOOKS[it].color},stroke:#666666,color:#000000" for it in looks
    )
    return "\n".join([*lines, ""])


def _dot_look(node: Node) -> str:
    look = LOOKS[look_name(node)]
    return f'shape = {look.shape}, style = filled, fillcolor = "{look.color}"'


def document(picture: Picture, show: Show, show_path: Show) -> dict[str, Any]:
    """The picture as plain data; ``show_path`` makes of the path of a file what is shown of it."""
    nodes = []
    paths = _Shown(show_path)
    names = {node.address: show(str(node.address)) for node in picture.nodes}
    for node in picture.nodes:
        found: dict[str, Any] = {
            "address": names[node.address],
            "kind": node.address.kind,
            "type": show(node.address.type) or None,
            "file": paths[node.range.path],
            "line": node.range.line,
        }
        if node.part:
            found.update(part=node.part, part_type=show(node.type) or None)
        nodes.append(found)
    edges = [
        {
            "source": names[edge.source],
            "target": names[edge.target],
            "attribute": show(edge.attribute),
            "path": [show(step) if isinstance(step, str) else step for step in edge.path],
            "file": paths[edge.range.path],
            "line": edge.range.line,
            "column": edge.range.column,
        }
        for edge in picture.edges
    ]
    return {"version": VERSION, "nodes": nodes, "edges": edges}


class _Shown(dict[str, str]):
    """What is shown of each text, found once."""

    def __init__(self, show: Show) -> None:
        super().__init__()
        self._show = show

    def __missing__(self, text: str) -> str:
        found = self[text] = self._show(text)
        return found


def _arrows(picture: Picture) -> Iterator[tuple[Address, Address, list[str]]]:
    """One arrow for all references from one node to another, with the attributes that have them."""
    for (source, target), edges in groupby(picture.edges, key=lambda it: (it.source, it.target)):
        yield source, target, list(dict.fromkeys(it.attribute for it in edges if it.attribute))


def _quoted(text: str) -> str:
    """A name; a quote is all that has to be escaped in one, and a backslash must not stand before it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _label(lines: Iterable[str]) -> str:
    """What is written at a node or an arrow: Graphviz reads HTML's entities in it."""
    text = "\n".join(lines).replace("&", "&amp;")
    return _quoted(text).replace("\n", "\\n")


_ENTITIES: Final = {
    "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "#": "&num;", "|": "&vert;", "`": "&grave;"
}  # fmt: skip  # all of them in one line
"""What Mermaid would act on; by name, for a number sign begins an escape of its own."""


def _entities(text: str) -> str:
    return "".join(_ENTITIES.get(letter, letter) for letter in text)
