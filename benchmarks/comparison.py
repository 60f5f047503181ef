"""One table: symlint beside bare Python, terraform, checkov and tflint, on what people lint.

    python -m benchmarks.comparison [--demo FOLDER] [--modules 5000] [--runs 9] [--write README.md]

The folders are the example that symlint ships, a checkout of symopsio/sym-demo-terraform where
``--demo`` names one, and a repository that is made up: a module in each of many folders, twenty of them
of Sym. The programs take turns, so that a noisy machine is noisy for all of them. Times are medians
of the wall clock. "Cold" drops the file cache before a run, where that is allowed (root on Linux).
A program that is not on PATH has no row; of one that takes more than ``--patience`` seconds only that is
said. ``terraform validate`` cannot look at any of these without downloading providers: it gets a module
of the same size with variables, locals and outputs alone, and there is no column for many modules.

With ``--write``, the table replaces the one between ``<!-- measured -->`` and ``<!-- end -->`` in a file.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.run_time import ENVIRONMENT, drop_file_cache

EXAMPLE = Path(__file__).parent.parent / "tests" / "fixtures" / "aws_iam"
SYM_ROOTS = 20
BEGIN, END = "<!-- measured -->\n", "<!-- end -->\n"

PLAIN = """\
variable "name_@" {
  type        = string
  description = "The name of bucket number @."
}

resource "aws_s3_bucket" "this" {
  bucket = "${var.name_@}-@"

  tags = {
    Name  = var.name_@
    Owner = "team-@"
  }
}

