"""What the lexer recognizes: regular expressions and character classes of HCL native syntax."""

from __future__ import annotations

import re
from functools import cache

from symlint.annotations import Final

_ESCAPE = (
    r'\\(?:[nrt"\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}'
    r"|U(?!0000[dD][89a-fA-F])(?:000[0-9a-fA-F]|0010)[0-9a-fA-F]{4})"
)
# Unrolled (plain* (special plain*)*) and possessive, so that no input makes the match backtrack,
# nor remember where it could.
_QUOTED = rf'[^"\\$%\r\n]*(?:(?:{_ESCAPE}|\$\$\{{|%%\{{|\$(?!\{{)|%(?!\{{))[^"\\$%\r\n]*)*+'
# Every character beyond ASCII counts here; identifier_end looks closer. Written as what is left out,
# which the regular expression compiler handles many times faster than ranges beyond ASCII.
_IDENTIFIER_START = r"[^\x00-\x40\x5b-\x5e\x60\x7b-\x7f]"
_IDENTIFIER_PART = r"[^\x00-\x2c\x2e\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]"
_IDENTIFIER = _IDENTIFIER_START + _IDENTIFIER_PART + "*"

AT_ONCE: Final = 100
"""How many characters ``match_token`` takes for an identifier; ``identifier_end`` takes the rest."""

match_token = re.compile(
    r"[ \t]*(?:"
    rf"({_IDENTIFIER_START}{_IDENTIFIER_PART}{{0,{AT_ONCE - 1}}})"  # 1
    r"|(=>|==|!=|<=|>=|&&|\|\||\.\.\.|::"
    rf"|[{{()\[\].,:?=>+*%!-]|<(?!<-?{_IDENTIFIER_START})|/(?![/*]))"  # 2
    r"|(\r?\n)"  # 3
    rf'|("{_QUOTED}")'  # 4
    r'|(")'  # 5
    r"|([0-9]+(?:\.*(?:[0-9]+|[eE][+-]?[0-9]+))*+)"  # 6
    r"|(~?\})"  # 7
    r"|((?:\#|//)[^\n]*\n?)"  # 8
    r"|(/\*[\s\S]*?\*/)"  # 9
    rf"|<<(-?)({_IDENTIFIER})\r?\n"  # 10, 11
    r"|\Z)"
).match

# Compiling a pattern takes as long as reading some hundred lines: those that few files need are compiled
# where they are.


@cache
def identifier_pattern() -> re.Pattern[str]:
    """An identifier of any length."""
    return re.compile(_IDENTIFIER)


@cache
def _parts_pattern() -> re.Pattern[str]:
    return re.compile(rf"{_IDENTIFIER_PART}{{1,{AT_ONCE}}}")


@cache
def quoted_pattern() -> re.Pattern[str]:
    """The text of a quoted string, up to its end or to a sequence."""
    return re.compile(_QUOTED)


@cache
def line_pattern() -> re.Pattern[str]:
    """One line of a heredoc or bare template, up to a sequence; group 1 is its end of line."""
    return re.compile(r"[^$%\r\n]*(?:(?:\$\$\{|%%\{|\$(?!\{)|%(?!\{))[^$%\r\n]*)*+(\r?\n)?")


@cache
def block_pattern() -> re.Pattern[str]:
    """The unindented header of a block, on a line of its own."""
    return re.compile(
        r"^[A-Za-z_][\w-]*(?:[ \t]+(?:[\w-]+|\"[^\"\\\r\n]*\"))*[ \t]*\{[ \t]*\r?$", re.MULTILINE
    )


@cache
def invalid_pattern() -> re.Pattern[str]:
    """Characters that HCL has no use for."""
    return re.compile(r"[^\s\w\"#/{}()\[\].,:?=<>+*%!-]+")


# unicode.IsSpace of Go, which HCL trims with.
WHITESPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

# ID_Start and ID_Continue of Unicode that str.isidentifier (XID_*, closed under NFKC) leaves out.
_ONLY_ID_CONTINUE = (
    "\u037a\u309b\u309c\ufc5e\ufc5f\ufc60\ufc61\ufc62\ufc63\ufdfa\ufdfb"
    "\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e"
)
_ONLY_ID_START = _ONLY_ID_CONTINUE + "\u0e33\u0eb3\uff9e\uff9f"


def identifier_end(text: str, start: int, end: int, limit: int) -> int:
    """Where the identifier that begins at ``start`` ends: maybe at once, at most at ``limit``.

    ``match_token`` found something like one up to ``end``. It takes all characters beyond ASCII into
    identifiers; this finds those that HCL does not (ID_Start and ID_Continue of Unicode).
    """
    first = text[start]
    if first > "\x7f" and not (first.isidentifier() or first in _ONLY_ID_START):
        return start
    position = start
    while True:
        word = text[position:end]
        if not word.isascii():
            for index, character in enumerate(word, position):
                if (
                    character > "\x7f"
                    and not ("a" + character).isidentifier()
                    and character not in _ONLY_ID_CONTINUE
                ):
                    return index
        more = _parts_pattern().match(text, end, limit)
        if more is None:
            return end
        position, end = more.span()
