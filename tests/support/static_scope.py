"""A scope for tests: values by address text, and locals and variables of one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.budget import Budget
from symlint.hcl import parse
from symlint.hcl.fragments import parse_expression
from symlint.hcl.nodes import AttributeStep
from symlint.source.text import SourceFile
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.expressions.local_scope import NoFiles
from symlint.terraform.expressions.type_constraints import (
    ANY_CONSTRAINT,
    apply_defaults,
    parse_constraint,
)
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.conversion import convert
from symlint.terraform.values.types import ANY, STRING, object_of
from symlint.terraform.values.value import ObjectReference, Value, unknown

if TYPE_CHECKING:
    from symlint.hcl.nodes import Block, Expression, Traversal
    from symlint.terraform.values.addresses import InstanceKey, Kind
    from symlint.terraform.values.problems import Problem


def expression(text: str) -> Expression:
    """The syntax tree of an expression."""
    node, problems = parse_expression(SourceFile("/test/main.tf", text))
    assert node is not None, problems
    return node


class Resource(ObjectReference):
    """A resource with some configured attributes and any number of computed ones."""

    def __init__(
        self,
        type_name: str,
        name: str,
        attributes: dict[str, Value],
        key: InstanceKey = None,
        closed: bool = False,
    ) -> None:
        self._reference = Reference(Address((), "resource", type_name, name, key))
        self._attributes = attributes
        self._closed = closed

    @property
    def reference(self) -> Reference:
        return self._reference

    @property
    def closed(self) -> bool:
        return self._closed

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._attributes))

    def attribute(self, name: str) -> Value | None:
        if name in self._attributes:
            return self._attributes[name]
        if self._closed:
            return None
        reason = f"{self._reference} decides its {name}"
        type_ = STRING if name == "id" else ANY
        reference = self._reference.step(name)
        return unknown("computed", reason, type_=type_, reference=reference)

    @property
    def value(self) -> Value:
        return Value(object_of({}), self)


class StaticScope:
    """Names for tests; ``var.x`` without a value is an unknown value."""

    def __init__(
        self,
        values: dict[str, Value] | None = None,
        file: str = "",
        steps: int = 20_000_000,
    ) -> None:
        self.values = dict(values or {})
        self.budget = Budget(steps)
        self.files = NoFiles()
        self.problems: list[Problem] = []
        self._locals: dict[str, Expression] = {}
        self._variables: dict[str, Block] = {}
        for block in parse(SourceFile("/test/preamble.tf", file)).body.blocks():
            if block.type == "locals":
                self._locals |= {name: a.value for name, a in block.body.attributes.items()}
            elif block.type == "variable":
                self._variables[block.labels[0].value] = block

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)

    def take(self, value: Value) -> None:
        """Nothing: no value here is sensitive."""

    def lookup(self, traversal: Traversal) -> tuple[Value, int]:
        steps = traversal.steps[:2]
        names = [s.name if isinstance(s, AttributeStep) else str(s.key) for s in steps]
        parts = [traversal.root, *names]
        for length in (3, 2, 1):
            text = ".".join(parts[:length])
            if len(parts) >= length and text not in self.values:
                self._load(text, parts[:length])
            if len(parts) >= length and text in self.values:
                return self.values[text], length - 1
        if parts[0] in ("var", "local") and len(parts) > 1:
            kind: Kind = "variable" if parts[0] == "var" else "local"
            reference = Reference(Address((), kind, "", parts[1]))
            return unknown("variable", f"{reference} has no value", reference=reference), 1
        return unknown("error", "it is not declared"), len(traversal.steps)

    def _load(self, text: str, parts: list[str]) -> None:
        if len(parts) != 2:
            return
        if parts[0] == "local" and parts[1] in self._locals:
            self.values[text] = evaluate(self._locals[parts[1]], self)
        if parts[0] == "var" and parts[1] in self._variables:
            attributes = self._variables[parts[1]].body.attributes
            constraint = ANY_CONSTRAINT
            if "type" in attributes:
                constraint = parse_constraint(attributes["type"].value, self.report)
            value = evaluate(attributes["default"].value, self)
            value = convert(apply_defaults(value, constraint), constraint.type)
            if "sensitive" in attributes:
                value = value.as_sensitive()
            self.values[text] = value


def terraform_data() -> dict[str, Value]:
    """The two resources of the golden cases' preamble."""
    address = Address((), "resource", "terraform_data", "unknown")
    computed = unknown(
        "computed",
        "Terraform decides it",
        type_=STRING,
        reference=Reference(address, ("id",)),
        not_null=True,
    )
    empty = Value(ANY, None)
    found = {"id": computed, "input": empty, "output": empty, "triggers_replace": empty}
    echo = evaluate(expression('{ name = "echo", tags = ["a", "b"] }'), StaticScope())
    return {
        "terraform_data.unknown": Resource("terraform_data", "unknown", found, closed=True).value,
        "terraform_data.echo": Resource(
            "terraform_data", "echo", {**found, "input": echo}, closed=True
        ).value,
    }
