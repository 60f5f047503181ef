"""Patterns of Terraform's ``fileset``, as far as it is certain how they are read.

https://github.com/bmatcuk/doublestar/blob/v1.1.5/doublestar.go, of which Terraform cleans the pattern
before and keeps the regular files after.
"""

from __future__ import annotations

import posixpath
import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.globs import ANY, FOLDERS, REST, SLASH, STAR, glob_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

WILDCARDS: Final = "*?[{\\"

_MOST_CHOICES: Final = 64
_LONGEST: Final = 1000
_CLASS: Final = re.compile(r"\[(\^?)((?:[^\]\[\\^-](?:-[^\]\[\\^-])?)+)\]")
_CHOICE: Final = re.compile(r"\{([^{}\\]*)\}")


class FilesetPattern:
    """What a pattern matches: paths below the directory of ``fileset``, with ``/``."""

    __slots__ = ("_expressions", "depth")

    def __init__(self, choices: Iterable[list[str]]) -> None:
        self._expressions: Final = tuple(map(glob_pattern, choices))
        self.depth: int | None = None
        """In how many directories one inside of the other a file may be; None for any number."""

    def matches(self, path: str) -> bool:
        """Whether the pattern matches a relative path."""
        return any(it.fullmatch(path) for it in self._expressions)


def read_fileset_pattern(pattern: str) -> FilesetPattern | None:
    """A pattern, or None where it is not certain what Terraform makes of it."""
    names = posixpath.normpath(pattern.lstrip("/")).split("/")
    if len(pattern) > _LONGEST or names[0] == "..":
        return None
    choices: list[list[str]] = [[]]
    for index, name in enumerate(names):
        last = index == len(names) - 1
        if name == "**":
            if index and names[index - 1] == "**":
                return None
            choices = [[*it, REST if last else FOLDERS] for it in choices]
            continue
        found = _name_choices(name)
        if found is None or any(map(_has_three_stars, found)):
            return None
        if len(choices) * len(found) > _MOST_CHOICES:
            return None
        end = [] if last else [SLASH]
        choices = [[*before, *tokens, *end] for before in choices for tokens in found]
    result = FilesetPattern(choices)
    result.depth = None if "**" in names else len(names) - 1
    return result


def _has_three_stars(tokens: list[str]) -> bool:
    """At the end of a file's name, more than two are not read."""
    return any(tokens[index : index + 3] == [STAR] * 3 for index in range(len(tokens)))


def _name_choices(name: str) -> list[list[str]] | None:
    """The tokens of one name of a pattern, for each choice between braces."""
    choices: list[list[str]] = [[]]
    index = 0
    while index < len(name):
        if name[index] == "{":
            braces = _CHOICE.match(name, index)
            options = [_tokens(it) for it in braces[1].split(",")] if braces else []
            # At the end of a file's name nothing is read as a choice that may be empty.
            certain = [it for it in options if it is not None and set(it) - {STAR}]
            if braces is None or len(certain) < len(options):
                return None
            choices = [[*before, *option] for before in choices for option in certain]
            index = braces.end()
        else:
            end = name.find("{", index)
            while end > 0 and name[end - 1] == "\\":
                end = name.find("{", end + 1)
            end = len(name) if end < 0 else end
            tokens = _tokens(name[index:end])
            if tokens is None:
                return None
            choices = [[*before, *tokens] for before in choices]
            index = end
        if len(choices) > _MOST_CHOICES:
            return None
    return choices


def _tokens(text: str) -> list[str] | None:
    tokens: list[str] = []
    index = 0
    while index < len(text):
        character = text[index]
        index += 1
        if character == "*":
            tokens.append(STAR)
        elif character == "?":
            tokens.append(ANY)
        elif character == "[":
            written = _CLASS.match(text, index - 1)
            class_ = None if written is None else _class(written[1], written[2])
            if written is None or class_ is None:
                return None
            tokens.append(class_)
            index = written.end()
        elif character == "\\":
            if index == len(text):
                return None
            tokens.append(re.escape(text[index]))
            index += 1
        else:
            tokens.append(re.escape(character))
    return tokens


def _class(negated: str, items: str) -> str | None:
    found = []
    for low, high in re.findall(r"(.)(?:-(.))?", items, re.DOTALL):
        if high and high < low:
            return None
        found.append(re.escape(low) + (f"-{re.escape(high)}" if high else ""))
    inner = "".join(found)
    return f"[^/{inner}]" if negated else f"(?!/)[{inner}]"
