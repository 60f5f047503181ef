"""Comparing the evaluator's values with what Terraform says of the same expressions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from support.static_scope import StaticScope, expression, terraform_data

from symlint.hcl.fragments import parse_expression
from symlint.source.text import SourceFile
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.expressions.type_constraints import apply_defaults, parse_constraint
from symlint.terraform.values.conversion import ConversionError, bits_of, convert
from symlint.terraform.values.numbers import format_number
from symlint.terraform.values.value import ObjectReference, Unknown, Value

if TYPE_CHECKING:
    from symlint.terraform.values.types import Type

GOLDEN = Path(__file__).parent / "golden"
UNKNOWN = object()


class Number(str):
    """A JSON number with all its digits."""

    __slots__ = ()


def load(path: Path) -> list[dict[str, Any]]:
    """The recorded cases of a group."""
    cases: list[dict[str, Any]] = json.loads(
        path.read_text(encoding="utf-8"), parse_int=Number, parse_float=Number
    )
    return cases


def plain(value: Value) -> Any:
    """A value as JSON, ``UNKNOWN`` in place of what is not known."""
    content = value.content
    if isinstance(content, Unknown):
        return UNKNOWN
    if isinstance(content, ObjectReference):
        return {
            name: plain(attribute)
            for name in content.names()
            if (attribute := content.attribute(name)) is not None
        }
    if isinstance(content, tuple):
        return list(map(plain, content))
    if isinstance(content, Mapping):
        return {name: plain(element) for name, element in content.items()}
    if content is None or isinstance(content, (bool, str)):
        return content
    return Number(format_number(content, bits_of(value)))


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


def contains_unknown(value: Any) -> bool:
    """Whether something in ``plain`` data is unknown."""
    if isinstance(value, dict):
        return any(map(contains_unknown, value.values()))
    return any(map(contains_unknown, value)) if isinstance(value, list) else value is UNKNOWN


def agrees(ours: Any, theirs: Any, unknown: Any) -> bool:
    """Whether plain data is the same wherever both are known."""
    if ours is UNKNOWN or unknown is True:
        return True
    if isinstance(ours, dict) and isinstance(theirs, dict):
        inner = unknown if isinstance(unknown, dict) else {}
        unknown_keys = {key for key, flag in inner.items() if flag is True}
        return ours.keys() - unknown_keys == theirs.keys() - unknown_keys and all(
            agrees(ours[key], theirs[key], inner.get(key)) for key in ours.keys() - unknown_keys
        )
    if isinstance(ours, list) and isinstance(theirs, list):
        flags = unknown if isinstance(unknown, list) else [None] * len(theirs)
        flags = [*flags, *[None] * (len(theirs) - len(flags))]
        return len(ours) == len(theirs) and all(map(agrees, ours, theirs, flags))
    if isinstance(ours, Number) and isinstance(theirs, Number):
        # A plan file holds what fits a double as a double, and is read back with fewer digits.
        return ours == theirs or Fraction(ours) == Fraction(float(theirs))
    return type(ours) is type(theirs) and ours == theirs


def evaluated(group: str, text: str) -> tuple[Value | None, list[str]]:
    """The value of a case and the problems reported; None for a syntax or conversion error."""
    scope = StaticScope(terraform_data(), (GOLDEN / "preamble.tf").read_text(encoding="utf-8"))
    if group.startswith("constraints"):
        type_, _, text = text.partition(":=")
        node, problems = parse_expression(SourceFile("/test/main.tf", type_))
        if node is None:
            return None, [problems[0].message]
        constraint = parse_constraint(node, scope.report)
        value = evaluate(expression(text), scope)
        try:
            value = convert(apply_defaults(value, constraint), constraint.type)
        except ConversionError as error:
            return None, [str(error)]
    else:
        node, problems = parse_expression(SourceFile("/test/main.tf", text + "\n"))
        if node is None:
            return None, [problems[0].message]
        value = evaluate(node, scope)
    return value, [problem.message for problem in scope.problems]


def verdict(group: str, case: dict[str, Any]) -> str:
    """ "right", "undecided", or what is wrong."""
    value, problems = evaluated(group, case["expression"])
    if case.get("error"):
        if problems:
            return "right"
        known = value is not None and not contains_unknown(plain(value))
        return f"is {plain(value)} but an error" if known and value is not None else "undecided"
    if problems or value is None:
        return f"is refused, but right: {problems}"
    ours = plain(value)
    if case.get("unknown") is True:
        return "right"
    if not agrees(ours, case["json"], case.get("unknown")):
        return f"is {ours}, should be {case['json']}"
    if contains_unknown(ours) and not case.get("unknown"):
        return "undecided"
    if not case.get("unknown") and "type" in case and type_json(value.type) != case["type"]:
        return f"has type {type_json(value.type)}, should be {case['type']}"
    return "right"
