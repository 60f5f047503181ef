"""SYM405 to SYM411: the fields of the form, as blocks and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.mistakes import Mistake, changed, check
from support.transcript import compare_transcript, transcripts_of_mistakes

if TYPE_CHECKING:
    from pathlib import Path


REASON = '      name = "reason"\n      type = '
ON_BEHALF = '      name = "on_behalf_of"\n      type = '
TARGET_ID = '      name = "target_id"\n      type = '
WHAT = '      name = "what"\n      type = '
TICKET = '        name = "ticket"\n        type = '

MISTAKES = {
    "an unknown type": Mistake.of("access", REASON, '"string"', '"text"', "SYM405", '"text" is not a type of prompt field'),
    "a type in capitals": Mistake.of("access", REASON, '"string"', '"String"', "SYM405", '"String" is not a type of prompt field'),
    "an unknown type in JSON": Mistake.of("legacy", TICKET, '"string"', '"text"', "SYM405", '"text" is not a type of prompt field'),
    "a name twice": Mistake.of("access", 'allowed_values = ["Low", "High"]\n    }\n\n    prompt_field {\n      name = ', '"on_behalf_of"', '"reason"', "SYM406", 'the flow has two prompt fields named "reason"'),
    "a name twice in JSON": Mistake.of("legacy", "      },\n      {\n        name = ", '"ticket"', '"reason"', "SYM406", 'the flow has two prompt fields named "reason"'),
    "a default that is no choice": Mistake.of("access", '      default        = ', '"Low"', '"Normal"', "SYM408", 'the default "Normal" is not one of the allowed values', "note"),
    "a default that is no choice in JSON": Mistake.of("legacy", '        default        = ', '"Low"', '"Normal"', "SYM408", 'the default "Normal" is not one of the allowed values', "note"),
    "a target of another type": Mistake.of("access", TARGET_ID, '"string"', '"int"', "SYM409", 'the field target_id has type "int", not string', "warning"),
    "a target without a strategy": Mistake.of("access", 'environment_id = sym_environment.main.id\n\n  params {\n    prompt_field {\n      name = ', '"what"', '"target_id"', "SYM409", "the field target_id chooses a target, and the flow has no strategy", "warning"),
    "a duration without a strategy": Mistake.of("access", WHAT, '"string"', '"duration"', "SYM410", "the flow asks for a duration and has no strategy", "warning"),
    "a duration without a strategy in JSON": Mistake.of("legacy", TICKET, '"string"', '"duration"', "SYM410", "the flow asks for a duration and has no strategy", "warning"),
    "a duration in words": Mistake.of("access", '      allowed_values = ["30m", ', '"1h"', '"1 hour"', "SYM411", '"1 hour" is not a duration: a number and m, h or d', "warning"),
    "a duration without a unit": Mistake.of("access", "      allowed_values = [", '"30m"', '"30"', "SYM411", '"30" is not a duration: a number and m, h or d', "warning"),
}  # fmt: skip  # one case a line


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "placement"),
    [(name, placement) for name, it in MISTAKES.items() for placement in it.placements],
)
def test_a_mistake_is_found_where_it_is_written(tmp_path: Path, name: str, placement: str) -> None:
    check(tmp_path, MISTAKES[name], placement)


ADDED = {
    "choices of a person": (ON_BEHALF + '"slack_user"', 'allowed_values = ["@a"]', "SYM407"),
    "a default person": (ON_BEHALF + '"slack_user"', 'default = "@a"', "SYM407"),
    "a person that is prefetched": (ON_BEHALF + '"slack_user"', "prefetch = true", "SYM407"),
    "choices that are prefetched": (
        'allowed_values = ["Low", "High"]',
        "prefetch = true",
        "SYM408",
    ),
    "choices of a target": (TARGET_ID + '"string"', 'allowed_values = ["reader"]', "SYM409"),
    "a default duration": ('allowed_values = ["30m", "1h"]', 'default = "60"', "SYM411"),
}


@pytest.mark.parametrize("module", [False, True])
@pytest.mark.parametrize("name", ADDED)
def test_an_argument_too_many(tmp_path: Path, name: str, module: bool) -> None:
    at, argument, code = ADDED[name]
    found = changed(tmp_path, "access", (at, f"{at}\n      {argument}"), module=module)
    assert code in [it.code for it in found]
    named = argument.partition(" ")[0]
    line = next(it.range for it in found if it.code == code)
    assert named in line.source.line(line.line)
    assert {it.code for it in found} <= {code, "SYM408"}


NOTHING = ("default = null", 'default = ""', "allowed_values = []", "prefetch = false")


@pytest.mark.parametrize("argument", NOTHING)
def test_an_argument_that_says_nothing(tmp_path: Path, argument: str) -> None:
    at = ON_BEHALF + '"slack_user"'
    assert changed(tmp_path, "access", (at, f"{at}\n      {argument}")) == []


FIELDS = """
    dynamic "prompt_field" {
      for_each = %s

      content {
        name = prompt_field.value
        type = "string"
      }
    }
