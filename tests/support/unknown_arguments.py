"""Configurations in which one argument has a value that is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ARGUMENT = re.compile(r"^( +\w+ *= )([^{\[(\n]*[^{\[(\s]|.*[}\])])$", re.MULTILINE)
"""An argument that is written on one line."""
MAP = re.compile(r"^(( +)\w+ += )\{\n(?:.*\n)*?\2\}$", re.MULTILINE)
"""An argument that is a map."""
LITERAL_ONLY = re.compile(
    r" +(source|version|for_each|count|depends_on|providers?|default|type|alias|aws|to) *= "
)
UNKNOWN = '\n\nvariable "unknown" {}\n'


def with_unknown(main: str) -> Iterator[tuple[str, str]]:
    """Each argument with its line, and the text in which a variable without a value replaces it."""
    for argument in (*ARGUMENT.finditer(main), *MAP.finditer(main)):
        if not LITERAL_ONLY.match(argument[0]):
            line = main.count("\n", 0, argument.start()) + 1
            changed = main[: argument.start()] + unknown(argument) + main[argument.end() :]
            yield f"{line}: {argument[0].partition(chr(10))[0].strip()}", changed


def files_of(example: str | Mapping[str, str]) -> dict[str, str]:
    """The files of an example, by relative path."""
    return {"main.tf": example} if isinstance(example, str) else dict(example)


def unknown(argument: re.Match[str]) -> str:
    """The argument, with a variable without a value instead of its own."""
    return argument[0] if LITERAL_ONLY.match(argument[0]) else f"{argument[1]}var.unknown"
