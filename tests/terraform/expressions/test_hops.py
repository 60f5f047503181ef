"""The path of a value: which reference each hop is, with the steps that were taken behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest
from support.configurations import configuration, write_files

from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.modules.loader import FileCache
from symlint.terraform.values.value import MAXIMUM_HOPS

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.terraform.values.value import Value

Parser: TypeAlias = Literal["native", "python-hcl2"]
Read: TypeAlias = tuple[str, str, tuple[str, ...]]
"""The reference of a hop, the whole of it, and the steps behind the reference."""

NAMES = """
variable "key" { default = "a" }
variable "number" { type = number }
variable "keys" { default = { a = "a" } }
variable "map" { default = { a = { id = "x", list = ["p", "q"] }, b = { id = "y", list = [] } } }
variable "list" { default = [{ id = "x", n = { z = 1 } }, { id = "y", n = { z = 2 } }] }
resource "aws_x" "one" { name = "n" }
resource "aws_x" "many" {
  count = 2
  name  = "n"
}
resource "aws_x" "each" {
  for_each = var.map
  name     = each.value["list"][0]
}
module "m" {
  source = "./m"
  given  = aws_x.one
}
module "ms" {
  source   = "./m"
  for_each = toset(["a", "b"])
  given    = aws_x.each[each.key]
}
--- m/main.tf
variable "given" {}
output "out" { value = var.given }
--- more.tf
"""


def hops(value: Value) -> list[Read]:
    return [(hop.range.text, hop.whole.text, hop.steps) for hop in value.hops]


def read(directory: Path, expression: str, parser: Parser = "native") -> list[Read]:
    """The hops of an expression, those of its first element or alternative where it has any."""
    write_files(directory, f"{NAMES}locals {{\n  x = {expression}\n}}\n")
    value = Configuration(str(directory), cache=FileCache(parser)).root.local("x")
    assert value is not None
    if value.elements:
        value = value.elements[0]
    elif not value.hops and value.unknown is not None and value.unknown.element is not None:
        value = value.unknown.element
    elif not value.hops and value.unknown is not None and value.unknown.alternatives:
        value = value.unknown.alternatives[0]
    return hops(value)


@pytest.mark.parametrize("parser", ["native", "python-hcl2"])
@pytest.mark.parametrize(
    ("expression", "range_", "whole", "steps"),
    [
        ("var.key", "var.key", "var.key", ()),
        ("var.map.a.id", "var.map", "var.map.a.id", ("a", "id")),
        ('var.map["a"].id', "var.map", 'var.map["a"].id', ("a", "id")),
        ("var.map[var.key].id", "var.map", "var.map[var.key].id", ("?", "id")),
        ('var.map["${var.key}"].id', "var.map", 'var.map["${var.key}"].id', ("?", "id")),
        ('var.map[var.keys["a"]].id', "var.map", 'var.map[var.keys["a"]].id', ("?", "id")),
        ('var.map[ "a" ] . id', "var.map", 'var.map[ "a" ] . id', ("a", "id")),
        ("var.map.a.list[0]", "var.map", "var.map.a.list[0]", ("a", "list", "?")),
        ("var.list[0].n.z", "var.list", "var.list[0].n.z", ("?", "n", "z")),
        ("var.list[*].id", "var.list", "var.list[*].id", ("?", "id")),
        ('var.list[*].n["z"]', "var.list", 'var.list[*].n["z"]', ("?", "n", "z")),
        ("var.list.*.id", "var.list", "var.list.*.id", ("?", "id")),
        ('"${var.map.a.id}"', "var.map", "var.map.a.id", ("a", "id")),
        ("(var.map).a.id", "var.map", "var.map", ()),
        ("try(var.map.a.id, var.key)", "var.map", "var.map.a.id", ("a", "id")),
        ("[for it in var.list : it.id]", "var.list", "var.list", ()),
        ("aws_x.one.name", "aws_x.one.name", "aws_x.one.name", ()),
        ('aws_x.one["name"]', 'aws_x.one["name"]', 'aws_x.one["name"]', ()),
        ("aws_x.one.s.t", "aws_x.one.s", "aws_x.one.s.t", ("t",)),
        ("(aws_x.one).s.t", "(aws_x.one).s", "(aws_x.one).s.t", ("t",)),
        ("aws_x.many[0].s[var.key]", "aws_x.many[0].s", "aws_x.many[0].s[var.key]", ("?",)),
        ("aws_x.each[var.key].s.t", "aws_x.each[var.key].s", "aws_x.each[var.key].s.t", ("t",)),
        ("aws_x.many[*].s.t", ".s", ".s.t", ("t",)),
        ("aws_x.many.*.s[0]", ".s", ".s[0]", ("?",)),
    ],
)
def test_the_last_hop(
    tmp_path: Path, expression: str, range_: str, whole: str, steps: tuple[str, ...], parser: Parser
) -> None:
    assert read(tmp_path, expression, parser)[-1] == (range_, whole, steps)


def test_steps_across_lines(tmp_path: Path) -> None:
    ((range_, whole, steps),) = read(tmp_path, "(var.map\n    .a\n    .id)")
    assert (range_, whole.split(), steps) == ("var.map", ["var.map", ".a", ".id"], ("a", "id"))


def test_every_hop_has_its_own_steps(tmp_path: Path) -> None:
    assert read(tmp_path, "module.m.out.s.t") == [
        ("var.given", "var.given", ()),
        ("module.m.out", "module.m.out.s.t", ("s", "t")),
        ("module.m.out.s", "module.m.out.s.t", ("t",)),
    ]
    assert read(tmp_path, "module.ms[var.key].out.name") == [
        ("var.map", "var.map", ()),
        ("each.value", 'each.value["list"][0]', ("list", "?")),
        ("var.given", "var.given", ()),
        ("module.ms[var.key].out", "module.ms[var.key].out.name", ("name",)),
        ("module.ms[var.key].out.name", "module.ms[var.key].out.name", ()),
    ]


def test_steps_in_json(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        NAMES + '--- json.tf.json\n{"locals": {"x": "${var.map.a.id}", "y": '
        '"${var.map[\\"a\\"].id}", "z": "${var.list[*].n.z}"}}',
    )
    x, y, z = (found.root.local(name) for name in "xyz")
    assert x is not None
    assert y is not None
    assert z is not None
    assert z.elements is not None
    assert hops(x) == [("var.map", "var.map.a.id", ("a", "id"))]
    assert hops(y) == [("var.map", 'var.map[\\"a\\"].id', ("a", "id"))]
    assert hops(z.elements[0]) == [("var.list", "var.list[*].n.z", ("?", "n", "z"))]


def test_of_a_long_path_the_middle_is_left_out(tmp_path: Path) -> None:
    count = 3 * MAXIMUM_HOPS
    chain = "".join(
        f'resource "t" "r{n}" {{\n  x = t.r{n - 1}.x\n}}\nlocals {{\n  a{n} = local.a{n - 1}\n}}\n'
        for n in range(1, count)
    )
    text = f'resource "t" "r0" {{\n  x = 1\n}}\nlocals {{\n  a0 = 1\n}}\n{chain}'
    found = configuration(tmp_path, text).root
    local = found.local(f"a{count - 1}")
    assert local is not None
    assert len(local.hops) == MAXIMUM_HOPS
    (last,) = (it for it in found.resources() if it.name == f"r{count - 1}")
    value = last.attribute("x")
    assert value is not None
    assert len(value.hops) <= MAXIMUM_HOPS
    assert value.hops[-1].range.text == f"t.r{count - 2}.x"
    twice = local.with_hops(value.hops)
    assert len(twice.hops) == MAXIMUM_HOPS
    assert (twice.hops[0], twice.hops[-1]) == (local.hops[0], value.hops[-1])
