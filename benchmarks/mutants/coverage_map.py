"""Which tests execute which line, learnt by running the suite once under coverage.

The map is kept in ``build/mutants/`` and learnt anew when the code changes; when only tests change,
the files that changed run again.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from coverage import CoverageData

from benchmarks.mutants.tree import ROOT, environment, hear_interrupts

if TYPE_CHECKING:
    from pathlib import Path

CACHE = ROOT / "build" / "mutants"
SUITE = ("-q", "-m", "not terraform", "-p", "no:cacheprovider", "-p", "benchmarks.mutants.plugin")


class CoverageMap(NamedTuple):
    """The tests that execute each line, and how long each test takes."""

    data: CoverageData
    times: dict[str, float]

    def tests(self, path: str, lines: tuple[int, int]) -> list[str]:
        """The tests that execute one of the lines, or any of the file if it only runs on import.

        Python reports no ``continue`` that it has made part of a jump, and of a statement of several
        lines not every one: then those that execute the last reported line before it.
        """
        by_line = self.data.contexts_by_lineno(path)
        first, last = lines
        reported = [line for line in range(first, last + 1) if line in by_line]
        if not reported:
            reported = [max((line for line in by_line if line < first), default=0)]
        found = {it.partition("|")[0] for line in reported for it in by_line.get(line, ())} - {""}
        if not found:
            found = {it.partition("|")[0] for told in by_line.values() for it in told} - {""}
        return sorted(found & self.times.keys(), key=lambda test: (self.times[test], test))


def learn(tree: Path, jobs: int) -> CoverageMap:
    """The map of the tree; runs what is not known yet."""
    CACHE.mkdir(parents=True, exist_ok=True)
    state = _state()
    code, tests = _fingerprints()
    data_file = CACHE / "coverage"
    if state.get("code") != code:
        state = {"code": code, "tests": {}, "times": {}}
        data_file.unlink(missing_ok=True)
    known = state["tests"]
    changed = [path for path, digest in tests.items() if known.get(path) != digest]
    if changed:
        told = _run(tree, changed, data_file, jobs)
        gone = {path for path in (*known, *changed) if path in changed or path not in tests}
        times = {node: it for node, it in state["times"].items() if node.split("::")[0] not in gone}
        times |= {node: it for node, it in told["times"].items() if node not in told["failed"]}
        state |= {"tests": tests, "times": times}
        (CACHE / "state.json").write_text(json.dumps(state), encoding="utf-8")
    data = CoverageData(str(data_file))
    data.read()
    return CoverageMap(data, state["times"])


def _run(tree: Path, files: list[str], data_file: Path, jobs: int) -> dict[str, Any]:
    """Run tests under coverage; what the plug-in tells. Those that fail unchanged are left out."""
    print(f"running {len(files)} test files to learn which tests execute which line", flush=True)
    times = CACHE / "times.json"
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", *SUITE, "-n", str(jobs), "--tb=line"),
            *("--cov", "--cov-context=test", "--cov-report=", "--cov-append"),
            *(f"--cov-config={_settings(tree)}", *files),
        ],
        cwd=tree,
        env={
            **environment(tree),
            "SYMLINT_TIMES": str(times),
            "COVERAGE_FILE": str(data_file),
        },
        check=False,
        preexec_fn=hear_interrupts,
    )
    told = json.loads(times.read_text(encoding="utf-8"))
    for node in told["failed"]:
        print(f"left out, it fails unchanged: {node}")
    assert isinstance(told, dict)
    return told


def _settings(tree: Path) -> Path:
    """Lines are enough, and paths must not name a folder that is gone in the next run."""
    path = tree / "mutants.coveragerc"
    path.write_text(
        "[run]\nsource =\n    symlint\n    rules\nrelative_files = true\n", encoding="utf-8"
    )
    return path


def _state() -> dict[str, Any]:
    path = CACHE / "state.json"
    if not path.exists():
        return {}
    state = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(state, dict)
    return state


def _fingerprints() -> tuple[str, dict[str, str]]:
    """One digest of the code and of what tests share, and one of each file of tests."""
    code = hashlib.sha256()
    tests = {}
    for folder in ("symlint", "rules", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            text = path.read_bytes()
            if path.name.startswith("test_"):
                tests[name] = hashlib.sha256(text).hexdigest()
            elif folder != "tests":
                code.update(name.encode() + b"\0" + text)
    return code.hexdigest(), tests
