"""How many small changes to the code do the tests notice?

    python -m benchmarks.mutants [--sample N] [--seed S] [--path rules] [--most N] [--jobs N]

Draws changes at random, each kind as often as the others, makes each in a copy of the project, and
runs the tests that execute the changed line until one fails. Prints those that no test noticed.
A survivor is a test that is missing, code that is not needed, or a change without a consequence.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from benchmarks.mutants.changes import changes
from benchmarks.mutants.coverage_map import learn
from benchmarks.mutants.tree import ROOT, copy_tree
from benchmarks.mutants.trial import Mutant, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Callable

PATHS = ("rules", "symlint/sym", "symlint/lint", "symlint/graph")


def main() -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--path", action="append", metavar="FOLDER", help="also a file; repeatable")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="tests for each change")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    options = parser.parse_args()
    drawn = draw(options.path or PATHS, options.sample, options.seed)
    with tempfile.TemporaryDirectory(prefix="symlint-mutants-") as folder:
        trees = [copy_tree(Path(folder) / str(number)) for number in range(options.jobs)]
        known = learn(trees[0], options.jobs)
        free: SimpleQueue[Path] = SimpleQueue()
        for tree in trees:
            free.put(tree)

        def verdict(mutant: Mutant) -> Verdict:
            tree = free.get()
            try:
                return judge(mutant, tree, known, options.most)
            finally:
                free.put(tree)

        with ThreadPoolExecutor(options.jobs) as pool:
            verdicts = []
            for each in pool.map(verdict, drawn):
                verdicts.append(each)
                report(each, len(verdicts))
    summarise(verdicts)
    return 0


def draw(paths: list[str] | tuple[str, ...], sample: int, seed: int) -> list[Mutant]:
    """Changes drawn at random, of each kind about as many."""
    by_kind: dict[str, list[Mutant]] = {}
    for path in paths:
        below = ROOT / path
        for file in sorted(below.rglob("*.py")) if below.is_dir() else [below]:
            for change in changes(file.read_text(encoding="utf-8")):
                mutant = Mutant(str(file.relative_to(ROOT)), change)
                by_kind.setdefault(change.kind, []).append(mutant)
    chance = random.Random(seed)
    for kind in sorted(by_kind):
        chance.shuffle(by_kind[kind])
    drawn: list[Mutant] = []
    while len(drawn) < sample and any(by_kind.values()):
        drawn += [by_kind[kind].pop() for kind in sorted(by_kind) if by_kind[kind]]
    return drawn[:sample]


def report(verdict: Verdict, number: int) -> None:
    """Print a survivor with its difference; a noticed one as a short line."""
    change = verdict.mutant.change
    place = f"{verdict.mutant.path}:{change.line}"
    if verdict.noticed:
        print(f"{number:4} noticed   {place} {change.kind}: {verdict.by}"[:150], flush=True)
        return
    print(f"{number:4} SURVIVED  {place} {change.kind}: {verdict.by}")
    print("       " + verdict.diff.replace("\n", "\n       "), flush=True)


def summarise(verdicts: list[Verdict]) -> None:
    """The rate of each room, of each kind, and of all."""
    groups: dict[str, Callable[[Verdict], str]] = {
        "room": lambda it: it.mutant.room,
        "kind": lambda it: it.mutant.change.kind,
    }
    for title, name in groups.items():
        total = Counter(name(it) for it in verdicts)
        noticed = Counter(name(it) for it in verdicts if it.noticed)
        print(f"\n{title}")
        for key in sorted(total):
            print(f"  {key:20} {noticed[key]:4} of {total[key]:4}  {noticed[key] / total[key]:.0%}")
    noticed_all = sum(it.noticed for it in verdicts)
    print(f"\n{noticed_all} of {len(verdicts)} noticed, {noticed_all / max(len(verdicts), 1):.0%}")


if __name__ == "__main__":
    sys.exit(main())
