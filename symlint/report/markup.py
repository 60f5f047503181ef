"""Text from files inside Markdown and HTML, where nothing of it links, mentions or renders.

GitHub and GitLab make links of what they find in rendered text (``@team``, ``#12``, ``GH-1``, hashes of
commits, addresses), and pictures of ``:words:``; not in code. So whatever is not plainly a word or a
number is written as code.
"""

from __future__ import annotations

import re

from symlint.annotations import Final
from symlint.report.escape import neutralise

_WORD: Final = r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*"
_PLAIN: Final = re.compile(
    rf"(?![0-9a-fA-F]{{7,}}\Z)(?:{_WORD}(?:[-/]{_WORD})*|\d{{1,6}}|(?:[A-Za-z]\.)+[A-Za-z]?|[-=+<>…]+)"
)
"""Words, small numbers, abbreviations such as "i.e", and signs between words."""

_EDGES: Final = re.compile(r"""(["'(\[“]*)(.*?)(["'”)\].,;:!?…]*)\Z""", re.DOTALL)
_MARKUP: Final = frozenset("\\`*_{}[]<>&#|~")
"""What begins markup inside a line."""

_FIRST: Final = re.compile(r"(\d*)([-+=.)])")
"""What begins a list or underlines a heading where a line begins with it."""


def escape_markdown(text: str) -> str:
    """``text`` as it is, inside a line of Markdown: no markup, HTML, mention, reference or link."""
    parts = _parts(neutralise(text).lstrip(" "))
    escaped = " ".join(code_span(code) + _escaped(rest) for code, rest in parts)
    match = _FIRST.match(escaped)
    return escaped if match is None else f"{match[1]}\\{escaped[match.start(2) :]}"


def escape_html(text: str) -> str:
    """``text`` as it is, in a block of HTML inside Markdown."""
    parts = _parts(neutralise(text))
    return " ".join(
        (f"<code>{_entities(code)}</code>" if code else "") + _entities(rest)
        for code, rest in parts
    )


_OPENING: Final = {")": "(", "]": "["}
_QUOTES: Final = "\"'”"


def _parts(text: str) -> list[tuple[str, str]]:
    """What is written as code and what follows it, in turn; words of code that stand together are one."""
    parts: list[tuple[str, str]] = []
    for word in text.split(" "):
        code, rest = _code_and_rest(word)
        if code and parts and parts[-1][0] and not parts[-1][1]:
            code = f"{parts.pop()[0]} {code}"
        parts.append((code, rest))
    return parts


def _code_and_rest(word: str) -> tuple[str, str]:
    """What of a word is written as code, and what follows it; no code in what is plainly a word."""
    match = _EDGES.match(word)
    assert match is not None
    lead, inner, tail = match.groups()
    if not inner or _PLAIN.fullmatch(inner):
        return "", word
    # The quotes of a text, and the brackets of a call, are part of the code.
    code = lead + inner
    for it in tail:
        opening = _OPENING.get(it)
        if it not in _QUOTES and (opening is None or code.count(opening) <= code.count(it)):
            break
        code += it
    return code, word[len(code) :]


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in _MARKUP else c for c in text)


def _entities(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text


def code_span(text: str) -> str:
    """``text`` as inline code, whatever backticks and blanks are in it; "" for no text."""
    shown = neutralise(text)
    if not shown:
        return ""
    fence = "`" * (_longest_run(shown) + 1)
    padding = " " if not shown.isspace() and (shown[0] in " `" or shown[-1] in " `") else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def code_block(lines: list[str], language: str) -> list[str]:
    """``lines`` as a fenced code block, whatever fences are in them."""
    fence = "`" * max(3, max(map(_longest_run, lines), default=0) + 1)
    return [fence + language, *lines, fence]


def _longest_run(text: str) -> int:
    longest = current = 0
    for character in text:
        current = current + 1 if character == "`" else 0
        longest = max(longest, current)
    return longest
