"""Elements of the lists and dictionaries that a text writes down."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from symlint.sym.access.python.values import Computed, Constant, Items, Pairs

if TYPE_CHECKING:
    from symlint.sym.access.python.reader import Frame, Reader
    from symlint.sym.access.python.values import PythonValue


def of_dictionary(reader: Reader, node: ast.Dict, frame: Frame, depth: int) -> PythonValue | None:
    """A dictionary whose keys are known."""
    pairs = []
    for key, value in zip(node.keys, node.values, strict=True):
        name = None if key is None else reader.value(key, frame, depth)
        if not isinstance(name, Constant):
            return None
        pairs.append((name, reader.value(value, frame, depth)))
    return Pairs(tuple(pairs), node)


def of_subscript(
    reader: Reader, node: ast.Subscript, frame: Frame, depth: int
) -> PythonValue | None:
    """What stands in a known list or dictionary under a known key."""
    whole = reader.value(node.value, frame, depth)
    if not isinstance(whole, (Items, Pairs)):
        return None
    key = reader.value(node.slice, frame, depth)
    if not isinstance(key, Constant):
        return None
    if isinstance(whole, Pairs):
        found = _under(whole, key)
        return found or Computed("", node, f"KeyError: there is no {key.value!r}", fails=True)
    number = key.value
    if not isinstance(number, int) or not -len(whole.values) <= number < len(whole.values):
        return None
    return whole.values[number]


def of_get(reader: Reader, node: ast.Call, frame: Frame, depth: int) -> PythonValue | None:
    """What ``get`` of a known dictionary gives for a known key."""
    if node.keywords or not isinstance(node.func, ast.Attribute) or len(node.args) not in (1, 2):
        return None
    whole = reader.value(node.func.value, frame, depth)
    key = reader.value(node.args[0], frame, depth)
    if not isinstance(whole, Pairs) or not isinstance(key, Constant):
        return None
    found = _under(whole, key)
    if found is not None:
        return found
    return reader.value(node.args[1], frame, depth) if len(node.args) > 1 else Constant(None, node)


def _under(whole: Pairs, key: Constant) -> PythonValue | None:
    """The last value under a key, as Python takes it."""
    return next((it for name, it in reversed(whole.values) if name.value == key.value), None)
