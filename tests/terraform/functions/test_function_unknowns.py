"""What functions make of values that are not known, or not only known."""

from __future__ import annotations

import pytest
from function_evaluation import FilesScope, expression, run

from symlint.source.text import Range, SourceFile
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.values.addresses import UNKNOWN_KEY, Address, Reference
from symlint.terraform.values.types import ANY, STRING, list_of, map_of, object_of, set_of, tuple_of
from symlint.terraform.values.value import (
    Hop,
    ObjectReference,
    Unknown,
    Value,
    null,
    string,
    unknown,
)

SOURCE = SourceFile("/test/main.tf", "x" * 100)


def place(number: int) -> Range:
    return Range(SOURCE, number, number + 1)


def reference(name: str, *path: str) -> Reference:
    return Reference(Address((), "resource", "sym_target", name), path)


def computed(name: str) -> Value:
    """The id of a resource."""
    return unknown(
        "computed", f"{name} is made by apply", type_=STRING, reference=reference(name, "id")
    )


def listed(*elements: Value) -> Value:
    return Value(tuple_of(element.type for element in elements), elements)


def mapped(**items: Value) -> Value:
    return Value(object_of({name: item.type for name, item in items.items()}), dict(items))


class Target(ObjectReference):
    """A whole resource with one known attribute."""

    def __init__(self, name: str, closed: bool = True) -> None:
        self._reference = reference(name)
        self._closed = closed

    @property
    def reference(self) -> Reference:
        return self._reference

    @property
    def closed(self) -> bool:
        return self._closed

    def names(self) -> tuple[str, ...]:
        return ("id", "name")

    def attribute(self, name: str) -> Value | None:
        if name == "name":
            return string("main", place(9))
        return (
            unknown("computed", "made by apply", reference=self._reference.step(name))
            if name == "id"
            else None
        )


def whole(name: str, closed: bool = True) -> Value:
    return Value(ANY, Target(name, closed))


def value_of(text: str, **values: Value) -> Value:
    scope = FilesScope({f"var.{name}": value for name, value in values.items()})
    found = evaluate(expression(text), scope)
    assert scope.problems == []
    return found


# --- elements stay what they are ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "element(var.xs, 1)",
        "one(slice(var.xs, 1, 2))",
        "reverse(var.xs)[0]",
        "concat(['a'], var.xs)[2]",
        "concat(tolist(['a']), tolist(var.xs))[2]",
        "flatten([['a'], [var.xs]])[2]",
        "tolist(var.xs)[1]",
        "one(toset(slice(var.xs, 1, 2)))",
        "one(setsubtract(var.xs, ['a']))",
        "one(setintersection(var.xs, ['b', 'c']))",
        "sort(var.xs)[1]",
        "compact(var.xs)[1]",
        "distinct(concat(var.xs, var.xs))[1]",
        "chunklist(var.xs, 1)[1][0]",
        "zipmap(['k', 'l'], var.xs).l",
        "zipmap(['k', 'l'], tolist(var.xs)).l",
        "values(zipmap(['k', 'l'], var.xs))[1]",
        "lookup(zipmap(['k', 'l'], var.xs), 'l')",
        "lookup(tomap(zipmap(['k', 'l'], var.xs)), 'l', 'x')",
        "merge(zipmap(['k', 'l'], var.xs), {})['l']",
        "merge({l = 'x'}, zipmap(['k', 'l'], var.xs))['l']",
        "coalesce(null, var.xs[1], 'c')",
        "coalescelist([], var.xs)[1]",
        "matchkeys(var.xs, ['p', 'q'], ['q'])[0]",
        "setproduct(['p'], var.xs)[1][1]",
        "coalesce(lookup({}, 'x', null), element(var.xs, 1))",
    ],
)
def test_elements_keep_where_they_were_written_and_the_way_they_took(text: str) -> None:
    hop = Hop(Reference(Address((), "local", "", "xs")), place(5))
    xs = listed(string("a", place(1)), string("b", place(2))).with_hop(hop)
    found = value_of(text.replace("'", '"'), xs=xs)
    assert found.string == "b"
    assert found.origin == place(2)
    assert hop in found.hops


