"""Pictures whose names are hostile, read back as Graphviz and Mermaid read them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from symlint.graph.export import to_dot, to_mermaid
from symlint.graph.picture import Node, Picture
from symlint.graph.reference_graph import Edge
from symlint.report.escape import neutralise
from symlint.source.text import Range, SourceFile
from symlint.terraform.values.addresses import Address

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTILE_NAMES = (
    'x"];\x1b[31m',
    "a\\",
    'a\\"b',
    "line\nbreak\r",
    "<b>&lt;&#35;",
    "#35;|`md`",
    "::error::x",
    "##[group]",
    "##vso[task]x",
    "\u202eevil\u2028",
    "--> n0",
    "%%{init: {}}%%",
    "\udcff",
)


def pictures() -> Iterator[tuple[str, Picture]]:
    """Pictures of two nodes and an arrow, whose names and attribute are hostile."""
    place = Range(SourceFile("/x/main.tf", "x"), 0, 1)
    for name in HOSTILE_NAMES:
        one = Address((), "resource", "a", name)
        other = Address((), "local", "", "b")
        nodes = (Node(one, place, "target", name), Node(other, place))
        yield name, Picture(nodes, (Edge(one, other, name, (name, 0), place),))


@pytest.mark.parametrize(("name", "picture"), list(pictures()), ids=ascii)
def test_names_in_dot_are_read_back(name: str, picture: Picture) -> None:
    text = to_dot(picture, neutralise)
    quoted = r'"((?:[^"\\\n]|\\.)*)"'
    lines = text.splitlines()[3:-1]
    node = re.fullmatch(rf"  {quoted} \[label = {quoted}, shape = box, [^\"]*\"#\w+\"\];", lines[0])
    arrow = re.fullmatch(rf"  {quoted} -> {quoted} \[label = {quoted}\];", lines[2])
    assert node
    assert arrow
    shown = neutralise(name)
    assert len(lines) == 3
    assert all(line.isprintable() for line in lines)
    assert not re.search(r"##(vso|teamcity)?\[", text)
    assert [read_dot_label(node[2]), read_dot_label(arrow[3])] == [
        f"a.{shown}\ntarget {shown}",
        shown,
    ]
    assert node[1] == arrow[1]


def read_dot_label(text: str) -> str:
    """What Graphviz writes for a label in quotes."""
    plain = re.sub(r"\\(.)", lambda it: "\n" if it[1] == "n" else it[1], text)
    return html.unescape(plain)


@pytest.mark.parametrize(("name", "picture"), list(pictures()), ids=ascii)
def test_names_in_mermaid_are_read_back(name: str, picture: Picture) -> None:
    lines = to_mermaid(picture, neutralise).splitlines()
    node = re.fullmatch(r'  n0\["([^"`|#]*)"\]:::resource', lines[1])
    arrow = re.fullmatch(r'  n0 -->\|"([^"`|#]*)"\| n1', lines[3])
    assert node
    assert arrow
    assert len(lines) == 6
    assert all(line.startswith("  classDef ") for line in lines[4:])
    assert all(line.isprintable() for line in lines)
    shown = neutralise(name)
    assert html.unescape(arrow[1]) == shown
    assert [html.unescape(it) for it in node[1].split("<br>")] == [f"a.{shown}", f"target {shown}"]
