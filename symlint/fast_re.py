"""``re``, with patterns that have been compiled before.

Importing ``re`` takes 7 % of a clean run, and compiling the patterns of one 4 %. What ``re`` makes of those is in
``symlint/compiled_patterns/``, in a module for each form of compiled patterns that Python has had
(``make docs`` writes them). ``re`` itself compiles the others, and all where there is no such module.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from re import ASCII as ASCII
    from re import DOTALL as DOTALL
    from re import IGNORECASE as IGNORECASE
    from re import MULTILINE as MULTILINE
    from re import VERBOSE as VERBOSE
    from re import Match as Match
    from re import Pattern as Pattern
    from re import compile as compile  # noqa: A004 - those of re
    from re import escape as escape
    from re import findall as findall
    from re import finditer as finditer
    from re import fullmatch as fullmatch
    from re import match as match
    from re import search as search
    from re import split as split
    from re import sub as sub
else:
    import _sre
    import sys

    from symlint.standard import cache

    IGNORECASE, MULTILINE, DOTALL, VERBOSE, ASCII = 2, 8, 16, 64, 256

    def _compiled_patterns():
        """What ``_sre.compile`` takes, by pattern and flags; nothing where this Python has another form."""
        try:
            name = f"symlint.compiled_patterns.{sys.byteorder}_{_sre.MAGIC}"
            return __import__(name, fromlist=["PATTERNS"]).PATTERNS
        except ImportError:
            return {}

    PATTERNS = _compiled_patterns()

    @cache
    def _known(pattern, flags):
        all_flags, code, groups, names, group_names = PATTERNS[pattern, flags]
        return _sre.compile(pattern, all_flags, list(code), groups, dict(names), group_names)

    def compile(pattern, flags=0):  # noqa: A001 - those of re
        if (pattern, flags) in PATTERNS:
            return _known(pattern, flags)
        import re

        return re.compile(pattern, flags)

    def match(pattern, text, flags=0):
        return compile(pattern, flags).match(text)

    def fullmatch(pattern, text, flags=0):
        return compile(pattern, flags).fullmatch(text)

    def search(pattern, text, flags=0):
        return compile(pattern, flags).search(text)

    def findall(pattern, text, flags=0):
        return compile(pattern, flags).findall(text)

    def finditer(pattern, text, flags=0):
        return compile(pattern, flags).finditer(text)

    def split(pattern, text, flags=0):
        return compile(pattern, flags).split(text)

    def sub(pattern, new, text, flags=0):
        return compile(pattern, flags).sub(new, text)

    _SPECIAL = {ord(it): f"\\{it}" for it in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}

    def escape(text):
        """A text as a pattern that matches it alone."""
        return text.translate(_SPECIAL)