@pytest.mark.parametrize(
    "text",
    [
        "one([var.t])",
        "values({a = var.t})[0]",
        "lookup({a = var.t}, 'a')",
        "merge({}, {a = var.t}).a",
        "element([var.t], 5)",
        "concat([var.t], [])[0]",
        "flatten([[var.t]])[0]",
        "zipmap(['a'], [var.t]).a",
        "coalesce(null, var.t)",
        "reverse([var.t])[0]",
        "tolist([var.t])[0]",
        "try(one([var.t]), null)",
        "tomap({a = var.t}).a",
        "one(toset([var.t]))",
    ],
)
def test_whole_resources_pass_through(text: str) -> None:
    found = value_of(text.replace("'", '"'), t=whole("a", closed=False))
    assert found.object_reference is not None
    assert found.reference == reference("a")


def test_the_attributes_of_a_whole_resource_are_found() -> None:
    target = whole("a")
    assert [value.string for value in value_of("keys(var.t)", t=target).elements or ()] == [
        "id",
        "name",
    ]
    assert value_of('lookup(var.t, "name")', t=target).origin == place(9)
    assert value_of('lookup(var.t, "no", "default")', t=target).string == "default"
    assert value_of("values(var.t)[0]", t=target).reference == reference("a", "id")
    merged = value_of('merge(var.t, {name = "other"})', t=target)
    assert (merged.items or {})["name"].string == "other"
    assert (merged.items or {})["id"].reference == reference("a", "id")


def test_an_open_resource_may_have_more_attributes() -> None:
    target = whole("a", closed=False)
    for text in (
        "keys(var.t)",
        "values(var.t)",
        "length(var.t)",
        "merge(var.t, {})",
        "jsonencode(var.t)",
    ):
        assert value_of(text, t=target).is_unknown


# --- what is unknown ----------------------------------------------------------------------------


def test_an_unknown_argument_makes_the_result_unknown_with_its_reason() -> None:
    found = value_of("upper(var.x)", x=computed("a"))
    assert found.unknown is not None
    assert (found.unknown.kind, found.unknown.reason) == ("derived", "a is made by apply")
    assert found.type == STRING
    assert found.origin is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("length([var.x, var.x])", "2"),
        ("length({a = var.x})", "1"),
        ('join(",", keys({b = var.x, a = var.x}))', "a,b"),
        ('contains([var.x, "a"], "a")', "true"),
        ("contains([var.x], var.x)", "true"),
        ('startswith(var.x, "")', "true"),
        ("alltrue([var.x == var.x, false])", "false"),
        ('anytrue([var.x == "a", true])', "true"),
        ('element(["a", var.x], 0)', "a"),
        ('lookup({a = "b", c = var.x}, "a")', "b"),
        ('merge({a = var.x}, {a = "b"}).a', "b"),
        ('length(merge({a = var.x}, {b = "b"}))', "2"),
        ('flatten([var.x, ["b"]])[1]', "b"),
        ('coalesce("a", var.x)', "a"),
        ("length(distinct([var.x, var.x]))", "1"),
        ('index(["a", var.x], "a")', "0"),
        ('formatlist("%s", [var.x, "b"])[1]', "b"),
        ("issensitive(sensitive(var.x))", "true"),
        ("length(setproduct([var.x], [1, 2]))", "2"),
        ('zipmap(["a", "b"], [var.x, "c"]).b', "c"),
        ("length(chunklist([var.x, var.x, var.x], 2))", "2"),
        ('one(["a"])', "a"),
    ],
)
def test_what_can_be_known_is_known(text: str, expected: str) -> None:
    assert value_of(f'"= ${{{text}}}"', x=computed("a")).string == f"= {expected}"


