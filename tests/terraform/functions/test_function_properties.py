"""Any function with any arguments: a value or a refusal, always the same one, and soon."""

from __future__ import annotations

import re

import pytest
from function_evaluation import FilesScope, value_json
from hypothesis import given, settings
from hypothesis import strategies as st

from symlint.terraform import functions
from symlint.terraform.functions.re2.matching import (
    PatternError,
    UnsupportedPatternError,
    compile_pattern,
)
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.conversion import type_of
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING, list_of, map_of, set_of
from symlint.terraform.values.unification import unify
from symlint.terraform.values.value import Value, null, unknown

TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "%s %d", "%-5.2f|%v", "[a-z]+(\\d)?", "/b/", "2020-02-29T10:20:30Z", "1h30m", "10.0.0.0/8",
            "YYYY-MM-DD", '{"a": [1, null]}', "a: 1\nb:\n  - x", "SGk=", "a,b\n1,2", "hello.txt",
            "UTF-8", "true", "1.5", "nosuch.txt", "hello.tftpl",
        ]
    ),
)  # fmt: skip  # as many a line as fit
REFERENCE = Reference(Address((), "resource", "sym_target", "a"), ("id",))

SCALARS = st.one_of(
    TEXTS.map(lambda text: Value(STRING, text)),
    st.integers(-(10**20), 10**20).map(lambda number: Value(NUMBER, number)),
    st.integers(-5, 20).map(lambda number: Value(NUMBER, number)),
    st.fractions(max_denominator=64).map(
        lambda number: Value(NUMBER, number if number.denominator > 1 else int(number))
    ),
    st.booleans().map(lambda truth: Value(BOOL, truth)),
    st.just(null()),
    st.sampled_from([ANY, STRING, NUMBER, list_of(STRING), set_of(ANY), map_of(NUMBER)]).map(
        lambda type_: unknown("computed", "made by apply", type_=type_, reference=REFERENCE)
    ),
)


def as_tuple(elements: list[Value]) -> Value:
    from symlint.terraform.values.types import tuple_of

    return Value(tuple_of(map(type_of, elements)), tuple(elements))


def as_list(elements: list[Value]) -> Value:
    from symlint.terraform.values.conversion import ConversionError, convert

    whole = as_tuple(elements)
    if not elements or unify([type_of(element) for element in elements]) is None:
        return whole
    try:
        return convert(whole, list_of(ANY))
    except ConversionError:
        return whole


def as_object(items: dict[str, Value]) -> Value:
    from symlint.terraform.values.types import object_of

    return Value(object_of({name: type_of(item) for name, item in items.items()}), items)


def collections(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.one_of(
        st.lists(inner, max_size=4).map(as_tuple),
        st.lists(inner, max_size=4).map(as_list),
        st.dictionaries(st.sampled_from(["a", "b", "c d", "é"]), inner, max_size=3).map(as_object),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda choices: unknown("condition", "not known", alternatives=tuple(choices))
        ),
    )


VALUES = st.recursive(SCALARS, collections, max_leaves=8)


def outcome(name: str, arguments: list[Value]) -> str:
    scope = FilesScope(steps=200_000)
    context = functions.CallContext(
        scope.budget, scope.files, lambda text, variables, path: Value(STRING, text)
    )
    try:
        return value_json(functions.call(name, arguments, context, None))
    except functions.FunctionError as error:
        return f"refused: {error.message}"


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(sorted(set(functions.names()) - set(functions.LAZY_FUNCTIONS))),
    st.lists(VALUES, max_size=4),
)
def test_a_call_gives_a_value_or_a_refusal(name: str, arguments: list[Value]) -> None:
    found = outcome(name, arguments)
    assert found == outcome(name, arguments)
    assert found not in ("", "refused: ")


def never_empty(pattern: str) -> bool:
    """Whether a pattern matches no empty text. How often one that does is repeated, Go and Python
    answer differently: ``(((a)*|b))*`` takes "ab" here and in Go, "a" in Python."""
    return re.fullmatch(pattern, "") is None


SAFE_PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "ab", ".", "[ab]", "[^a]", "\\w", "\\bx", "^", "$", ""]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        inner.filter(never_empty).map(lambda one: f"({one})*"),
        inner.filter(never_empty).map(lambda one: f"(?:{one})+?"),
        inner.map(lambda one: f"({one})?"),
        inner.map(lambda one: f"(?:{one}){{1,2}}"),
    ),
    max_leaves=4,
)


@pytest.mark.no_cover
@settings(max_examples=800, deadline=None)
@given(SAFE_PATTERNS, st.text("abx\n", max_size=8))
def test_matches_are_those_of_a_backtracking_search(pattern: str, text: str) -> None:
    """Where Python's ``re`` means the same: the first match is the same."""
    try:
        program = compile_pattern(pattern, lambda steps: None)
    except PatternError:
        return
    found = program.search(text, 0, lambda steps: None)
    expected = re.search(pattern.replace("$", "\\Z"), text, re.ASCII)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert found[:2] == expected.span()


@settings(max_examples=1000, deadline=None)
@given(st.text("ab(){}[]|*+?^$.\\dpx0129,-:<>PQEimsU", max_size=12), st.text("ab0", max_size=6))
def test_any_text_is_a_pattern_or_is_refused(pattern: str, text: str) -> None:
    try:
        program = compile_pattern(pattern, lambda steps: None)
    except (PatternError, UnsupportedPatternError):
        return
    for match in program.find_all(text, lambda steps: None):
        assert 0 <= match[0] <= match[1] <= len(text)
