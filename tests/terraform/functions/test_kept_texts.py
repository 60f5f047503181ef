"""Texts that are not known, after functions: what they refer to, where they are the same text.

Whatever a function says of a text that it does not know must hold for each text that it may be.
"""

from __future__ import annotations

import pytest
from function_evaluation import FilesScope, expression
from hypothesis import given, settings
from hypothesis import strategies as st

from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.equality import equal
from symlint.terraform.values.texts import DIGITS, NO_BLANKS, UUID
from symlint.terraform.values.types import ANY, STRING, map_of
from symlint.terraform.values.value import Text, Unknown, Value, string


def made(name: str, characters: str | None = None) -> Value:
    """What a provider decides: with these characters, or any."""
    reference = Reference(Address((), "resource", "sym_target", name), ("id",))
    text = None if characters is None else Text(characters)
    content = Unknown("computed", "made by apply", reference, not_null=bool(text), text=text)
    return Value(STRING, content)


SETTINGS = Value(map_of(STRING), Unknown("variable", "it has no value"))
VALUES = {
    "var.id": made("a", UUID),
    "var.other": made("b", UUID),
    "var.digits": made("c", DIGITS),
    "var.arn": made("d", NO_BLANKS),
    "var.any": made("e"),
    "var.settings": SETTINGS,
    "var.open": Value(ANY, Unknown("variable", "it has no value")),
}


def value_of(text: str, values: dict[str, Value]) -> Value:
    scope = FilesScope(values)
    found = evaluate(expression(text.replace("'", '"')), scope)
    assert scope.problems == []
    return found


KEPT = [
    ("trimspace(var.id)", "id"),
    ("trimspace(var.arn)", "arn"),
    ("trimspace(' ${var.arn}\\n')", "arn"),
    ("trimspace(format(' %s', var.digits))", "digits"),
    ("chomp('${var.arn}\\n')", "arn"),
    ("trim(var.digits, ' :')", "digits"),
    ("trimprefix(var.digits, 'arn:')", "digits"),
    ("trimprefix('id:${var.any}', 'id:')", "any"),
    ("trimsuffix('${var.any}.', '.')", "any"),
    ("trimsuffix(var.id, '\\n')", "id"),
    ("lower(var.id)", "id"),
    ("upper(var.digits)", "digits"),
    ("replace(var.id, ' ', '')", "id"),
    ("replace('a/${var.digits}', 'a/', '')", "digits"),
    ("replace(var.arn, ' ', '-')", "arn"),
    ("substr(var.any, 0, -1)", "any"),
    ("split(',', var.id)[0]", "id"),
    ("split(',', join(',', [var.id, var.other]))[1]", "other"),
    ("split('/', '${var.id}/x')[0]", "id"),
    ("element(split(' ', var.arn), 0)", "arn"),
    ("join('', [var.any])", "any"),
    ("join(',', [var.any])", "any"),
    ("join('', [var.any, ''])", "any"),
    ("join('', ['', ''], [var.any])", "any"),
    ("join('-', compact([var.id, '']))", "id"),
    ("format('%s', var.any)", "any"),
    ("format('%s%s', '', var.any)", "any"),
    ("format('%v', var.id)", "id"),
    ("formatlist('%s', [var.any])[0]", "any"),
    ("'${var.any}${\"\"}'", "any"),
    ("'%{ if true }${var.any}%{ endif }'", "any"),
    ("'%{ for v in [var.any] }${v}%{ endfor }'", "any"),
    ("coalesce('', var.id, 'x')", "id"),
    ("compact(['', var.id])[0]", "id"),
    ("var.id != '' ? var.id : 'x'", "id"),
    ("var.digits == 'CHANGEME' ? 'x' : var.digits", "digits"),
    ("can(var.id) ? var.id : 'x'", "id"),
    ("try(var.id, 'x')", "id"),
    ("jsondecode(jsonencode(var.any))", "any"),
    ("jsondecode(jsonencode({ a = [{ b = var.any }] })).a[0].b", "any"),
    ("yamldecode(yamlencode({ a = var.any })).a", "any"),
    ("yamldecode(jsonencode([var.any]))[0]", "any"),
    ("base64decode(base64encode(var.any))", "any"),
    ("merge(var.settings, { a = var.id }).a", "id"),
    ("merge(merge(var.settings, { a = var.id }), { b = 'x' })['a']", "id"),
    ("tomap(merge(var.settings, { a = var.id })).a", "id"),
    ("lookup(merge(var.open, { a = var.id }), 'a', 'x')", "id"),
]


@pytest.mark.parametrize(("text", "name"), KEPT)
def test_the_same_text_is_still_what_it_was(text: str, name: str) -> None:
    assert value_of(text, VALUES).reference == VALUES[f"var.{name}"].reference


