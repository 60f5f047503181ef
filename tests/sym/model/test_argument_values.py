"""Values of arguments: as texts, as elements, given or not, and what surely exists with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import CATALOGUE, configuration
from support.writing import write

from symlint.sym.model.arguments import MapArguments, element, is_given
from symlint.sym.model.creations import coexist, made_by
from symlint.sym.model.settings import first_line
from symlint.sym.model.texts import (
    is_placeholder,
    reason_of,
    shown_value,
    stands_for_a_number,
    text_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.strategies import Target

VARIABLES = """
variable "unset" {}

variable "on" {
  type = bool
}

variable "secret" {
  default   = "hidden"
  sensitive = true
}

locals {
  map = { a = "one" }
}

resource "aws_iam_role" "this" {
  name = "role"
}
"""


def target(directory: Path, expression: str) -> Target:
    text = f'{VARIABLES}resource "sym_target" "x" {{\n  settings = {expression}\n}}\n'
    (view,) = configuration(write(directory, {"main.tf": text})).targets
    return view


def argument(directory: Path, expression: str) -> Argument:
    found = target(directory, expression).argument("settings")
    assert found is not None
    return found


TEXTS = {
    '"a"': ("a", '"a"', "it is not a string"),
    "7": ("7", '"7"', "it is not a string"),
    "true": ("true", '"true"', "it is not a string"),
    "false": ("false", '"false"', "it is not a string"),
    "1.5": (None, '""', "it is not a string"),
    "null": (None, '""', "it is not a string"),
    "[]": (None, '""', "it is not a string"),
    '"a\\nb"': ("a\nb", '"a\\nb"', "it is not a string"),
    "var.secret": ("hidden", "(sensitive value)", "it is not a string"),
    "var.unset": (None, '""', "the variable has no value"),
}


@pytest.mark.parametrize("expression", TEXTS)
def test_values_as_texts(tmp_path: Path, expression: str) -> None:
    value = argument(tmp_path, expression).value
    text, shown, reason = TEXTS[expression]
    assert text_of(value) == text
    assert shown_value(value) == shown
    assert reason_of(value) == reason
    assert reason_of(value, "known") == ("known" if value.unknown is None else reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("CHANGEME", True),
        ("<your group>", True),
        ("00g1", False),
        ("change", False),
    ],
)
def test_placeholders(text: str, expected: bool) -> None:
    assert is_placeholder(CATALOGUE, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123456789", True),
        ("123456789012", True),
        ("012345678901", True),
        ("333333333333", True),
        ("3", True),
        ("132456789012", False),
        ("33333333333x", False),
        ("987654321098", False),
        ("x", False),
        ("", False),
    ],
)
def test_digits_of_an_example(text: str, expected: bool) -> None:
    assert stands_for_a_number("aws_account_id", text) is expected
    assert not stands_for_a_number("okta_group_id", text)


GIVEN = {
    '"a"': True,
    '""': False,
    "null": False,
    "[]": False,
    "[1]": True,
    "{}": True,
    "false": False,
    "true": True,
    "0": False,
    "1": True,
    "var.unset": False,
    "aws_iam_role.this.arn": False,
    '"${var.unset}-x"': True,
    '"x${aws_iam_role.this.arn}"': True,
}


@pytest.mark.parametrize("expression", GIVEN)
def test_what_is_surely_given(tmp_path: Path, expression: str) -> None:
    assert is_given(argument(tmp_path, expression)) is GIVEN[expression]
    assert not is_given(None)


ELEMENTS = {
    '{ a = "one" }': "one",
    '{ b = "one" }': None,
    "null": None,
    '"a"': None,
    "local.map": "one",
    "var.unset": "?",
    'var.on ? { a = "one" } : { a = "two" }': "one|two",
    'var.on ? { a = "one" } : { b = "two" }': "one",
    'var.on ? { b = "one" } : { b = "two" }': None,
    "aws_iam_role.this": "?",
    "aws_iam_role.this.tags": "?",
}


@pytest.mark.parametrize("expression", ELEMENTS)
def test_elements_of_maps(tmp_path: Path, expression: str) -> None:
    given = argument(tmp_path, expression)
    found = element(given.value, "a")
    if found is None:
        said = None
    elif found.unknown is None:
        said = found.string
    elif found.unknown.alternatives:
        said = "|".join(str(it.string) for it in found.unknown.alternatives)
    else:
        said = "?"
        whole = given.value.object_reference is not None
        assert whole or found.unknown.reason == reason_of(given.value)
    assert said == ELEMENTS[expression]


def test_an_element_of_what_is_not_known_has_its_reference(tmp_path: Path) -> None:
    found = element(argument(tmp_path, "aws_iam_role.this.tags").value, "a")
    assert found is not None
    assert str(found.reference) == "aws_iam_role.this.tags.a"


def test_elements_of_a_map_stand_in_for_arguments(tmp_path: Path) -> None:
    given = argument(tmp_path, '{ a = "one", b = null }')
    arguments = MapArguments(given.value, given.range)
    assert (arguments.complete, arguments.header) == (True, given.range)
    assert (arguments.value("a").string, arguments.range("a").text) == ("one", '"one"')
    assert (arguments.value("c").is_null, arguments.range("c")) == (True, given.range)
    assert arguments.argument("c") is None
    given = argument(tmp_path, "var.unset")
    arguments = MapArguments(given.value, given.range)
    assert (arguments.complete, arguments.argument("a")) == (False, None)


def test_the_first_line_of_a_range(tmp_path: Path) -> None:
    whole = argument(tmp_path, "{\n    a = 1\n  }").range
    one = argument(tmp_path, "{ a = 1 }").range
    assert first_line(whole, one).text == "{"
    assert first_line(one, whole) == one
    assert first_line(None, whole).text == "{"


CALL = 'module "{0}" {{\n  source = "symopsio/iam-connector/aws"\n  {1}\n}}\n'
CHILD = 'module "c" {{\n  source = "./child"\n  {0}\n}}\n'
TOGETHER = {
    ("", "", ""): True,
    ("count = 1", "", ""): True,
    ("count = var.count", "", ""): False,
    ("", "count = var.count", ""): False,
    ("", "", "count = var.count"): True,
}


@pytest.mark.parametrize("repetitions", TOGETHER)
def test_what_surely_exists_together(tmp_path: Path, repetitions: tuple[str, str, str]) -> None:
    one, other, both = repetitions
    files = {
        "main.tf": 'variable "count" {}\n' + CHILD.format(both),
        "child/main.tf": 'variable "count" {}\n' + CALL.format("a", one) + CALL.format("b", other),
    }
    first, second = configuration(write(tmp_path, files)).modules
    assert coexist(first.call, second.call) is TOGETHER[repetitions]
    assert coexist(second.call, first.call) is TOGETHER[repetitions]
    assert coexist(first.call, first.call)


def test_names_of_what_modules_make_are_in_pieces(tmp_path: Path) -> None:
    text = 'variable "e" {}\n' + CALL.format("a", "environment = var.e") + CALL.format("b", "")
    text += CALL.format("c", 'environment = "${var.e}-x"') + CALL.format("d", 'environment = "x-y"')
    modules = configuration(write(tmp_path, {"main.tf": text})).modules
    made = {it.local_name: [each.parts for each in made_by(it)] for it in modules}
    assert made["module.d"][0] == ("SymIAM", "X-Y")
    assert made["module.b"] == made["module.c"] == []
    prefix, part = made["module.a"][0]
    assert not isinstance(part, str)
    assert (prefix, part[0], str(part[1])) == ("SymIAM", "title", "var.e")
