"""A sample of generated hostile inputs, the generator and the judge; benchmarks.hostile runs more."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from robustness.batches import judged_together
from robustness.confined import confined, in_turn
from robustness.inputs import hostile_input
from robustness.judging import Verdict, judge, planted, repaired_wrongly
from robustness.surroundings import CANARY
from robustness.tree import Tree
from robustness.wild.inputs import wild_input

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("kind", [(), ("--wild",), ("--together", "--size", "2500")])
def test_no_input_of_a_sample_hurts(kind: tuple[str, ...]) -> None:
    sample = ["--seed", "42", "--count", "40", "--size", "20000", *kind]
    done = subprocess.run(
        [sys.executable, "-m", "robustness.hostile_run", *sample],
        cwd=TESTS,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("40 inputs ")


@pytest.mark.parametrize("make", ["inputs import hostile_input", "wild.inputs import wild_input"])
def test_inputs_are_the_same_in_every_process(make: str) -> None:
    name = make.rpartition(" ")[2]
    text = f"from robustness.{make}; print([{name}(s, 9999)[1].files for s in range(99)])"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", text],
            cwd=TESTS,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("make", [hostile_input, wild_input])
def test_inputs_have_the_size_that_is_asked_for(
    make: Callable[[int, int], tuple[str, Tree]],
) -> None:
    for seed in range(200):
        files = make(seed, 20_000)[1].files
        assert sum(map(len, files.values())) <= 21_000


# --- the judge ---


def spin() -> None:
    while True:
        pass


def exhaust() -> None:
    bytes(10**12)


@pytest.mark.parametrize(
    ("act", "status", "signal", "said"),
    [
        (lambda: print("a"), 0, 0, "a\n"),
        (lambda: sys.exit(3), 3, 0, ""),
        (spin, None, 24, ""),
        (exhaust, 70, 0, "MemoryError"),
        (lambda: os.kill(os.getpid(), 9), None, 9, ""),
    ],
)
def test_a_confined_process(
    act: object, status: int | None, signal: int, said: str, tmp_path: Path
) -> None:
    outcome = confined(act, str(tmp_path), 1)  # type: ignore[arg-type]  # functions of different types
    assert (outcome.status, outcome.signal) == (status, signal)
    assert said in outcome.output + outcome.errors


@pytest.mark.parametrize(
    ("act", "status", "said"),
    [
        (lambda: print("a"), 0, "a\n"),
        (lambda: sys.exit(3), 3, ""),
        (lambda: sys.exit("no"), 1, ""),
        (lambda: print(sys.stdin.read(), file=sys.stderr), 0, "given"),
        (lambda: print([] + 1), 70, "TypeError"),  # type: ignore[operator]  # it is to fail
    ],
)
def test_a_function_that_has_its_turn_in_this_process(
    act: object, status: int, said: str, tmp_path: Path
) -> None:
    (tmp_path / "input").write_text("given", encoding="utf-8")
    limits = resource.getrlimit(resource.RLIMIT_CPU)
    before = sys.stdin, sys.stdout, sys.stderr, Path.cwd()
    try:
        outcome = in_turn(act, str(tmp_path), 1000, str(tmp_path / "input"))  # type: ignore[arg-type]  # functions of different types
    finally:
        os.chdir(before[3])
        resource.setrlimit(resource.RLIMIT_CPU, limits)
    assert (outcome.status, outcome.signal) == (status, 0)
    assert said in outcome.output + outcome.errors
    assert (sys.stdin, sys.stdout, sys.stderr) == before[:3]


def test_what_looks_odd_among_others_is_left_to_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = Verdict([], 1, 50)

    def judged(_tree: Tree, seed: int, *_: object) -> Verdict:
        if seed in (1, 4):
            os.kill(os.getpid(), 9)
        return {6: Verdict(["took 11.0 s"], 11, 50), 7: Verdict([], 1, 400)}.get(seed, fine)

    monkeypatch.setattr("robustness.batches.judge", judged)
    monkeypatch.setattr("robustness.batches._BATCH", 4)
    verdicts = list(judged_together(range(1, 10), lambda _: ("", Tree()), tmp_path))
    assert [seed for seed, _ in verdicts] == list(range(1, 10))
    assert [seed for seed, verdict in verdicts if verdict is None] == [1, 4, 6, 7]
    assert all(verdict in (None, fine) for _, verdict in verdicts)


HARM = {
    "a traceback": ("print('Traceback (most recent call last)', file=sys.stderr)", "crashed"),
    "a wrong status": ("raise SystemExit(7)", "exit status 7"),
    "a status without a reason": ("raise SystemExit(2)", "exit status 2"),
    "a command to a CI system": ("print('  ::error::x')", "a line like a command"),
    "a secret": (f"print('{CANARY}')", "planted secret shown"),
    "no JSON": ("print('{')", "the output is no JSON"),
    "silence": (
        """print('{"summary": {"failures": 0}, "findings": []}')""",
        "the planted mistake was not found",
    ),
    "another status than what is said": (
        """print('{"summary": {"failures": 1}, "findings": []}')""",
        "exit status 0, 1 failures",
    ),
    "a file of code that ran": (
        "open('tree/EXECUTED', 'wb').close()",
        "reading has changed a file",
    ),
    "too much memory": ("b'x' * 600_000_000", "MB"),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("harm", HARM)
def test_the_judge_sees(harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, fault = HARM[harm]

    def main(_: list[str]) -> None:
        exec(code, {"sys": sys})

    monkeypatch.setattr("symlint.cli.main.main", main)
    # The process that runs all tests may have mapped more than one that lints.
    monkeypatch.setattr("robustness.confined.ADDRESS_SPACE", 50_000_000_000)
    assert any(fault in it for it in judge(Tree(), 30, tmp_path).faults)


REPAIRS = {
    "breaks": ("path.write_bytes(b'locals {')", "does not parse any more"),
    "never ends": ("path.write_bytes(path.read_bytes() + b'\\n')", "is changed by a second --fix"),
    "leads out": (
        "(path.parent.parent / 'outside/secret.tf').write_bytes(b'')",
        "outside of the tree",
    ),
    "leaves things": ("(path.parent / 'new').write_bytes(b'')", "made or removed ['new']"),
}


@pytest.mark.parametrize("repair", REPAIRS)
def test_the_judge_sees_a_repair_that(
    repair: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, fault = REPAIRS[repair]

    def main(arguments: list[str]) -> None:
        if "--fix" in arguments:
            exec(code, {"path": Path(arguments[1], "main.tf")})

    monkeypatch.setattr("symlint.cli.main.main", main)
    directory = planted(Tree({"main.tf": b"locals {}\n"}), tmp_path)
    assert any(fault in it for it in repaired_wrongly(directory, tmp_path, []))
