"""The reference graph as text: Graphviz, Mermaid, JSON. Equal graphs give equal bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.graph.network import ReferenceGraph
    from symlint.terraform.values.addresses import Address

VERSION: Final = 1
"""The version of the JSON format."""


def to_dot(graph: ReferenceGraph) -> str:
    """The graph in the language of Graphviz, ready for ``dot -Tsvg``."""
    lines = [
        "digraph references {",
        "  rankdir = LR;",
        '  node [shape = box, fontname = "monospace"];',
    ]
    lines += [f"  {_quoted(str(address))};" for address in _nodes(graph)]
    for source, target, labels in _edges(graph):
        label = _quoted("\n".join(labels))
        lines.append(f"  {_quoted(str(source))} -> {_quoted(str(target))} [label = {label}];")
    return "\n".join([*lines, "}", ""])


def to_mermaid(graph: ReferenceGraph) -> str:
    """The graph as a Mermaid flow chart, which GitHub shows in Markdown."""
    names = {address: f"n{index}" for index, address in enumerate(_nodes(graph))}
    lines = ["flowchart LR"]
    lines += [f'  {name}["{_escaped(str(address))}"]' for address, name in names.items()]
    for source, target, labels in _edges(graph):
        label = _escaped(", ".join(labels))
        arrow = f'-->|"{label}"|' if label else "-->"
        lines.append(f"  {names[source]} {arrow} {names[target]}")
    return "\n".join([*lines, ""])


def to_json(graph: ReferenceGraph, display: Callable[[str], str] = str) -> str:
    """The graph as JSON; ``display`` makes the paths of files what they are shown as."""
    import json

    nodes = []
    for address in _nodes(graph):
        range_ = graph.structure.declared[address]
        nodes.append(
            {
                "address": str(address),
                "kind": address.kind,
                "type": address.type or None,
                "file": display(range_.path),
                "line": range_.line,
            }
        )
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
        for source, target, _ in _edges(graph)
        for edge in graph.references(source, target)
    ]
    document = {"version": VERSION, "nodes": nodes, "edges": edges}
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _nodes(graph: ReferenceGraph) -> list[Address]:
    return sorted(graph.structure.declared, key=str)


def _edges(graph: ReferenceGraph) -> list[tuple[Address, Address, list[str]]]:
    found = []
    for source, target in graph.graph.edges:
        labels = dict.fromkeys(it.attribute for it in graph.references(source, target))
        found.append((source, target, [label for label in labels if label]))
    return sorted(found, key=lambda it: (str(it[0]), str(it[1])))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{_printable(escaped)}"'


def _escaped(text: str) -> str:
    special = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "#": "&num;", "|": "&#124;"}
    return "".join(special.get(letter, letter) for letter in _printable(text))


def _printable(text: str) -> str:
    # Names come from files that may be hostile: nothing of them may steer a terminal.
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
