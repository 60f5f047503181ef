"""The layout of the source: no circles of files, no crowded folders."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from symlint.lint.registry import load_rules

ROOT = Path(__file__).resolve().parents[1]
MOST_FILES = 16
SWITCHED_OFF = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no|fmt:\s*skip)\b.*")
WITH_REASON = re.compile(
    r"# (?:noqa: [A-Z0-9]+ - |type: ignore\[[a-z-]+\]  # |pragma: no \w+ - |fmt: skip  # )\w"
)
MOST_LINES_OF_A_RULE = 300
NOT_CODE = frozenset({"bases", "fixtures", "snapshots"})
"""Folders of tests that hold what the tests are about."""


def modules() -> dict[str, Path]:
    """All modules by the name they are imported by."""
    found = {}
    for path in (*ROOT.glob("symlint/**/*.py"), *ROOT.glob("rules/**/*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[0] == "rules":
            parts = ("symlint", *parts)
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imports(name: str, path: Path, known: dict[str, Path]) -> set[str]:
    """The modules that one imports, in functions and for type checking too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports are not used here"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in known else node.module or "")
    return (found & set(known)) - {name}


@pytest.mark.no_cover
def test_no_files_import_each_other_in_a_circle() -> None:
    known = modules()
    graph = {name: imports(name, path, known) for name, path in known.items()}
    assert sum(map(len, graph.values())) > len(known)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_no_folder_is_crowded() -> None:
    tests = [path for path in ROOT.glob("tests/**/*.py") if not NOT_CODE & set(path.parts)]
    paths = (*modules().values(), *tests)
    files = Counter(path.parent for path in paths if path.name != "__init__.py")
    assert [folder for folder, count in files.items() if count > MOST_FILES] == []


def rule_files() -> dict[str, Path]:
    """The files of rules by module name, without the helpers beside them."""
    files = set(ROOT.glob("rules/*/*.py")) - set(ROOT.glob("rules/*/_*.py"))
    return {name: path for name, path in modules().items() if path in files}


def test_no_rule_is_long() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in rule_files().values()}
    assert [path for path, count in lines.items() if count > MOST_LINES_OF_A_RULE] == []


@pytest.mark.no_cover
def test_no_rule_imports_another_rule() -> None:
    known, rules = modules(), rule_files()
    found = {name: imports(name, path, known) & set(rules) for name, path in rules.items()}
    assert {name: others for name, others in found.items() if others} == {}


def test_a_file_holds_one_rule_and_is_named_after_it() -> None:
    """``strategies/target_type.py`` holds ``strategy-target-type``: its subject may come first."""
    rules = {rule.__module__: rule.name for rule in load_rules()}
    assert len(rules) == len(load_rules())
    assert set(rules) == set(rule_files())
    for module, name in rules.items():
        folder, file = module.replace("_", "-").split(".")[-2:]
        subject = "strategy" if folder == "strategies" else folder.removesuffix("s")
        assert name in (file, f"{folder}-{file}", f"{subject}-{file}"), module


def test_a_rule_file_says_first_what_it_checks() -> None:
    for path in rule_files().values():
        summary = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert summary.startswith("Checks "), path
        assert "\n" not in summary, path


def test_the_tests_of_rules_mirror_the_rules() -> None:
    """Each folder of tests is named after the folder of rules that they are about."""
    rooms = {path.name for path in (ROOT / "rules").iterdir() if path.is_dir()}
    folders = {path.parent.name for path in ROOT.glob("tests/rules/*/test_*.py")}
    assert folders - rooms == set()


def test_no_two_files_of_tests_have_one_name() -> None:
    """Tests are no package: pytest imports each file by its name alone, and only one of a name."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert not [name for name, count in names.items() if count > 1]


def test_loading_the_rules_loads_nothing_that_only_a_run_needs() -> None:
    """``symlint rules`` and ``explain`` need what the rules say of themselves, no evaluation."""
    program = (
        "import sys; from symlint.lint.registry import load_rules; load_rules(); "
        "print(*(name for name in sys.modules if name.startswith('symlint.')))"
    )
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    rooms = {".".join(name.split(".")[:3]) for name in loaded.split()}
    assert not rooms & {
        "symlint.graph.reference_graph",
        "symlint.sym.aws",
        "symlint.sym.intent",
        "symlint.sym.provider",
        "symlint.terraform.expressions",
        "symlint.terraform.functions",
        "symlint.terraform.instances",
    }


def test_what_is_switched_off_has_its_reason_beside_it() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("symlint", "rules", "tests", "tools", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := SWITCHED_OFF.search(line)) and not WITH_REASON.match(found[0])
    ]
    assert bare == []
