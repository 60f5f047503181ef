"""What holds of every expression: evaluation never raises, and says the same each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from golden_comparison import GOLDEN, contains_unknown, plain, type_json
from hypothesis import given, settings
from hypothesis import strategies as st
from support.static_scope import StaticScope, terraform_data

from symlint.hcl.fragments import parse_expression, parse_template
from symlint.source.text import SourceFile
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.values.conversion import ConversionError, convert
from symlint.terraform.values.equality import equal
from symlint.terraform.values.numbers import format_number, parse_number, rounded
from symlint.terraform.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    list_of,
    map_of,
    object_of,
    set_of,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from symlint.terraform.values.types import Type
    from symlint.terraform.values.value import Value

PREAMBLE = (GOLDEN / "preamble.tf").read_text(encoding="utf-8")
NAMES = [
    "local.one",
    "local.text",
    "local.list",
    "local.object",
    "local.people",
    "local.set",
    "local.map",
    "local.none",
    "local.id",
    "local.unknowns",
    "local.nothing",
    "var.names",
    "var.tags",
    "var.targets",
    "var.unset",
    "var.nothing",
    "terraform_data.unknown.id",
    "terraform_data.echo.input",
    "undeclared.name",
    "v",
    "k",
]
LITERALS = ("0 1 -1 1.5 1e3 1e400 1e-400 true false null " + '"" "a" "1" "true" "é" [] {}').split()
OPERATORS = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"]
FUNCTIONS = [
    "length",
    "upper",
    "tolist",
    "toset",
    "tomap",
    "tostring",
    "tonumber",
    "try",
    "can",
    "max",
    "nosuch",
]


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of ``inner`` ones."""
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(OPERATORS), inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{ a = {}, (({})) = {} }}".format, inner, inner, inner),
        st.builds('"x${{{}}}y${{{}}}"'.format, inner, inner),
        st.builds('"%{{ for v in {} }}${{{}}}%{{ endfor }}"'.format, inner, inner),
        st.builds('"%{{ if {} }}a%{{ else }}${{{}}}%{{ endif }}"'.format, inner, inner),
        st.builds("[for k, v in {} : {} if {}]".format, inner, inner, inner),
        st.builds("{{ for k, v in {} : {} => {} }}".format, inner, inner, inner),
        st.builds("{{ for k, v in {} : {} => {}... }}".format, inner, inner, inner),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({}).a".format, inner),
        st.builds("({})[*].name".format, inner),
        st.builds("({}).*.name[0]".format, inner),
        st.builds("{}({})".format, st.sampled_from(FUNCTIONS), inner),
        st.builds("{}({}...)".format, st.sampled_from(FUNCTIONS), inner),
        st.builds("!({})".format, inner),
        st.builds("-({})".format, inner),
    )


EXPRESSIONS = st.recursive(st.sampled_from([*NAMES, *LITERALS]), combined, max_leaves=12)
TYPES = st.recursive(
    st.sampled_from([STRING, NUMBER, BOOL, ANY]),
    lambda inner: st.one_of(
        inner.map(list_of),
        inner.map(set_of),
        inner.map(map_of),
        inner.map(lambda type_: object_of({"a": type_, "name": STRING}, ["name"])),
    ),
    max_leaves=4,
)


def value_of(text: str) -> tuple[Value, list[str]]:
    scope = StaticScope(terraform_data(), PREAMBLE, steps=200_000)
    node, problems = parse_expression(SourceFile("/test/main.tf", text))
    assert node is not None, (text, problems)
    value = evaluate(node, scope)
    return value, [problem.message for problem in scope.problems]


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS)
def test_evaluation_never_raises_and_is_deterministic(text: str) -> None:
    value, problems = value_of(text)
    again, problems_again = value_of(text)
    assert problems == problems_again
    assert repr(value) == repr(again)
    plain(value)


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, TYPES)
def test_what_converts_has_the_type_and_converts_to_itself(text: str, type_: Type) -> None:
    value, _ = value_of(text)
    try:
        converted = convert(value, type_)
    except ConversionError:
        return
    again = convert(converted, type_)
    assert type_json(again.type) == type_json(converted.type)
    if not contains_unknown(plain(converted)):
        assert plain(again) == plain(converted)


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_equality_is_symmetric(left: str, right: str) -> None:
    one, other = value_of(left)[0], value_of(right)[0]
    assert equal(one, other) == equal(other, one)
    if not contains_unknown(plain(one)):
        assert equal(one, one) is True


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='ab1.[]{}()"$%~?:=>,+-*/!&|<\n fori', max_size=30))
def test_whatever_parses_can_be_evaluated(text: str) -> None:
    for node, _ in (
        parse_expression(SourceFile("/test/main.tf", text)),
        parse_template(SourceFile("/test/main.tftpl", text)),
    ):
        if node is not None:
            evaluate(node, StaticScope(steps=100_000))


@given(st.fractions(max_denominator=10**6) | st.integers())
def test_the_text_of_a_number_reads_back_as_the_number(number: Fraction | int) -> None:
    held = rounded(number)
    assert parse_number(format_number(held)) == held
