"""Conversion of values that are not known, of whole objects, and its messages."""

from __future__ import annotations

import pytest
from support.static_scope import Resource, StaticScope, expression

from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.expressions.type_constraints import apply_defaults, parse_constraint
from symlint.terraform.values.conversion import ConversionError, convert, format_path
from symlint.terraform.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    set_of,
)
from symlint.terraform.values.value import Value, string, unknown


def value_of(text: str, **values: Value) -> Value:
    scope = StaticScope({name.replace("__", "."): value for name, value in values.items()})
    return evaluate(expression(text), scope)


def test_an_unknown_value_keeps_its_reference_and_gets_the_type() -> None:
    value = convert(value_of("var.x"), list_of(STRING))
    assert value.type == list_of(STRING)
    assert str(value.reference) == "var.x"


def test_elements_and_alternatives_are_converted() -> None:
    value = convert(value_of("[for t in var.x : 1]"), list_of(STRING))
    assert value.unknown is not None
    assert value.unknown.element is not None
    assert value.unknown.element.content == "1"
    value = convert(value_of("var.c ? [1] : [2]"), set_of(STRING))
    assert value.unknown is not None
    assert [choice.type for choice in value.unknown.alternatives] == [set_of(STRING)] * 2


def test_a_set_of_references_keeps_each_once() -> None:
    role = Resource("sym_target", "a", {}).value
    other = Resource("sym_target", "b", {}).value
    value = value_of("[s.a.id, s.b.id, s.a.id]", s__a=role, s__b=other)
    converted = convert(value, set_of(STRING))
    assert [str(element.reference) for element in converted.elements or ()] == [
        "sym_target.a.id",
        "sym_target.b.id",
    ]


def test_a_whole_resource_becomes_an_object_of_the_attributes_asked_for() -> None:
    whole = Resource("sym_environment", "e", {"name": string("prod")}).value
    value = convert(whole, object_of({"id": STRING, "name": STRING}))
    assert value.items is not None
    assert value.items["name"].string == "prod"
    assert str(value.items["id"].reference) == "sym_environment.e.id"


def test_a_whole_resource_without_an_attribute_is_refused_or_filled_in() -> None:
    whole = Resource("sym_environment", "e", {"name": string("prod")}, closed=True).value
    with pytest.raises(ConversionError, match='attribute "id" is required'):
        convert(whole, object_of({"id": STRING}))
    value = convert(whole, object_of({"id": STRING}, ["id"]))
    assert value.items is not None
    assert value.items["id"].is_null
    with pytest.raises(ConversionError, match="string required, but have object"):
        convert(whole, STRING)


def test_a_whole_resource_becomes_a_map_when_all_its_attributes_are_known() -> None:
    whole = Resource("sym_environment", "e", {"name": string("prod")}, closed=True).value
    assert convert(whole, map_of(STRING)).items is not None
    open_ended = Resource("sym_environment", "e", {"name": string("prod")}).value
    assert convert(open_ended, map_of(STRING)).is_unknown
    assert convert(open_ended, ANY) is open_ended


@pytest.mark.parametrize(
    ("text", "type_", "message"),
    [
        ('"x"', NUMBER, "a number is required"),
        ("true", NUMBER, "number required, but have bool"),
        ('"True"', BOOL, 'a bool is required; to convert from string, use lowercase "true"'),
        ("[]", STRING, "string required, but have tuple"),
        ("{ a = [{}] }", map_of(list_of(STRING)), ".a[0]: string required, but have object"),
        ("{ a = 1 }", object_of({"a": NUMBER, "b": STRING}), 'attribute "b" is required'),
        ("{}", object_of({"a": NUMBER, "b": STRING}), 'attributes "a" and "b" are required'),
        ('[1, "a", []]', list_of(ANY), "all list elements must have the same type"),
        ('{ "a b" = "x" }', map_of(NUMBER), '["a b"]: a number is required'),
    ],
)
def test_messages_say_what_is_required_and_where(text: str, type_: Type, message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        convert(value_of(text), type_)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ['[var.x, ["a"], 1]', "[[1], var.x]", "{ a = var.x, b = [] }"])
def test_what_an_unknown_part_may_make_right_is_not_refused(text: str) -> None:
    kind = map_of if text.startswith("{") else list_of
    assert convert(value_of(text), kind(ANY)) is not None


def test_numbers_beside_an_unknown_element_may_become_strings() -> None:
    value = convert(value_of("[1, var.x]"), list_of(ANY))
    assert value.elements is not None
    assert (value.elements[0].content, value.elements[0].type) == (1, ANY)


def test_a_path_is_written_as_in_the_language() -> None:
    assert format_path(("a", 0, "b c")) == '.a[0]["b c"]'


def test_what_is_not_a_type_is_reported() -> None:
    problems: list[str] = []
    for text in ("foo", "list()", '"string"', "object({ a = nope })", "optional(string)", "[]"):
        parse_constraint(expression(text), lambda problem: problems.append(problem.message))
    assert problems == [
        '"foo" is not a type',
        "list needs exactly 1 argument, and 0 are given",
        'the type "string" is in quotes: write it without',
        '"nope" is not a type',
        "optional is for the attributes of an object type only",
        "this is not a type: write string, or list(string)",
    ]


def test_defaults_are_left_out_of_what_is_not_known() -> None:
    constraint = parse_constraint(expression('list(object({ a = optional(string, "d") }))'))
    value = unknown("variable", "it has no value")
    assert apply_defaults(value, constraint) is value
    filled = apply_defaults(value_of("[{}, var.x]"), constraint)
    assert filled.elements is not None
    assert filled.elements[0].items is not None
    assert filled.elements[0].items["a"].string == "d"
    assert filled.elements[1].is_unknown
