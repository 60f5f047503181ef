"""One change, made in a copy of the project, and what the tests say to it."""

from __future__ import annotations

import difflib
import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.mutants.coverage_map import SUITE
from benchmarks.mutants.tree import environment, hear_interrupts

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.mutants.changes import Change
    from benchmarks.mutants.coverage_map import CoverageMap

FIRST = 40
"""So many of the tests that are most likely to notice run alone, before all others."""
PATIENCE = 240
"""Seconds after which a change counts as noticed, if the tests take less without it: the tests run
into a loop without an end."""
SLOWER = 10
"""So many times longer than usual may tests take, on a machine that is busy."""
MEMORY = 4 << 30
IN_A_PROCESS = ("tests/cli/test_cli_process.py",)
"""Tests that run symlint in a process of its own, where coverage does not see it."""
ALONE_IN_A_PROCESS = ("symlint/lint", "symlint/cli", "symlint/report", "symlint/source")
"""What of it no other test may see."""


class Mutant(NamedTuple):
    """A change to a file; ``path`` is relative to the project."""

    path: str
    change: Change

    @property
    def room(self) -> str:
        """The part of the project that the file belongs to."""
        parts = self.path.split("/")
        return parts[0] if parts[0] == "rules" else "/".join(parts[:2])

    def diff(self, text: str) -> str:
        """The lines that differ."""
        new = self.change.applied(text)
        lines = difflib.unified_diff(text.splitlines(), new.splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


class Verdict(NamedTuple):
    """Whether the change was noticed, and by what; ``diff`` are the lines that differ."""

    mutant: Mutant
    noticed: bool
    by: str
    diff: str


def judge(mutant: Mutant, tree: Path, known: CoverageMap, most: int = 0) -> Verdict:
    """Make the change in ``tree``, run the tests that execute it, and put the file back.

    No more than the ``most`` likely ones, where that is given: what others notice is missed then.
    """
    path = tree / mutant.path
    text = path.read_text(encoding="utf-8")
    tests = _likely_first(mutant, known.tests(mutant.path, mutant.change.lines))
    tests = tests[: most or None]
    path.write_text(mutant.change.applied(text), encoding="utf-8")
    try:
        batches: list[list[str] | None] = [tests[:FIRST], tests[FIRST:]]
        if mutant.room in ALONE_IN_A_PROCESS:
            batches.append(None)
        for batch in batches:
            usual = sum(known.times[test] for test in batch or known.times)
            if by := _run(tree, batch, max(PATIENCE, SLOWER * usual)):
                return Verdict(mutant, noticed=True, by=by, diff=mutant.diff(text))
    finally:
        path.write_text(text, encoding="utf-8")
    by = f"{len(tests)} tests execute it"
    return Verdict(mutant, noticed=False, by=by, diff=mutant.diff(text))


def _likely_first(mutant: Mutant, tests: list[str]) -> list[str]:
    """Snapshots first, then tests of the same folder, then of the same room; short ones first."""
    folder = f"tests/{mutant.path.removeprefix('symlint/').rpartition('/')[0]}/"
    room = "/".join(folder.split("/")[:2]) + "/"

    def order(test: str) -> tuple[bool, bool, bool]:
        return "snapshot" not in test, not test.startswith(folder), not test.startswith(room)

    return sorted(tests, key=order)


def _run(tree: Path, tests: list[str] | None, patience: float) -> str:
    """What fails, or "" when all tests pass."""
    if tests is not None and not tests:
        return ""
    env = environment(tree)
    files = list(IN_A_PROCESS)
    if tests is not None:
        wanted = tree / "wanted-tests"
        wanted.write_text("\n".join(tests), encoding="utf-8")
        env["SYMLINT_TESTS"] = str(wanted)
        files = sorted({test.split("::")[0] for test in tests})
    command = [sys.executable, "-m", "pytest", *SUITE, "-x", "--tb=no", "--hypothesis-seed=0"]
    process = subprocess.Popen(
        [*command, *files],
        cwd=tree,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=_prepare,
    )
    try:
        output, _ = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return "a loop without an end"
    if process.returncode == 0:
        return ""
    failed = [line for line in output.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0] if failed else f"exit status {process.returncode}"


def _prepare() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    hear_interrupts()
