"""Glob patterns for paths, as in ``.gitignore``: ``*`` stays in one folder, ``**`` does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from re import Pattern


def matches_any(path: str, patterns: Iterable[str]) -> bool:
    """Whether ``path`` (relative, with ``/``) or a folder it is in matches one of the patterns."""
    return any(_compiled(pattern).fullmatch(path) for pattern in patterns)


def _compiled(pattern: str) -> Pattern[str]:
    """A pattern with a slash inside is about the whole path, one without about any part of it."""
    import re

    plain = pattern.strip("/").removeprefix("./")
    anchored = pattern.startswith(("/", "./")) or "/" in plain
    parts = [_part(part) for part in plain.split("/")]
    expression = "/".join(parts).replace(r"\*\*/", "(?:[^/]+/)*").replace(r"/\*\*", "(?:/.+)?")
    expression = expression.replace(r"\*\*", ".+")
    return re.compile(("" if anchored else "(?:.*/)?") + expression + "(?:/.*)?", re.DOTALL)


def _part(part: str) -> str:
    import re

    if part == "**":
        return r"\*\*"
    expression = ""
    position = 0
    while position < len(part):
        character = part[position]
        position += 1
        if character == "*":
            expression += "" if expression.endswith("[^/]*") else "[^/]*"
        elif character == "?":
            expression += "[^/]"
        elif character == "[" and "]" in part[position + 1 :]:
            end = part.index("]", position + 1)
            content = part[position:end].replace("\\", "\\\\").replace("[", "\\[")
            content = "^/" + content[1:] if content[0] in "!^" else content
            expression += f"[{content}]"
            position = end + 1
        else:
            expression += re.escape(character)
    return expression
