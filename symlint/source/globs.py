"""Glob patterns as regular expressions that take no longer than pattern times text.

What a pattern consists of is read by its dialect: git's here, that of ``fileset`` where that is
evaluated. A star never gives back what it has taken, but the last one of a folder's name: with the
leftmost place for each piece between two stars the rest of a text is longest, so nothing is lost.
"""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STAR: Final = "*"
"""Any text without a slash."""
FOLDERS: Final = "**/"
"""Any folders, none included."""
REST: Final = "**"
"""Any text; the last token of a pattern."""
SLASH: Final = "/"
ANY: Final = "[^/]"
"""Any character but a slash. Other tokens are regular expressions of one character as well."""


def glob_pattern(tokens: Sequence[str]) -> re.Pattern[str]:
    """The regular expression that matches what the tokens of a pattern do."""
    rest = bool(tokens) and tokens[-1] == REST
    chunks = _split(tokens[:-1] if rest else tokens, FOLDERS)
    first, *more = map(_chunk_expression, chunks)
    middle = "".join(f"(?>(?:.*?/)??{chunk})" for chunk in more[:-1])
    last = f"(?:.*/)?{more[-1]}" if more else ""
    return re.compile(f"{first}{middle}{last}{'.*' if rest else ''}", re.DOTALL)


def longest_text(tokens: Iterable[str]) -> str:
    """The longest text without wildcards in a pattern: what matches it contains that."""
    found = text = ""
    for token in tokens:
        plain = len(token) == 1 and token != STAR
        escaped = len(token) == 2 and token[0] == "\\"
        text = text + token[-1] if plain or escaped else ""
        if len(text) > len(found):
            found = text
    return found


def _chunk_expression(tokens: Sequence[str]) -> str:
    return "/".join(map(_name_expression, _split(tokens, SLASH)))


def _name_expression(tokens: Sequence[str]) -> str:
    first, *more = ("".join(piece) for piece in _split(tokens, STAR))
    if not more:
        return first
    middle = "".join(f"(?>[^/]*?{piece})" for piece in more[:-1] if piece)
    return f"{first}{middle}[^/]*{more[-1]}"


def _split(tokens: Sequence[str], separator: str) -> list[Sequence[str]]:
    parts: list[Sequence[str]] = []
    start = 0
    for index, token in enumerate(tokens):
        if token == separator:
            parts.append(tokens[start:index])
            start = index + 1
    return [*parts, tokens[start:]]


# --- git's dialect --------------------------------------------------------------------------------

_SPECIAL: Final = "*?[\\"

_CLASSES: Final = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "blank": r" \t", "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9", "graph": r"\x21-\x7e", "lower": "a-z", "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e", "space": r"\t-\r ", "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}  # fmt: skip  # as many a line as fit


def git_tokens(pattern: str) -> list[str] | None:
    """The tokens of a pattern as git reads it (``wildmatch.c``); None where it matches nothing."""
    first = next((at for at, it in enumerate(pattern) if it in _SPECIAL), len(pattern))
    tokens = [re.escape(it) for it in pattern[:first]]
    index = first
    while index < len(pattern):
        character = pattern[index]
        if character == "*":
            end = index
            while pattern.startswith("*", end):
                end += 1
            # git compares the text before the first wildcard by itself, and forgets it.
            begins = index == first or tokens[-1] in (SLASH, FOLDERS)
            index = _stars(tokens, pattern, end, begins and end - index > 1)
        elif character == "?":
            tokens.append(ANY)
            index += 1
        elif character == "[":
            class_ = _git_class(pattern, index + 1)
            if class_ is None:
                return None
            tokens.append(class_[0])
            index = class_[1]
        elif character == "\\":
            if index + 1 == len(pattern):
                return None
            tokens.append(re.escape(pattern[index + 1]))
            index += 2
        else:
            tokens.append(re.escape(character))
            index += 1
    return tokens


def _stars(tokens: list[str], pattern: str, end: int, several: bool) -> int:
    """Take the stars that end at ``end``; where the next token begins."""
    if several and end == len(pattern):
        tokens.append(REST)
    elif several and pattern.startswith("/", end):
        tokens.append(FOLDERS)
        return end + 1
    elif several and pattern.startswith("\\/", end):
        tokens += (STAR, SLASH, FOLDERS)  # one folder at least
        return end + 2
    else:
        tokens.append(STAR)
    return end


def _git_class(pattern: str, start: int) -> tuple[str, int] | None:
    """The expression of the class whose bracket opens before ``start``, and where it ends."""
    negated = pattern.startswith(("!", "^"), start)
    index = first = start + negated
    items: list[str] = []
    before = ""
    while index == first or not pattern.startswith("]", index):
        character = pattern[index : index + 1]
        if character == "[" and (named := re.compile(r"\[:([^\]]*):\]").match(pattern, index)):
            if named[1] not in _CLASSES:
                return None
            items.append(_CLASSES[named[1]])
            before, index = "", named.end()
            continue
        ranged = character == "-" and before and pattern[index + 1 : index + 2] not in ("", "]")
        index += bool(ranged)
        index += pattern.startswith("\\", index)
        end = pattern[index : index + 1]
        if not end:
            return None
        if not ranged:
            items.append(re.escape(end))
        elif before <= end:
            items.append(f"{re.escape(before)}-{re.escape(end)}")
        before = "" if ranged else end
        index += 1
    inner = "".join(items)
    if negated:
        return f"[^/{inner}]", index + 1
    return (f"(?!/)[{inner}]" if inner else "(?!)"), index + 1
