"""Writes what ``re`` makes of the patterns of clean runs: the modules in ``symlint/compiled_patterns/``.

    python -m tools.compiled_patterns [PYTHON...]

Writes the module of the Python that runs it, and of the others that are named. Each has the patterns that linting
the correct configurations of the tests asks for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "symlint" / "compiled_patterns"
FIXTURES = (
    "aws_iam",
    "aws_sso",
    "lambda",
    "multi_tenant",
    "okta",
    "quickstart",
    "two_environments",
)

ASKING = """
import json, sys
from symlint import fast_re

asked, compile = set(), fast_re.compile

def asking(pattern, flags=0):
    asked.add((pattern, int(flags)))
    return compile(pattern, flags)

fast_re.compile = asking
import symlint

for path in sys.argv[1:]:
    symlint.lint(path)
print(json.dumps(sorted(asked)))
"""

HEAD = '''\
"""Patterns as Python {version} compiles them. ``python -m tools.compiled_patterns`` writes this."""

from __future__ import annotations

from symlint.annotations import Final

# fmt: off
PATTERNS: Final = {{
'''


def main() -> None:
    """Write the modules."""
    if sys.argv[1:2] == ["--print"]:
        print(json.dumps([module_name(), module_text(json.load(sys.stdin))]))
        return
    keys = json.dumps(patterns_of_clean_runs())
    for python in (sys.executable, *sys.argv[1:]):
        command = [python, __file__, "--print"]
        printed = subprocess.run(
            command, input=keys, stdout=subprocess.PIPE, encoding="utf-8", check=True
        )
        name, text = json.loads(printed.stdout)
        (FOLDER / f"{name}.py").write_text(text, encoding="utf-8")


def patterns_of_clean_runs() -> list[tuple[str, int]]:
    """The patterns that linting correct configurations asks for, with their flags."""
    paths = [str(ROOT / "tests" / "fixtures" / name) for name in FIXTURES]
    printed = subprocess.run(
        [sys.executable, "-c", ASKING, *paths], stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    return [(pattern, flags) for pattern, flags in json.loads(printed.stdout)]


def module_name() -> str:
    """The name of the module for this Python."""
    sre: Any = import_module("_sre")
    return f"{sys.byteorder}_{sre.MAGIC}"


def module_text(keys: list[tuple[str, int]]) -> str:
    """The module for this Python."""
    entries = "".join(
        f"    {(pattern, flags)!r}: {compiled(pattern, flags)!r},\n" for pattern, flags in keys
    )
    return HEAD.format(version=".".join(map(str, sys.version_info[:2]))) + entries + "}\n"


def compiled(pattern: str, flags: int) -> tuple[object, ...]:
    """What ``re`` gives ``_sre.compile``: all flags, code, number of groups, names of groups, groups by number."""
    compiler: Any = import_module("re._compiler")
    found: list[tuple[Any, ...]] = []

    class Recorder:
        def __getattr__(self, name: str) -> object:
            return getattr(before, name)

        def compile(self, _: str, *rest: object) -> None:
            found.append(rest)

    before = compiler._sre
    compiler._sre = Recorder()
    try:
        compiler.compile(pattern, flags)
    finally:
        compiler._sre = before
    all_flags, code, groups, names, group_names = found[0]
    return int(all_flags), tuple(map(int, code)), groups, tuple(names.items()), group_names


if __name__ == "__main__":
    main()
