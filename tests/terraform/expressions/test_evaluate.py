"""What the evaluator makes of values that are not known, and where values come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.static_scope import Resource, StaticScope, expression

from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.expressions.local_scope import NoFiles
from symlint.terraform.values.addresses import UNKNOWN_KEY
from symlint.terraform.values.types import ANY, BOOL, STRING, list_of, map_of, object_of
from symlint.terraform.values.value import Value, number, string, unknown

if TYPE_CHECKING:
    from symlint.terraform.values.problems import Problem


def value_of(text: str, **values: Value) -> tuple[Value, list[Problem]]:
    scope = StaticScope({name.replace("__", "."): value for name, value in values.items()})
    return evaluate(expression(text), scope), scope.problems


def targets(*keys: str) -> Value:
    """``sym_target.t`` with for_each over ``keys``."""
    items = {
        key: Resource("sym_target", "t", {"type": string("aws_sso_permission_set")}, key).value
        for key in keys
    }
    return Value(object_of({key: value.type for key, value in items.items()}), items)


def symbolic() -> Value:
    """``sym_target.t`` with a for_each that is not known."""
    whole = Resource("sym_target", "t", {"type": string("okta_group")}, UNKNOWN_KEY).value
    return unknown("variable", "var.x has no value", element=whole)


def reference_text(value: Value | None) -> str:
    assert value is not None
    return str(value.reference)


# --- references ---------------------------------------------------------------------------------


def test_a_computed_attribute_is_a_reference_to_it() -> None:
    role = Resource("aws_iam_role", "r", {"name": string("x")}).value
    value, problems = value_of("aws_iam_role.r.arn", aws_iam_role__r=role)
    assert reference_text(value) == "aws_iam_role.r.arn"
    assert problems == []
    assert [str(hop.reference) for hop in value.hops] == ["aws_iam_role.r.arn"]
    assert value.hops[0].range.text == "aws_iam_role.r.arn"


def test_a_configured_attribute_keeps_its_origin_and_gains_a_hop() -> None:
    node = expression('"written here"')
    written = evaluate(node, StaticScope())
    role = Resource("aws_iam_role", "r", {"name": written}).value
    value, _ = value_of('"${aws_iam_role.r["name"]}"', aws_iam_role__r=role)
    assert value.string == "written here"
    assert value.origin == node.range
    assert [hop.range.text for hop in value.hops] == ['aws_iam_role.r["name"]']


def test_the_element_of_a_for_over_an_unknown_list_keeps_its_reference() -> None:
    value, problems = value_of(
        '[for t in var.targets : sym_target.t[t["name"]].id]', sym_target__t=symbolic()
    )
    assert value.unknown is not None
    assert reference_text(value.unknown.element) == "sym_target.t[?].id"
    assert problems == []


def test_an_unknown_key_of_known_instances_gives_all_of_them_as_alternatives() -> None:
    value, _ = value_of(
        "[for t in var.targets : sym_target.t[t.name].id]", sym_target__t=targets("a", "b")
    )
    assert value.unknown is not None
    element = value.unknown.element
    assert reference_text(element) == "sym_target.t[?].id"
    assert element is not None
    assert element.unknown is not None
    assert list(map(reference_text, element.unknown.alternatives)) == [
        'sym_target.t["a"].id',
        'sym_target.t["b"].id',
    ]


def test_an_attribute_that_all_instances_share_is_known_whatever_the_key() -> None:
    value, _ = value_of("sym_target.t[var.x].type", sym_target__t=targets("a", "b"))
    assert value.string == "aws_sso_permission_set"


def test_every_element_of_a_loop_variable_has_the_reference_of_the_variable() -> None:
    value, _ = value_of("[for t in var.targets : t.name]")
    assert value.unknown is not None
    assert reference_text(value.unknown.element) == "var.targets[?].name"


@pytest.mark.parametrize(
    "text",
    [
        "values(sym_target.t)[*].id",
        "[for t in sym_target.t : t.id]",
        "[for k, t in sym_target.t : t.id]",
        "[for t in values(sym_target.t) : t.id]",
        '[for k in ["a", "b"] : sym_target.t[k].id]',
        'tolist([sym_target.t["a"].id, sym_target.t["b"].id])',
        'concat([sym_target.t["a"].id], [sym_target.t["b"].id])',
        'flatten([[sym_target.t["a"].id], [sym_target.t["b"].id]])',
        'toset([sym_target.t["a"].id, sym_target.t["b"].id])',
    ],
)
def test_instances_are_seen_through_collections(text: str) -> None:
    value, problems = value_of(text, sym_target__t=targets("a", "b"))
    assert problems == []
    assert value.elements is not None
    assert sorted(map(reference_text, value.elements)) == [
        'sym_target.t["a"].id',
        'sym_target.t["b"].id',
    ]


def test_a_splat_of_an_unknown_list_says_what_its_elements_are() -> None:
    value, _ = value_of("var.targets[*].id")
    assert value.unknown is not None
    assert reference_text(value.unknown.element) == "var.targets[?].id"


def test_an_index_of_an_unknown_list_is_part_of_the_reference() -> None:
    assert reference_text(value_of("var.targets[1].id")[0]) == "var.targets[1].id"
    assert reference_text(value_of('var.targets["x"].id')[0]) == 'var.targets["x"].id'.replace(
        '["x"]', ".x"
    )


def test_parts_of_a_local_have_its_hops_behind_their_own() -> None:
    inner = Resource("sym_target", "t", {"name": string("n")}).value
    whole = evaluate(expression("{ target = sym_target.t }"), StaticScope({"sym_target.t": inner}))
    value, _ = value_of("local.all.target.name", local__all=whole)
    assert value.string == "n"
    assert str(value.hops[-1].reference) == "sym_target.t.name"


# --- conditionals -------------------------------------------------------------------------------


def test_an_unknown_condition_keeps_both_results() -> None:
    value, _ = value_of('var.x ? "a" : "b"')
    assert value.unknown is not None
    assert [choice.string for choice in value.unknown.alternatives] == ["a", "b"]
    assert value.type == STRING
    assert value.unknown.not_null


def test_alternatives_are_followed_by_attributes_indexes_and_templates() -> None:
    value, _ = value_of('(var.x ? { a = ["p"] } : { a = ["q"] }).a[0]')
    assert value.unknown is not None
    assert [choice.string for choice in value.unknown.alternatives] == ["p", "q"]
    value, _ = value_of('"arn:${var.x ? "a" : "b"}:z"')
    assert value.unknown is not None
    assert [choice.string for choice in value.unknown.alternatives] == ["arn:a:z", "arn:b:z"]


def test_equal_results_make_the_condition_irrelevant() -> None:
    assert value_of('var.x ? "same" : "same"')[0].string == "same"
    assert value_of('"%{ if var.x }a%{ else }a%{ endif }"')[0].string == "a"


def test_alternatives_decide_comparisons_where_they_agree() -> None:
    assert value_of('(var.x ? "a" : "b") == "c"')[0].content is False
    assert value_of('(var.x ? "a" : "b") == "a"')[0].is_unknown
    assert value_of('(var.x ? "a" : "b") != "c"')[0].content is True


def test_nested_conditionals_have_all_results_as_alternatives() -> None:
    value, _ = value_of('var.x ? "a" : var.y ? "b" : "c"')
    assert value.unknown is not None
    assert [choice.string for choice in value.unknown.alternatives] == ["a", "b", "c"]


def test_a_type_that_an_unknown_result_may_change_is_left_open() -> None:
    value, _ = value_of("true ? 1 : var.x")
    assert (value.content, value.type) == (1, ANY)
    assert value_of('(true ? 1 : var.x) == "1"')[0].is_unknown
    assert value_of('true ? "a" : var.x')[0].type == STRING


def test_a_for_over_alternatives_is_done_for_each() -> None:
    value, _ = value_of('[for n in var.x ? ["a"] : ["a", "b"] : upper(n)]')
    assert value.unknown is not None
    lengths = [len(choice.elements or ()) for choice in value.unknown.alternatives]
    assert lengths == [1, 2]


# --- what is decided although something is unknown ----------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("false && var.x", False),
        ("var.x && false", False),
        ("true || var.x", True),
        ("var.x || true", True),
        ("true && var.x", None),
        ("var.x == var.x", True),
        ("var.x != var.x", False),
        ("var.x == var.y", None),
        ('var.x == "a"', None),
        ("[var.x, 1] == [var.x, 2]", False),
        ("[var.x] == [var.x, 1]", False),
        ("{ a = var.x } == { b = var.x }", False),
        ("{ a = var.x } == { a = var.x }", True),
        ("var.x.a == var.x.a", True),
        ("var.x.a == var.x.b", None),
        ("var.x[var.i] == var.x[var.i]", None),
        ("sym.a == sym.a", True),
        ("sym.a.id == sym.a.id", True),
        ("sym.a.id == sym.b.id", None),
        ('sym.a.id == "literal"', None),
        ("sym.a == null", False),
        ('sym.a == "text"', False),
        ("[for t in var.x : t] == null", False),
        ('"${var.x}-a" == null', False),
        ("length([var.x, var.y]) == 2", True),
        ("can(sym.a.id)", True),
        ("can(var.x.y)", None),
        ("!var.x", None),
        ("var.x > 1", None),
    ],
)
def test_three_valued_logic(text: str, expected: bool | None) -> None:
    sym = {"sym__a": Resource("sym", "a", {}).value, "sym__b": Resource("sym", "b", {}).value}
    value, problems = value_of(text, **sym)
    assert problems == []
    assert value.content is expected if expected is not None else value.is_unknown


def test_unknown_results_have_the_type_that_is_certain() -> None:
    assert value_of("var.x + 1")[0].type.kind == "number"
    assert value_of('"${var.x}!"')[0].type.kind == "string"
    assert value_of("var.x && var.y")[0].type.kind == "bool"
    assert value_of("var.x.y")[0].type == ANY


def test_declared_types_are_followed() -> None:
    type_ = object_of({"names": list_of(STRING), "tags": map_of(STRING)})
    config = unknown("variable", "var.c has no value", type_=type_)
    assert value_of("var.c.names[0]", var__c=config)[0].type == STRING
    assert value_of("var.c.tags.env", var__c=config)[0].type == STRING
    value, problems = value_of("var.c.name", var__c=config)
    assert value.unknown is not None
    assert value.unknown.kind == "error"
    assert [(p.kind, p.message, p.suggestion) for p in problems] == [
        ("attribute", 'this object has no attribute "name"', "names")
    ]


def test_try_keeps_what_surely_succeeds() -> None:
    role = {"aws_iam_role__r": Resource("aws_iam_role", "r", {}).value}
    value, _ = value_of('try(aws_iam_role.r.arn, "none")', **role)
    assert reference_text(value) == "aws_iam_role.r.arn"
    value, _ = value_of('try(var.settings.role, "none")')
    assert value.unknown is not None
    assert [choice.string for choice in value.unknown.alternatives] == [None, "none"]


def test_sensitive_values_make_sensitive_results() -> None:
    secret = string("s").as_sensitive()
    for text in (
        '"a${var.s}"',
        "var.s == 1",
        "[for x in [1] : x if var.s == 1]",
        "{ (var.s) = 1 }",
        "{ for x in [var.s] : x => 1 }",
        'var.s == "s" ? 1 : 2',
        "var.s[*]",
        "{ s = 1 }[var.s]",
    ):
        value, _ = value_of(text, var__s=secret)
        assert value.sensitive, text
    assert not value_of("[var.s]", var__s=secret)[0].sensitive


# --- problems -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ('1 + "a"', '"a"', 'unsuitable operand of "+": a number is required'),
        ("null + 1", "null", 'an operand of "+" is null'),
        ("{ region = 1 }.regoin", ".regoin", 'this object has no attribute "regoin"'),
        ('["a"][1]', "[1]", "index 1 is out of range; the last index is 0"),
        ("[][0]", "[0]", "the list is empty"),
        ('["a"][0.5]', "[0.5]", "a list is indexed with whole numbers, and this one has a fractional part"),
        ('"x${null}"', "null", "a null value cannot be included in a template"),
        ('"x${[1]}"', "[1]", "a value of type tuple cannot be included in a template"),
        ("[for x in null : x]", "null", "null cannot be gone through with for"),
        ("[for x in 5 : x]", "5", "a number cannot be gone through with for"),
        ("null ? 1 : 2", "null", "the condition is null"),
        ("5 ? 1 : 2", "5", "the condition is a number, not a bool"),
        ("true ? [] : {}", "[] : {}", "the two results of this conditional have inconsistent types: tuple and object"),
        ("{ for x in [1, 1] : x => x }", "x", 'two elements have the key "1" in this for expression'),
        ("toset([1])[0]", "[0]", "the elements of a set have no index"),
        ('"abc".length', ".length", "a string has no attributes"),
        ("nope(1)", "nope", 'there is no function named "nope"'),
        ("sym.closed.missing", ".missing", 'sym.closed has no attribute "missing"'),
        ("sym.closed[0]", "[0]", "sym.closed is a single object and has no index"),
    ],
)  # fmt: skip  # one case a line
def test_what_terraform_would_refuse_is_reported(text: str, marked: str, message: str) -> None:
    closed = Resource("sym", "closed", {"name": string("n")}, closed=True).value
    value, problems = value_of(text, sym__closed=closed)
    assert [(p.range.text, p.message) for p in problems] == [(marked, message)]
    assert value.is_unknown or message.startswith("two elements")


def test_an_unknown_function_may_be_misspelt() -> None:
    _, problems = value_of('uper("a")')
    assert problems[0].suggestion == "upper"


def test_a_mistake_is_reported_once_however_often_it_is_met() -> None:
    _, problems = value_of("[for x in [1, 2, 3] : x.name]")
    assert len(problems) == 1


def test_nothing_is_reported_of_what_is_not_evaluated() -> None:
    for text in (
        "true ? 1 : {}.a",
        "var.x ? {}.a : {}.b",
        "[for x in var.x : {}.a]",
        "[for x in [1] : {}.a if var.x]",
        "try({}.a, 1)",
        "can({}.a)",
        '"%{ if false }${null}%{ endif }"',
    ):
        assert value_of(text)[1] == [], text


def test_a_mistake_is_not_reported_again_by_those_who_use_its_value() -> None:
    broken = unknown("error", "reported where it is")
    for text in (
        "local.b.x", "local.b[0]", "local.b + 1", '"${local.b}!"', "[for x in local.b : x]",
        "local.b[*].x", "local.b ? 1 : 2", "upper(local.b)", "local.b == 1", "-local.b",
        "{ (local.b) = 1 }", "[local.b].a", "max(local.b...)",
    ):  # fmt: skip  # as many a line as fit
        value, problems = value_of(text, local__b=broken)
        expected = 1 if text == "[local.b].a" else 0
        assert len(problems) == expected, text
        assert value.is_unknown


# --- bounds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[for x in range(1000) : [for y in range(1000) : [for z in range(1000) : x + y + z]]]",
        "{ for x in range(1000) : x => [for y in range(1000) : [for z in range(1000) : y]] }",
        '"%{ for x in range(1000) }%{ for y in range(1000) }%{ for z in range(1000) }x%{ endfor }%{ endfor }%{ endfor }"',
        "range(1000)[*][*][*]" + "[*]" * 50,
    ],
)
def test_too_much_work_ends_with_the_reason(text: str) -> None:
    scope = StaticScope(steps=1_000_000)
    value = evaluate(expression(text), scope)
    if value.unknown is not None:
        assert value.unknown.kind == "budget"
    assert scope.problems == []


def test_doubling_a_value_again_and_again_is_bounded() -> None:
    scope = StaticScope({"local.v": evaluate(expression('["x"]'), StaticScope())})
    double = expression("[local.v, local.v]")
    for _ in range(64):
        scope.values["local.v"] = evaluate(double, scope)
    unknown_value = scope.values["local.v"].unknown
    assert unknown_value is None or unknown_value.kind == "budget"
    for text in ("local.v == local.v", "toset(local.v)", "jsonencode(local.v)"):
        evaluate(expression(text), scope)


def test_text_that_doubles_again_and_again_is_bounded() -> None:
    scope = StaticScope({"local.v": string("x" * 1000)})
    double = expression('"${local.v}${local.v}"')
    for _ in range(64):
        scope.values["local.v"] = evaluate(double, scope)
    assert scope.values["local.v"].unknown is not None


def test_results_of_unlike_types_are_paid_for_twice() -> None:
    def spent(otherwise: str) -> int:
        scope = StaticScope({"var.b": Value(BOOL, True)})
        before = scope.budget.remaining
        evaluate(expression(f'var.b ? {{ a = [1, "x"] }} : {otherwise}'), scope)
        return before - scope.budget.remaining

    # Each is an object, a list in it, and two elements; the first two have something inside.
    visits = 2 * (4 * 10 + 2 * 30)
    assert spent('{ a = ["x", 1] }') - spent('{ a = [1, "x"] }') >= visits


@pytest.mark.parametrize("text", ["-" * 50 + "1", "!" * 50 + "true", "1" + "+1" * 50])
def test_each_operator_is_paid_for(text: str) -> None:
    scope = StaticScope()
    before = scope.budget.remaining
    evaluate(expression(text), scope)
    assert before - scope.budget.remaining >= 50 * 18
    value = evaluate(expression(text), StaticScope(steps=500))
    assert value.unknown is not None
    assert value.unknown.kind == "budget"


def test_chains_are_evaluated_however_long_they_are() -> None:
    assert evaluate(expression("+".join(["1"] * 140)), StaticScope()).content == 140
    chain = " : ".join(f"var.n == {i} ? {i}" for i in range(100)) + " : -1"
    value = evaluate(expression(chain), StaticScope({"var.n": number(99)}))
    assert value.content == 99
    nested = "(" * 120 + "1" + ")" * 120
    assert evaluate(expression(nested), StaticScope()).content == 1
    lists = "[" * 90 + "1" + "]" * 90
    assert evaluate(expression(lists), StaticScope()).elements is not None


@pytest.mark.parametrize(
    "text", ["1e999999999", "1e12000 * 1e12000 * 1e12000", '"1e999999999" + 1']
)
def test_huge_numbers_are_bounded(text: str) -> None:
    value, problems = value_of(text)
    assert value.unknown is not None
    assert value.unknown.kind == "budget"
    assert problems == []


def test_files_of_constants_are_never_read() -> None:
    files = NoFiles()
    assert files.read("x") is None
    assert files.exists("x") is None
    assert files.matching(".", "*") is None


def test_the_text_of_sensitive_values_is_in_no_message() -> None:
    hidden = evaluate(expression('["hush", "hush"]'), StaticScope()).as_sensitive()
    for text in ("{ for x in var.s : x => 1 }", "var.s[7]", "var.s.name", "{ a = 1 }[var.s[0]]"):
        _, problems = value_of(text, var__s=hidden)
        assert problems, text
        assert "hush" not in "".join(p.message + p.help for p in problems), text
