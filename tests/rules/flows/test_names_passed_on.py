"""SYM401: locals that openly pass on a name are right; the mistake is where an id was wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.writing import write

from symlint.rules.flows.strategy import FlowStrategy

if TYPE_CHECKING:
    from pathlib import Path

MAIN = """
resource "sym_strategy" "a" {
  type = "okta"
  name = "a"
}

resource "sym_flow" "f" {
  params {
    strategy_id = local.%s
  }
}
"""
LOCALS = {
    ("value",): "sym_strategy.a.name",
    ("strategy_id",): "sym_strategy.a.name",
    ("strategy_name",): "local.strategy_name",
    ("strategy_name", "other_name"): "local.other_name",
    ("strategy_name", "value", "other_name"): "local.strategy_name",
    ("value", "strategy_name"): "sym_strategy.a.name",
    ("name_of_id",): "sym_strategy.a.name",
}


@pytest.mark.parametrize("names", LOCALS, ids=" then ".join)
def test_where_a_name_is_taken_for_an_id(tmp_path: Path, names: tuple[str, ...]) -> None:
    values = ("sym_strategy.a.name", *(f"local.{name}" for name in names))
    pairs = zip(names, values, strict=False)
    text = MAIN % names[-1] + "locals {\n" + "".join(f"  {a} = {b}\n" for a, b in pairs) + "}\n"
    (found,) = findings(write(tmp_path, {"main.tf": text}), (FlowStrategy,))
    assert found.range.text == LOCALS[names]
