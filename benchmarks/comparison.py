"""One table: symlint beside bare Python, terraform, checkov and tflint, on what people lint.

    python -m benchmarks.comparison [--demo FOLDER] [--modules 5000] [--runs 9] [--write README.md]

The folders are the example that symlint ships, a checkout of symopsio/sym-demo-terraform where
``--demo`` names one, and a repository that is made up: a module in each of many folders, twenty of them
of Sym. The programs take turns, so that a noisy machine is noisy for all of them. Times are medians
of the wall clock. "Cold" drops the file cache before a run, where that is allowed (root on Linux).
A program that is not on PATH has no row; of one that takes more than ``--patience`` seconds only that is
said. What has taken ``ENOUGH`` seconds for a folder has fewer runs there, so that all of it takes some
minutes. ``terraform validate`` cannot look at any of these without downloading providers: it gets a module
of the same size with variables, locals and outputs alone, and there is no column for many modules.

With ``--write``, the table replaces the one between ``<!-- measured -->`` and ``<!-- end -->`` in a file.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from benchmarks.run_time import ENVIRONMENT, drop_file_cache

EXAMPLE = Path(__file__).parent.parent / "tests" / "fixtures" / "aws_iam"
SYM_ROOTS = 20
COLD_RUNS = 3
ENOUGH = 20.0
"""Seconds that a program may take for a folder before its next run there is left out."""

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
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        started = subprocess.Popen(
            program.command,
            cwd=tempfile.gettempdir(),
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        # With a limit of its own, wait looks every 50 ms only whether the program has ended.
        limit = threading.Timer(patience, end, (started,))
        limit.start()
        started.wait()
        taken = time.perf_counter() - began
        limit.cancel()
        end(started)
        if taken >= patience:
            return None
        # All of them end with 1, 2 or 3 where they find something.
        if started.returncode not in range(4):
            errors.seek(0)
            sys.exit(f"{program.name}: {started.returncode}\n{errors.read().decode()[-2000:]}")
    return taken


def end(started: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)


class Samples:
    """The runs of one program on one folder."""

    def __init__(self) -> None:
        self.warm: list[float] = []
        self.cold: list[float] = []
        self.too_long = False

    @property
    def enough(self) -> bool:
        """Whether there is no need of another run, or no time for it."""
        return self.too_long or (bool(self.warm) and sum(self.warm + self.cold) > ENOUGH)

    def add(self, samples: list[float], taken: float | None) -> None:
        """Take note of a run that took so many seconds, None where it did not end in time."""
        if taken is None:
            self.too_long = True
        else:
            samples.append(taken)

    def measured(self) -> Measured:
        """The medians."""
        return Measured(_median(self.warm), _median(self.cold))


def measure(measured: list[Program], runs: int, patience: float) -> dict[str, Measured]:
    """All programs on one folder, in turn."""
    samples = {it.name: Samples() for it in measured if it.command is not None}
    can_drop = True
    for round_ in range(runs):
        for program in measured:
            one = samples.get(program.name)
            if one is None or one.enough:
                continue
            if round_ < COLD_RUNS and can_drop and (can_drop := drop_file_cache()):
                one.add(one.cold, seconds(program, patience))
            if not one.enough:
                one.add(one.warm, seconds(program, patience))
    return {name: one.measured() for name, one in samples.items()}


def _median(samples: list[float]) -> float | None:
    return statistics.median(samples) if samples else None


def table(results: dict[str, dict[str, Measured]], patience: float) -> list[str]:
    """A row for each program, and three columns for each folder."""
    names = list(dict.fromkeys(name for found in results.values() for name in found))
    head = ["program", *(f"{title}, warm | cold | to Python, to fmt" for title in results)]
    lines = [_row(head), _row(["---", *["---:"] * (3 * len(results))])]
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
        lines.append(_row(cells))
    return lines


def _row(cells: list[str]) -> str:
    """A row of a table as Markdown linters want it: one blank in an empty cell."""
    return "|" + "".join(f" {it} |" if it else " |" for it in cells)


def shown(taken: float) -> str:
    """A time as people read it."""
    return f"{taken * 1000:.0f} ms" if taken < 1 else f"{taken:.1f} s"


def ratio(one: Measured, other: Measured | None) -> str:
    """How many times as long as another program one takes."""
    if other is None or one.warm is None or other.warm is None:
        return ""
    times = one.warm / other.warm
    return f"{times:.1f}x" if times >= 0.1 else f"{times:.2f}x"


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
            print("\n".join(table(results, arguments.patience)), file=sys.stderr, flush=True)
    demo = "" if arguments.demo is None else " --demo sym-demo-terraform"
    said = (
        f"Wall time, medians of {arguments.runs} interleaved runs, fewer where they take long: "
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
