"""Many references, long chains and many cycles take a time that is proportional to them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.configurations import configuration, write_files

from symlint.graph.cycles import find_cycles
from symlint.graph.network import reduced
from symlint.graph.reference_graph import ReferenceGraph

if TYPE_CHECKING:
    from pathlib import Path

GENEROUS = 100
"""Seconds; where the work were the square of the text, it would take longer by far."""

FLOW = 'resource "sym_flow" "f" {}\n'


def locals_of(*lines: str) -> str:
    return FLOW + "locals {\n" + "\n".join(lines) + "\n}\n"


def chain_of_resources(count: int) -> str:
    blocks = [
        f'resource "sym_target" "t{n}" {{\n  depends_on = [sym_target.t{n - 1}]\n}}\n'
        for n in range(1, count)
    ]
    return FLOW + 'resource "sym_target" "t0" {}\n' + "".join(blocks)


def many_outputs(count: int) -> str:
    chain = "".join(f"  a{n} = length([local.a{n - 1}, var.v{n}])\n" for n in range(1, count))
    outputs = "".join(
        f'variable "v{n}" {{}}\noutput "o{n}" {{\n  value = local.a{n}\n}}\n' for n in range(count)
    )
    arguments = "".join(f"  v{n} = module.m.o{n}\n" for n in range(100))
    return (
        f'{FLOW}module "m" {{\n  source = "./m"\n{arguments}}}\n'
        f"--- m/main.tf\nlocals {{\n  a0 = var.v0\n{chain}}}\n{outputs}"
    )


def run(tmp_path: Path, text: str, *arguments: str) -> str:
    write_files(tmp_path, text)
    result = subprocess.run(
        [sys.executable, "-m", "symlint", *arguments, "--isolated", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        timeout=GENEROUS,
        check=False,
    )
    assert "Traceback" not in result.stderr
    assert "bug" not in result.stderr
    return result.stdout


def test_one_long_cycle(tmp_path: Path) -> None:
    lines = [f"a{n} = local.a{(n - 1) % 30_000}" for n in range(30_000)]
    out = run(tmp_path, locals_of(*lines))
    assert out.count("dependency cycle: ") == 1


def test_many_cycles(tmp_path: Path) -> None:
    lines = [f"a{n} = local.b{n}\nb{n} = local.a{n}" for n in range(900)]
    out = run(tmp_path, locals_of(*lines, "c = local.c"))
    assert out.count("dependency cycle: local.") == 900
    assert out.count("local.c refers to itself") == 1


def test_more_cycles_than_are_listed(tmp_path: Path) -> None:
    lines = [f"a{n} = local.b{n}\nb{n} = local.a{n}" for n in range(8000)]
    out = run(tmp_path, locals_of(*lines))
    assert out.count("dependency cycle: local.") == 1000
    assert "only the first 1,000 are listed" in out


def test_every_local_reads_all_before_it(tmp_path: Path) -> None:
    lines = [f"a{n} = [{', '.join(f'local.a{m}' for m in range(n))}]" for n in range(250)]
    out = run(tmp_path, locals_of(*lines))
    assert "more work than symlint does" in out


def test_every_local_reads_all_others(tmp_path: Path) -> None:
    every = ", ".join(f"local.a{n}" for n in range(150))
    out = run(tmp_path, locals_of(*(f"a{n} = [{every}]" for n in range(150))))
    assert out.count("local.a0 refers to itself") == 1


def test_cycles_through_some_of_many_outputs(tmp_path: Path) -> None:
    out = run(tmp_path, many_outputs(3000))
    assert out.count("dependency cycle: ") == 100


def test_more_outputs_and_arguments_than_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("symlint.graph.cycles._MOST_EDGES", 5000)
    found = configuration(tmp_path, many_outputs(100))
    cycles = find_cycles(found)
    assert 0 < len(cycles) < 100
    (said,) = found.budget.given_up
    assert said.startswith("looking for dependency cycles through the modules it calls")


def test_a_picture_of_a_long_chain(tmp_path: Path) -> None:
    out = run(tmp_path, chain_of_resources(8000), "graph", "--chains")
    assert out.count(" -> ") == 7999


def test_a_picture_of_what_all_reads_all(tmp_path: Path) -> None:
    blocks = [
        f'resource "sym_target" "t{n}" {{\n  depends_on = ['
        + ", ".join(f"sym_target.t{m}" for m in range(n))
        + "]\n}\n"
        for n in range(250)
    ]
    out = run(tmp_path, FLOW + "".join(blocks), "graph", "--chains")
    assert out.count(" -> ") == 249


def test_a_picture_that_is_too_much_work(tmp_path: Path) -> None:
    count = 1500
    chain = "".join(f"  a{n} = local.a{n - 1}\n" for n in range(1, count))
    reading = f'"s%d" {{\n  name = local.a{count - 1}\n}}\n'
    blocks = "".join(f'resource "sym_strategy" {reading % n}' for n in range(count))
    text = f'{blocks}resource "sym_target" "t" {{}}\nlocals {{\n  a0 = sym_target.t.id\n{chain}}}\n'
    write_files(tmp_path, text)
    command = [sys.executable, "-m", "symlint", "graph", "--chains", "--isolated", str(tmp_path)]
    result = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=GENEROUS, check=False
    )
    assert result.returncode == 3
    assert "following all references is too much work" in result.stderr
    assert 20 < result.stdout.count(" -> ") < count


def test_edges_that_are_said_again() -> None:
    count = 400
    everything = {n: range(n + 1, count) for n in range(count)}
    assert reduced(everything) == {(n, n + 1) for n in range(count - 1)}


@pytest.mark.parametrize("readers", [1, 30])
def test_what_is_consumed_is_worked_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readers: int
) -> None:
    chain = "".join(f"  a{n} = local.a{n - 1}\n" for n in range(1, 50))
    blocks = "".join(f'resource "sym_target" "t{n}" {{}}\n' for n in range(50))
    reads = ", ".join(f"sym_target.t{n}.id" for n in range(readers))
    text = f"{blocks}locals {{\n  a0 = [{reads}]\n{chain}  used = sym_target.t40.id\n}}\n"
    text += 'output "o" {\n  value = local.used\n}\n'
    graph = ReferenceGraph(configuration(tmp_path, text))
    asked = 0
    ask = ReferenceGraph.passes_on

    def counting(self: ReferenceGraph, address: object) -> bool:
        nonlocal asked
        asked += 1
        return ask(self, address)  # type: ignore[arg-type]  # whatever it is

    monkeypatch.setattr(ReferenceGraph, "passes_on", counting)
    targets = [it for it in graph.declared if it.type == "sym_target"]
    assert [str(it) for it in targets if graph.is_consumed(it)] == ["sym_target.t40"]
    assert asked <= len(graph.declared) + readers
    for address in graph.declared:
        assert graph.is_consumed(address) is bool(graph.consumers(address)), address
