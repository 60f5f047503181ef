"""Indented JSON as ``json.dumps(data, indent=2)`` writes it; what is said many times is written once.

The standard library writes it in Python, too, token by token: an inventory of access, in which
thousands of grants have the same cells, takes it fifteen times as long.
"""

from __future__ import annotations

import json
from io import StringIO
from json.encoder import encode_basestring_ascii

from symlint.annotations import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_KEPT: Final = 10_000
"""Of so many containers it is known that they were written, and of keys what; then it begins anew."""


def leaf(data: Any) -> str:
    """A text, a number, a truth value or None as JSON."""
    if isinstance(data, str):
        return encode_basestring_ascii(data)
    return "null" if data is None else json.dumps(data)


def indented(data: Any, write_leaf: Callable[[Any], str] = leaf) -> str:
    """Plain data, whose keys are strings, as JSON in ASCII.

    ``write_leaf`` says how what is no container and no key is written.
    """
    writer = _Writer(write_leaf)
    writer.write(data, "\n")
    return writer.text.getvalue()


class _Writer:
    """Writes values one after the other."""

    def __init__(self, write_leaf: Callable[[Any], str]) -> None:
        self.text = StringIO()
        self._leaf: Final = write_leaf
        self._known: Final[dict[tuple[int, str], str]] = {}
        """What was written for a container, by its identity and where it stands; "" for once."""
        self._names: Final[dict[str, str]] = {}

    def write(self, data: Any, line: str) -> None:
        """Write a value; ``line`` is a line end with the indentation of the line that it stands in.

        What was written for a container is kept when it comes for the second time.
        """
        if not isinstance(data, (dict, list, tuple)):
            self.text.write(self._leaf(data))
            return
        known = self._known.get((id(data), line))
        if known or not data:
            self.text.write(known or ("{}" if isinstance(data, dict) else "[]"))
            return
        if len(self._known) == _MOST_KEPT:
            self._known.clear()
        self._known[id(data), line] = ""
        around, self.text = self.text, self.text if known is None else StringIO()
        inner, separator = f"{line}  ", "{" if isinstance(data, dict) else "["
        for it in data:
            name, item = (self._name(it), data[it]) if isinstance(data, dict) else ("", it)
            if isinstance(item, (dict, list, tuple)):
                self.text.write(separator + inner + name)
                self.write(item, inner)
            else:
                self.text.write(separator + inner + name + self._leaf(item))
            separator = ","
        self.text.write(line + ("}" if isinstance(data, dict) else "]"))
        if self.text is not around:
            known = self._known[id(data), line] = self.text.getvalue()
            around.write(known)
            self.text = around

    def _name(self, key: str) -> str:
        """A key of an object, with its colon."""
        known = self._names.get(key)
        if known is None:
            if len(self._names) == _MOST_KEPT:
                self._names.clear()
            known = self._names[key] = f"{encode_basestring_ascii(key)}: "
        return known
