"""Which names an expression uses, found without evaluating it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.hcl.walk import children
from symlint.named_tuple import NamedTuple
from symlint.terraform.modules.declarations import RESOURCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from symlint.source.text import Range
    from symlint.terraform.modules.declarations import ResourceKind
    from symlint.terraform.values.addresses import Kind

_NO_NAMES: Final[frozenset[str]] = frozenset()

RESERVED_ROOTS: Final = frozenset(
    ("count", "data", "each", "ephemeral", "local", "module", "path", "resource", "self",
     "terraform", "tofu", "var", "template", "lazy", "arg")
)  # fmt: skip  # as many a line as fit
"""First words that are not resource types (``addrs.ParseRef``)."""


def free_traversals(
    node: nodes.Node, bound: frozenset[str] = _NO_NAMES
) -> Iterator[nodes.Traversal]:
    """The traversals in an expression whose first name is not bound inside it, in source order.

    Names are bound by ``for`` expressions and ``for`` directives; ``bound`` adds more.
    """
    stack: list[tuple[nodes.Node, frozenset[str]]] = [(node, bound)]
    while stack:
        node, names = stack.pop()
        if type(node) is nodes.Traversal:
            if node.root not in names:
                yield node
        elif type(node) is nodes.Literal:
            continue
        elif type(node) is nodes.For:
            inner = names | {node.value_name}
            if node.key_name is not None:
                inner |= {node.key_name}
            within = [part for part in (node.key, node.value, node.condition) if part is not None]
            within.sort(key=lambda part: part.start, reverse=True)
            stack.extend((part, inner) for part in within)
            stack.append((node.collection, names))
        elif type(node) is nodes.TemplateFor:
            inner = names | {node.value_name}
            if node.key_name is not None:
                inner |= {node.key_name}
            stack.extend((part, inner) for part in reversed(node.parts))
            stack.append((node.collection, names))
        else:
            inside: Sequence[nodes.Node]
            if type(node) is nodes.Object:
                inside = [part for item in node.items for part in (item.key, item.value)]
            else:
                inside = children(node)
            inside = [part for part in inside if type(part) is not nodes.Literal]
            stack.extend([(part, names) for part in reversed(inside)])


class ResourceName(NamedTuple):
    """A resource, data source or ephemeral resource as a traversal names it.

    ``steps`` of the traversal belong to the name.
    """

    kind: ResourceKind
    type: str
    name: str
    steps: int


def resource_name(traversal: nodes.Traversal) -> ResourceName | None:
    """The resource that a traversal begins with; None when it begins with something else."""
    root = traversal.root
    steps = traversal.steps
    kind = RESOURCE_KINDS.get(root)
    if kind is not None:
        if len(steps) < 2:
            return None
        first, second = steps[0], steps[1]
        if type(first) is nodes.AttributeStep and type(second) is nodes.AttributeStep:
            return ResourceName(kind, first.name, second.name, 2)
        return None
    if root in RESERVED_ROOTS or not steps:
        return None
    name = first_name(traversal)
    return None if name is None else ResourceName("resource", root, name, 1)


class Named(NamedTuple):
    """What a traversal names in its module; the first ``steps`` of it belong to the name."""

    kind: Kind
    type: str
    name: str
    steps: int


_SIMPLE_KINDS: Final[Mapping[str, Kind]] = {"var": "variable", "local": "local", "module": "module"}


def named_by(traversal: nodes.Traversal) -> Named | None:
    """The variable, local, module call or resource that a traversal names, declared or not.

    None when it names something else, such as ``each.key``, or lacks a name.
    """
    kind = _SIMPLE_KINDS.get(traversal.root)
    if kind is not None:
        name = first_name(traversal)
        return None if name is None else Named(kind, "", name, 1)
    resource = resource_name(traversal)
    return None if resource is None else Named(*resource)


def first_name(traversal: nodes.Traversal) -> str | None:
    """The name after the root: ``x`` of ``var.x``; None when there is no plain name."""
    step = traversal.steps[0] if traversal.steps else None
    return step.name if type(step) is nodes.AttributeStep else None


def leading_range(traversal: nodes.Traversal, steps: int) -> Range:
    """The range of the first ``steps`` steps of a traversal, its root included."""
    if steps == 1:
        known = traversal.beginning
        if known is None:
            known = traversal.source.stretch(traversal.start, traversal.steps[0].end)
            traversal.beginning = known
        return known
    end = traversal.steps[steps - 1].end if steps else traversal.root_end
    return traversal.source.stretch(traversal.start, end)
