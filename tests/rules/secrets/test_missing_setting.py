"""SYM514: secrets sources without what their type requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, findings
from support.mistakes import changed
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

CONTEXT = "  settings = {\n    context_id = module.runtime_connector.sym_integration.id\n  }\n"
NO_CONTEXT = {
    "mistyped": (CONTEXT.replace("context_id", "contxt_id"), "contxt_id"),
    "mistyped in a merge": (
        "  settings = merge({}, {\n    contxt_id = module.runtime_connector.sym_integration.id\n  })\n",
        "contxt_id",
    ),
    "empty": ("  settings = {}\n", "settings"),
    "null": (CONTEXT.replace("module.runtime_connector.sym_integration.id", "null"), "settings"),
    "nothing": ("", 'resource "sym_secrets" "main"'),
}


@pytest.mark.parametrize("module", [False, True])
@pytest.mark.parametrize("name", NO_CONTEXT)
def test_a_secrets_source_without_a_context(tmp_path: Path, name: str, module: bool) -> None:
    new, range_ = NO_CONTEXT[name]
    found = changed(tmp_path, "access", (CONTEXT, new), module=module)
    assert [(it.code, it.range.text, it.title) for it in found if it.code != "SYM508"] == [
        ("SYM514", range_, "aws_secrets_manager secrets source has no context_id")
    ]


SOURCE = """
resource "sym_secrets" "main" {
  for_each = { a = "one", b = "two" }
  type     = %s
  name     = each.value
  settings = %s
}
variable "unknown" {}
"""
FINE = {
    "settings that are not known": ('"aws_secrets_manager"', "var.unknown"),
    "a type that is not known": ("var.unknown", "{}"),
    "another type": ('"vault"', "{}"),
    "an id that is not known": ('"aws_secrets_manager"', "{ context_id = var.unknown }"),
}


@pytest.mark.parametrize("name", FINE)
def test_nothing_is_said_of(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"main.tf": SOURCE % FINE[name]})
    assert "SYM514" not in {it.code for it in findings(tmp_path, all_rules())}


def test_each_instance_of_a_block(tmp_path: Path) -> None:
    settings = '{ for key in ["contxt_id"] : key => each.key if each.key != "none" }'
    write(tmp_path, {"main.tf": SOURCE % ('"aws_secrets_manager"', settings)})
    found = [it for it in findings(tmp_path, all_rules()) if it.code == "SYM514"]
    assert [it.range.text for it in found] == ["settings"]
