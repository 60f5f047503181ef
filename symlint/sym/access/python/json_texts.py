"""What ``json.loads`` makes of a text that is known, such as a variable of the flow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from symlint.sym.access.python.values import Constant, Items, Pairs

if TYPE_CHECKING:
    import ast

    from symlint.sym.access.python.reader import Reader
    from symlint.sym.access.python.values import PythonValue

_LONGEST: Final = 20_000
"""Texts with more characters are not read."""


def of_json(reader: Reader, text: PythonValue, node: ast.Call) -> PythonValue | None:
    """The value that a text of JSON stands for; None where it is not known, or is no JSON."""
    if not isinstance(text, Constant) or not isinstance(text.value, str):
        return None
    if len(text.value) > _LONGEST:
        return None
    try:
        return _value(reader, json.loads(text.value), node, 0)
    except (ValueError, RecursionError):
        return None


def _value(reader: Reader, data: Any, node: ast.Call, depth: int) -> PythonValue | None:
    if not reader.has_budget(depth):
        return None
    if isinstance(data, list):
        items = [_value(reader, it, node, depth + 1) for it in data]
        return None if None in items else Items(tuple(it for it in items if it), node)
    if isinstance(data, dict):
        pairs = [
            (Constant(key, node, filled=True), _value(reader, it, node, depth + 1))
            for key, it in data.items()
        ]
        found = tuple((key, it) for key, it in pairs if it is not None)
        return Pairs(found, node) if len(found) == len(pairs) else None
    return Constant(data, node, filled=True)
