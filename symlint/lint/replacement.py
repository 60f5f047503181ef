"""What to write in place of a text: in native syntax, or in JSON's way to write the same.

Both functions take what is meant and the range that it replaces, and return the text to put there,
or None where it cannot be written there.
"""

from __future__ import annotations

import json
import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.file_names import is_json_file
from symlint.terraform.values.addresses import is_identifier, quote

if TYPE_CHECKING:
    from symlint.source.text import Range

_LONGEST_LINE: Final = 10_000
"""In JSON, how much before a text is looked through to know whether it is within a string."""

_is_after_strings = re.compile(r'(?:[^"]++|"(?:[^"\\]|\\.)*+")*+').fullmatch


def expression_in_place(range_: Range, expression: str) -> str | None:
    """An expression, given in native syntax, in place of another one.

    In JSON what is a value there stays as it is, a list of strings for example, and anything else
    becomes a template: ``"${module.main.settings}"``.
    """
    if not is_json_file(range_.path):
        return expression
    within = _is_within_string(range_)
    if within is None:
        return None
    if within:
        return _escaped(expression)
    try:
        json.loads(expression)
    except ValueError:
        return f'"${{{_escaped(expression)}}}"'
    return expression


def name_in_place(range_: Range, name: str) -> str | None:
    """A name in place of one that is a key, a label or a step; ``.name`` and ``["name"]`` are steps.

    A step may become the other kind of step; a name that must be an identifier and is none cannot
    be written. Neither can what is computed.
    """
    written = range_.text
    in_string = is_json_file(range_.path) and not written.startswith('"')
    if written.startswith(("[", ".")):
        if written.startswith("[") and not written.startswith(('["', '[\\"')):
            return None
        step = f".{name}"
        if written.startswith("[") or not is_identifier(name):
            step = f"[{quote(name)}]"
        return _escaped(step) if in_string else step
    if written.startswith('"'):
        return quote(name)
    return name if is_identifier(name) else None


def _is_within_string(range_: Range) -> bool | None:
    """Whether a text in JSON is a part of a string; None if its line is too long to know it."""
    if range_.text.startswith('"'):
        return False
    start = range_.source.text.rfind("\n", 0, range_.start) + 1
    if range_.start - start > _LONGEST_LINE:
        return None
    return _is_after_strings(range_.source.text, start, range_.start) is None


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