@pytest.mark.parametrize(
    "text",
    [
        "trimspace(var.any)",
        "chomp(var.any)",
        "lower(var.arn)",
        "lower(var.any)",
        "upper(var.id)",
        "title(var.id)",
        "strrev(var.digits)",
        "trim(var.id, '-')",
        "trimprefix(var.id, 'a')",
        "trimprefix(var.any, 'arn:')",
        "trimprefix('a${var.id}', 'abc')",
        "trimsuffix(var.digits, '0')",
        "trimsuffix('${var.digits}0', '10')",
        "replace(var.id, '-', '')",
        "replace(var.any, ' ', '')",
        "replace(var.id, '/-/', '')",
        "replace('x-${var.id}', 'x-', '')",
        "replace(var.id, '', 'x')",
        "substr(var.id, 0, 8)",
        "substr(var.id, 1, -1)",
        "split('-', var.id)[0]",
        "split('', var.digits)[0]",
        "split(',', var.any)[0]",
        "join('-', [var.id, 'x'])",
        "join('', [var.id, null])",
        "format('%q', var.any)",
        "format('%5s', var.any)",
        "format('%.3s', var.id)",
        "format('%s-%s', var.id, var.other)",
        "'${var.id}\\n'",
        "coalesce(var.any, 'x')",
        "jsondecode(var.any)",
        "jsondecode(yamlencode(var.any))",
        "base64decode(jsonencode(var.any))",
        "base64encode(var.any)",
        "merge({ a = var.id }, var.settings).a",
        "merge(var.settings, { a = var.id }).b",
        "merge({ a = var.id }, merge(var.settings, { b = 'x' })).a",
    ],
)
def test_what_may_be_another_text_is_nothing_in_particular(text: str) -> None:
    found = value_of(text, VALUES)
    assert found.is_unknown
    assert found.reference is None


def test_a_key_that_no_map_of_a_merge_has_is_missing() -> None:
    scope = FilesScope({**VALUES, "var.none": Value(map_of(STRING), {})})
    merged = "merge(merge(var.none, {a = var.id}), {})"
    evaluate(expression(f"{merged}.b"), scope)
    assert [problem.message for problem in scope.problems] == ['this object has no attribute "b"']


# --- whatever the text turns out to be ------------------------------------------------------------

LITERALS = st.text(alphabet=' \n,-/:0a"A', max_size=3)
CALLS = [
    "trimspace({})", "chomp({})", "trim({}, {a})", "trimprefix({}, {a})", "trimsuffix({}, {a})",
    "lower({})", "upper({})", "replace({}, {a}, {b})", "substr({}, 0, -1)", "split({a}, {})[0]",
    "element(split({a}, {}), 1)", "join({a}, [{}, {b}])", "join({a}, [{}])", "format({f}, {})",
    "try(jsondecode(jsonencode({})), '')", "base64decode(base64encode({}))", "coalesce({}, 'x')",
    "compact([{a}, {}])[0]", "length(compact([{}])) == 1 ? {} : 'none'", "{} == {a} ? 'same' : {}",
    "reverse(split({a}, {}))[0]", "formatlist('%s', [{}])[0]",
]  # fmt: skip  # as many a line as fit


def quoted(text: str) -> str:
    return "'" + text.replace("\n", "\\n").replace('"', '\\"') + "'"


@st.composite
def expressions(draw: st.DrawFn) -> str:
    text = f"'{quoted(draw(LITERALS))[1:-1]}${{var.x}}{quoted(draw(LITERALS))[1:-1]}'"
    if draw(st.booleans()):
        text = "var.x"
    for call in draw(st.lists(st.sampled_from(CALLS), min_size=1, max_size=3)):
        form = quoted(draw(st.sampled_from(["%s", " %s", "%s-", "%v", "%%%s", "%3s"])))
        call = call.replace("{a}", quoted(draw(LITERALS))).replace("{b}", quoted(draw(LITERALS)))
        text = call.replace("{f}", form).replace("{}", text)
    return text


@pytest.mark.no_cover
@settings(max_examples=400, deadline=None)
@given(
    expressions(),
    st.sampled_from([DIGITS, UUID, NO_BLANKS, None]).flatmap(
        lambda characters: st.tuples(
            st.just(characters),
            st.text(characters or ' \n,-/:0a"A', min_size=1 if characters else 0, max_size=6),
        )
    ),
)
def test_what_is_said_of_an_unknown_text_holds_for_each_text(
    text: str, case: tuple[str | None, str]
) -> None:
    characters, actual = case
    unknown = made("x", characters)
    scope, known = FilesScope({"var.x": unknown}), FilesScope({"var.x": string(actual)})
    node = expression(text.replace("'", '"'))
    guess, found = evaluate(node, scope), evaluate(node, known)
    if known.problems:
        return
    assert scope.problems == []
    if guess.reference is not None:
        assert guess.reference == unknown.reference
        assert found.string == actual
    elif guess.unknown is None:
        assert equal(guess, found) is True
    elif guess.unknown.text is not None and guess.unknown.text.pieces:
        pieces = guess.unknown.text.pieces
        if all(isinstance(it, str) or it.reference == unknown.reference for it in pieces):
            assert found.string == "".join(it if isinstance(it, str) else actual for it in pieces)
