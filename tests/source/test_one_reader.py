"""Files are opened in symlint/source/files.py to be read, and in writing.py to be written."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OPENERS = {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "open_code"}
ALLOWED = {
    "symlint/source/files.py": ["open", "os.open"],
    # The code of symlint itself.
    "symlint/fast_import.py": ["os.open"],
    "symlint/source/writing.py": ["os.open", "open", "open"],
    # The null device takes the place of standard streams that are closed.
    "symlint/cli/streams.py": ["os.open"] * 4 + ["fdopen"] * 3,
    # What is found in the bad examples, which symlint ships.
    "symlint/report/rules/examples.py": ["open"],
    # Not part of a run: a developer makes the catalogue anew.
    "symlint/sym/catalogue/build.py": ["read_text", "read_text", "write_text"],
    # lark's own grammar of the other parser, which python-hcl2 ships.
    "symlint/hcl/python_hcl2.py": ["Lark.open"],
}


def opened(path: Path) -> list[str]:
    """The calls in a file that open one, as they are written."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id in OPENERS:
                found.append(function.id)
            elif isinstance(function, ast.Attribute) and function.attr in OPENERS:
                of = f"{function.value.id}." if isinstance(function.value, ast.Name) else ""
                name = function.attr
                found.append(f"{of}{name}" if name == "open" else name)
    return found


@pytest.mark.no_cover
def test_nothing_else_opens_a_file() -> None:
    paths = [*ROOT.glob("symlint/**/*.py"), *ROOT.glob("rules/**/*.py")]
    assert len(paths) > 100
    found = {str(path.relative_to(ROOT)): opened(path) for path in paths}
    assert {path: sorted(calls) for path, calls in found.items() if calls} == {
        path: sorted(calls) for path, calls in ALLOWED.items()
    }
