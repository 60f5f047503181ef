"""YAML: hostile documents, documents that other parsers read otherwise, and a missing libyaml.

What Terraform decodes and encodes is recorded: ``cases/yaml.txt``.
"""

from __future__ import annotations

import pytest
from function_evaluation import FilesScope, run, value_json
from support.effort import lines_run

from symlint.terraform.functions.yaml import libyaml
from symlint.terraform.values.types import tuple_of
from symlint.terraform.values.value import Value, string


def decode(text: str, steps: int = 20_000_000) -> tuple[Value, list[str], int]:
    """The value of a document, the messages of the problems, and the steps that it took."""
    scope = FilesScope({"var.text": string(text)}, steps)
    value, problems = run("yamldecode(var.text)", scope)
    return value, problems, steps - scope.budget.remaining


def reason(text: str) -> str:
    """Why a document is not decoded."""
    value, problems, _ = decode(text)
    assert problems == []
    assert value.unknown is not None
    return value.unknown.reason


DEEP = {
    "sequences": "[" * 200_000,
    "mappings": "{a: " * 50_000,
    "entries": "- " * 100_000,
    "lines": "\n".join(f"{' ' * depth}a:" for depth in range(500)),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_nests_beyond_all_measure_is_not_known(text: str) -> None:
    value, problems, spent = decode(text)
    assert value.unknown is not None
    assert (value.unknown.kind, value.unknown.reason) == ("budget", "it nests too deeply")
    assert problems == []
    assert spent <= 1.02 * len(text) + 20_000  # the rest is for looking through the text


def test_what_nests_deeply_is_known() -> None:
    assert value_json(decode("[" * 100 + "]" * 100)[0]) == "[" * 100 + "]" * 100
    assert "too deeply" in reason("[" * 102 + "]" * 102)


@pytest.mark.parametrize("times", [12, 200])
def test_aliases_of_aliases_do_not_grow(times: int) -> None:
    lines = ["a0: &a0 x"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, times)]
    assert reason("\n".join(lines)) == "aliases make it too large"


def test_merging_a_large_mapping_again_and_again_does_not_grow() -> None:
    text = "a: &a {" + ", ".join(f"k{n}: 1" for n in range(2_000)) + "}\nb:\n" + "  <<: *a\n" * 50
    assert reason(text) == "aliases make it too large"


def test_an_anchor_cannot_be_used_inside_of_itself() -> None:
    _, problems, _ = decode("a: &a\n  - *a\n")
    assert problems == [
        'yamldecode: on line 1, column 5: cannot refer to anchor "a" from inside its own definition'
    ]


HOSTILE = {
    "one scalar": "a",
    "one line a scalar": "a\n",
    "empty lines": "\n",
    "comments": "# a\n",
    "entries": "- a\n",
    "one key again and again": "a: 1\n",
    "one anchor again and again": "- &a x\n",
    "tags": "- !!str 1\n",
    "documents": "---\n",
    "directives": "%TAG !a! b\n",
    "quotes": "'",
    "escapes": '"\\x41',
    "byte order marks": "\ufeff",
    "marks out of order": "\u0301\u0327",
    "digits": "9",
    "question marks": "? ",
    "colons": ": ",
    "spaces": " ",
    "tabs": "\t",
    "carriage returns": "\r",
}


@pytest.mark.no_cover
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_work_is_linear_in_the_text(piece: str) -> None:
    def effort(times: int) -> int:
        return lines_run(lambda: decode(piece * times))

    effort(1)  # what is done once a process
    assert effort(2_000) <= 4.4 * effort(500) + 400


@pytest.mark.parametrize(("element", "least"), [("a", 20), ("7", 150), ("[]", 40)])
def test_what_stands_in_a_document_is_counted_beside_its_text(element: str, least: int) -> None:
    text = f"- {element}\n" * 500
    value, _, spent = decode(text)
    assert value.unknown is None
    assert spent > len(text) + least * 500


def test_the_budget_ends_the_work() -> None:
    value, problems, spent = decode("- a\n" * 1_000, steps=4_500)
    assert value.unknown is not None
    assert (value.unknown.kind, problems) == ("budget", [])
    assert spent <= 4_500


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{a:, b: 1}", "brackets"),  # newer releases of libyaml refuse it, Terraform reads it
        ("[a?b]", "question mark"),  # and this the other way round
        ("[a?b", "brackets"),
        ("%YAML 1.2\n---\na: 1\n", "directive"),
        ("a: 1\n\ufeffb: 2\n", "byte order mark"),
        ("a: \ud800\n", "half of a character"),
        ("<<: [{a: 1}]\n", "a sequence of mappings is merged"),  # Terraform 1.11 refuses it
        ("!!merge <<: {a: 1}\n", "merge key"),
        ("a: .inf\n", "infinity"),
        ("a: .5p3\n", "binary exponent"),
        ("a: " + "9" * 30_000, "too many digits"),
        ("a: !!int 0b1\n", "a form that is not read"),
    ],
)
def test_what_may_be_otherwise_is_not_known(text: str, why: str) -> None:
    assert why in reason(text)


def test_without_libyaml_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libyaml, "_yaml", None)
    assert "without libyaml" in reason("a: 1\n")
    assert "without libyaml" in reason("a: [\n")
    value, problems = run("yamlencode({a = 1})")
    assert (value.unknown is not None, problems) == (True, [])


def test_what_cannot_be_encoded_surely_is_not_known() -> None:
    for text in ("\ufeffa", "\ud800"):
        value, problems = run("yamlencode([var.text])", FilesScope({"var.text": string(text)}))
        assert (value.unknown is not None, problems) == (True, [])


def test_a_value_that_nests_too_deeply_is_not_encoded() -> None:
    value = string("x")
    for _ in range(300):
        value = Value(tuple_of([value.type]), (value,))
    found, problems = run("yamlencode(var.deep)", FilesScope({"var.deep": value}))
    assert (found.unknown is not None, problems) == (True, [])
