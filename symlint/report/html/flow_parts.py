"""The part of each flow: all columns with the places they were read from, and a picture."""

from __future__ import annotations

from html import escape

from symlint.annotations import TYPE_CHECKING, Final
from symlint.graph.drawing import draw_svg
from symlint.graph.picture import draw
from symlint.lint.access.chains import without_keys
from symlint.report.escape import neutralise
from symlint.report.html.tables import attributes_of_flow
from symlint.report.places import shown_path, shown_place
from symlint.source.reachable import reachable
from symlint.sym.access.grants import COLUMNS, columns_by_target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.graph.picture import Picture
    from symlint.graph.reference_graph import Edge
    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.lint.access.questions.answer import FlowName, Group
    from symlint.report.html.flow_index import FlowIndex
    from symlint.report.html.page import Saying
    from symlint.sym.access.cells import Cell
    from symlint.sym.access.grants import Grant
    from symlint.terraform.values.addresses import Address

_MOST_PLACES: Final = 6
_MOST_NODES: Final = 100_000
"""How many nodes are in the pictures of all flows of a root module."""

_OPEN: Final = 40
"""A picture with more nodes than that is shown when somebody asks for it."""


def flow_parts(flows: FlowIndex, say: Saying) -> list[str]:
    """A part for each flow."""
    pictures: dict[int, _Chains] = {}
    parts = []
    for name, group in flows.groups.items():
        picture = group[0][0].picture
        if picture is not None and id(picture) not in pictures:
            pictures[id(picture)] = _Chains(picture)
        parts.append(_flow(name, group, flows, say, pictures.get(id(picture))))
    return parts


class _Chains:
    """The pictures of single flows, cut out of that of their root module."""

    def __init__(self, picture: Picture) -> None:
        self.nodes = {node.address: node for node in picture.nodes}
        self.edges: dict[Address, list[Edge]] = {}
        for edge in picture.edges:
            self.edges.setdefault(edge.source, []).append(edge)
        self.leads = {
            source: [edge.target for edge in edges] for source, edges in self.edges.items()
        }
        self.starts = {str(node.address): node.address for node in picture.nodes}
        self.left = _MOST_NODES

    def of(self, grant: Grant) -> Picture | None:
        """What a flow leads to; None for a flow that the picture lacks, and after very many."""
        start = self.starts.get(without_keys(grant.address))
        if start is None or self.left <= 0:
            return None
        kept = reachable(self.leads, [start])
        self.left -= len(kept)
        edges = (edge for address in kept for edge in self.edges.get(address, ()))
        return draw((self.nodes[address] for address in kept), edges)


def _flow(
    name: FlowName, group: Group, flows: FlowIndex, say: Saying, chains: _Chains | None
) -> str:
    root, first = group[0]
    id_ = flows.ids[name]
    label = f' <span class="faint">{say.text(first.label)}</span>' if first.label else ""
    where = f"{first.address} in {shown_path(root.directory, say.directory)}"
    if root.variable_files:
        where += f" with {root.variable_files}"
    by_target = columns_by_target([grant for _, grant in group])
    items = _targets([grant for _, grant in group], by_target[1:], say)
    items += [_item(it, first.cells[it], say) for it in COLUMNS if it not in by_target]
    picture = chains.of(first) if chains else None
    return (
        f'<section class="flow" id="{id_}" aria-labelledby="{id_}-title"'
        f"{attributes_of_flow(flows, group, say)}>"
        f'<h3 id="{id_}-title">{say.text(name.name)}{label}</h3>'
        f'<p class="faint">{say.text(where)}</p>{flows.marks([name])}'
        f"<dl>{''.join(items)}</dl>{_picture(picture, say, id_)}</section>"
    )


def _targets(grants: list[Grant], columns: Sequence[str], say: Saying) -> list[str]:
    """What a flow grants, with the columns that targets differ in: below each where there are several."""
    items = [f"<dt>{escape(COLUMNS['grants'])}</dt>"]
    for grant in grants:
        target = f" ({grant.target_name})" if grant.target_name else ""
        of_target = "".join(_item(it, grant.cells[it], say) for it in columns)
        nested = f"<dl>{of_target}</dl>" if of_target and grants[1:] else ""
        items.append(_said(grant.cells["grants"], say, target, nested))
        if not nested:
            items.append(of_target)
    return items


def _item(name: str, cell: Cell, say: Saying) -> str:
    return f"<dt>{escape(COLUMNS[name])}</dt>{_said(cell, say)}" if cell.text else ""


def _said(cell: Cell, say: Saying, behind: str = "", below: str = "") -> str:
    style = "" if cell.is_known else f' class="{cell.state}"'
    places = list(dict.fromkeys(shown_place(it, say.directory) for it in cell.evidence))
    shown = ", ".join(places[:_MOST_PLACES]) + (" and more" if places[_MOST_PLACES:] else "")
    where = f'<span class="places">{say.text(shown)}</span>' if shown else ""
    text = say.text(cell._replace(text=cell.text + behind).said)
    return f"<dd{style}>{text}{where}{below}</dd>"


def _picture(picture: Picture | None, say: Saying, id_: str) -> str:
    svg = "" if picture is None else _svg(picture, say, id_)
    if not svg:
        return ""
    return (
        "<details><summary>What it leads to</summary>"
        f'<div class="inside" tabindex="0">{svg}</div></details>'
    )


def _svg(picture: Picture, say: Saying, id_: str) -> str:
    return draw_svg(picture, lambda it: neutralise(say.hide(it)), f"{id_}-tip")


def pictures(inventory: Inventory, say: Saying) -> list[str]:
    """What leads to what in each root module."""
    found = []
    for root in inventory.roots:
        if root.picture is None:
            continue
        id_ = say.new_id("picture")
        svg = _svg(root.picture, say, id_)
        if svg:
            where = say.text(shown_path(root.directory, say.directory)) + _with(root, say)
            state = " open" if len(root.picture.nodes) <= _OPEN else ""
            found.append(
                f'<details id="{id_}"{state}><summary>{where}</summary>'
                f'<div class="inside" tabindex="0">{svg}</div></details>'
            )
    return found


def _with(root: RootGrants, say: Saying) -> str:
    return f" with {say.text(root.variable_files)}" if root.variable_files else ""
