"""The JSON schemas of inventories, locks and diffs, and what is really written."""

from __future__ import annotations

import copy
import json
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from support.writing import FIXTURES

from symlint.lint.access.comparison import compare
from symlint.lint.access.inventory import take_inventory
from symlint.lint.access.questions.all_answers import answers
from symlint.lint.access.rows import VERSION, lock_text, read_rows, rows_of
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.report.access import render_inventory
from symlint.report.access.layout import Layout
from symlint.report.access.schema import SCHEMAS, json_schema
from symlint.report.diff import render_comparison
from symlint.report.options import RenderOptions
from symlint.report.places import shown_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.access.rows import Row

OPTIONS = RenderOptions(str(FIXTURES), "", "")
NAMES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())


def rows(name: str) -> tuple[Row, ...]:
    return rows_of(take_inventory([str(FIXTURES / name)], Options()), str(FIXTURES))


def inventory(name: str) -> dict[str, Any]:
    paths = [str(FIXTURES / name)]
    taken = take_inventory(paths, Options(), with_chains=True)
    found = answers(taken, lint(paths).findings, lambda it: shown_place(it, str(FIXTURES)))
    document: dict[str, Any] = json.loads(
        render_inventory("json", taken, OPTIONS, Layout(answers=found))
    )
    return document


def diff() -> dict[str, Any]:
    """A comparison with changes in all directions."""
    before = read_rows(str(FIXTURES / "okta_before.lock.json"))
    changes = compare(before, (*rows("okta"), *rows("multi_tenant")))
    document: dict[str, Any] = json.loads(render_comparison("json", changes, OPTIONS))
    assert document["changes"]
    return document


@cache
def validator(schema: str) -> Any:
    return Draft202012Validator(json_schema(schema))


def problems(schema: str, document: object) -> list[str]:
    """The first thing that is not as described."""
    return [it.message for it in islice(validator(schema).iter_errors(document), 1)]


@pytest.mark.parametrize("name", NAMES)
def test_inventories_are_as_described(name: str) -> None:
    document = inventory(name)
    assert document["grants"]
    assert problems("inventory", document) == []


@pytest.mark.parametrize("name", NAMES)
def test_locks_are_as_described(name: str) -> None:
    assert problems("lock", json.loads(lock_text(rows(name)))) == []


def test_the_lock_that_is_shipped_is_as_described() -> None:
    text = (FIXTURES / "okta_before.lock.json").read_text(encoding="utf-8")
    assert problems("lock", json.loads(text)) == []


def test_diffs_are_as_described() -> None:
    assert problems("diff", diff()) == []


def objects(data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all objects in JSON, but those within values."""
    items: list[tuple[str | int, Any]] = []
    if isinstance(data, dict):
        yield path
        items = [(key, value) for key, value in data.items() if key != "value"]
    elif isinstance(data, list):
        items = list(enumerate(data[:1]))
    for key, value in items:
        yield from objects(value, (*path, key))


def within(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


@pytest.mark.no_cover
@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_is_not_described_is_forbidden_and_what_is_described_is_needed(schema: str) -> None:
    documents = {
        "inventory": lambda: inventory("aws_sso"),
        "lock": lambda: json.loads(lock_text(rows("okta"))),
        "diff": diff,
    }
    document = documents[schema]()
    for path in list(objects(document)):
        more = copy.deepcopy(document)
        within(more, path)["more"] = 1
        assert problems(schema, more) != [], path
        for key in within(document, path):
            less = copy.deepcopy(document)
            del within(less, path)[key]
            optional = schema == "lock" and key in ("reason", "code")
            assert optional or problems(schema, less) != [], (path, key)


@pytest.mark.no_cover
@pytest.mark.parametrize("column", ["how_long", "ends", "recorded", "asked_from", "session"])
def test_values_that_depend_on_no_code_are_described(column: str) -> None:
    document = inventory("aws_sso")
    for wrong in (1.5, "what", {"a": "b"}, [1.5]):
        document["grants"][0][column]["value"] = wrong
        assert problems("inventory", document) != []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_is_a_schema_of_this_version(schema: str) -> None:
    found = json_schema(schema)
    Draft202012Validator.check_schema(found)
    assert found["properties"]["version"] == {"const": VERSION}
