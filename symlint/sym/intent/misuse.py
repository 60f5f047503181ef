"""Values that are right where others read them: then it is this use of them that is the mistake."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import Attribute, Block, Literal, ObjectItem, Traversal
from symlint.hcl.walk import children, walk
from symlint.sym.model.link_resolution import last_resource_hop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.graph.reference_graph import Edge
    from symlint.hcl.nodes import Body, Node
    from symlint.source.text import Range, SourceFile
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.value import Hop, Value

_SAID: Final = frozenset(("name", "label", "path", "slug", "key"))
"""What the last word of a name may say that a value is, and that no id and no ARN is."""


def misused_at(sym: Lookup, value: Value) -> Range | None:
    """Where ``value`` was chosen for a purpose that it is not for; None if its text is to blame.

    That is the place nearest to its use where something was read that others read for another
    purpose, or whose name says that it is something else.
    """
    return next((hop.whole for hop in reversed(value.hops) if _is_mistaken(sym, hop)), None)


def _is_mistaken(sym: Lookup, hop: Hop) -> bool:
    """Whether what ``hop`` read is for something else than what it was read for.

    It is remembered, since values have most of their way in common.
    """
    return sym.once_for((_is_mistaken, hop.range, hop.reference), lambda: _judged(sym, hop))


def _judged(sym: Lookup, hop: Hop) -> bool:
    own: set[str] = set()
    others: set[str] = set()
    for range_, purpose in _reads(sym, hop):
        if purpose == "for_each":  # says which instances there are, not what a text is for
            continue
        here = range_.source is hop.range.source and range_.start == hop.range.start
        (own if here else others).add(purpose)
    name = (_steps(hop) or [hop.reference.address.name])[-1]
    if not own or _is_named_for(name, own):
        return False
    return bool(others - own) or _says_otherwise(name, own)


def taken_from_output(sym: Lookup, value: Value) -> Range | None:
    """Where a resource's own value was taken from outputs that say what it is: ``id`` of an id.

    Such an output of a module is right, whatever what it gives is taken for.
    """
    last = last_resource_hop(value)
    hops = value.hops[value.hops.index(last) :] if last is not None else ()
    for index, hop in enumerate(hops):
        body = sym.once(_bodies).get(hop.range.source)
        output = None if body is None else _output_around(body, hop.range)
        if output is None or _steps(hop)[-1:] != [output]:
            return hop.whole if index else None
    return None


def _output_around(body: Body, range_: Range) -> str | None:
    """The name of the output that a text is in."""
    around = (it for it in body.items if it.start <= range_.start < it.end)
    block = next(around, None)
    if type(block) is Block and block.type == "output" and block.labels:
        return block.labels[0].value
    return None


def _is_named_for(name: str, purposes: set[str]) -> bool:
    """Whether what was read is named for what it was read as: ``var.account_id`` as account id."""
    return any(name.endswith(it) or it.endswith(f"_{name}") for it in purposes)


def _says_otherwise(name: str, purposes: set[str]) -> bool:
    """Whether the name of what was read says that it is no id or ARN, where one is wanted."""
    return _last_word(name) in _SAID and {_last_word(it) for it in purposes} <= {"id", "arn"}


def _last_word(name: str) -> str:
    return name.lower().replace("-", "_").rpartition("_")[2].removesuffix("s")


def _steps(hop: Hop) -> list[str]:
    """The names that were taken of what was read, as far as they are known."""
    path = [it for it in hop.reference.path if isinstance(it, str)]
    return [*path, *(it for it in hop.steps if it != "?")]


# --- who reads what, and as what ----------------------------------------------------------------


def _reads(sym: Lookup, hop: Hop) -> Iterator[tuple[Range, str]]:
    """Where that which was read by ``hop`` is read, and what for."""
    owner, steps = hop.reference.address, _steps(hop)
    if owner.kind == "each":
        yield from _reads_of_element(sym, hop)
        return
    for edge in sym.graph.uses(owner):
        taken = [it for it in edge.path if isinstance(it, str)]
        if taken[: len(steps)] == steps[: len(taken)]:
            for purpose in _purposes(sym, edge):
                yield edge.range, purpose


def _reads_of_element(sym: Lookup, hop: Hop) -> Iterator[tuple[Range, str]]:
    """Where the element of a ``for_each`` is read in the block that ``hop`` stands in."""
    body = sym.once(_bodies).get(hop.range.source)
    for block in () if body is None else body.items:
        if type(block) is Block and block.start <= hop.range.start < block.end:
            repeated = block.body.attribute("for_each")
            same = {hop.whole.text}
            if repeated is not None and getattr(repeated.value, "name", "") == "toset":
                same |= {"each.key", "each.value"}
            for node in walk(block):
                if type(node) is Traversal and node.range.text in same:
                    yield node.range, _name_around(block, node.range)[0]


def _purposes(sym: Lookup, edge: Edge) -> Iterator[str]:
    """What is read by ``edge`` in the end as: the names of arguments and of keys."""
    graph, seen, stack = sym.graph, set(), [edge]
    while stack:
        edge = stack.pop()
        if edge in seen:
            continue
        seen.add(edge)
        body = sym.once(_bodies).get(edge.range.source)
        name, is_key = ("", False) if body is None else _name_around(body, edge.range)
        if not is_key and graph.passes_on(edge.source):
            stack += graph.edges_to(edge.source)
        elif is_key or edge.source.kind != "output":
            yield name


def _name_around(node: Node, range_: Range) -> tuple[str, bool]:
    """The name of the argument, or the key of an object, that a text is in; whether it is a key."""
    name, is_key = "", False
    inside: Node | None = node
    while inside is not None:
        if type(inside) is Attribute:
            name, is_key = inside.name, False
        elif type(inside) is ObjectItem and type(inside.key) is Literal:
            name, is_key = str(inside.key.value), True
        around = (
            it for it in children(inside) if it.start <= range_.start and range_.end <= it.end
        )
        inside = next(around, None)
    return name, is_key


def _bodies(sym: Lookup) -> dict[SourceFile, Body]:
    """The bodies of all files of all modules, by their text."""
    return {it.source: it for module in sym.terraform.modules() for it in module.module.bodies}
