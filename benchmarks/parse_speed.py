"""Measure how fast Terraform files are parsed, in MB of source text for each second of CPU time.

    python benchmarks/parse_speed.py [--parser python-hcl2] [--repeat 5] path/to/terraform ...

Takes every ``*.tf`` file under the given folders, reads them all, then parses them all ``--repeat``
times; prints the best and the median pass, the peak memory with all trees of a pass kept, and the
cost of importing the parser in a fresh interpreter.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from symlint.hcl import parse
from symlint.source.files import read_file
from symlint.source.text import SourceFile


def sources(folders: list[str]) -> list[SourceFile]:
    """The Terraform files under ``folders`` that can be read."""
    paths = sorted({path for folder in folders for path in Path(folder).rglob("*.tf")})
    return [source for path in paths if isinstance(source := read_file(path), SourceFile)]


def import_milliseconds() -> float:
    """The wall time that the first parse adds to a bare interpreter, the best of seven."""
    code = {
        "bare": "pass",
        "parser": "from symlint.hcl import parse; from symlint.source.text import SourceFile;"
        "parse(SourceFile('/x.tf', 'a = 1'))",
    }
    best = dict.fromkeys(code, float("inf"))
    for _ in range(7):
        for name, text in code.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", text], check=True)
            best[name] = min(best[name], time.perf_counter() - started)
    return (best["parser"] - best["bare"]) * 1000


def main() -> int:
    """Measure and print; returns the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("folders", nargs="+")
    arguments.add_argument("--parser", choices=("native", "python-hcl2"), default="native")
    arguments.add_argument("--repeat", type=int, default=5)
    options = arguments.parse_args()

    files = sources(options.folders)
    size = sum(len(source.text.encode("utf-8", "surrogateescape")) for source in files)
    if not size:
        print("no *.tf files found", file=sys.stderr)
        return 2
    parse(SourceFile("/warm-up.tf", "a = 1\n"), options.parser)
    rates = []
    for _ in range(options.repeat):
        started = time.process_time()
        trees = [parse(source, options.parser) for source in files]
        rates.append(size / 1e6 / (time.process_time() - started))
    problems = sum(bool(tree.problems) for tree in trees)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"files           {len(files)} ({problems} with problems), {size / 1e6:.2f} MB")
    print(f"parser          {options.parser}, Python {sys.version.split()[0]}")
    print(f"best pass       {max(rates):.2f} MB/s of CPU")
    print(f"median pass     {statistics.median(rates):.2f} MB/s of CPU")
    print(f"peak memory     {peak:.0f} MB with all trees kept")
    if options.parser == "native":
        print(f"import + parse  {import_milliseconds():.0f} ms over a bare interpreter")
    return 0


if __name__ == "__main__":
    sys.exit(main())
