"""Evaluating an expression of the recorded cases, and comparing it with what Terraform says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from record_functions import FILES, LOCALS

from symlint.budget import Budget
from symlint.hcl.fragments import parse_expression
from symlint.hcl.nodes import AttributeStep
from symlint.source.text import SourceFile
from symlint.source.tree import Tree
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.modules.file_access import ModuleFiles
from symlint.terraform.modules.loader import FileCache
from symlint.terraform.values.conversion import bits_of
from symlint.terraform.values.numbers import format_number
from symlint.terraform.values.value import ObjectReference, Unknown, Value, string, unknown

if TYPE_CHECKING:
    from symlint.hcl.nodes import Expression, Traversal
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.types import Type

GOLDEN = Path(__file__).parent / "golden"
UNKNOWN = "\x00unknown"


class FilesScope:
    """A scope with the local values of ``LOCALS`` and the files in ``FILES``."""

    def __init__(self, values: dict[str, Value] | None = None, steps: int = 20_000_000) -> None:
        self.values = values or {}
        self.budget = Budget(steps)
        self.files = ModuleFiles(str(FILES), str(FILES), FileCache(tree=Tree([str(FILES)])))
        self.problems: list[Problem] = []

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)

    def take(self, value: Value) -> None:
        """Nothing: no value here is sensitive."""

    def lookup(self, traversal: Traversal) -> tuple[Value, int]:
        step = traversal.steps[0]
        assert isinstance(step, AttributeStep)
        name = f"{traversal.root}.{step.name}"
        if name in self.values:
            return self.values[name], 1
        if traversal.root == "path":
            return string("."), 1
        if traversal.root == "local":
            return evaluate(expression(LOCALS[step.name]), self), 1
        return unknown("variable", f"{name} has no value"), 1


def expression(text: str) -> Expression:
    """The syntax tree of an expression."""
    node, problems = parse_expression(SourceFile("/test/main.tf", text))
    assert node is not None, (text, problems)
    return node


def run(text: str, scope: FilesScope | None = None) -> tuple[Value, list[str]]:
    """The value of an expression and the messages of the problems."""
    scope = scope or FilesScope()
    value = evaluate(expression(text), scope)
    return value, [problem.message for problem in scope.problems]


def load(family: str) -> list[dict[str, str]]:
    """The record of one family."""
    cases: list[dict[str, str]] = json.loads((GOLDEN / f"{family}.json").read_text("utf-8"))
    return cases


def value_json(value: Value) -> str:
    """The value as compact JSON text, ``UNKNOWN`` in place of what is not known."""
    content = value.content
    if isinstance(content, (Unknown, ObjectReference)):
        return UNKNOWN
    if isinstance(content, tuple):
        return "[" + ",".join(map(value_json, content)) + "]"
    if isinstance(content, Mapping):
        items = (f"{json.dumps(name)}:{value_json(item)}" for name, item in sorted(content.items()))
        return "{" + ",".join(items) + "}"
    if content is None or isinstance(content, (bool, str)):
        return json.dumps(content)
    text = format_number(content, bits_of(value))
    if isinstance(content, int) and abs(content) < 1 << 63:
        return str(content)
    # Terraform keeps what a double holds exactly as a double in its state.
    try:
        if float(text) == content:
            return format_number(content, 53)
    except OverflowError:
        pass
    return text


def type_json(type_: Type) -> Any:
    """A type as Terraform writes it in JSON."""
    if type_.kind == "any":
        return "dynamic"
    if type_.element is not None:
        return [type_.kind, type_json(type_.element)]
    if type_.kind == "tuple":
        return ["tuple", list(map(type_json, type_.elements))]
    if type_.kind == "object":
        return ["object", {name: type_json(inner) for name, inner in type_.attributes}]
    return type_.kind


def _bare(message: str) -> str:
    """The part of Terraform's message that says what is wrong."""
    for pattern in (
        r'^Invalid value for "\w+" parameter: (no file exists at .*); this function works only',
        r'^Invalid value for "\w+" parameter: (.*)\.$',
        r'^Call to function "\w+" failed: (.*?)\.?$',
        r'^Function "\w+" (.*)\.$',
        r"^(There is no function named .*)\.$",
    ):
        match = re.match(pattern, message, re.DOTALL)
        if match:
            return match[1]
    return message


CONVERSION = re.compile(
    r"(string|number|bool|list of|map of|set of|object|any type|tuple)\b.* required|^element"
)


def verdict(case: dict[str, str]) -> str:
    """ "right", "unknown", "other message: ..." or what is wrong."""
    value, problems = run(case["expression"])
    if "error" in case:
        expected = _bare(case["error"])
        if not problems:
            return (
                "unknown" if UNKNOWN in value_json(value) else f"not refused: {value_json(value)}"
            )
        if expected.startswith("panic in function implementation"):
            return "right"
        if any(expected.lower() in problem.lower() for problem in problems) or CONVERSION.search(
            expected
        ):
            return "right"
        return f"other message: {problems}, expected {expected!r}"
    if problems:
        return f"refused: {problems}"
    found = value_json(value)
    if UNKNOWN in found:
        return "unknown"
    if found != case["json"]:
        return f"wrong: {found}, expected {case['json']}"
    if type_json(value.type) != json.loads(case["type"]):
        return f"wrong type: {type_json(value.type)}, expected {case['type']}"
    return "right"
