"""One resource in the forms in which people write it: in the root, in a module, repeated, in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMS = ("root", "local", "module", "passed", "for_each", "json")


def in_form(
    form: str, kind: str, arguments: Mapping[str, Any], path: str, text: str
) -> dict[str, str]:
    """The files with one resource, in which the argument at ``path`` is ``text``.

    A text that is "${...}" as a whole is an expression, as it is in JSON.
    """
    label = "this"
    if form == "json":
        block = {"resource": {kind: {label: _with(arguments, path, text)}}}
        return {"main.tf.json": json.dumps(block, indent=2)}
    if form == "root":
        return {"main.tf": _block(kind, label, _with(arguments, path, text))}
    if form == "local":
        local = f"locals {{\n  given = {json.dumps(text)}\n}}\n"
        return {"main.tf": local + _block(kind, label, _with(arguments, path, "${local.given}"))}
    if form == "module":
        call = 'module "part" {\n  source = "./part"\n}\n'
        return {"main.tf": call, "part/main.tf": _block(kind, label, _with(arguments, path, text))}
    if form == "passed":
        call = f'module "part" {{\n  source = "./part"\n  given  = {json.dumps(text)}\n}}\n'
        inner = _block(kind, label, _with(arguments, path, "${var.given}"))
        return {"main.tf": call, "part/main.tf": 'variable "given" {}\n' + inner}
    assert form == "for_each"
    own = _with({**arguments, "for_each": {"one": text}}, path, "${each.value}")
    return {"main.tf": _block(kind, label, own)}


def _with(arguments: Mapping[str, Any], path: str, text: str) -> dict[str, Any]:
    name, _, key = path.partition(".")
    if not key:
        return {**arguments, name: text}
    return {**arguments, name: {**arguments.get(name, {}), key: text}}


def _block(kind: str, label: str, arguments: Mapping[str, Any]) -> str:
    lines = "".join(f"  {name} = {_expression(it)}\n" for name, it in arguments.items())
    return f'resource "{kind}" "{label}" {{\n{lines}}}\n'


def _expression(value: Any) -> str:
    if isinstance(value, dict):
        inner = "".join(f"    {json.dumps(key)} = {_expression(it)}\n" for key, it in value.items())
        return f"{{\n{inner}  }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_expression, value))}]"
    if (
        isinstance(value, str)
        and value.startswith("${")
        and value.count("${") == 1
        and value[-1] == "}"
    ):
        return value[2:-1]
    return json.dumps(value, ensure_ascii=False)
