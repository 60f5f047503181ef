"""Linting root modules in several processes: the bytes are those of one process."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from functools import partial
from multiprocessing.connection import Connection
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from support.configurations import write_files
from support.processes.random_roots import QUICK, STRATEGY, rendered, write_tree

from symlint.budget import MAXIMUM_STEPS
from symlint.lint.errors import TimeLimitReachedError, UsageError
from symlint.lint.options import Options
from symlint.lint.run import engine
from symlint.lint.run.api import lint_paths
from symlint.lint.run.config_run import ConfigRun
from symlint.lint.run.engine import lint
from symlint.lint.run.roots import pool, processes, together, trying
from symlint.lint.run.shares import Shares

if TYPE_CHECKING:
    from pathlib import Path


def everything(directory: Path, jobs: int, **options: Any) -> tuple[str, ...]:
    """All that a run in so many processes says."""
    report = lint([str(directory)], Options(jobs=jobs, **options))
    return (*rendered(report, directory), f"{report.exit_status} {report.work}")


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("seed", "steps"),
    [(0, 0), (1, 0), (2, 60_000), (3, 60_000), (4, 600_000), (5, 600_000), (6, MAXIMUM_STEPS)],
)
def test_any_number_of_processes_gives_the_same_bytes(
    seed: int, steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, seed)
    monkeypatch.setattr(engine, "Shares", partial(Shares, steps))
    alone = everything(tmp_path, 1)
    assert len(alone[0]) > 1_000
    for jobs in (2, 3):
        assert everything(tmp_path, jobs) == alone


def test_processes_that_are_no_copies_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, 5)
    rules = tmp_path.parent / f"{tmp_path.name}-rules"
    write_files(rules, "--- own.py\n" + OWN_RULES)
    alone = everything(tmp_path, 1, rules=(str(rules),))
    assert "OWN001" in alone[0]
    monkeypatch.setattr(together, "can_fork", lambda: False)
    assert everything(tmp_path, 2, rules=(str(rules),)) == alone


class InThread(Thread):
    """Stands in for a process: what it does counts for the coverage of the tests."""

    exitcode = 0

    def __init__(self, target: Any, args: Any, daemon: bool) -> None:
        connection, _, start = args  # which is closed here, as the process has its own
        own = Connection(os.dup(connection.fileno()))
        super().__init__(target=target, args=(own, (), start), daemon=daemon)


@pytest.mark.parametrize("seed", [1, 3])
def test_what_a_process_does(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, seed, QUICK)
    alone = everything(tmp_path, 1)
    context = SimpleNamespace(Pipe=multiprocessing.Pipe, Process=InThread)
    monkeypatch.setattr(multiprocessing, "get_context", lambda _: context)
    monkeypatch.setattr(together, "can_fork", lambda: False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # only the main thread may
    monkeypatch.setattr(gc, "freeze", lambda: None)
    assert everything(tmp_path, 2) == alone


OWN_RULES = '''\
"""Rules of the user's own."""

from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.lint.run_rule import RunRule


class Named(Rule):
    """Every target is named."""

    code = "OWN001"
    name = "own-target"
    severity = "warning"
    bad = """\\
resource "sym_target" "t" {}
"""
    good = """\\
locals {}
"""

    def check(self, configuration):
        for target in configuration.targets:
            yield Location.of_range(target.resource.range).finding(self, "a target", why="It is.")


class Files(RunRule):
    """Every file is read."""

    code = "OWN002"
    name = "own-files"
    severity = "note"
    bad = """\\
locals {}
"""
    good = ""

    def check_run(self, run):
        for file in run.files:
            yield Location.of_range(file.body.range).finding(self, "a file", why="It is.")
