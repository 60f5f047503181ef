"""Time and peak memory of evaluating module trees of 100, 1,000 and 10,000 instances.

    python benchmarks/module_tree.py [--shape wide|blocks|deep]

Each size runs in a process of its own. The times are of the processor; memory is what is needed
beyond that of a process that has imported everything. The last two columns compare each size with
the one before it, for each instance: 1.0 is linear. ``wide`` is one call with ``for_each``, ``blocks`` is one
call block for each instance, ``deep`` is a tree of ten calls in each of several levels.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (100, 1_000, 10_000)

CHILD = """
variable "name" {
  type = string
}
variable "settings" {
  type = map(string)
}
locals {
  label = "flow-${var.name}"
}
resource "sym_target" "this" {
  type     = "okta_group"
  name     = local.label
  settings = merge(var.settings, { group = upper(var.name) })
}
resource "sym_strategy" "this" {
  type    = "okta"
  name    = local.label
  targets = [sym_target.this.id]
}
output "strategy" {
  value = sym_strategy.this.id
}
"""


def write(directory: Path, shape: str, size: int) -> None:
    """A configuration with ``size`` module instances."""
    leaf = directory / "leaf"
    leaf.mkdir()
    (leaf / "main.tf").write_text(CHILD, encoding="utf-8")
    arguments = 'settings = { org = "x", index = "{0}" }'
    if shape == "wide":
        text = f"""
module "leaf" {{
  source   = "./leaf"
  for_each = toset([for i in range({size // 1000 or 1}) : tostring(i)])
  name     = each.key
  settings = {{ org = "x" }}
}}
output "all" {{
  value = [for m in module.leaf : m.strategy]
}}
"""
        text = text.replace(
            f"range({size // 1000 or 1})",
            f"setproduct(range({max(size // 100, 1)}), range(100))",
        ).replace("tostring(i)", '"${i[0]}-${i[1]}"')
    elif shape == "blocks":
        text = "".join(
            f'module "m{i}" {{\n  source = "./leaf"\n  name = "n{i}"\n  '
            f"{arguments.replace('{0}', str(i))}\n}}\n"
            for i in range(size)
        )
    else:
        levels = len(str(size)) - 1
        text = _level("./level1" if levels > 1 else "./leaf", 'name = "n${each.key}"')
        for level in range(1, levels):
            inner = directory / f"level{level}"
            inner.mkdir()
            source = f"../level{level + 1}" if level + 1 < levels else "../leaf"
            variables = 'variable "name" {}\nvariable "settings" {}\n'
            below = _level(source, 'name = "${var.name}-${each.key}"')
            (inner / "main.tf").write_text(variables + below, encoding="utf-8")
    (directory / "main.tf").write_text(text, encoding="utf-8")


def _level(source: str, name: str) -> str:
    return (
        f'module "down" {{\n  source = "{source}"\n  for_each = toset(formatlist("%d", range(10)))\n'
        f'  {name}\n  settings = {{ org = "x" }}\n}}\n'
    )


def measure(directory: str) -> None:
    """Evaluate everything in one configuration and print seconds, megabytes and instances."""
    from symlint.budget import Budget
    from symlint.graph.all_problems import problems
    from symlint.terraform.checks.diagnosis import Diagnosis
    from symlint.terraform.instances.collection_pause import CollectionPause
    from symlint.terraform.instances.configuration import Configuration

    # As a run of the command line has it, and the pause below.
    gc.set_threshold(100_000)
    before = time.process_time()
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    # A run would stop before: this is about growth, not about limits.
    configuration = Configuration(directory, budget=Budget(1_000_000_000))
    with CollectionPause():
        diagnosis = Diagnosis(configuration)
        diagnosis.evaluate_all()
        found = problems(diagnosis)
        instances = sum(1 for _ in configuration.modules()) - 1
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - base
    print(f"{seconds:.3f} {peak:.1f} {instances} {len(found)}")


def main() -> None:
    """Measure each size of each shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=("wide", "blocks", "deep"))
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure)
        return
    print("shape   instances  seconds  peak MB  ms/instance  time growth  memory growth")
    for shape in [arguments.shape] if arguments.shape else ["wide", "blocks", "deep"]:
        previous: tuple[float, float] | None = None
        for size in SIZES:
            with tempfile.TemporaryDirectory() as scratch:
                write(Path(scratch), shape, size)
                command = [sys.executable, __file__, "--measure", scratch]
                done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
            seconds, peak, instances, problems = done.stdout.split()
            each = float(seconds) * 1000 / int(instances)
            memory = float(peak) / int(instances)
            growth = ""
            if previous is not None:
                growth = f" {each / previous[0]:12.2f} {memory / previous[1]:14.2f}"
            previous = each, memory
            print(f"{shape:7} {instances:>9} {seconds:>8} {peak:>8} {each:12.3f}{growth}")
            if problems != "0":
                print(f"        {problems} problems")


if __name__ == "__main__":
    main()
