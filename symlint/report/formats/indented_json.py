"""Indented JSON as ``json.dumps(data, indent=2)`` writes it; what is said many times is written once.

The standard library writes it in Python, too, token by token: an inventory of access, in which
thousands of grants have the same cells, takes it fifteen times as long.
"""

from __future__ import annotations

import json
from io import StringIO
from json.encoder import encode_basestring_ascii

from symlint.annotations import Any, Final


def indented(data: Any) -> str:
    """Plain data, whose keys are strings, as JSON in ASCII."""
    writer = _Writer()
    writer.write(data, "\n")
    return writer.text.getvalue()


class _Writer:
    """Writes values one after the other."""

    def __init__(self) -> None:
        self.text = StringIO()
        self._known: Final[dict[tuple[int, str], str]] = {}
        """What was written for a container, by its identity and where it stands; "" for once."""

    def write(self, data: Any, line: str) -> None:
        """Write a value; ``line`` is a line end with the indentation of the line that it stands in."""
        if isinstance(data, str):
            self.text.write(encode_basestring_ascii(data))
        elif not isinstance(data, (dict, list, tuple)):
            self.text.write(json.dumps(data))
        elif not data:
            self.text.write("{}" if isinstance(data, dict) else "[]")
        else:
            self._write_once(data, line)

    def _write_once(self, data: Any, line: str) -> None:
        """Write a container, and keep what was written when it comes for the second time."""
        key = (id(data), line)
        known = self._known.get(key)
        if known is None:
            self._known[key] = ""
            self._write_container(data, line)
        elif known:
            self.text.write(known)
        else:
            around, self.text = self.text, StringIO()
            self._write_container(data, line)
            self._known[key] = self.text.getvalue()
            around.write(self._known[key])
            self.text = around

    def _write_container(self, data: Any, line: str) -> None:
        inner = f"{line}  "
        is_object = isinstance(data, dict)
        separator = "{" if is_object else "["
        for it in data:
            self.text.write(separator + inner)
            separator = ","
            if is_object:
                self.text.write(f"{encode_basestring_ascii(it)}: ")
            self.write(data[it] if is_object else it, inner)
        self.text.write(line + ("}" if is_object else "]"))
