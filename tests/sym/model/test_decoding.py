"""JSON strings as values: every part has the place at which it is written, wherever that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """
resource "sym_flow" "this" {{
  params = {{
    prompt_fields_json = {0}
  }}
}}
"""
FIELDS = 'jsonencode([{ name = "other", type = "int" }, { name = "reason", type = "string" }])'
UNUSED = 'jsonencode([{ name = "unused", type = "string" }])'
CALL = 'module "fields" {\n  source = "./fields"\n}\n'
OUTPUTS = (
    f'output "unused" {{\n  value = {UNUSED}\n}}\n\noutput "fields" {{\n  value = {FIELDS}\n}}\n'
)
PASSED = f'module "flow" {{\n  source = "./flow"\n  unused = {UNUSED}\n  fields = {FIELDS}\n}}\n'
VARIABLES = 'variable "unused" {}\n\nvariable "fields" {}\n'

WRITTEN = {
    "in place": ({"main.tf": FLOW.format(FIELDS)}, "main.tf"),
    "a local": (
        {
            "main.tf": FLOW.format("local.fields"),
            "locals.tf": f"locals {{\n  unused = {UNUSED}\n  fields = {FIELDS}\n}}\n",
        },
        "locals.tf",
    ),
    "an output of a module": (
        {"main.tf": CALL + FLOW.format("module.fields.fields"), "fields/main.tf": OUTPUTS},
        "fields/main.tf",
    ),
    "an output of a module, in a module": (
        {
            "main.tf": 'module "flow" {\n  source = "./flow"\n}\n',
            "flow/main.tf": CALL + FLOW.format("module.fields.fields"),
            "flow/fields/main.tf": OUTPUTS,
        },
        "flow/fields/main.tf",
    ),
    "an argument of a call": (
        {"main.tf": PASSED, "flow/main.tf": VARIABLES + FLOW.format("var.fields")},
        "main.tf",
    ),
}


@pytest.mark.parametrize(("files", "place"), WRITTEN.values(), ids=WRITTEN)
def test_fields_have_the_places_of_what_jsonencode_was_given(
    tmp_path: Path, files: dict[str, str], place: str
) -> None:
    (flow,) = configuration(write(tmp_path, files)).flows
    fields = flow.prompt_fields
    assert [field.name.string for field in fields] == ["other", "reason"]
    names = [field.range("name") for field in fields]
    assert [it.text for it in names] == ['"other"', '"reason"']
    assert {it.path for it in names} == {str(tmp_path / place)}


@pytest.mark.parametrize(
    "text",
    [
        '"[{\\"name\\": \\"reason\\", \\"type\\": \\"string\\"}]"',
        '<<-EOT\n      [{"name": "reason", "type": "string"}]\n    EOT\n',
    ],
)
def test_fields_of_a_text_have_the_place_of_the_text(tmp_path: Path, text: str) -> None:
    (flow,) = configuration(write(tmp_path, {"main.tf": FLOW.format(text)})).flows
    (field,) = flow.prompt_fields
    assert (field.name.string, field.type.string) == ("reason", "string")
    assert field.range("name").text.strip() == text.strip()


def test_a_text_that_is_no_json_has_no_known_fields(tmp_path: Path) -> None:
    (flow,) = configuration(write(tmp_path, {"main.tf": FLOW.format('"[{"')})).flows
    assert flow.prompt_fields == ()
    assert not flow.prompt_fields_known
