"""Correct configurations, wrecked in one place: how the tests of rules break things.

A wreck replaces one expression of a fixture. The wrong expression is written where the fixture
has the right one, or somewhere behind it (``PLACEMENTS``); the finding must be at the line on
which it is written, whichever that is, and the same detour with the right expression must be
silent.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import Finding
from symlint.rules.connectors.environment import ConnectorEnvironment
from symlint.rules.connectors.external_id_source import ExternalIdSource
from symlint.rules.flows.strategy import FlowStrategy
from symlint.rules.flows.unused_strategy import UnusedStrategy
from symlint.rules.strategies.target_type import StrategyTargetType
from symlint.sym.catalogue import load_catalogue
from symlint.sym.catalogue.interfaces import CatalogueInterfaces, CatalogueSchema
from symlint.sym.model.configuration import SymConfiguration
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.instances.options import EvaluationOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.lint.rule import Rule

FIXTURES = Path(__file__).parent.parent / "fixtures"
CORE: tuple[type[Rule], ...] = (
    StrategyTargetType,
    ConnectorEnvironment,
    ExternalIdSource,
    FlowStrategy,
    UnusedStrategy,
)
HERE = "# here"
CATALOGUE = load_catalogue()


class Slot(NamedTuple):
    """An expression of a fixture that can be replaced.

    ``line`` is the only line of ``file`` that has it, up to the expression; ``right`` is the
    expression. ``block`` is the header of the block around it: the whole of it can be moved into
    a module two levels deep, which gets ``inputs`` (expression -> variable) and exports
    ``outputs`` (reference from outside -> expression inside).
    """

    fixture: str
    file: str
    line: str
    right: str
    block: str
    inputs: Mapping[str, str] = MappingProxyType({})
    outputs: Mapping[str, str] = MappingProxyType({})


LITERAL_PLACEMENTS = ("root", "local", "variable", "tfvars", "deep", "output")
REFERENCE_PLACEMENTS = ("root", "local", "deep", "output")


def findings(directory: Path, rules: tuple[type[Rule], ...] = CORE) -> list[Finding]:
    """What the rules find in a configuration, each text once, by place."""
    sym = configuration(directory)
    found = [it for rule in rules for it in rule().check(sym) if isinstance(it, Finding)]
    unique = {(it.code, it.title, it.range.sort_key()): it for it in found}
    return sorted(unique.values(), key=Finding.sort_key)


def configuration(directory: Path) -> SymConfiguration:
    """A configuration as the engine opens it."""
    options = EvaluationOptions(
        schema=CatalogueSchema(CATALOGUE), interfaces=CatalogueInterfaces(CATALOGUE)
    )
    return SymConfiguration(Configuration(str(directory), options), CATALOGUE)


def write(directory: Path, files: dict[str, str]) -> Path:
    """Files by relative path; the directory of ``main.tf``."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def build(directory: Path, slot: Slot, expression: str, placement: str, extra: str = "") -> Path:
    """A fixture with ``expression`` in a slot, written as ``placement`` says, marked ``HERE``."""
    root = directory / "root"
    shutil.copytree(FIXTURES / slot.fixture, root)
    path = root / slot.file
    text = path.read_text(encoding="utf-8")
    old = slot.line + slot.right
    block = _block(text, slot.block)
    assert block.count(old) == 1, f"{old!r} is not once in {slot.block}"
    value = f"{expression} {HERE}"
    added = {"extra.tf": extra}
    match placement:
        case "root":
            new = slot.line + value
        case "local":
            new = slot.line + "local.carried"
            added["carried.tf"] = f"locals {{\n  carried = {value}\n}}\n"
        case "variable":
            new = slot.line + "var.carried"
            added["carried.tf"] = f'variable "carried" {{\n  default = {value}\n}}\n'
        case "tfvars":
            new = slot.line + "var.carried"
            added["carried.tf"] = 'variable "carried" {}\n'
            added["terraform.tfvars"] = f"carried = {value}\n"
        case "output":
            new = slot.line + "module.carrier.carried"
            added |= _carrier(value, expression)
        case "deep":
            path.write_text(text.replace(block, ""), encoding="utf-8")
            _move_deep(root, slot, block, old, value)
            write(root, added)
            return root
        case _:
            raise AssertionError(placement)
    # What follows the expression on its line goes before the mark, or to the next line.
    head, _, tail = block.partition(old)
    if tail.startswith(","):
        new, tail = (new.replace(f" {HERE}", f", {HERE}") if HERE in new else new + ","), tail[1:]
    if HERE in new and not tail.startswith("\n"):
        tail = "\n" + tail
    path.write_text(text.replace(block, head + new + tail), encoding="utf-8")
    write(root, added)
    return root


