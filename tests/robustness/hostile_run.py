"""Lints many hostile inputs and says which of them hurt; ``python -m benchmarks.hostile``."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from robustness.batches import judged_together
from robustness.inputs import BEACON, LARGEST, hostile_input
from robustness.judging import Verdict, judge
from robustness.wild.inputs import wild_input

import symlint
from symlint.lint.run.engine import lint


def main() -> int:
    """Lint the inputs; returns 1 if one of them does harm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="how many inputs")
    parser.add_argument("--seed", type=int, default=1, help="the number of the first input")
    parser.add_argument("--size", type=int, default=LARGEST, help="the most bytes of an input")
    parser.add_argument("--keep", help="write the inputs to this folder and lint nothing")
    parser.add_argument("--wild", action="store_true", help="the inputs of wild/")
    parser.add_argument("--together", action="store_true", help="many inputs in one process")
    options = parser.parse_args()
    make = wild_input if options.wild else hostile_input
    for name in ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"):
        os.environ.pop(name, None)

    seeds = range(options.seed, options.seed + options.count)
    if options.keep:
        for seed in seeds:
            make(seed, options.size)[1].write(Path(options.keep, str(seed)).absolute())
        return 0
    started = time.perf_counter()
    verdicts: dict[int, Verdict] = {}
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        scratch = Path(name).resolve()
        _warm_up(scratch)
        together = judged_together(seeds, lambda seed: make(seed, options.size), scratch)
        for seed, verdict in together if options.together else ((seed, None) for seed in seeds):
            kind, tree = make(seed, options.size)
            kinds.update(kind.split(" + "))
            verdicts[seed] = verdict or judge(tree, seed, scratch)
            for fault in verdicts[seed].faults:
                print(f"input {seed} ({kind}): {fault}", flush=True)
            if not len(verdicts) % 1_000:
                print(f"{len(verdicts)} inputs", file=sys.stderr, flush=True)
    harmful = [seed for seed, verdict in verdicts.items() if verdict.faults]
    slowest = max(verdicts, key=lambda seed: verdicts[seed].seconds)
    biggest = max(verdicts, key=lambda seed: verdicts[seed].megabytes)
    print(
        f"{len(verdicts)} inputs in {time.perf_counter() - started:.0f} s, {len(harmful)} harmful; "
        f"slowest {slowest} ({verdicts[slowest].seconds:.1f} s), "
        f"biggest {biggest} ({verdicts[biggest].megabytes:.0f} MB)"
    )
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    if harmful:
        size = "" if options.size == LARGEST else f" --size {options.size}"
        size += " --wild" if options.wild else ""
        print(f"again: python -m benchmarks.hostile --count 1{size} --seed {harmful[0]}")
        print(
            f"look:  python -m benchmarks.hostile --count 1{size} --seed {harmful[0]} --keep FOLDER"
        )
    return int(bool(harmful))


def _warm_up(scratch: Path) -> None:
    """Import all that a run may import, so that each fork of this process has it."""
    for module in pkgutil.walk_packages(symlint.__path__, "symlint."):
        # The language server needs what a plain installation lacks, and lints nothing here.
        if not module.name.endswith("__main__") and "language_server" not in module.name:
            importlib.import_module(module.name)
    for name in ("hashlib", "locale", "networkx", "xml.sax.saxutils", "yaml"):
        importlib.import_module(name)
    (scratch / "main.tf").write_text(BEACON, encoding="utf-8")
    lint([str(scratch)])
    (scratch / "main.tf").unlink()


if __name__ == "__main__":
    sys.exit(main())
