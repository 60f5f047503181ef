"""Wall time and peak memory of symlint on a folder, beside other programs, in one run.

    python -m benchmarks.run_time FOLDER [--checkov PATH] [--terraform PATH] [--runs N]

The programs take turns, so that a noisy machine is noisy for all of them. "cold" drops the file
cache before each run where that is allowed (root on Linux); "warm" is what a second run costs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "CHECKPOINT_DISABLE": "1",
    "TF_CLI_CONFIG_FILE": os.devnull,
}


class Program(NamedTuple):
    """A command to measure, and how many seconds it may take."""

    name: str
    command: list[str]
    exit_statuses: tuple[int, ...] = (0,)


class Sample(NamedTuple):
    """One run: seconds of wall time, kibibytes of memory at its peak."""

    seconds: float
    peak: int


def measure(program: Program, folder: Path) -> Sample:
    """Run a program once; exits with its output when it ends with an unexpected status."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            program.command, cwd=folder, env=ENVIRONMENT, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in program.exit_statuses:
            output.seek(0)
            sys.exit(f"{program.name}: {process.returncode}\n{output.read().decode()[-2000:]}")
    return Sample(seconds, usage.ru_maxrss)


def drop_file_cache() -> bool:
    """Make the next run read everything from disk; false where that is not allowed."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3", encoding="utf-8")
    except OSError:
        return False
    return True


def with_findings(folder: Path, copy: Path) -> Path:
    """A copy of ``folder`` in which every sym_target has a type that its strategy refuses."""
    shutil.copytree(folder, copy)
    for path in copy.rglob("*.tf"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"aws_iam_group"\n', '"okta_group"\n'), encoding="utf-8")
    return copy


def programs(arguments: argparse.Namespace, wrecked: Path) -> list[Program]:
    """What is measured."""
    python, folder = sys.executable, str(arguments.folder)
    found = [
        Program("python -c pass", [python, "-c", "pass"]),
        Program("symlint", [python, "-m", "symlint", folder]),
        Program("symlint, with findings", [python, "-m", "symlint", str(wrecked)], (1,)),
        Program(
            "symlint --parser python-hcl2",
            [python, "-m", "symlint", "--parser", "python-hcl2", folder],
        ),
    ]
    if arguments.terraform:
        found.append(
            Program("terraform fmt -check", [arguments.terraform, "fmt", "-check", folder])
        )
    if arguments.checkov:
        command = [
            arguments.checkov,
            "-d",
            folder,
            "--compact",
            "--quiet",
            "--framework",
            "terraform",
        ]
        found.append(Program("checkov", command, (0, 1)))
    return found


def phases(folder: str, parser: str, runs: int) -> dict[str, float]:
    """Median milliseconds by phase of a warm run."""
    samples = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.phases", folder, parser],
            env=ENVIRONMENT,
            check=True,
            capture_output=True,
            encoding="utf-8",
            cwd=Path(__file__).parent.parent,
        )
        samples.append(json.loads(done.stdout)["phases"])
    names = list(dict.fromkeys(name for sample in samples for name in sample))
    return {name: statistics.median(s.get(name, 0.0) for s in samples) for name in names}


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--checkov", default=shutil.which("checkov"))
    parser.add_argument("--terraform", default=shutil.which("terraform"))
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    arguments.folder = arguments.folder.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        wrecked = with_findings(arguments.folder, Path(temporary, "wrecked"))
        measured = programs(arguments, wrecked)
        elsewhere = Path(temporary)
        cold: dict[str, list[Sample]] = {program.name: [] for program in measured}
        warm: dict[str, list[Sample]] = {program.name: [] for program in measured}
        can_drop = True
        for round_ in range(arguments.runs):
            for program in measured:
                if round_ < 3 and can_drop:
                    can_drop = drop_file_cache()
                    cold[program.name].append(measure(program, elsewhere))
                warm[program.name].append(measure(program, elsewhere))
    print(f"{'':30} {'cold s':>8} {'warm s':>8} {'fastest':>8} {'peak MB':>8}")
    for name, samples in warm.items():
        seconds = [sample.seconds for sample in samples]
        first = (
            f"{statistics.median(s.seconds for s in cold[name]):8.3f}" if can_drop else "       -"
        )
        peak = max(sample.peak for sample in samples) / 1024
        print(
            f"{name:30} {first} {statistics.median(seconds):8.3f} {min(seconds):8.3f} {peak:8.1f}"
        )
    if not can_drop:
        print("(the file cache could not be dropped, so nothing was measured cold)")
    for parser_name in ("native", "python-hcl2"):
        print(f"\nmilliseconds by phase, warm, --parser {parser_name}")
        for name, spent in phases(str(arguments.folder), parser_name, arguments.runs).items():
            print(f"  {name:28} {spent:8.1f}")


if __name__ == "__main__":
    main()
