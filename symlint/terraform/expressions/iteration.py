"""What ``for`` goes through: the keys and elements of a collection."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.terraform.values.conversion import MACHINE_NUMBER
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.types import STRING, friendly_name
from symlint.terraform.values.unknowns import is_error
from symlint.terraform.values.value import ObjectReference, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.hcl.nodes import Node
    from symlint.terraform.expressions.scope import Scope


class AbandonedError(Exception):
    """There is nothing to go through; the reason is reported, or the value is in error."""


def iteration(collection: Value, node: Node, scope: Scope) -> Sequence[tuple[Value, Value]] | None:
    """The keys and elements of a collection in Terraform's order, or None when not known.

    Raises AbandonedError, after a report to ``scope``, for what cannot be gone through.
    """
    content = collection.content
    hops = collection.hops
    if isinstance(content, tuple):
        if collection.type.kind == "set":
            return [(element.with_hops(hops), element.with_hops(hops)) for element in content]
        return [
            (Value(MACHINE_NUMBER, index), element.with_hops(hops))
            for index, element in enumerate(content)
        ]
    if isinstance(content, dict):
        return [
            (Value(STRING, key, content[key].written), content[key].with_hops(hops))
            for key in sorted(content)
        ]
    if isinstance(content, ObjectReference):
        return _attributes(content, collection) if content.closed else None
    if content is None:
        problem = "null cannot be gone through with for"
    elif isinstance(content, Unknown):
        if is_error(collection):
            raise AbandonedError
        if collection.type.kind not in ("string", "number", "bool"):
            return None
        problem = f"a {collection.type.kind} cannot be gone through with for"
    else:
        problem = f"a {friendly_name(collection.type)} cannot be gone through with for"
    scope.report(Problem("expression", node.range, problem))
    raise AbandonedError


def _attributes(
    content: ObjectReference, collection: Value
) -> Sequence[tuple[Value, Value]] | None:
    pairs = []
    for name in sorted(content.names()):
        value = content.attribute(name)
        if value is None:
            return None
        pairs.append((Value(STRING, name), value.with_hops(collection.hops)))
    return pairs
