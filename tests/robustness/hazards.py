"""Configurations that cost much: deep, many, wide, circular. Each adds to a tree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from robustness.expressions import TEXTS, call, expression, literal, looped, nested

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from robustness.tree import Tree

PLACES: Final = (
    "locals {{\n  a = {0}\n}}\n",
    'locals {{\n  a = {0}\n}}\nresource "sym_target" "u" {{\n  type = "okta_group"\n  name = local.a\n}}\n',
    'output "x" {{\n  value = {0}\n}}\n',
    'resource "sym_target" "t" {{\n  type = {0}\n  name = {0}\n  settings = {0}\n}}\n',
    'resource "sym_target" "t" {{\n  count = {0}\n  name = "t${{count.index}}"\n}}\n',
    'resource "sym_target" "t" {{\n  for_each = {0}\n  name = each.key\n}}\n',
    'resource "sym_strategy" "s" {{\n  type = "okta"\n  targets = {0}\n}}\n',
    'resource "sym_flow" "f" {{\n  params {{\n    dynamic "prompt_field" {{\n      for_each = {0}\n      content {{\n        name = prompt_field.value\n      }}\n    }}\n  }}\n}}\n',
    'resource "sym_flow" "f" {{\n  implementation = {0}\n  params = {{\n    prompt_fields_json = jsonencode({0})\n  }}\n}}\n',
    'variable "v" {{\n  default = {0}\n  validation {{\n    condition = {0}\n    error_message = {0}\n  }}\n}}\n',
    'variable "v" {{\n  type = {0}\n  default = {{}}\n}}\n',
    'module "m" {{\n  source = {0}\n  x = {0}\n}}\n',
    'module "c" {{\n  source = "symopsio/iam-connector/aws"\n  version = {0}\n  environment = {0}\n  runtime_role_arns = {0}\n}}\n',
    'provider "sym" {{\n  org = {0}\n}}\nterraform {{\n  required_version = {0}\n}}\n',
    "moved {{\n  from = {0}\n  to = {0}\n}}\nimport {{\n  to = sym_target.t\n  id = {0}\n}}\n",
    "a = {0}\n",
    "{0}\n",
)
"""Where an expression may stand."""

PIECES: Final = (
    *(
        "\n",
        " ",
        "a b c\n",
        "= }\n",
        '"',
        "{",
        "}",
        "[",
        "/*",
        "# x\n",
        "<<E\n",
        "a {\n",
        "a = 1\n",
        "\t",
        "$",
    ),
    *(
        "# symlint: ignore[SYM201] x\n",
        "locals {\n  a = 1\n}\n",
        'variable "v" {}\n',
        "\ufeff",
        "\r",
    ),
    *(
        'resource "sym_target" "t" {\n  type = "okta_gruop"\n}\n',
        "moved {}\n",
        "a.b.c[0] ",
        "é\u0316",
    ),
    *('module "m" {\n  source = "./m"\n}\n', 'provider "sym" {\n  alias = "a"\n}\n', "local.x, "),
)


def expressions(rng: Random, tree: Tree, size: int) -> None:
    """An expression anywhere."""
    made = rng.choice((expression, nested, call, looped))(rng, size)
    tree.add("hostile.tf", rng.choice(PLACES).format(made))


def repeated(rng: Random, tree: Tree, size: int) -> None:
    """The same text again and again, with or without an end."""
    piece = rng.choice(PIECES)
    start = rng.choice(("", "", "locals {\n  a = [", 'resource "sym_flow" "f" {\n'))
    tree.add(
        rng.choice(("many.tf", "terraform.tfvars", "x.tf.json")),
        start + piece * (size // len(piece)),
    )


def numbered(rng: Random, tree: Tree, size: int) -> None:
    """Many different names, half of them misspelt where they are used."""
    use, declare = rng.choice(
        (
            ("local.name_{0}", "locals {{\n  name_{0} = {1}\n}}\n"),
            ("var.name_{0}", 'variable "name_{0}" {{}}\n'),
            (
                "sym_target.name_{0}.id",
                'resource "sym_target" "name_{0}" {{\n  typ = "okta_group"\n}}\n',
            ),
            ("module.m.name_{0}", 'output "name_{0}" {{\n  value = 1\n}}\n'),
            ("jsonencode{0}(1)", "locals {{\n  name_{0} = 1\n}}\n"),
        )
    )
    count = size // 100
    lines = [declare.format(i, i) for i in range(count)]
    lines += [
        f"locals {{\n  use_{i} = {use.format(i).replace('name', rng.choice(('name', 'nmae')))}\n}}\n"
        for i in range(count)
    ]
    tree.add("numbered.tf", "".join(lines))


def references(rng: Random, tree: Tree, size: int) -> None:
    """A graph of locals or resources: sparse, dense, chained or circular."""
    edges = max(1, size // 12)
    nodes = max(1, min(rng.choice((3, 30, 300, 3000, 30_000)), edges))
    form, name = rng.choice(
        (
            ("  a{0} = [{1}]\n", "local.a"),
            ('resource "sym_strategy" "a{0}" {{\n  targets = [{1}]\n}}\n', "sym_strategy.a"),
            ('resource "sym_target" "a{0}" {{\n  depends_on = [{1}]\n}}\n', "sym_target.a"),
        )
    )
    backward = rng.random() < 0.5
    lines = []
    for i in range(nodes):
        near = rng.random() < 0.5
        to = [
            max(0, i - k - 1)
            if near
            else rng.randrange(i or 1)
            if backward
            else rng.randrange(nodes)
            for k in range(max(1, min(edges // nodes, 200)))
        ]
        lines.append(form.format(i, ", ".join(f"{name}{j}" for j in to if not backward or j < i)))
    text = "".join(lines)
    tree.add("graph.tf", f"locals {{\n{text}}}\n" if name == "local.a" else text)


def modules(rng: Random, tree: Tree, size: int) -> None:
    """Modules that call modules: trees, chains, cycles, with counts and values passed on."""
    levels = rng.choice((1, 2, 5, 20, 70))
    calls = rng.choice((1, 1, 2, 3, 30))
    shape = rng.choice(("tree", "tree", "cycle", "any"))
    repeat = rng.choice(
        ("", "", "  count = 2\n", "  for_each = toset(range(9))\n", "  count = var.v\n")
    )
    given = rng.choice(
        ("var.v", "[var.v, var.v]", "1", "module.c0.o", '"${var.v}${var.v}"', literal(rng, size))
    )
    for level in range(levels):
        text = 'variable "v" {\n  default = "x"\n}\noutput "o" {\n  value = var.v\n}\n'
        for i in range(calls):
            to = {"tree": level + 1, "cycle": (level + 1) % levels}.get(
                shape, rng.randrange(levels)
            )
            text += f'module "c{i}" {{\n  source = "../m{to}"\n{repeat}  v = {given}\n}}\n'
        tree.add(f"m{level}/main.tf", text)
    tree.add(f"m{levels}/main.tf", 'resource "sym_target" "t" {\n  type = "okta_grup"\n}\n')
    tree.add("calls.tf", 'module "m" {\n  source = "./m0"\n  v = "x"\n}\n')


def instances(rng: Random, tree: Tree, size: int) -> None:
    """Resources with many instances that use each other."""
    count = rng.choice((0, 1, 30, 1000, 20_000, 10**6, 10**30))
    many = rng.choice(
        (f"count = {count}", f'for_each = toset([for i in range({count}) : "k${{i}}"])')
    )
    key = "count.index" if many.startswith("count") else "each.key"
    blocks = [
        f'resource "sym_target" "t{i}" {{\n  {many}\n  type = "okta_group"\n  name = "t${{{key}}}"\n'
        f"  settings = {{ group_id = {rng.choice((key, 'sym_target.t0[0].id', 'null', '[]'))} }}\n}}\n"
        for i in range(rng.choice((1, 1, 3, 20)))
    ]
    all_of_them = rng.choice(
        ("sym_target.t0[*].id", "[for t in sym_target.t0 : t.id]", "values(sym_target.t0)")
    )
    blocks.append(
        f'resource "sym_strategy" "s" {{\n  {rng.choice(("", many))}\n  type = "aws_iam"\n'
        f"  targets = {all_of_them}\n}}\n"
    )
    tree.add("instances.tf", "".join(blocks))


def in_json(rng: Random, tree: Tree, size: int) -> None:
    """A file in JSON syntax: what may stand in one, anywhere, often twice."""
    words = (
        "resource",
        "sym_target",
        "locals",
        "variable",
        "//",
        "dynamic",
        "default",
        "a",
        "a",
        "${",
    )

    def value(depth: int) -> str:
        kind = rng.randrange(8)
        if depth and kind < 4:
            pairs = (
                f"{json.dumps(rng.choice(words))}: {value(depth - 1)}"
                for _ in range(rng.choice((1, 2, 9)))
            )
            return "{" + ", ".join(pairs) + "}"
        if depth and kind == 4:
            return "[" + ", ".join(value(depth - 1) for _ in range(rng.choice((0, 1, 3)))) + "]"
        text = json.dumps(
            rng.choice(("${", "", "%{", "${local.a}", "sym_target.a")) + rng.choice(TEXTS)
        )
        return rng.choice((text, text, "null", "true", "1e999", "9" * 5000, "-", "[" * 3000, "\\"))

    text = value(rng.randint(1, 6))
    if rng.random() < 0.3:
        text = "{" + ", ".join([f'"locals": {{"a": {value(1)}}}'] * (size // 60)) + "}"
    tree.add(rng.choice(("main.tf.json", "terraform.tfvars.json", "x.tofu.json")), text[: size * 4])


def types(rng: Random, tree: Tree, size: int) -> None:
    """Type constraints, deep and wide, with defaults."""
    pairs = rng.choices(
        (
            ("list(", ")"),
            ("map(", ")"),
            ("set(", ")"),
            ("object({ a = ", " })"),
            ("optional(", ", null)"),
            ("tuple([", "])"),
        ),
        k=rng.choice((3, 50, 300, 3000)),
    )
    deep = (
        "".join(begin for begin, _ in pairs) + "string" + "".join(end for _, end in reversed(pairs))
    )
    wide = ", ".join(f"a{i} = optional(list(string), [])" for i in range(size // 50))
    chosen = rng.choice((deep, f"object({{ {wide} }})", f"list(object({{ {wide} }}))", "any"))
    default = rng.choice(("{}", "[{}]", "[" + "{}, " * 500 + "]", "null", literal(rng, size)))
    tree.add(
        "types.tf",
        f'variable "t" {{\n  type = {chosen}\n  default = {default}\n}}\noutput "t" {{\n  value = var.t\n}}\n',
    )


def python(rng: Random, tree: Tree, size: int) -> None:
    """An implementation in Python, which is read and must never run."""
    text = rng.choice(
        (
            "import os\nopen('EXECUTED', 'w').close()\n",
            "x = " + "(" * min(size, 5000),
            "x = " + "-" * size + "1\n",
            "x = " + "1 + " * (size // 4) + "1\n",
            "x" + ".a()" * (size // 4) + "\n",
            "".join(" " * i + "if 1:\n" for i in range(min(size, 300))),
            "def f():\n    pass\n" * (size // 20),
            "x = '" + "\\N{DEGREE SIGN}" * (size // 20) + "'\n",
            "from sym.sdk.annotations import reducer\n@reducer\ndef get_approvers(event):\n    return ",
            "\ufeff# -*- coding: rot13 -*-\n\x0c\x00",
        )
    )
    tree.files["impl.py"] = text.encode("utf-8", "surrogatepass")
    tree.add(
        "python.tf",
        'resource "sym_flow" "p" {\n  name = "p"\n  implementation = "${path.module}/impl.py"\n}\n',
    )


HAZARDS: Final[tuple[Callable[[Random, Tree, int], None], ...]] = (
    *(expressions, expressions, expressions, repeated, numbered, references, modules, instances),
    *(in_json, types, python),
)
