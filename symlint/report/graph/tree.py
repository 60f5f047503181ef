"""A picture of the graph as trees, for people at a terminal: what each thing reads hangs beneath it."""

from __future__ import annotations

from itertools import groupby

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.drawing import drawn
from symlint.report.escape import guard_log, neutralise

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.text import Text
    from rich.tree import Tree

    from symlint.graph.picture import Node, Picture
    from symlint.report.options import RenderOptions
    from symlint.terraform.values.addresses import Address

_MOST_LINES: Final = 2_000
"""Lines that are drawn; the other formats show everything."""

_WITHOUT_TERMINAL: Final = 120


def render_tree(picture: Picture, options: RenderOptions, hide: Callable[[str], str]) -> str:
    """A tree for each thing that nothing reads; what stands in one already is named alone."""
    forest = _Forest(picture, lambda text: neutralise(hide(text)))
    text = drawn(forest.trees(), options.width or _WITHOUT_TERMINAL, color=options.color)
    if forest.left:
        text += f"... and {forest.left:,} more; --format dot shows all\n"
    return guard_log(text) or "Nothing is declared here.\n"


class _Forest:
    def __init__(self, picture: Picture, show: Callable[[str], str]) -> None:
        self._show = show
        self._nodes = {node.address: node for node in picture.nodes}
        self._reads: dict[Address, list[tuple[Address, str]]] = {}
        read: set[Address] = set()
        for (source, target), edges in groupby(
            picture.edges, key=lambda it: (it.source, it.target)
        ):
            names = dict.fromkeys(edge.attribute for edge in edges if edge.attribute)
            self._reads.setdefault(source, []).append((target, ", ".join(names)))
            read.add(target)
        tops = [it for it in self._nodes if it not in read]
        # What is in a circle is read by something of it, and stands for itself.
        self._starts = [*tops, *(it for it in self._nodes if it in read)]
        self._seen: set[Address] = set()
        self.left = 0

    def trees(self) -> list[Tree]:
        """The trees, in the order of the picture."""
        found = []
        for start in self._starts:
            if start not in self._seen:
                if len(self._seen) >= _MOST_LINES:
                    self.left += 1
                else:
                    found.append(self._tree(start))
        return found

    def _tree(self, start: Address) -> Tree:
        from rich.tree import Tree

        self._seen.add(start)
        top = Tree(self._label(self._nodes[start], ""), guide_style="dim")
        waiting = [(top, start)]
        while waiting:
            branch, address = waiting.pop()
            for target, attribute in self._reads.get(address, ()):
                if len(self._seen) >= _MOST_LINES:
                    break
                known = target in self._seen
                below = branch.add(self._label(self._nodes[target], attribute, known=known))
                if not known:
                    self._seen.add(target)
                    waiting.append((below, target))
        return top

    def _label(self, node: Node, attribute: str, *, known: bool = False) -> Text:
        from rich.text import Text

        name, *notes = map(self._show, node.lines)
        text = Text()
        if attribute:
            text.append(f"{self._show(attribute)}: ", "dim")
        text.append(name, "" if known else "bold")
        for note in notes:
            text.append(f"  {note}", "cyan")
        if known and node.address in self._reads:
            text.append("  (shown elsewhere)", "dim")
        return text
