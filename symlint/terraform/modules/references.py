"""Which names an expression uses, found without evaluating it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.hcl.walk import children
from symlint.named_tuple import NamedTuple
from symlint.terraform.modules.declarations import RESOURCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    names = bound
    # Names among the nodes are those that are bound from there on.
    stack: list[nodes.Node | frozenset[str]] = [node]
    while stack:
        found = stack.pop()
        if type(found) is nodes.Literal:
            continue
        if type(found) is nodes.Traversal:
            if found.root not in names:
                yield found
        elif isinstance(found, frozenset):
            names = found
        elif type(found) is nodes.For:
            within = [it for it in (found.key, found.value, found.condition) if it is not None]
            within.sort(key=lambda part: part.start, reverse=True)
            stack += (names, *within, _with_names(found, names), found.collection)
        elif type(found) is nodes.TemplateFor:
            parts = reversed(found.parts)
            stack += (names, *parts, _with_names(found, names), found.collection)
        else:
            stack += reversed(children(found))


def _with_names(node: nodes.For | nodes.TemplateFor, names: frozenset[str]) -> frozenset[str]:
    """The names that are bound inside of a loop."""
    own = (node.value_name,) if node.key_name is None else (node.key_name, node.value_name)
    return names.union(own)


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
