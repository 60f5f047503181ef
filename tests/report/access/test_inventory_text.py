"""The text of ``symlint access``: blocks, the table of a wide terminal, orders and columns."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from support.writing import FIXTURES

from symlint.lint.access.inventory import Inventory, take_inventory
from symlint.lint.options import Options
from symlint.report.access import render_inventory
from symlint.report.access.layout import Layout
from symlint.report.options import RenderOptions
from symlint.sym.access.grants import COLUMNS


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return take_inventory([str(FIXTURES / "aws_iam"), str(FIXTURES / "okta")], Options())


def rendered(
    name: str, inventory: Inventory, width: int | None = 140, color: bool = False, **layout: Any
) -> str:
    options = RenderOptions(str(FIXTURES), "", "", width, color)
    return render_inventory(name, inventory, options, Layout()._replace(**layout))


def test_a_table_is_as_wide_as_the_terminal(inventory: Inventory) -> None:
    for width in (130, 160, 200):
        table = rendered("table", inventory, width).split("\n\n")[0].splitlines()
        assert {len(line) for line in table} == {len(table[0])}
        assert len(table[0]) <= width
    assert "asked in" not in rendered("table", inventory, 159)
    assert "asked in" in rendered("table", inventory, 160)


def test_a_flow_is_named_once(inventory: Inventory) -> None:
    text = rendered("table", inventory)
    assert text.count("aws_access") == 1
    assert text.count("okta_group okta-") == 2
    assert "4 grants through 2 flows; " in text
    assert "symlint access --flow NAME | less" in text


@pytest.mark.parametrize(
    ("by", "first"), [("flow", "flow"), ("target", "grants"), ("approver", "approved by")]
)
def test_a_table_begins_with_what_it_is_ordered_by(
    inventory: Inventory, by: str, first: str
) -> None:
    heading = rendered("table", inventory, by=by).splitlines()[1]
    assert heading.split("│")[1].strip() == first


def test_a_table_has_the_columns_that_are_named(inventory: Inventory) -> None:
    heading = rendered("table", inventory, columns=("ends", "recorded")).splitlines()[1]
    assert [it.strip() for it in heading.split("│")[1:-1]] == ["flow", "target", "ends", "recorded"]


def test_a_table_is_coloured_where_that_is_wanted(inventory: Inventory) -> None:
    assert "\x1b" not in rendered("table", inventory)
    assert "\x1b[1m" in rendered("table", inventory, color=True)


def test_markup_of_the_table_in_names_is_text(inventory: Inventory) -> None:
    root = inventory.roots[0]
    grant = root.grants[0]._replace(flow="[bold red]x[/] :smile: \x1b[31m")
    hostile = inventory._replace(roots=(root._replace(grants=(grant,)),))
    lines = rendered("table", hostile, 200)
    assert "[bold red]x[/]" in lines
    assert ":smile:" in lines
    assert "\x1b" not in lines


def test_blocks_have_the_columns_that_are_named(inventory: Inventory) -> None:
    text = rendered("text", inventory, 80, columns=("how_long", "approve"))
    headings = {line[2:22].strip() for line in text.splitlines() if line.startswith("  ")}
    assert headings == {"for how long", "approved by"}


@pytest.mark.parametrize("by", ["target", "approver"])
def test_lines_have_the_columns_that_are_named(inventory: Inventory, by: str) -> None:
    text = rendered("text", inventory, None, by=by, columns=("ends", "grants"))
    line = next(it for it in text.splitlines() if it.startswith("  through "))
    assert "ends by time or by hand" in line
    assert "self-approval" not in line
    assert ("member of" in line) is (by == "approver")


def test_lines_of_csv_are_ordered_and_have_the_columns_that_are_named(inventory: Inventory) -> None:
    columns = ("approve", "grants")
    rows = list(csv.reader(io.StringIO(rendered("csv", inventory, by="target", columns=columns))))
    assert rows[0][6:] == ["approved by", "grants", "doubts"]
    assert [row[5] for row in rows[1:]] == sorted(row[5] for row in rows[1:])
    assert rendered("markdown", inventory, columns=columns).splitlines()[2] == (
        "| flow | target | approved by | grants |"
    )


def test_a_page_has_the_columns_that_are_named(inventory: Inventory) -> None:
    text = rendered("html", inventory, columns=("session", "ends"))
    table = text[text.index('<table id="grants-table">') :].partition("</thead>")[0]
    assert COLUMNS["session"] in table
    assert COLUMNS["how_long"] not in table
