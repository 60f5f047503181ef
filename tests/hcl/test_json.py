"""Terraform's JSON syntax: the same nodes, with ranges in the JSON text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import block, body_shape, messages, parsed, shape

from symlint.hcl.blocks import nested_blocks
from symlint.hcl.nodes import Block, Call, Literal, Template, Traversal
from symlint.hcl.walk import walk

PATH = "/main.tf.json"


def shapes(text: str, path: str = PATH) -> list[Any]:
    result = parsed(text, path)
    assert result.problems == ()
    return body_shape(result.body)


def test_blocks_by_labels() -> None:
    assert shapes(
        '{"resource": {"sym_flow": {"a": {"x": 1}, "b": {}}, "sym_target": {"c": {}}}}'
    ) == [
        ("resource", ["sym_flow", "a"], [("x", 1)]),
        ("resource", ["sym_flow", "b"], []),
        ("resource", ["sym_target", "c"], []),
    ]


def test_arrays_at_every_level() -> None:
    text = '[{"provider": [{"aws": [{"region": "a"}, {"region": "b"}]}, {"sym": {}}]}, {"locals": [{"x": 1}]}]'
    assert shapes(text) == [
        ("provider", ["aws"], [("region", "a")]),
        ("provider", ["aws"], [("region", "b")]),
        ("provider", ["sym"], []),
        ("locals", [], [("x", 1)]),
    ]


def test_null_is_no_block() -> None:
    assert shapes('{"resource": {"a": {"b": null}}, "locals": null, "output": {"o": [null]}}') == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"lifecycle": {"prevent_destroy": true}}', [("lifecycle", [], [("prevent_destroy", True)])]),
        ('{"provisioner": [{"local-exec": {"command": "x", "connection": {"host": "h"}}}]}',
         [("provisioner", ["local-exec"], [("command", "x"), ("connection", [], [("host", "h")])])]),
        ('{"dynamic": {"tag": {"for_each": "${var.t}", "content": {"k": "${tag.value}"}}}}',
         [("dynamic", ["tag"], [("for_each", ("template", ("${}", "var.t"))), ("content", [], [("k", ("template", ("${}", "tag.value")))])])]),
        # A block, since a dynamic block stands in it; what else is beside it is as before.
        ('{"p": {"dynamic": {"t": {"for_each": ["x"], "iterator": "i", "content": {"k": "${i.value}"}}}, "q": {"a": 1}}}',
         [("p", [], [("dynamic", ["t"], [("for_each", ["x"]), ("iterator", "i"), ("content", [], [("k", ("template", ("${}", "i.value")))])]), ("q", ("object", ("a", 1)))])]),
        ('{"p": [{"a": 1}, {"q": [{"dynamic": [{"t": [{"for_each": [], "labels": ["l"], "content": [{"b": {"dynamic": {"u": {"for_each": [], "content": {}}}}}]}]}]}]}]}',
         [("p", [], [("a", 1)]), ("p", [], [("q", [], [("dynamic", ["t"], [("for_each", []), ("labels", ["l"]), ("content", [], [("b", [], [("dynamic", ["u"], [("for_each", []), ("content", [], [])])])])])])])]),
        # These are keys of maps.
        ('{"tags": {"dynamic": "yes"}}', [("tags", ("object", ("dynamic", "yes")))]),
        ('{"tags": {"dynamic": {"for_each": ["a"]}}}', [("tags", ("object", ("dynamic", ("object", ("for_each", ["a"])))))]),
        ('{"tags": {"dynamic": {"a": {"for_each": ["a"]}}}}', [("tags", ("object", ("dynamic", ("object", ("a", ("object", ("for_each", ["a"])))))))]),
        ('{"tags": {"dynamic": {}}}', [("tags", ("object", ("dynamic", ("object",))))]),
        ('{"params": {"a": 1}}', [("params", ("object", ("a", 1)))]),
        ('{"params": [{"a": 1}]}', [("params", [("object", ("a", 1))])]),
        ('{"depends_on": ["sym_flow.x"]}', [("depends_on", ["sym_flow.x"])]),
        ('{"provider": "aws.east"}', [("provider", "aws.east")]),
        ('{"lifecycle": {"ignore_changes": ["a", "b[0].c"]}}', [("lifecycle", [], [("ignore_changes", ["a", "b[0].c"])])]),
        ('{"lifecycle": {"ignore_changes": "all"}}', [("lifecycle", [], [("ignore_changes", "all")])]),
    ],
)  # fmt: skip  # one case a line
def test_inside_a_resource(body: str, expected: Any) -> None:
    assert shapes(f'{{"resource": {{"a": {{"b": {body}}}}}}}') == [
        ("resource", ["a", "b"], expected)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"variable": {"v": {"type": "map(string)", "default": {"a": "${b}"}, "validation": {"condition": "${var.v}"}}}}',
         [("variable", ["v"], [("type", ("call", "map", "string")), ("default", ("object", ("a", "${b}"))), ("validation", [], [("condition", ("template", ("${}", "var.v")))])])]),
        ('{"module": {"m": {"source": "./${x}", "version": "1", "providers": {"aws.a": "aws.b"}, "v": "${x}"}}}',
         [("module", ["m"], [("source", ("template", "./", ("${}", "x"))), ("version", "1"), ("providers", ("object", ("aws.a", "aws.b"))), ("v", ("template", ("${}", "x")))])]),
        ('{"terraform": {"required_version": ">= 1", "required_providers": {"sym": {"source": "symopsio/sym"}}, "backend": {"s3": {"key": "${k}"}}}}',
         [("terraform", [], [("required_version", ">= 1"), ("required_providers", [], [("sym", ("object", ("source", "symopsio/sym")))]), ("backend", ["s3"], [("key", "${k}")])])]),
        ('{"provider": {"p": {"alias": "${a}", "dynamic": {"t": {"for_each": [], "content": {"k": 1}}}}}}',
         [("provider", ["p"], [("alias", "${a}"), ("dynamic", ["t"], [("for_each", []), ("content", [], [("k", 1)])])])]),
        ('{"moved": {"from": "a.b", "to": "a.c[0]"}}', [("moved", [], [("from", "a.b"), ("to", "a.c[0]")])]),
        ('{"check": {"c": {"data": {"d": {"e": {}}}, "assert": {"condition": true}}}}',
         [("check", ["c"], [("data", ["d", "e"], []), ("assert", [], [("condition", True)])])]),
        ('{"locals": {"a": [1.5, -2, 1e3, null, true, {"${k}": "v"}]}}',
         [("locals", [], [("a", [pytest.approx(1.5), -2, 1000, None, True, ("object", (("template", ("${}", "k")), "v"))])])]),
        ('{"something": {"a": 1}}', [("something", ("object", ("a", 1)))]),
    ],
)  # fmt: skip  # one case a line
def test_top_level_blocks(text: str, expected: Any) -> None:
    assert shapes(text) == expected


def test_variable_files_are_literal() -> None:
    assert shapes('{"a": "${b}", "resource": {"c": "%{d}"}}', "/x.auto.tfvars.json") == [
        ("a", "${b}"),
        ("resource", ("object", ("c", "%{d}"))),
    ]


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        (r'"a\n\"\\\/\u00e9\ud83d\ude00"', 'a\n"\\/é\U0001f600'),
        (r'"\ud83d"', "\ufffd"),
        (r'"$${a} \n%%{b}"', "${a} \n%{b}"),
        (r'"x\n${a}"', ("template", "x\n", ("${}", "a"))),
        (r'"${f(\"a\\n\")}"', ("template", ("${}", ("call", "f", "a\n")))),
        ('"%{if a}b%{endif}"', ("template", ("%if", "a", ["b"], []))),
        ('""', ""),
    ],
)
def test_strings_are_templates(string: str, expected: Any) -> None:
    ((_, _, [(_, found)]),) = shapes(f'{{"locals": {{"a": {string}}}}}')
    assert found == expected


def test_ranges() -> None:
    text = r'{"resource": {"t": {"n": {"a": "x\t${f(\"q\", b.c)}\u00e9", "d": [{"e": 1}]}}}}'
    result = parsed(text, PATH)
    resource = block(result.body, "resource")
    assert resource.header_range.text == '"n"'
    assert resource.type_range.text == '"n"'
    assert resource.range.text == text[text.index('"n"') : -3]
    assert [label.range.text for label in resource.labels] == ['"t"', '"n"']
    assert resource.body.range.text == text[text.index('"a"') : -4]
    attribute = resource.body.attributes["a"]
    assert attribute.name_range.text == '"a"'
    assert attribute.value.range.text == r'"x\t${f(\"q\", b.c)}\u00e9"'
    found = [
        node.range.text
        for node in walk(attribute.value)
        if isinstance(node, Call | Traversal | Literal)
    ]
    assert found == [r"x\t", r"f(\"q\", b.c)", r"\"q\"", "b.c", r"\u00e9"]


def test_blocks_of_an_array_begin_at_their_braces() -> None:
    text = '{"provider": {"aws": [{"region": "a"}, {"region": "b"}]}}'
    blocks = list(parsed(text, PATH).body.blocks("provider"))
    assert [item.range.text for item in blocks] == ['{"region": "a"}', '{"region": "b"}']
    assert [item.header_range.text for item in blocks] == ["{", "{"]


def test_comments() -> None:
    text = '{"//": "symlint: x", "resource": {"a": {"b": {"//": "y", "c": {"//": 1}}}}}'
    result = parsed(text, PATH)
    assert [comment.range.text for comment in result.comments] == ['//": "symlint: x', '//": "y']
    assert body_shape(result.body) == [("resource", ["a", "b"], [("c", ("object", ("//", 1)))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 expected a value, found the end of the file"]),
        ("{", ["1:2 expected a property name in double quotes, found the end of the file"]),
        ("{'a': 1}", ["1:2 expected a property name in double quotes, found \"'\""]),
        ("{a: 1}", ['1:2 expected a property name in double quotes, found "a"']),
        ('{"a" 1}', ['1:6 expected ":" after the property name, found "1"']),
        ('{"a": }', ['1:7 expected a value, found "}"']),
        ('{"a": tru}', ['1:7 expected a value, found "tru"']),
        ('{"a": 01}', ['1:7 expected a value, found "01"']),
        ('{"a": +1}', ['1:7 expected a value, found "+1"']),
        ('{"a": 1.}', ['1:7 expected a value, found "1."']),
        ('{"a": 1} x', ['1:10 expected the end of the file, found "x"']),
        ('{"a": 1,}', ['1:8 expected a property name in double quotes after ",", found "}"']),
        ('{"a": [1,\n]}', ['1:9 expected a value after ",", found "]"']),
        ('{"a": 1\n "b": 2\n "c": 3}', ["2:2 expected \",\" or \"}\", found '\"'", "3:2 expected \",\" or \"}\", found '\"'"]),
        ('{"a": "b\nc"}', ["1:7 expected '\"' to close the string, found the end of the line"]),
        ('{"a": "b', ["1:7 expected '\"' to close the string, found the end of the file"]),
        ('{"a": "b\tc"}', ['1:9 expected control characters as escapes, found "\\t"']),
        ('{"a": "\\x"}', ['1:8 expected one of the escapes \\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t and \\uXXXX, found "\\x"']),
        ('{"a": "\udcff"}', ["1:8 expected UTF-8 text, found a byte that is not valid UTF-8"]),
        ('{"a": 1, "a": 2}', ['1:10 expected each argument once, found "a" set a second time']),
        ('{"locals": {"a": "${1 +}"}}', ['1:24 expected an expression, found "}"']),
        (r'{"locals": {"a": "\n\n${1 +}"}}', ['1:28 expected an expression, found "}"']),
        ('{"locals": 1}', ["1:12 expected an object with arguments and blocks, found a number"]),
        ('{"resource": "x"}', ['1:14 expected an object with the labels of "resource" blocks, found a string']),
        ('{"resource": {"a": [[]]}}', ['1:21 expected an object with the labels of "resource" blocks, found an array']),
        ("null", ["1:1 expected an object with arguments and blocks, found null"]),
        ('{"output": null}', ['1:12 expected the label of "output" blocks, found no property']),
        ('{"resource": {"a": []}}', ['1:20 expected the label of "resource" blocks, found no property']),
        ('"x"', ["1:1 expected an object with arguments and blocks, found a string"]),
        ("[" * 2000, ["1:2 expected an object with arguments and blocks, found an array", "1:151 expected at most 150 levels of nesting, found more: nested too deeply"]),
    ],
)  # fmt: skip  # one case a line
def test_messages(text: str, expected: list[str]) -> None:
    assert messages(text, PATH) == expected


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ('{"a": 1,}', True),
        ('{"a": 1 "b": 2}', True),
        ('{"a": 1, "a": 2}', True),
        ('{"a": 1', False),
        ('{"a": 1} 2', False),
        ('{"locals": 1}', False),
        ("", False),
    ],
)
def test_completeness(text: str, complete: bool) -> None:
    assert parsed(text, PATH).body.complete is complete


def test_what_was_read_before_an_error_is_kept() -> None:
    result = parsed('{"locals": {"a": 1}, "output": {"b": {"value": "x", ?}}}', PATH)
    assert body_shape(result.body) == [
        ("locals", [], [("a", 1)]),
        ("output", ["b"], [("value", "x")]),
    ]
    assert not result.body.complete
    assert block(result.body, "locals").body.complete
    assert not block(result.body, "output").body.complete


def test_a_bad_template_loses_its_argument_alone() -> None:
    body = parsed('{"locals": {"a": ["${"], "b": 1}}', PATH).body
    assert body_shape(body) == [("locals", [], [("b", 1)])]
    assert not body.complete


def test_nested_blocks_of_both_syntaxes() -> None:
    text = '{"resource": {"a": {"b": {"p": [{"x": 1}, {"x": "${y}"}], "q": {"z": 2}, "r": "s"}}}}'
    inside = block(parsed(text, PATH).body, "resource").body
    assert [body_shape(item.body) for item in nested_blocks(inside, "p")] == [
        [("x", 1)],
        [("x", ("template", ("${}", "y")))],
    ]
    (single,) = nested_blocks(inside, "q")
    assert single.header_range.text == '"q"'
    assert list(nested_blocks(inside, "r")) == []
    native = block(parsed("a {\n  p {\n    x = 1\n  }\n  q = { z = 2 }\n}\n").body, "a").body
    assert [body_shape(item.body) for item in nested_blocks(native, "p")] == [[("x", 1)]]
    assert list(nested_blocks(native, "q")) == []


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda children: (
        st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4)
    ),
    max_leaves=20,
)


@pytest.mark.no_cover
@given(json_values, st.booleans(), st.sampled_from([None, 2]))
def test_valid_json_is_read_as_python_reads_it(
    value: Any, ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps({"a": value}, ensure_ascii=ascii_only, indent=indent)
    if any("\ud800" <= character <= "\udfff" for character in text):
        return
    result = parsed(text, "/x.tfvars.json")
    assert result.problems == ()
    attribute = result.body.attributes["a"]
    plain = _plain(shape(attribute.value))
    assert json.dumps(plain, sort_keys=True) == json.dumps(_plain(_pairs(value)), sort_keys=True)


def _pairs(value: Any) -> Any:
    if isinstance(value, dict):
        return ("object", *((key, _pairs(member)) for key, member in value.items()))
    return [_pairs(element) for element in value] if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    from unicodedata import normalize

    if isinstance(value, tuple | list):
        return [_plain(element) for element in value]
    if isinstance(value, str):
        return normalize("NFC", value)
    return value if value is None or isinstance(value, bool) else float(value) + 0.0


@given(st.text(alphabet='{}[]",:\\ntrue01.${}/ \n-eé', max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    result = parsed(text, PATH)
    for problem in result.problems:
        assert 0 <= problem.range.start <= problem.range.end <= len(text)
    for node in walk(result.body):
        assert 0 <= node.start <= node.end <= len(text)


def test_nodes_are_those_of_the_native_syntax() -> None:
    node = parsed('{"locals": {"a": "x${b}"}}', PATH).body.items[0]
    assert isinstance(node, Block)
    template = node.body.attributes["a"].value
    assert isinstance(template, Template)
    assert not template.heredoc
