"""Decoded JSON as values: what provider 1 took as text, and ``jsonencode()`` elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.terraform.types import ANY
from symlint.terraform.values import Value, boolean, null, number, string

if TYPE_CHECKING:
    from symlint.source.text import Range


def value_of_json(decoded: object, origin: Range) -> Value:
    """What ``json.loads`` gave as a value that is written at ``origin`` as a whole."""
    if isinstance(decoded, str):
        return string(decoded, origin)
    if isinstance(decoded, bool):
        return boolean(decoded, origin)
    if isinstance(decoded, int):
        return number(decoded, origin)
    if isinstance(decoded, float):
        from fractions import Fraction

        return number(Fraction(decoded), origin)
    if isinstance(decoded, list):
        return Value(ANY, tuple(value_of_json(it, origin) for it in decoded), origin)
    if isinstance(decoded, dict):
        content = {str(key): value_of_json(it, origin) for key, it in decoded.items()}
        return Value(ANY, content, origin)
    return null(origin=origin)
