"""Where an expression can be written so that its value arrives in the same place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.writing import HERE, replaced

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.mistakes import Expression

    Files = dict[str, str]
    Placement = Callable[[Files, Expression, str], Files]

MODULE = 'module "access" {\n  source = "./access"\n}\n'
NEEDED = re.compile(
    r'^variable "(\w+)" \{\n(?:  (?!default).*\n)*\}\n|^variable "(\w+)" \{\}\n', re.M
)


def _root(files: Files, expression: Expression, written: str) -> Files:
    return _with(files, expression, written, marked=bool(expression.before))


def _local(files: Files, expression: Expression, written: str) -> Files:
    carried = f"locals {{\n  carried = {written} {HERE}\n}}\n"
    return {**_with(files, expression, "local.carried"), "carried.tf": carried}


def _variable(files: Files, expression: Expression, written: str) -> Files:
    carried = f'variable "carried" {{\n  default = {written} {HERE}\n}}\n'
    return {**_with(files, expression, "var.carried"), "carried.tf": carried}


def _variable_file(files: Files, expression: Expression, written: str) -> Files:
    return {
        **_with(files, expression, "var.carried"),
        "carried.tf": 'variable "carried" {}\n',
        "terraform.tfvars": f"carried = {written} {HERE}\n",
    }


def _passed(files: Files, expression: Expression, written: str) -> Files:
    files = inside_module(_with(files, expression, "var.carried"))
    files["access/carried.tf"] = 'variable "carried" {\n  type = any\n}\n'
    given = f"\n  carried = {written} {HERE}\n}}\n"
    files["main.tf"] = files["main.tf"].replace("\n}\n", given, 1)
    return files


def _module(files: Files, expression: Expression, written: str) -> Files:
    return inside_module(_root(files, expression, written))


def _output(files: Files, expression: Expression, written: str) -> Files:
    """A module hands on what it is given, or says it itself if it is a literal."""
    files = _with(files, expression, "module.carrier.carried")
    call = 'module "carrier" {\n  source = "./carrier"\n'
    if written.startswith('"'):
        output = f'output "carried" {{\n  value = {written} {HERE}\n}}\n'
        return {**files, "carried.tf": call + "}\n", "carrier/main.tf": output}
    output = 'variable "carried" {}\n\noutput "carried" {\n  value = var.carried\n}\n'
    call += f"  carried = {written} {HERE}\n}}\n"
    return {**files, "carried.tf": call, "carrier/main.tf": output}


def _deep(files: Files, expression: Expression, written: str) -> Files:
    """The block moves two modules down; its wrong argument is given at the top."""
    block = _block(files[expression.file], expression.block)
    inner = replaced(block, expression.before + expression.right, expression.before + "var.carried")
    for given, variable in expression.inputs.items():
        inner = _with_reference(inner, given, f"var.{variable}")
    exports = {f"export{index}": it for index, it in enumerate(expression.outputs.items())}
    moved = {}
    for name, text in files.items():
        text = text.replace(block, "") if name == expression.file else text
        for export, (reference, _) in exports.items():
            if name.endswith(".tf"):
                text = _with_reference(text, reference, f"module.deep.{export}")
        moved[name] = text
        if name.endswith(".py"):
            moved[f"deep/inner/{name}"] = text
    names = ("carried", *expression.inputs.values())
    variables = "".join(f'variable "{name}" {{}}\n' for name in names)
    passed = "".join(f"  {name} = var.{name}\n" for name in names)
    given = f"  carried = {written} {HERE}\n" + "".join(
        f"  {variable} = {it}\n" for it, variable in expression.inputs.items()
    )
    return {
        **moved,
        "deep.tf": f'module "deep" {{\n  source = "./deep"\n{given}}}\n',
        "deep/main.tf": f'{variables}module "inner" {{\n  source = "./inner"\n{passed}}}\n'
        + _outputs({export: f"module.inner.{export}" for export in exports}),
        "deep/inner/main.tf": variables
        + inner
        + _outputs({export: inside for export, (_, inside) in exports.items()}),
    }


PLACEMENTS: dict[str, Placement] = {
    "root": _root,
    "local": _local,
    "variable": _variable,
    "tfvars": _variable_file,
    "passed": _passed,
    "module": _module,
    "output": _output,
    "deep": _deep,
}


def inside_module(files: Files) -> Files:
    """The files as those of a module that the root module calls, which gets what it needs."""
    names = [a or b for text in files.values() for a, b in NEEDED.findall(text)]
    given = "".join(f"  {name} = var.{name}\n" for name in names)
    declared = "".join(f'\nvariable "{name}" {{}}\n' for name in names)
    call = MODULE.replace("}\n", given + "}\n")
    return {**{f"access/{name}": text for name, text in files.items()}, "main.tf": call + declared}


def _with(files: Files, expression: Expression, written: str, *, marked: bool = False) -> Files:
    """The files with an expression written in place of the right one, its line marked."""
    text = files[expression.file]
    old = expression.before + expression.right
    around = _block(text, expression.block) if expression.block else text
    assert around.count(old) == 1, f"{old!r} is there {around.count(old)} times"
    head, _, tail = around.partition(old)
    if marked:
        # What follows the expression on its line goes before the mark.
        rest, end, tail = tail.partition("\n")
        tail = f"{rest} {HERE}{end}{tail}"
    new = head + expression.before + written + tail
    return {**files, expression.file: text.replace(around, new)}


def _block(text: str, header: str) -> str:
    start = text.index(header)
    return text[start : text.index("\n}\n", start) + 3]


def _with_reference(text: str, reference: str, new: str) -> str:
    return re.sub(rf"(?<![\w.-]){re.escape(reference)}", new, text)


def _outputs(values: dict[str, str]) -> str:
    return "".join(f'output "{name}" {{\n  value = {it}\n}}\n' for name, it in values.items())