@pytest.mark.parametrize(
    "text",
    [
        'contains([var.x, "a"], "b")',
        'index([var.x, "a"], "a")',
        'join(",", [var.x])',
        'sort([var.x, "a"])',
        "compact([var.x])",
        'distinct([var.x, "a"])',
        'length(toset([var.x, "a"]))',
        "length(var.x)",
        "jsonencode({a = var.x})",
        'format("%s", var.x)',
        'setsubtract(["a"], [var.x])',
        "transpose({a = [var.x]})",
        "sum([1, var.x])",
        'templatefile("hello.tftpl", var.x)',
        "file(var.x)",
        'regex("a", var.x)',
        "timestamp()",
        "plantimestamp()",
        "uuid()",
        'bcrypt("x")',
        'pathexpand("~/x")',
        'file("/etc/passwd")',
        'file("../../../../../../etc/passwd")',
        'file("~/x")',
        'fileexists("/etc/passwd")',
        'fileset("/etc", "*")',
        'base64gzip("x")',
        "pow(2, 0.3)",
        'regex("\\\\p{Garay}", "x")',
        'textencodebase64("a", "Shift_JIS")',
        'yamldecode("a: .inf")',
    ],
)
def test_what_cannot_be_known_is_not(text: str) -> None:
    found, problems = run(text, FilesScope({"var.x": computed("a")}))
    assert found.unknown is not None
    assert found.unknown.reason
    assert problems == []


def test_time_and_randomness_say_so() -> None:
    found = value_of("timestamp()").unknown
    assert found is not None
    assert (found.kind, found.reason) == ("function", "timestamp() is the time of the run")


def test_absolute_paths_begin_at_the_root_module() -> None:
    assert (value_of('abspath("a/../b")').string or "").endswith("/functions/files/b")
    assert value_of('file(abspath("hello.txt"))').string == "Hello World"


def unknown_list(element: Value, kind: str = "list") -> Value:
    make = {"list": list_of, "set": set_of, "map": map_of}[kind]
    return unknown("condition", "the count is not known", type_=make(element.type), element=element)


@pytest.mark.parametrize(
    "text",
    [
        "tolist(var.xs)", "toset(var.xs)", "concat(var.xs, [])", "distinct(var.xs)",
        "flatten(var.xs)", "flatten([var.xs])", "reverse(var.xs)", "sort(var.xs)",
        "compact(var.xs)", "slice(var.xs, 0, 1)", "setunion(var.xs)", "coalescelist(var.xs)",
    ],
)  # fmt: skip  # as many a line as fit
def test_the_look_of_unknown_elements_is_kept(text: str) -> None:
    found = value_of(text, xs=unknown_list(computed("a")))
    assert found.unknown is not None
    assert found.unknown.element is not None
    assert found.unknown.element.reference == reference("a", "id")
    assert found.unknown.reason == "the count is not known"


def test_one_and_element_of_an_unknown_list_give_its_element() -> None:
    xs = unknown_list(computed("a"))
    assert value_of("element(var.xs, 0)", xs=xs).reference == reference("a", "id")
    assert value_of("one(var.xs)", xs=xs).reference == reference("a", "id")
    # A known element may still not be there: then the result is null.
    found = value_of("one(var.xs)", xs=unknown_list(string("a", place(1)))).unknown
    assert found is not None
    assert [choice.content for choice in found.alternatives] == ["a", None]


def test_values_and_lookup_of_an_unknown_map() -> None:
    xs = unknown_list(computed("a"), "map")
    listed_values = value_of("values(var.xs)", xs=xs).unknown
    assert listed_values is not None
    assert listed_values.element is not None
    assert listed_values.element.reference == reference("a", "id")
    assert value_of('lookup(var.xs, "k")', xs=xs).reference == reference("a", "id")
    found = value_of('lookup(var.xs, "k", "default")', xs=xs).unknown
    assert found is not None
    assert len(found.alternatives) == 2


