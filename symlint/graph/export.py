"""A picture of the reference graph as text: Graphviz, Mermaid, JSON. Equal pictures give equal bytes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.graph.picture import Picture
    from symlint.terraform.values.addresses import Address

VERSION: Final = 1
"""The version of the JSON format."""


def to_dot(picture: Picture) -> str:
    """The picture in the language of Graphviz, ready for ``dot -Tsvg``."""
    lines = [
        "digraph references {",
        "  rankdir = LR;",
        '  node [shape = box, fontname = "monospace"];',
    ]
    for node in picture.nodes:
        name, *more = node.lines
        label = f" [label = {_quoted(chr(10).join(node.lines))}]" if more else ""
        lines.append(f"  {_quoted(name)}{label};")
    for source, target, labels in _arrows(picture):
        label = _quoted("\n".join(labels))
        lines.append(f"  {_quoted(str(source))} -> {_quoted(str(target))} [label = {label}];")
    return "\n".join([*lines, "}", ""])


def to_mermaid(picture: Picture) -> str:
    """The picture as a Mermaid flow chart, which GitHub shows in Markdown."""
    names = {node.address: f"n{index}" for index, node in enumerate(picture.nodes)}
    lines = ["flowchart LR"]
    for node in picture.nodes:
        text = "<br>".join(_escaped(line) for line in node.lines)
        lines.append(f'  {names[node.address]}["{text}"]')
    for source, target, labels in _arrows(picture):
        label = _escaped(", ".join(labels))
        arrow = f'-->|"{label}"|' if label else "-->"
        lines.append(f"  {names[source]} {arrow} {names[target]}")
    return "\n".join([*lines, ""])


def to_json(picture: Picture, display: Callable[[str], str] = str) -> str:
    """The picture as JSON; ``display`` makes the paths of files what they are shown as."""
    import json

    nodes = []
    for node in picture.nodes:
        found: dict[str, Any] = {
            "address": str(node.address),
            "kind": node.address.kind,
            "type": node.address.type or None,
            "file": display(node.range.path),
            "line": node.range.line,
        }
        if node.part:
            found.update(part=node.part, part_type=node.type or None)
        nodes.append(found)
    edges = [
        {
            "source": str(edge.source),
            "target": str(edge.target),
            "attribute": edge.attribute,
            "path": list(edge.path),
            "file": display(edge.range.path),
            "line": edge.range.line,
            "column": edge.range.column,
        }
        for edge in picture.edges
    ]
    document = {"version": VERSION, "nodes": nodes, "edges": edges}
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _arrows(picture: Picture) -> Iterator[tuple[Address, Address, list[str]]]:
    """One arrow for all references from one node to another, with the attributes that have them."""
    for (source, target), edges in groupby(picture.edges, key=lambda it: (it.source, it.target)):
        yield source, target, list(dict.fromkeys(it.attribute for it in edges if it.attribute))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{_printable(escaped)}"'


def _escaped(text: str) -> str:
    special = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "#": "&num;", "|": "&#124;"}
    return "".join(special.get(letter, letter) for letter in _printable(text))


def _printable(text: str) -> str:
    # Names come from files that may be hostile: nothing of them may steer a terminal.
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
