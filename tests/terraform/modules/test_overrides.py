"""Many override blocks: merged at once as they would be one after the other, in linear time."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from support.effort import lines_run

from symlint.hcl import nodes, parse
from symlint.source.text import SourceFile
from symlint.terraform.modules.merging import ModuleBuilder, merge_bodies

if TYPE_CHECKING:
    from symlint.terraform.modules.declarations import Module

ITEMS = (
    "a = {n}", "b = {n}", "c = {n}",
    "p {{\n x = {n}\n}}", "q {{\n x = {n}\n}}", 'dynamic "p" {{\n for_each = [{n}]\n}}',
    "lifecycle {{\n a = {n}\n}}", "lifecycle {{\n b = {n}\n precondition {{\n c = {n}\n }}\n}}",
)  # fmt: skip  # as many a line as fit


def body(random: Random) -> nodes.Body:
    lines = [
        random.choice(ITEMS).format(n=random.randrange(100)) for _ in range(random.randrange(5))
    ]
    return parse(SourceFile("/x/main.tf", "\n".join(lines) + "\n")).body


def text(found: nodes.Body) -> list[object]:
    """What a body says, in order."""
    return [
        (item.type, [label.value for label in item.labels], text(item.body))
        if isinstance(item, nodes.Block)
        else (item.name, item.value.range.text)
        for item in found.items
        if isinstance(item, nodes.Attribute | nodes.Block)
    ]


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(200))
def test_they_are_merged_as_one_after_the_other(seed: int) -> None:
    random = Random(seed)
    base = body(random)
    overrides = [body(random) for _ in range(random.randrange(5))]
    expected = base
    for override in overrides:
        expected = merge_bodies(expected, [override])
    assert text(merge_bodies(base, overrides)) == text(expected)


def module(*texts: str) -> Module:
    builder = ModuleBuilder("/x")
    for number, one in enumerate(texts):
        builder.add(parse(SourceFile(f"/x/{number}.tf", one)).body, override=number > 0)
    return builder.build()


@pytest.mark.parametrize("header", ['resource "sym_flow" "f"', 'module "m"', 'provider "aws"'])
def test_work_is_linear_in_their_number(header: str) -> None:
    def effort(times: int) -> int:
        overrides = "".join(f"{header} {{\n  a{n} = {n}\n}}\n" for n in range(times))
        return lines_run(lambda: module(f"{header} {{\n}}\n", overrides))

    effort(1)  # what is done once a process
    assert effort(400) <= 4.8 * effort(100)


def test_what_is_said_last_holds() -> None:
    header = 'resource "sym_flow" "f"'
    overrides = "".join(f"{header} {{\n  a = {n}\n  b{n} = 1\n}}\n" for n in range(3))
    found = module(f"{header} {{\n  a = 9\n  c = 1\n}}\n", overrides).resources["sym_flow", "f"]
    assert [(name, one.value.range.text) for name, one in found.attributes.items()] == [
        ("c", "1"),
        ("b0", "1"),
        ("b1", "1"),
        ("a", "2"),
        ("b2", "1"),
    ]