def test_an_unknown_index_or_key_leaves_the_choice() -> None:
    found = value_of('element(["a", "b"], var.i)', i=unknown("variable", "no value")).unknown
    assert found is not None
    assert [choice.string for choice in found.alternatives] == ["a", "b"]
    found = value_of('lookup({p = "a", q = "b"}, var.k)', k=computed("k")).unknown
    assert found is not None
    assert [choice.string for choice in found.alternatives] == ["a", "b"]


def test_coalesce_leaves_the_choice_between_an_unknown_value_and_its_fallback() -> None:
    found = value_of('coalesce(var.x, "default", "never")', x=computed("a")).unknown
    assert found is not None
    assert [choice.string for choice in found.alternatives] == [None, "default"]
    assert found.alternatives[0].reference == reference("a", "id")
    assert found.not_null


# --- alternatives -------------------------------------------------------------------------------


def either(*choices: Value) -> Value:
    return unknown("condition", "the condition is not known", alternatives=choices)


def test_functions_are_computed_for_each_alternative() -> None:
    found = value_of("upper(var.x)", x=either(string("a"), string("b"))).unknown
    assert found is not None
    assert [choice.string for choice in found.alternatives] == ["A", "B"]
    assert found.reason == "the condition is not known"


def test_alternatives_that_agree_are_known() -> None:
    assert (
        value_of("length(var.x)", x=either(listed(string("a")), listed(string("b")))).content == 1
    )
    assert value_of('startswith(var.x, "a")', x=either(string("ab"), string("ac"))).content is True


def test_several_arguments_with_alternatives() -> None:
    x = either(string("a"), string("b"))
    found = value_of('join("", [var.x])', x=x)
    assert found.is_unknown
    found = value_of('format("%s%s", var.x, var.x)', x=x)
    assert found.unknown is not None
    assert len(found.unknown.alternatives) == 4


def test_many_alternatives_are_not_multiplied() -> None:
    x = either(*(string(str(number)) for number in range(20)))
    found = value_of("upper(var.x)", x=x).unknown
    assert found is not None
    assert found.alternatives == ()


def test_an_alternative_that_is_refused_is_not_a_problem() -> None:
    found = value_of("tonumber(var.x)", x=either(string("a"), string("1")))
    assert found.is_unknown


def test_null_is_refused_even_beside_unknown_values() -> None:
    _, problems = run("join(null, [var.x])", FilesScope({"var.x": computed("a")}))
    assert problems == ['invalid value for "separator" of join: argument must not be null']


# --- uncertain types and sensitive values -------------------------------------------------------


def test_a_number_that_may_become_a_string_is_not_encoded() -> None:
    loose = Value(ANY, 1)
    for text in ("jsonencode(var.x)", "yamlencode([var.x])", 'format("%#v", var.x)'):
        assert value_of(text, x=loose).is_unknown
    assert value_of("jsonencode(var.x)", x=null()).string == "null"


def test_sensitivity_reaches_results_that_are_not_known() -> None:
    assert value_of("upper(var.x)", x=computed("a").as_sensitive()).sensitive
    found = value_of("upper(var.x)", x=either(string("a").as_sensitive(), string("b")))
    assert found.sensitive


def test_symbolic_instances_are_not_one_thing() -> None:
    several = unknown(
        "computed",
        "made by apply",
        type_=STRING,
        reference=Reference(Address((), "resource", "t", "n", UNKNOWN_KEY), ("id",)),
    )
    assert value_of("contains([var.x], var.x)", x=several).is_unknown


def test_mappings_are_ordered_by_key() -> None:
    items = value_of("merge({b = 1}, {a = 2})").items
    assert items is not None
    assert list(items) == ["a", "b"]
    assert mapped(a=string("x")).items is not None


def test_unknown_contents_are_told_apart() -> None:
    content = computed("a").content
    assert isinstance(content, Unknown)
    assert content.reference is not None
