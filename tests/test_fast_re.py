"""Patterns that were compiled before are what ``re`` makes of them."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from symlint import compiled_patterns, fast_re
from tools.compiled_patterns import compiled, module_name, patterns_of_clean_runs

MODULES = sorted(path.stem for path in Path(compiled_patterns.__path__[0]).glob("[a-z]*.py"))


def test_each_python_has_the_patterns_of_clean_runs() -> None:
    asked = set(patterns_of_clean_runs())
    for name in MODULES:
        patterns = import_module(f"symlint.compiled_patterns.{name}").PATTERNS
        assert set(patterns) == asked, "python -m tools.compiled_patterns PYTHON..."


@pytest.mark.skipif(module_name() not in MODULES, reason="this Python compiles all patterns")
def test_patterns_are_compiled_as_this_python_does() -> None:
    patterns = vars(fast_re)["PATTERNS"]
    assert patterns
    for (pattern, flags), known in patterns.items():
        assert known == compiled(pattern, flags)
        assert fast_re.compile(pattern, flags) == re.compile(pattern, flags)


def test_functions_do_what_those_of_re_do() -> None:
    text = "a1 b22\nC333"
    for pattern, flags in (
        (r"(?P<letter>[a-z])(\d+)", 0),
        (r"[a-z]\d+$", re.IGNORECASE | re.MULTILINE),
    ):
        for name in ("match", "fullmatch", "search"):
            ours, theirs = getattr(fast_re, name), getattr(re, name)
            assert str(ours(pattern, text, flags)) == str(theirs(pattern, text, flags))
        assert fast_re.findall(pattern, text, flags) == re.findall(pattern, text, flags)
        assert [*map(str, fast_re.finditer(pattern, text, flags))] == [
            *map(str, re.finditer(pattern, text, flags))
        ]
        assert fast_re.sub(pattern, "-", text, flags=flags) == re.sub(
            pattern, "-", text, flags=flags
        )
        assert fast_re.split(pattern, text, flags=flags) == re.split(pattern, text, flags=flags)
    for name in ("ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "VERBOSE"):
        assert getattr(fast_re, name) == getattr(re, name)
    everything = "".join(map(chr, range(0x250)))
    assert fast_re.escape(everything) == re.escape(everything)
