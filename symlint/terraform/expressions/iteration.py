"""What ``for`` goes through: the keys and elements of a collection."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.values.conversion import MACHINE_NUMBER
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.types import STRING, friendly_name
from symlint.terraform.values.unknowns import is_error
from symlint.terraform.values.value import ObjectReference, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.hcl.nodes import Node
    from symlint.terraform.expressions.scope import Scope


STEPS_PER_ELEMENT: Final = 80
"""What it costs to evaluate something for an element, beside what that takes itself, in steps."""


class AbandonedError(Exception):
    """There is nothing to go through; the reason is reported, or the value is in error."""


class TooManyError(Exception):
    """There is more to go through than the budget allows."""


def iteration(collection: Value, node: Node, scope: Scope) -> Sequence[tuple[Value, Value]] | None:
    """The keys and elements of a collection in Terraform's order, or None when not known.

    What it costs to go through them is spent. Raises TooManyError where that is too much, and
    AbandonedError, after a report to ``scope``, for what cannot be gone through.
    """
    content = collection.content
    hops = collection.hops
    if isinstance(content, (tuple, dict)):
        _spend(len(content), scope)
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
        return _attributes(content, collection, scope) if content.closed else None
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


def _spend(count: int, scope: Scope) -> None:
    if not scope.budget.spend(count * STEPS_PER_ELEMENT):
        raise TooManyError


def _attributes(
    content: ObjectReference, collection: Value, scope: Scope
) -> Sequence[tuple[Value, Value]] | None:
    pairs = []
    names = sorted(content.names())
    _spend(len(names), scope)
    for name in names:
        value = content.attribute(name)
        if value is None:
            return None
        pairs.append((Value(STRING, name), value.with_hops(collection.hops)))
    return pairs
