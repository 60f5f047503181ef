"""What starting costs: short commands, each beside ``python -c pass``.

    python -m benchmarks.startup FOLDER [--runs N]

The commands take turns. Processor time depends on the load of the machine; instructions hardly do, and
are counted where valgrind is installed. "modules" are those of symlint that the command imports.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

COUNTED = "valgrind --tool=callgrind --callgrind-out-file=/dev/null"
MODULES = """
import atexit, sys
atexit.register(lambda: print(sum(n.split(".")[0] == "symlint" for n in sys.modules), file=sys.stderr))
from symlint.cli.main import main
main()
"""


def commands(folder: Path) -> dict[str, list[str]]:
    """What is measured, by what it is called in the table."""
    files = sorted(str(path) for path in folder.iterdir() if path.suffix in (".tf", ".py"))
    lines = {
        "FOLDER": [str(folder)],
        "check FILE...": ["check", "--", *files],
        "--version": ["--version"],
        "--help": ["--help"],
        "rules": ["rules"],
        "explain SYM201": ["explain", "SYM201"],
    }
    found = {"python -c pass": [sys.executable, "-c", "pass"]}
    terraform = shutil.which("terraform")
    if terraform:
        found["terraform fmt -check"] = [terraform, "fmt", "-check", str(folder)]
    found |= {
        f"symlint {name}": [sys.executable, "-m", "symlint", *line] for name, line in lines.items()
    }
    return found


def processor_time(command: list[str]) -> float:
    """Milliseconds of one run."""
    environment = {**os.environ, "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return (usage.ru_utime + usage.ru_stime) * 1000


def instructions(command: list[str]) -> float | None:
    """Millions of instructions of one run."""
    if shutil.which("valgrind") is None:
        return None
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        subprocess.run(
            [*COUNTED.split(), *command],
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=environment,
            check=False,
        )
        errors.seek(0)
        counted = re.search(r"Collected : (\d+)", errors.read())
    return int(counted[1]) / 1e6 if counted else None


def modules(command: list[str]) -> str:
    """How many modules of symlint a command imports."""
    if command[1:3] != ["-m", "symlint"]:
        return ""
    asked = [sys.executable, "-c", MODULES, *command[3:]]
    errors = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False).stderr
    return errors.split()[-1]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=21)
    arguments = parser.parse_args()
    measured = commands(arguments.folder.resolve())
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(arguments.runs):
        for name, command in measured.items():
            times[name].append(processor_time(command))
    bare = statistics.median(times["python -c pass"])
    bare_count = instructions(measured["python -c pass"])
    print(
        f"{'':24} {'median ms':>9} {'ratio':>6} {'least':>6} {'M instr.':>9} {'ratio':>6} modules"
    )
    for name, command in measured.items():
        median, least = statistics.median(times[name]), min(times[name])
        counted = None if name.startswith("terraform") else instructions(command)
        ratio = f"{counted / bare_count:.1f}" if counted and bare_count else ""
        shown = f"{counted:.1f}" if counted else ""
        print(
            f"{name:24} {median:9.1f} {median / bare:6.1f} {least:6.1f} {shown:>9} {ratio:>6} "
            f"{modules(command)}"
        )


if __name__ == "__main__":
    main()
