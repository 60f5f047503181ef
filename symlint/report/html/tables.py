"""The tables of targets and of grants."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.access.questions.answer import flow_name
from symlint.lint.access.questions.of_targets import by_target, longest_of
from symlint.report.html.flow_index import CONCERNS, target_title
from symlint.report.html.page import controls, table
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.lint.access.questions.answer import FlowName, TargetName
    from symlint.report.html.flow_index import FlowIndex
    from symlint.report.html.page import Saying
    from symlint.sym.access.cells import Cell
    from symlint.sym.access.grants import Grant

IN_TABLE: Final = (
    "environment", "grants", "how_long", "ends", "approve", "self_approval", "automatic", "gates",
    "recorded", "parameter", "asked_from", "asked_in",
)  # fmt: skip  # as many a line as fit
"""The columns of the table; the part of each flow has all."""

_WIDTHS: Final = ((80, "wide"), (24, "half"))
"""The style of a cell whose text has more characters than that."""

_SHORT: Final = ("environment", "self_approval")
"""The columns that are as narrow as their texts, where these are short."""


def filters(inventory: Inventory, say: Saying) -> str:
    """The controls of grants, targets and flows."""
    environments = dict.fromkeys(_environment(grant) for _, grant in inventory.grants)
    doubts = {"unknown": "a cell that is not known", "broken": "a cell that is broken"}
    choices = {
        ("environment", "Environment"): {
            say.text(it): say.text(it) or "none" for it in environments
        },
        ("concern", "Show only"): {**CONCERNS, **doubts},
    }
    return controls("access", "grants", choices)


def targets(inventory: Inventory, flows: FlowIndex, say: Saying) -> list[str]:
    """Each target: what it gives, through which flows, for how long at most."""
    found = by_target(inventory)
    if not found:
        return []
    headings = [
        "target",
        "grants",
        "through the flows",
        "longest access",
        "concerns",
        "approved by",
    ]
    rows = [_target(name, group, flows, say) for name, group in found.items()]
    caption = (
        "One row for each target: whoever may ask through one of the flows can be given it. "
        "The search above the grants holds here, too."
    )
    return table("targets-table", caption, headings, rows)


def _target(
    name: TargetName, group: Sequence[tuple[RootGrants, Grant]], flows: FlowIndex, say: Saying
) -> str:
    names = [flow_name(root, grant) for root, grant in group]
    grants = [grant for _, grant in group]
    time, certain = longest_of(grants)
    text = time.text if certain or time.reason else f"{time.text}, perhaps longer"
    approvers = dict.fromkeys(grant.cells["approve"].said for grant in grants)
    style = "" if certain else ' class="unknown"'
    return (
        f"<tr{_attributes(flows, names, grants, say)}>"
        f'<th scope="row">{say.text(target_title(name))}</th>'
        f"{_cell('grants', grants[0].cells['grants'], say)}"
        f"<td>{flows.links(names)}</td>"
        f'<td{style} data-sort="{time.rank}{time.seconds:012}">{say.text(text)}</td>'
        f"<td>{flows.marks(names)}</td><td>{say.text('; or '.join(approvers))}</td></tr>"
    )


def grants(
    inventory: Inventory, flows: FlowIndex, say: Saying, columns: Iterable[str]
) -> list[str]:
    """Each grant with the columns that a table has room for."""
    columns = tuple(columns)
    headings = ["flow", "target", "concerns", *(COLUMNS[name] for name in columns)]
    rows = [_grant(root, grant, flows, say, columns) for root, grant in inventory.grants]
    if not rows:
        return []
    caption = "One row for each grant: whoever may ask through the flow can be given the target."
    return table("grants-table", caption, headings, rows)


def _grant(
    root: RootGrants, grant: Grant, flows: FlowIndex, say: Saying, columns: tuple[str, ...]
) -> str:
    name = flow_name(root, grant)
    cells = "".join(_cell(it, grant.cells[it], say) for it in columns)
    return (
        f"<tr{_attributes(flows, [name], [grant], say)} data-counted>"
        f'<th scope="row">{flows.link(name)}</th>'
        f'<td class="name">{say.text(grant.target_name or "none")}</td>'
        f"<td>{flows.marks([name])}</td>{cells}</tr>"
    )


def attributes_of_flow(
    flows: FlowIndex, group: Sequence[tuple[RootGrants, Grant]], say: Saying
) -> str:
    """What the part of a flow is filtered by."""
    names = [flow_name(*group[0])]
    return _attributes(flows, names, [grant for _, grant in group], say)


def _attributes(
    flows: FlowIndex, names: Sequence[FlowName], grants: Sequence[Grant], say: Saying
) -> str:
    words = flows.words(names)
    words += dict.fromkeys(cell.state for grant in grants for _, cell in grant.doubts)
    environments = dict.fromkeys(say.text(_environment(it)) for it in grants)
    return (
        f' data-of="access" data-environment="{"&#10;".join(environments)}"'
        f' data-concern="{"&#10;".join(words)}"'
    )


def _environment(grant: Grant) -> str:
    return grant.cells["environment"].text


def _cell(name: str, cell: Cell, say: Saying) -> str:
    length = len(cell.said)
    styles = [style for least, style in _WIDTHS if length > least][:1]
    styles += ["least"] if name in _SHORT and not styles else []
    styles += [] if cell.is_known else [cell.state]
    style = f' class="{" ".join(styles)}"' if styles else ""
    sort = ""
    if isinstance(cell.value, tuple) and cell.value and isinstance(cell.value[-1], int):
        until = 0 if cell.text.startswith("up to") else 1
        sort = f' data-sort="{until}{cell.value[-1]:012}"'
    return f"<td{style}{sort}>{say.text(cell.said)}</td>"
