"""A picture as SVG that is laid out here: in columns, without a program.

For pages that must stand alone; Graphviz draws large pictures better (``svg.py``).
"""

from __future__ import annotations

from html import escape

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from symlint.graph.picture import Node, Picture
    from symlint.terraform.values.addresses import Address

_CHARACTER: Final = 7.3
_LINE: Final = 15
_MARGIN: Final = 10
_GAP: Final = 70
_ROW_GAP: Final = 14
_LONGEST: Final = 46
_MOST_NODES: Final = 400
_NOTE: Final = ' class="note"'


class _Box(NamedTuple):
    """A node with its place."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


def draw_svg(picture: Picture, show: Callable[[str], str], tip: str = "tip") -> str:
    """The picture as an ``svg`` element; "" for one without nodes, or with too many to be read.

    ``tip`` is an id that nothing else on the page has.
    """
    if not picture.nodes or len(picture.nodes) > _MOST_NODES:
        return ""
    arrows = list(dict.fromkeys((edge.source, edge.target) for edge in picture.edges))
    columns = _columns(picture.nodes, arrows)
    boxes, width, height = _placed(columns, show)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" '
        'aria-label="What leads to what: flows, strategies, targets, integrations">',
        f'<defs><marker id="{tip}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>',
    ]
    parts += [_arrow(boxes[source], boxes[target], tip) for source, target in arrows]
    parts += map(_box, boxes.values())
    return "".join([*parts, "</svg>"])


def _columns(nodes: Sequence[Node], arrows: Sequence[tuple[Address, Address]]) -> list[list[Node]]:
    """The nodes by how long the longest way to them is; what is in a circle comes first."""
    depth = {node.address: 0 for node in nodes}
    left = dict.fromkeys(depth, 0)
    out: dict[Address, list[Address]] = {}
    for source, target in arrows:
        left[target] += 1
        out.setdefault(source, []).append(target)
    waiting = [address for address, number in left.items() if not number]
    for address in waiting:
        for target in out.get(address, ()):
            depth[target] = max(depth[target], depth[address] + 1)
            left[target] -= 1
            if not left[target]:
                waiting.append(target)
    columns: list[list[Node]] = [[] for _ in range(max(depth.values()) + 1)]
    for node in nodes:
        columns[depth[node.address]].append(node)
    return _untangled(columns, arrows)


def _untangled(
    columns: list[list[Node]], arrows: Sequence[tuple[Address, Address]]
) -> list[list[Node]]:
    """Each column ordered by the places of what leads there."""
    before: dict[Address, list[Address]] = {}
    for source, target in arrows:
        before.setdefault(target, []).append(source)
    row: dict[Address, float] = {}
    for column in columns:
        places = {}
        for number, node in enumerate(column):
            above = [row[it] for it in before.get(node.address, ()) if it in row]
            places[node.address] = sum(above) / len(above) if above else float(number)
        column.sort(key=lambda node: places[node.address])
        row.update({node.address: float(number) for number, node in enumerate(column)})
    return columns


def _placed(
    columns: list[list[Node]], show: Callable[[str], str]
) -> tuple[dict[Address, _Box], float, float]:
    boxes: dict[Address, _Box] = {}
    x, height = float(_MARGIN), 0.0
    for column in columns:
        texts = {node.address: tuple(_cut(show(line)) for line in node.lines) for node in column}
        longest = max((len(line) for lines in texts.values() for line in lines), default=0)
        width, y = longest * _CHARACTER + 2 * _MARGIN, float(_MARGIN)
        for node in column:
            lines = texts[node.address]
            tall = len(lines) * _LINE + _MARGIN
            boxes[node.address] = _Box(lines, x, y, width, tall)
            y += tall + _ROW_GAP
        height = max(height, y)
        x += width + _GAP
    return boxes, x - _GAP + _MARGIN, height


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _box(box: _Box) -> str:
    lines = "".join(
        f'<text x="{box.x + _MARGIN:.0f}" y="{box.y + _LINE * (number + 1):.0f}"'
        f"{_NOTE if number else ''}>{escape(line)}</text>"
        for number, line in enumerate(box.lines)
    )
    return (
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" '
        f'height="{box.height:.0f}" rx="4"/>{lines}'
    )


def _arrow(source: _Box, target: _Box, tip: str) -> str:
    x, y = source.x + source.width, source.y + source.height / 2
    end_x, end_y = target.x, target.y + target.height / 2
    bend = max(abs(end_x - x) / 2, 30)
    path = f"M{x:.0f} {y:.0f}C{x + bend:.0f} {y:.0f} {end_x - bend:.0f} {end_y:.0f} {end_x:.0f} {end_y:.0f}"
    return f'<path class="arrow" d="{path}" marker-end="url(#{tip})"/>'
