"""Pictures that are laid out here: each box and arrow is there, nothing overlaps, text stays text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from support.configurations import configuration

from symlint.graph.drawing import draw_svg
from symlint.graph.picture import draw_all
from symlint.graph.reference_graph import ReferenceGraph

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


def drawn(tmp_path: Path, text: str) -> str:
    return draw_svg(draw_all(ReferenceGraph(configuration(tmp_path, text))), str)


def test_boxes_stand_in_the_columns_of_their_ways(tmp_path: Path) -> None:
    text = "locals {\n  a = local.b + local.c\n  b = local.c\n  c = 1\n  d = 2\n}\n"
    root = ET.fromstring(drawn(tmp_path, text))
    left = {
        text.text: float(box.get("x") or 0)
        for box, text in zip(root.iter(f"{SVG}rect"), root.iter(f"{SVG}text"), strict=True)
    }
    assert left["local.a"] < left["local.b"] < left["local.c"]
    assert left["local.d"] == left["local.a"]
    assert len(list(root.iter(f"{SVG}path"))) == 3 + 1
    places = [
        tuple(float(box.get(name) or 0) for name in ("x", "y", "width", "height"))
        for box in root.iter(f"{SVG}rect")
    ]
    for x, y, width, height in places:
        for other_x, other_y, *_ in places:
            inside = x < other_x < x + width and y < other_y < y + height
            assert not inside


def test_circles_are_drawn(tmp_path: Path) -> None:
    assert drawn(tmp_path, "locals {\n  a = local.b\n  b = local.a\n}\n").count("<rect") == 2


def test_too_many_boxes_are_no_picture(tmp_path: Path) -> None:
    text = "locals {\n" + "".join(f"  a{n} = {n}\n" for n in range(401)) + "}\n"
    assert drawn(tmp_path, text) == ""
    assert drawn(tmp_path, "terraform {}\n") == ""