output "arn" {
  value = aws_s3_bucket.this.arn
}
"""


class Subject(NamedTuple):
    """What is linted; ``single`` where it is one module."""

    title: str
    folder: Path
    single: bool


class Program(NamedTuple):
    """A program, and what is done with the folder; with ``None`` it cannot look at it."""

    name: str
    command: list[str] | None


class Measured(NamedTuple):
    """Seconds of wall time; None where it takes too long."""

    warm: float | None
    cold: float | None


def make_repository(folder: Path, modules: int) -> None:
    """A repository of many modules, some of which are of Sym."""
    (folder / ".git").mkdir(parents=True)
    for number in range(modules - SYM_ROOTS):
        directory = folder / f"team{number % 50:02}" / f"m{number:05}"
        directory.mkdir(parents=True)
        text = PLAIN.replace("@", str(number))
        (directory / "main.tf").write_text(text, encoding="utf-8")
    for number in range(min(SYM_ROOTS, modules)):
        shutil.copytree(EXAMPLE, folder / "access" / f"flow{number:02}")


def without_providers(folder: Path, copy: Path) -> None:
    """A module with as many files and bytes as those of ``folder``, which needs no provider."""
    copy.mkdir()
    for number, path in enumerate(sorted(folder.rglob("*.tf"))):
        text = f'variable "v{number}" {{\n  default = "x"\n}}\n\nlocals {{\n'
        for name in range(path.stat().st_size // 30):
            text += f'  l{number}_{name} = "${{var.v{number}}}-{name}"\n'
        text += "}\n"
        (copy / f"f{number}.tf").write_text(text, encoding="utf-8")


def programs(subject: Subject, twin: Path) -> list[Program]:
    """What is measured on a folder, as far as it is there."""
    folder = str(subject.folder)
    found = [
        Program("python -c pass", [sys.executable, "-c", "pass"]),
        Program("symlint", [sys.executable, "-m", "symlint", folder]),
    ]
    terraform = shutil.which("terraform")
    if terraform is not None:
        recursive = [] if subject.single else ["-recursive"]
        command = [terraform, "fmt", "-check", *recursive, folder]
        found.append(Program("terraform fmt -check", command))
        validate = [terraform, f"-chdir={twin}", "validate"] if subject.single else None
        found.append(Program("terraform validate, no providers", validate))
    if tflint := shutil.which("tflint"):
        recursive = [] if subject.single else ["--recursive"]
        found.append(Program("tflint", [tflint, f"--chdir={folder}", *recursive]))
    if checkov := shutil.which("checkov"):
        command = [checkov, "-d", folder, "--compact", "--quiet", "--framework", "terraform"]
        found.append(Program("checkov", [*command, "--skip-download"]))
    return found


def seconds(program: Program, patience: float) -> float | None:
    """How long one run takes; None where it takes too long. Exits where the program cannot run."""
    assert program.command is not None
    began = time.perf_counter()
    try:
        ended = subprocess.run(
            program.command,
            cwd=tempfile.gettempdir(),
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    # All of them end with 1, 2 or 3 where they find something.
    if ended.returncode not in range(4):
        sys.exit(f"{program.name}: {ended.returncode}\n{ended.stderr.decode()[-2000:]}")
    return time.perf_counter() - began


def measure(measured: list[Program], runs: int, patience: float) -> dict[str, Measured]:
    """All programs on one folder, in turn."""
    there = {it.name: it for it in measured if it.command is not None}
    warm: dict[str, list[float]] = {name: [] for name in there}
    cold: dict[str, list[float]] = {name: [] for name in there}
    can_drop = True
    for round_ in range(runs):
        for name, program in list(there.items()):
            # Those that take long are measured once.
            if warm[name] and sum(warm[name]) > patience:
                continue
            if round_ < 3 and can_drop and (can_drop := drop_file_cache()):
                taken = seconds(program, patience)
                cold[name] += [] if taken is None else [taken]
            taken = seconds(program, patience)
            if taken is None:
                del there[name]
            else:
                warm[name].append(taken)
    return {name: Measured(_median(warm[name]), _median(cold[name])) for name in warm}


def _median(samples: list[float]) -> float | None:
    return statistics.median(samples) if samples else None


def table(results: dict[str, dict[str, Measured]], patience: float) -> list[str]:
    """A row for each program, and three columns for each folder."""
    names = list(dict.fromkeys(name for found in results.values() for name in found))
    head = ["", *(f"{title}, warm | cold | to Python, to fmt" for title in results)]
    lines = [f"| {' | '.join(head)} |", "|---" + "|---:" * (3 * len(results)) + "|"]
    for name in names:
        cells = [name]
        for found in results.values():
            one = found.get(name)
            if one is None:
                cells += ["", "", ""]
                continue
            others = found.get("python -c pass"), found.get("terraform fmt -check")
            ratios = filter(None, (ratio(one, other) for other in others))
            warm = f"> {patience:.0f} s" if one.warm is None else shown(one.warm)
            cells += [warm, "" if one.cold is None else shown(one.cold), ", ".join(ratios)]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def shown(taken: float) -> str:
    """A time as people read it."""
    return f"{taken * 1000:.0f} ms" if taken < 1 else f"{taken:.1f} s"


def ratio(one: Measured, other: Measured | None) -> str:
    """How many times as long as another program one takes."""
    if other is None or one.warm is None or other.warm is None:
        return ""
    return f"{one.warm / other.warm:.1f}x"


def missing() -> str:
    """Which programs are not there."""
    absent = [name for name in ("terraform", "checkov", "tflint") if shutil.which(name) is None]
    return f" Not measured, since not on PATH: {', '.join(absent)}." if absent else ""


def main() -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--demo", type=Path, help="a checkout of symopsio/sym-demo-terraform")
    parser.add_argument("--modules", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--patience", type=float, default=120.0, metavar="SECONDS")
    parser.add_argument("--write", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        repository = Path(temporary, "repository")
        make_repository(repository, arguments.modules)
        subjects = [Subject("example", EXAMPLE, True)]
        if arguments.demo is not None:
            subjects.append(Subject("sym-demo-terraform", arguments.demo.resolve(), False))
        subjects.append(Subject(f"{arguments.modules:,} modules", repository, False))
        results = {}
        for number, subject in enumerate(subjects):
            twin = Path(temporary, f"twin{number}")
            if subject.single:
                without_providers(subject.folder, twin)
            every = programs(subject, twin)
            results[subject.title] = measure(every, arguments.runs, arguments.patience)
    demo = "" if arguments.demo is None else " --demo sym-demo-terraform"
    said = (
        f"Wall time, medians of {arguments.runs} interleaved runs: "
        f"`python -m benchmarks.comparison{demo}`, {platform.system()}, "
        f"Python {platform.python_version()}, {os.cpu_count()} processors.{missing()}"
    )
    text = "\n".join((*table(results, arguments.patience), "", said)) + "\n"
    if arguments.write is None:
        print(text, end="")
        return
    whole = arguments.write.read_text(encoding="utf-8")
    before, _, rest = whole.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        sys.exit(f"{arguments.write} has no {BEGIN.strip()} ... {END.strip()}")
    arguments.write.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
