"""The access inventory for people: a block for each flow, or for each target.

iam  "IAM access"                                   sym_flow.iam in environments/prod
  grants         member of the AWS IAM group billing     (aws_iam_group billing)
  approved by    members
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.report.cells import cell_width
from symlint.report.escape import guard_log, neutralise
from symlint.report.page import Page
from symlint.report.places import shown_path, shown_place
from symlint.report.summary import count
from symlint.sym.access.grants import COLUMNS, columns_by_target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.report.access.layout import Layout
    from symlint.report.options import RenderOptions
    from symlint.sym.access.cells import Cell
    from symlint.sym.access.grants import Grant

    Row = tuple[RootGrants, Grant]

_OF_A_LINE: Final = ("grants", "how_long", "approve", "self_approval", "automatic")
"""What is said of a flow on one line, where nothing else is asked for."""

_LEFT_OUT: Final = {"parameter": "none", "denied_by": "whoever can approve", "gates": "none"}
"""What goes without saying."""


def render(inventory: Inventory, options: RenderOptions, layout: Layout) -> str:
    """An inventory as text."""
    page = AccessPage(options, inventory, layout)
    show = page.flow if layout.by == "flow" else page.turned
    blocks = [show(group) for group in layout.groups(inventory)]
    blocks += [page.failures(), page.summary()]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return guard_log(inventory.hide(text)) + "\n"


class AccessPage(Page):
    """The parts of an inventory."""

    def __init__(self, options: RenderOptions, inventory: Inventory, layout: Layout) -> None:
        super().__init__(options)
        self.inventory = inventory
        self.layout = layout
        self.several = len({root.directory for root in inventory.roots}) > 1

    def flow(self, group: Sequence[Row]) -> list[str]:
        """A flow with all that it grants."""
        root, first = group[0]
        lines = [self._heading(root, first)]
        by_target = columns_by_target([grant for _, grant in group])
        for _, grant in group:
            for name in self._shown(by_target):
                lines += self._cell(
                    name, grant.cells[name], self._target(grant) if name == "grants" else ""
                )
        for name in self._shown(COLUMNS):
            if name not in by_target:
                lines += self._cell(name, first.cells[name])
        return lines

    def _shown(self, columns: Iterable[str]) -> list[str]:
        return [name for name in columns if name in self.layout.shown]

    def turned(self, group: Sequence[Row]) -> list[str]:
        """What can be asked for, or who approves, and through which flows."""
        first, by = group[0][1], self.layout.by
        column = "grants" if by == "target" else "approve"
        title = neutralise(first.cells[column].text)
        lines = [
            self.painter.paint(title, "title")
            + self.painter.paint(self._target(first) if by == "target" else "", "faint")
        ]
        for root, grant in group:
            what = f"{neutralise(grant.flow)}{self.where(root)}"
            parts = [
                grant.cells[name].said
                if name == "grants"
                else f"{COLUMNS[name]} {grant.cells[name].said}"
                for name in self.layout.columns or _OF_A_LINE
                if name != column and grant.cells[name].text
            ]
            lines += self._line(f"through {what}", neutralise("; ".join(parts)), "")
        return lines

    def failures(self) -> list[str]:
        """What could not be read."""
        lines: list[str] = []
        for failure in self.inventory.failures:
            place = shown_path(failure.path, self.options.directory)
            lines += self.prose(
                "failed: ", "failure", f"{place}: {neutralise(failure.message)}", ""
            )
        return lines

    def summary(self) -> list[str]:
        """How much there is, and in how much doubt."""
        flows = self.inventory.by_flow
        grants = count(sum(map(len, flows)), "grant")
        first = f"{grants} through {count(len(flows), 'flow')}"
        doubts = self.inventory.doubts
        first += (
            f"; {count(doubts, 'cell')} not known or broken."
            if doubts
            else ""
            if self.inventory.failures
            else "; everything is known."
        )
        lines = [self.painter.paint(first, "warning" if doubts else "good")]
        if self.inventory.failures:
            text = f"{count(len(self.inventory.failures), 'failure')}: this inventory cannot be trusted."
            lines.append(self.painter.paint(text, "failure"))
        return lines

    # --- lines ---

    def _heading(self, root: RootGrants, grant: Grant) -> str:
        label = f'  "{neutralise(grant.label)}"' if grant.label else ""
        where = f"  {neutralise(grant.address)}{self.where(root)}"
        return self.painter.paint(neutralise(grant.flow) + label, "title") + self.painter.paint(
            where, "faint"
        )

    def where(self, root: RootGrants) -> str:
        parts = [shown_path(root.directory, self.options.directory)] if self.several else []
        if root.variable_files:
            parts.append(f"with {neutralise(root.variable_files)}")
        return f" in {' '.join(parts)}" if parts else ""

    def _target(self, grant: Grant) -> str:
        return f"  ({neutralise(grant.target_name)})" if grant.target_name else ""

    def _cell(self, name: str, cell: Cell, behind: str = "") -> list[str]:
        if not cell.text or _LEFT_OUT.get(name) == cell.text:
            return []
        text = neutralise(cell._replace(text=cell.text + behind).said)
        places = dict.fromkeys(shown_place(it, self.options.directory) for it in cell.evidence)
        return self._line(COLUMNS[name], text, ", ".join(list(places)[:3]))

    def _line(self, heading: str, text: str, places: str) -> list[str]:
        width = max(map(len, COLUMNS.values())) + 4
        fits = cell_width(heading) <= width - 4
        lead = f"  {heading:<{width - 2}}" if fits else f"  {heading}: "
        lines = self.wrapped(text, cell_width(lead), indent=width)
        shown = [
            self.painter.paint(lead, "key") + lines[0],
            *(" " * width + line for line in lines[1:]),
        ]
        room = (
            self.width is None
            or cell_width(lead) + cell_width(lines[-1]) + len(places) + 2 <= self.width
        )
        if places and room:
            shown[-1] += self.painter.paint(f"  {places}", "faint")
        return shown
