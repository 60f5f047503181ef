"""Modules of symlint are found by a finder of its own: the same modules, only sooner."""

import compileall
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from symlint import fast_import

FOUND = """
import sys
if sys.argv[1] == "fast":
    from symlint.fast_import import import_fast
    import_fast()
import symlint.hcl, symlint.rules.flows.strategy, symlint.version
for name in sorted(name for name in sys.modules if name.startswith("symlint.")):
    module = sys.modules[name]
    if name != "symlint.fast_import":
        spec = module.__spec__
        print(name, module.__package__, module.__file__, module.__cached__, spec.origin, spec.parent,
              getattr(module, "__path__", None), spec.submodule_search_locations, spec.has_location,
              repr(module), hasattr(module, "missing"), spec.loader is module.__loader__)
"""


def found(kind: str) -> str:
    command = [sys.executable, "-c", FOUND, kind]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def test_modules_are_those_that_python_finds() -> None:
    assert found("fast") == found("usual")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    for name in ("one.py", "inner/__init__.py"):
        (tmp_path / name).write_text("value = 1\n", encoding="utf-8")
    compileall.compile_dir(tmp_path, quiet=2)
    return tmp_path


def run(name: str, folder: Path) -> dict[str, object] | None:
    """The names of a module that is found and run; None for one that is left to Python."""
    spec = fast_import._Finder.find_spec(name, [str(folder)])
    if spec is None:
        return None
    module = importlib.util.module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    spec.loader.exec_module(module)  # as importlib.reload does
    return vars(module)


@pytest.mark.parametrize("name", ["symlint.one", "symlint.inner"])
def test_compiled_module_is_run(package: Path, name: str) -> None:
    names = run(name, package)
    assert names is not None
    assert names["value"] == 1


def test_import_of_what_a_module_has_not_fails_as_ever() -> None:
    script = """
from symlint.fast_import import import_fast
import_fast()
from symlint.version import missing
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert "ImportError: cannot import name 'missing' from 'symlint.version'" in done.stderr


def test_module_of_somebody_else_is_left_to_python(package: Path) -> None:
    assert run("other.one", package) is None
    assert run("symlint.missing", package) is None


def test_source_that_has_changed_is_left_to_python(package: Path) -> None:
    (package / "one.py").write_text("value = 22\n", encoding="utf-8")
    assert run("symlint.one", package) is None


def test_compiled_file_is_read_to_its_end(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = next((package / "__pycache__").glob("one.*.pyc")).stat().st_size
    for at_once in (7, size, size - 1, size + 1):
        monkeypatch.setattr(fast_import, "_AT_ONCE", at_once)
        names = run("symlint.one", package)
        assert names is not None
        assert names["value"] == 1


@pytest.mark.parametrize("damage", [b"", b"\0" * 16, b"x"])
def test_compiled_file_of_another_kind_is_left_to_python(package: Path, damage: bytes) -> None:
    (compiled,) = (package / "__pycache__").glob("one.*.pyc")
    data = compiled.read_bytes()
    compiled.write_bytes(damage + data[len(damage) :] if damage else b"")
    assert run("symlint.one", package) is None


def test_module_that_was_moved_is_left_to_python(package: Path) -> None:
    moved = package.rename(package.with_name("moved"))
    assert run("symlint.one", moved) is None
