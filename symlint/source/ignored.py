"""Which paths git ignores, from ``.gitignore`` files.

https://git-scm.com/docs/gitignore
"""

from __future__ import annotations

import os
import re
from typing import Final

from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem, read_file


class _Pattern(NamedTuple):
    expression: re.Pattern[str]
    negated: bool
    directories_only: bool


class IgnoreFile(NamedTuple):
    """The patterns of one ``.gitignore`` file; they apply below ``directory``."""

    directory: str
    patterns: tuple[_Pattern, ...]

    def verdict(self, path: str, is_directory: bool) -> bool | None:
        """Whether the file says that ``path`` is ignored; None when it says nothing of it."""
        relative = os.path.relpath(path, self.directory).replace(os.sep, "/")
        for pattern in reversed(self.patterns):
            if pattern.directories_only and not is_directory:
                continue
            if pattern.expression.fullmatch(relative):
                return not pattern.negated
        return None


def read_ignore_file(path: str, directory: str | None = None) -> IgnoreFile | None:
    """The patterns of a ``.gitignore`` file, or None when there is none."""
    source = read_file(path)
    if isinstance(source, ReadProblem):
        return None
    lines = source.text.splitlines()
    patterns = (_pattern(line) for line in lines)
    found = tuple(pattern for pattern in patterns if pattern is not None)
    return IgnoreFile(directory or os.path.dirname(path), found)


def is_ignored(path: str, is_directory: bool, files: tuple[IgnoreFile, ...]) -> bool:
    """Whether the innermost of ``files`` (ordered outermost first) that speaks ignores ``path``."""
    for file in reversed(files):
        verdict = file.verdict(path, is_directory)
        if verdict is not None:
            return verdict
    return False


_MAXIMUM_LENGTH: Final = 400
"""Longer patterns are passed over: matching them could take long."""


def _pattern(line: str) -> _Pattern | None:
    line = line.rstrip("\n\r")
    while line.endswith(" ") and not line.endswith("\\ "):
        line = line[:-1]
    if not line or line.startswith("#") or len(line) > _MAXIMUM_LENGTH or line.count("**") > 4:
        return None
    negated = line.startswith("!")
    if negated:
        line = line[1:]
    directories_only = line.endswith("/")
    line = line.rstrip("/")
    if not line:
        return None
    anchored = "/" in line
    expression = _expression(line.removeprefix("/"))
    prefix = "" if anchored else "(?:.*/)?"
    try:
        return _Pattern(re.compile(prefix + expression, re.DOTALL), negated, directories_only)
    except re.error:
        return None


def _expression(pattern: str) -> str:
    """A regular expression that matches what a pattern matches, in linear time per ``**``."""
    segments = pattern.split("/")
    parts = []
    for number, segment in enumerate(segments):
        last = number == len(segments) - 1
        if segment == "**":
            parts.append(".*" if last else "(?:.*/)?")
        else:
            parts.append(_segment_expression(segment) + ("" if last else "/"))
    return "".join(parts)


def _segment_expression(segment: str) -> str:
    """Stars take as little as possible and never give back, except the last of a segment."""
    chunks = [""]
    index = 0
    while index < len(segment):
        character = segment[index]
        if character == "*":
            if chunks[-1] or len(chunks) == 1:
                chunks.append("")
        elif character == "?":
            chunks[-1] += "[^/]"
        elif character == "[" and "]" in segment[index + 2 :]:
            end = segment.index("]", index + 2)
            inner = segment[index + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            chunks[-1] += "[" + ("^" + inner[1:] if inner[0] in "!^" else inner) + "]"
            index = end
        else:
            if character == "\\" and index + 1 < len(segment):
                index += 1
                character = segment[index]
            chunks[-1] += re.escape(character)
        index += 1
    if len(chunks) == 1:
        return chunks[0]
    middle = "".join(f"(?>[^/]*?{chunk})" for chunk in chunks[1:-1])
    return f"{chunks[0]}{middle}[^/]*{chunks[-1]}"
