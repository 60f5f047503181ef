"""What code reads of the target that is asked for, as far as Terraform says it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from symlint.sym.access.python.values import Variable
from symlint.sym.event.given import TARGET, TARGET_NAMES
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.strategies import Target
    from symlint.terraform.values.value import Value

_SETTINGS: Final = 'settings["'


def parts_read(module: PythonModule) -> tuple[str, ...]:
    """The parts of the target that a text reads: ``slug``, ``settings["group_id"]``."""
    found = set()
    for node in module.nodes:
        if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
            meaning = module.meanings.of(node) or ""
            if meaning.startswith(TARGET):
                found.add(meaning[len(TARGET) :])
    return tuple(sorted(found))


def parts_of(target: Target | None, parts: tuple[str, ...]) -> dict[str, Variable]:
    """What some parts of a target surely are when code runs, by their meanings."""
    found: dict[str, Variable] = {}
    if target is None:
        return found
    for part in parts:
        text = _text(target, part)
        if text is not None:
            found[TARGET + part] = Variable(text, "")
    return found


def _text(target: Target, part: str) -> str | None:
    if part in TARGET_NAMES:
        name = None if target.name.sensitive else target.name.string
        # The case of names makes no difference to Sym, and which one code sees is not documented.
        return name if name is not None and name == name.lower() else None
    if part == "type":
        return target.type_name
    value: Value | None = None
    if part == "label":
        value = target.label
    elif part.startswith(_SETTINGS):
        value = _setting(target, part[len(_SETTINGS) : -2])
    return None if value is None or value.sensitive else text_of(value)


def _setting(target: Target, name: str) -> Value | None:
    """A setting that Terraform alone gives; None for one that who asks may choose."""
    bindings = target.bindings
    if bindings is None:
        return None
    bound = {text_of(it) for it in bindings}
    return None if name in bound or None in bound else target.setting(name)