'''


def test_what_was_ample_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        write_files(tmp_path / f"r{number}", STRATEGY)
    here: list[str] = []
    done = ConfigRun.lint_within

    def noted(run: ConfigRun, root: Any, budget: Any) -> None:
        here.append(root.directory)
        done(run, root, budget)

    monkeypatch.setattr(ConfigRun, "lint_within", noted)
    lint([str(tmp_path)], Options(jobs=2))
    assert here == [str(tmp_path / "r0")], "what it finds out, the processes know"
    lint([str(tmp_path)], Options())
    assert len(here) == 1 + 6


@pytest.mark.parametrize(("death", "given"), [("", 50), ("was killed", 400)])
def test_where_most_is_tried_in_vain_the_rest_is_left_to_this_process(
    death: str, given: int
) -> None:
    done: list[str] = []
    run: Any = SimpleNamespace(
        shares=Shares(),
        lint_root=done.append,
        give_up=lambda directory, _: done.append(directory),
    )
    roots: Any = {f"r{number:03}": f"r{number:03}" for number in range(400)}
    ahead = together._Ahead([(run, roots)], 2, lambda *_: None)
    tried = 0
    while (task := ahead.next_task()) is not None:
        tried += len(task.items)
        for item in task.items:
            ahead.take(pool.Answer(item, None, death))
    assert tried == given
    ahead.finish()
    assert done == sorted(roots)


def dies(how: Any, at: str) -> Any:
    """What takes the place of a ``Trier``: it dies at one root module."""

    class Mortal(trying.Trier):
        def __call__(self, told: tuple[int, int], item: tuple[int, str]) -> trying.Tried | None:
            if item[1].endswith(at):
                how()
            return super().__call__(told, item)

    return Mortal


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes start anew")
@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "was killed by SIGKILL"),
        (lambda: os._exit(7), "ended with status 7"),
    ],
)
def test_a_process_that_dies_is_reported_and_nothing_else_is_lost(
    how: Any, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, 2, QUICK)
    alone = lint([str(tmp_path)], Options())
    monkeypatch.setattr(together, "Trier", dies(how, "r03"))
    report = lint([str(tmp_path)], Options(jobs=2))
    failure = next(it for it in report.failures if said in it.message)
    assert failure.path == str(tmp_path / "group1" / "r03")
    assert failure.message == f"the process that linted it {said}"
    assert report.exit_status == 3
    kept = {it for it in alone.findings if "/r03/" not in it.range.path}
    places = {(it.code, it.range.path, it.range.start) for it in report.findings}
    assert {
        (it.code, it.range.path, it.range.start)
        for it in kept
        if it.name not in ("unused-ignore", "unknown-ignore-code")
    } <= places


def test_what_a_process_cannot_do_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError

    write_tree(tmp_path, 3, QUICK)
    alone = everything(tmp_path, 1)
    monkeypatch.setattr(together, "Trier", dies(fail, "r04"))
    assert everything(tmp_path, 2) == alone


def test_processes_that_do_not_start_leave_everything_to_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, 4, QUICK)
    alone = everything(tmp_path, 1)

    def no_start(*_: object) -> None:
        os._exit(1)

    monkeypatch.setattr(together, "Trier", no_start)
    assert everything(tmp_path, 2) == alone


@pytest.mark.parametrize("error", [TimeLimitReachedError(1.0), KeyboardInterrupt()])
def test_no_process_is_left_when_the_run_is_stopped(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, 2, QUICK)
    started: list[Any] = []
    add = pool.Pool._add

    def noted(self: pool.Pool) -> None:
        add(self)
        started.extend(member.process for member in self._members.values())

    def stop(_done: int, _total: int, directory: str) -> None:
        if directory.endswith("r04"):
            raise error

    monkeypatch.setattr(pool.Pool, "_add", noted)
    if isinstance(error, KeyboardInterrupt):
        with pytest.raises(KeyboardInterrupt):
            lint([str(tmp_path)], Options(jobs=2), stop)
    else:
        report = lint([str(tmp_path)], Options(jobs=2), stop)
        assert report.exit_status == 3
        assert any("not everything was looked at" in it.message for it in report.failures)
        assert report.findings
    assert started
    assert not any(process.is_alive() for process in started)


def test_patterns_are_compared_with_paths_within_one_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, 2)
    monkeypatch.setattr("symlint.source.path_patterns.Work.__init__.__defaults__", (30_000,))
    options = Options(exclude=tuple(f"**/n*{number}*/**" for number in range(60)))
    with pytest.raises(UsageError) as alone:
        lint([str(tmp_path)], options)
    with pytest.raises(UsageError) as together_:
        lint([str(tmp_path)], options._replace(jobs=2))
    assert str(alone.value) == str(together_.value)


def test_how_many_processes_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 4)
    assert processes.processes("auto", 2, 59) == 1
    assert processes.processes(None, "auto", 60) == 2
    assert processes.processes(None, "auto", 10_000) == 4
    assert processes.processes(7, 3, 10_000) == 7
    assert processes.processes(64, "auto", 5) == 5
    assert processes.processes(None, 3, 10_000) == 3
    assert processes.processes(None, 64, 10_000) == 4
    monkeypatch.setattr(processes, "_processors", lambda: 96)
    assert processes.processes("auto", "auto", 10_000) == 8


def test_the_configuration_file_says_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, 0, QUICK)
    write_files(tmp_path, "--- symlint.toml\njobs = 3\n")
    monkeypatch.setattr(processes, "_processors", lambda: 4)
    numbers: list[int] = []

    def noted(_runs: object, number: int, *_: object) -> None:
        numbers.append(number)

    monkeypatch.setattr(together, "lint_together", noted)
    lint([str(tmp_path)], Options())
    lint([str(tmp_path)], Options(jobs=2))
    lint_paths(tmp_path)
    lint([str(tmp_path)], Options(jobs="auto"))
    assert numbers == [3, 2]


def test_nobody_needs_processes_for_one_root_module(tmp_path: Path) -> None:
    write_files(tmp_path, STRATEGY)
    before = set(sys.modules)
    lint([str(tmp_path)], Options(jobs=8))
    assert "symlint.lint.run.roots.pool" in before or "multiprocessing" not in set(sys.modules)
