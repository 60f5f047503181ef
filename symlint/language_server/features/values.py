"""What an expression is in each instance of the block that it stands in."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, Final

from symlint.hcl.nodes import Block, For, TemplateFor, Traversal
from symlint.language_server.features.bound_names import binds_at, binds_names
from symlint.named_tuple import NamedTuple
from symlint.report.trace.values import value_lines
from symlint.terraform.expressions.iteration import AbandonedError, TooManyError, iteration
from symlint.terraform.expressions.local_scope import LocalScope
from symlint.terraform.instances.bodies import elements_of_dynamic
from symlint.terraform.modules.declarations import RESOURCE_KINDS
from symlint.terraform.modules.sites import iterator_name
from symlint.terraform.values.unknowns import any_element, any_key
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from symlint.hcl.nodes import Expression, Node
    from symlint.language_server.features.cursor import Cursor
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.expressions.scope import Scope
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.instances.module_scope import ModuleScope
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value

MOST_INSTANCES: Final = 8
"""How many instances of a block, and turns in it, are looked at for one question."""

_MOST_TURNS: Final = 1_000
"""How many elements of a collection are looked at to find those that a condition lets through."""


def modules_of(sym: SymConfiguration, path: str) -> Iterator[ModuleInstance]:
    """The instances of the module that a file belongs to."""
    directory = os.path.dirname(path)
    for module in sym.terraform.modules():
        if module.directory == directory:
            yield module


def scopes(
    sym: SymConfiguration, path: str, block: Block | None
) -> Iterator[tuple[str, ModuleScope]]:
    """The scopes of the instances of a block, with the address of each; "" for that of the root."""
    for module in modules_of(sym, path):
        labels = [] if block is None else [label.value for label in block.labels]
        instances: Iterable[tuple[Address, ModuleScope]] = ()
        if block is not None and block.type in RESOURCE_KINDS and len(labels) == 2:
            group = module.resource_group(RESOURCE_KINDS[block.type], labels[0], labels[1])
            made = () if group is None else group.instances.values()
            instances = ((it.address, it.scope) for it in made)
        elif block is not None and block.type == "module" and len(labels) == 1:
            calls = module.call_group(labels[0])
            called = () if calls is None else calls.instances.values()
            instances = ((it.address, it.scope) for it in called)
        else:
            yield ".".join(map(str, module.path)), module.scope
        for address, scope in instances:
            yield str(address), scope


def values_at(
    sym: SymConfiguration, cursor: Cursor, expression: Expression
) -> list[tuple[str, Value]]:
    """What an expression around a place is, by what it is evaluated for.

    Those are some instances of the block that it stands in, and some turns of what goes through a
    collection around it.
    """
    around = [it for it in cursor.nodes if binds_names(it) and binds_at(it, cursor.offset)]
    found = []
    for address, scope in scopes(sym, cursor.path, cursor.block):
        for turn in islice(_turns(_Turn(scope, scope), around), MOST_INSTANCES):
            where = " for ".join(filter(None, (address, *turn.elements)))
            found.append((where, turn.module.evaluate(expression, turn.scope)))
        if len(found) >= MOST_INSTANCES:
            break
    return found[:MOST_INSTANCES]


# --- what goes through a collection -----------------------------------------------------------------


class _Turn(NamedTuple):
    """The names that can be used in one turn; ``elements`` says of which collections it is for what."""

    module: ModuleScope
    scope: Scope
    elements: tuple[str, ...] = ()


def _turns(turn: _Turn, around: Sequence[Node]) -> Iterator[_Turn]:
    """The turns of the innermost of some nodes that go through collections, the outermost first."""
    if not around:
        yield turn
        return
    node = around[0]
    each = _of_block(turn, node) if isinstance(node, Block) else _of_for(turn, node)
    for inner in each:
        yield from _turns(inner, around[1:])


def _of_block(turn: _Turn, block: Block) -> Iterator[_Turn]:
    for_each = block.body.attribute("for_each")
    name = iterator_name(block) or block.labels[0].value
    for key, value, all_ in elements_of_dynamic(for_each, turn.module) if for_each else ():
        scope = turn.module.with_iterator(name, key, value, certain=not all_)
        assert for_each is not None
        yield _Turn(scope, scope, (*turn.elements, *_element(for_each.value, key)))


def _of_for(turn: _Turn, node: Node) -> Iterator[_Turn]:
    assert isinstance(node, (For, TemplateFor))
    module, scope, elements = turn
    collection = module.evaluate(node.collection, scope)
    try:
        items = iteration(collection, node.collection, scope)
    except (AbandonedError, TooManyError):
        return
    for key, value in (items or [(any_key(collection), any_element(collection))])[:_MOST_TURNS]:
        inner = LocalScope(scope, {node.key_name or "": key, node.value_name: value})
        condition = node.condition if isinstance(node, For) else None
        if condition is None or module.evaluate(condition, inner).content is not False:
            yield _Turn(module, inner, (*elements, *_element(node.collection, key)))


def _element(collection: Expression, key: Value) -> tuple[str, ...]:
    """An element as a reference names it; nothing where it is not known which one it is."""
    if isinstance(key.content, (Unknown, ObjectReference)) or key.sensitive:
        return ()
    text = " ".join(collection.range.text.split()) if type(collection) is Traversal else ""
    return (f"{text}[{value_lines(key)[0]}]",)