def _carrier(value: str, expression: str) -> dict[str, str]:
    """A module that hands on what it is given, or says it itself if it is a literal."""
    call = 'module "carrier" {\n  source = "./carrier"\n'
    if expression.startswith('"'):
        output = f'output "carried" {{\n  value = {value}\n}}\n'
        return {"carried.tf": call + "}\n", "carrier/main.tf": output}
    output = 'variable "carried" {}\n\noutput "carried" {\n  value = var.carried\n}\n'
    return {"carried.tf": call + f"  carried = {value}\n}}\n", "carrier/main.tf": output}


def _block(text: str, header: str) -> str:
    start = text.index(header)
    return text[start : text.index("\n}\n", start) + 3]


def _move_deep(root: Path, slot: Slot, block: str, old: str, value: str) -> None:
    """Move a block two modules down; its wrong argument is given at the top."""
    inner = block.replace(old, slot.line + "var.carried")
    for expression, variable in slot.inputs.items():
        inner = re.sub(rf"(?<![\w.-]){re.escape(expression)}", f"var.{variable}", inner)
    names = ["carried", *slot.inputs.values()]
    variables = "".join(f'variable "{name}" {{}}\n' for name in names)
    passed = "".join(f"  {name} = var.{name}\n" for name in names)
    given = f"  carried = {value}\n" + "".join(
        f"  {variable} = {expression}\n" for expression, variable in slot.inputs.items()
    )
    exports = {f"export{index}": it for index, it in enumerate(slot.outputs.items())}
    inner_outputs = "".join(
        f'output "{name}" {{\n  value = {inside}\n}}\n' for name, (_, inside) in exports.items()
    )
    outer_outputs = "".join(
        f'output "{name}" {{\n  value = module.inner.{name}\n}}\n' for name in exports
    )
    for path in root.glob("*.tf"):
        text = path.read_text(encoding="utf-8")
        for name, (reference, _) in exports.items():
            text = re.sub(rf"(?<![\w.-]){re.escape(reference)}", f"module.deep.{name}", text)
        path.write_text(text, encoding="utf-8")
    write(
        root,
        {
            "deep.tf": f'module "deep" {{\n  source = "./deep"\n{given}}}\n',
            "deep/main.tf": f'{variables}module "inner" {{\n  source = "./inner"\n{passed}}}\n'
            + outer_outputs,
            "deep/inner/main.tf": variables + inner + inner_outputs,
        },
    )
    for script in root.glob("*.py"):
        shutil.copy(script, root / "deep" / "inner")


def marked(root: Path) -> tuple[str, int]:
    """The file, relative to ``root``, and the line that bear the mark."""
    found = [
        (str(path.relative_to(root)), number)
        for path in sorted(root.rglob("*.tf*"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.endswith(HERE)
    ]
    assert len(found) == 1, found
    return found[0]


def place(root: Path, finding: Finding) -> tuple[str, int]:
    """The file, relative to ``root``, and the line of a finding."""
    return str(Path(finding.range.path).relative_to(root)), finding.range.line