"""
LAST = '    prompt_field {\n      name = "target_id"'


def test_a_name_twice_in_a_dynamic_block(tmp_path: Path) -> None:
    extra = FIELDS % '["ticket", "reason"]'
    found = changed(tmp_path, "access", (LAST, extra + LAST))
    assert [(it.code, it.range.text) for it in found] == [("SYM406", '"reason"')]
    assert found[0].related[0].range.text == '"reason"'


def test_names_in_a_dynamic_block_that_are_not_known(tmp_path: Path) -> None:
    extra = 'variable "fields" {\n  type = list(string)\n}\n'
    assert changed(tmp_path, "access", (LAST, FIELDS % "var.fields" + LAST), extra=extra) == []


def test_one_field_of_unknown_type_hides_no_other(tmp_path: Path) -> None:
    unknown = ('"urgency"\n        type           = "string"', '"urgency"\n        type = var.type')
    wrong = (TICKET + '"string"', TICKET + '"text"')
    extra = 'variable "type" {\n  type = string\n}\n'
    found = changed(tmp_path, "legacy", unknown, wrong, extra=extra)
    assert [(it.code, it.range.text) for it in found] == [("SYM405", '"text"')]


def test_json_that_is_written_as_a_text(tmp_path: Path) -> None:
    text = '\\"name\\": \\"a\\", \\"type\\": \\"text\\"'
    start = "    prompt_fields_json = jsonencode(["
    found = changed(
        tmp_path,
        "legacy",
        (start, f'    prompt_fields_json = "[{{{text}}}]"\n    unused = jsonencode(['),
    )
    (of_type,) = [it for it in found if it.code == "SYM405"]
    assert of_type.fix is None, "it would replace all of the text"


@pytest.mark.parametrize("text", ['"nothing"', '"{}"', '"[1, null]"', "null", "var.fields"])
def test_json_that_is_none(tmp_path: Path, text: str) -> None:
    main = (
        'variable "fields" {}\nresource "sym_flow" "a" {\n'
        f"  params = {{ prompt_fields_json = {text} }}\n}}\n"
    )
    found = changed(tmp_path, "legacy", extra=main)
    assert not [it for it in found if "SYM405" <= it.code <= "SYM411"]


def test_a_flow_that_lost_its_strategy_is_not_blamed_for_its_fields(tmp_path: Path) -> None:
    found = changed(tmp_path, "access", ("    strategy_id           = sym_strategy.iam.id\n", ""))
    assert [it.code for it in found] == ["SYM402"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("90 minutes", "90m"), ("2 Hours", "2h"), ("1day", "1d"), ("3 hrs", "3h"), ("90min", "90m")],
)
def test_a_duration_in_words_can_be_repaired(tmp_path: Path, wrong: str, right: str) -> None:
    (found,) = changed(tmp_path, "access", ('"30m"', f'"{wrong}"'))
    assert found.fix is not None
    assert found.fix.edits[0].replacement == f'"{right}"'


@pytest.mark.parametrize("text", ["forever", "1w", "PT1H", "1h30m", "-5m", "1.5h", "X30m", "30Xm"])
def test_a_duration_of_which_it_is_not_known_what_was_meant(tmp_path: Path, text: str) -> None:
    (found,) = changed(tmp_path, "access", ('"30m"', f'"{text}"'))
    assert (found.code, found.fix) == ("SYM411", None)


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ("Reason", "Ticket", 1),
        ("Ticket", "Why? The reason", 0),
        ("Ticket", "Number", 1),
        ("", "", 1),
    ],
)
@pytest.mark.parametrize("name", ["reason", "the-reason", "_reason_"])
def test_of_two_fields_of_a_name_the_one_that_is_called_otherwise_is_wrong(
    tmp_path: Path, name: str, first: str, second: str, wrong: int
) -> None:
    fields = "".join(
        f'prompt_field {{\n name = "{name}"\n label = "{label}"\n type = "string"\n }}\n'
        for label in (first, second)
    )
    text = f'resource "sym_flow" "two" {{\n params {{\n{fields} }}\n}}\n'
    (found,) = [it for it in changed(tmp_path, "access", extra=text) if it.code == "SYM406"]
    before = found.range.source.text[: found.range.start]
    assert before.count(f'"{name}"') - before.count(f'"{name}"', 0, before.index('"two"')) == wrong


def test_a_field_that_is_no_object_hides_no_other(tmp_path: Path) -> None:
    first = '"ticket",\n      {\n        nam = "ticket"\n      },\n      {\n        name = "ticket"'
    found = changed(tmp_path, "legacy", ('{\n        name = "ticket"', first))
    assert "prompt_field has no key nam" in [it.title for it in found]


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, MISTAKES))
