"""``import`` blocks of the root module: what is imported to which resource, by which id.

https://developer.hashicorp.com/terraform/language/import
"""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.named_tuple import NamedTuple
from symlint.terraform.instances.expansion import Repetition
from symlint.terraform.instances.module_scope import ModuleScope
from symlint.terraform.values.value import number, string, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.values.value import Value

_MOST_ELEMENTS: Final = 1000

_STEPS_PER_ID: Final = 250
_STEPS_PER_VIEW: Final = 10
"""What an id costs of the budget, and what each instance costs that it is compared with, in steps."""


class Import(NamedTuple):
    """One id that a block imports to a resource: of ``type`` and ``name``, in a module by ``path``.

    ``to`` is the address as it is written; ``value`` the id, used at ``range``.
    """

    type: str
    name: str
    path: tuple[str, ...]
    to: Range
    value: Value
    range: Range


def imports(sym: Lookup) -> Iterator[Import]:
    """The ids that are imported to resources of the Sym provider."""
    root = sym.terraform.root
    for block in root.module.imports:
        to, id_ = block.body.attribute("to"), block.body.attribute("id")
        names = () if to is None else _names(to.value)
        if to is None or id_ is None or len(names) < 2:
            continue
        if names[-2] not in sym.catalogue.provider.resources:
            continue
        for scope in _scopes(root, block):
            if not root.evaluation.budget.spend(_STEPS_PER_ID):
                return
            value = scope.evaluate(id_.value)
            found = (names[-2], names[-1], names[1:-2:2])
            yield Import(*found, to.value.range, value, id_.value.range)


def _names(address: nodes.Expression) -> tuple[str, ...]:
    """The names in an address, its keys left out: ``module``, ``access``, ``sym_target``, ``all``."""
    steps: tuple[nodes.TraversalStep, ...] = ()
    while type(address) is not nodes.Traversal:
        if type(address) is nodes.Index:
            address = address.collection
        elif type(address) is nodes.RelativeTraversal:
            steps = (*address.steps, *steps)
            address = address.operand
        else:
            return ()
    names = (it.name for it in (*address.steps, *steps) if type(it) is nodes.AttributeStep)
    return (address.root, *names)


def _scopes(root: ModuleInstance, block: nodes.Block) -> Iterator[ModuleScope]:
    """The names that the id can use, once for each element of ``for_each``."""
    for_each = block.body.attribute("for_each")
    if for_each is None:
        yield ModuleScope(root)
        return
    value = root.scope.evaluate(for_each.value)
    pairs: Iterator[tuple[Value, Value]]
    if value.items is not None:
        pairs = ((string(key, it.origin), it) for key, it in value.items.items())
    elif value.elements is not None:
        of_set = value.type.kind == "set"
        pairs = ((it if of_set else number(at), it) for at, it in enumerate(value.elements))
    else:
        it = unknown("condition", "for_each is not known")
        pairs = iter(((it, it),))
    for key, element in islice(pairs, _MOST_ELEMENTS):
        repetition = Repetition(
            key.string, key.with_hops(value.hops), element.with_hops(value.hops)
        )
        yield ModuleScope(root, repetition)


def imported_views(sym: Lookup, it: Import) -> tuple[View, ...]:
    """The instances of the block that an id is imported to; none where they are too much work."""
    block = it.path, it.type, it.name
    views = sym.once_for((imported_views, *block), lambda: tuple(_views(sym, *block)))
    return views if sym.terraform.budget.spend(len(views) * _STEPS_PER_VIEW) else ()


def _views(sym: Lookup, path: tuple[str, ...], type_: str, name: str) -> Iterator[View]:
    for module in sym.once(_modules_by_names).get(path, ()):
        group = module.resource_group("resource", type_, name)
        for instance in () if group is None else group.instances.values():
            view = sym.view_at(instance.address)
            if view is not None:
                yield view


def _modules_by_names(sym: Lookup) -> dict[tuple[str, ...], list[ModuleInstance]]:
    """The module instances by the names of the calls that lead to them."""
    found: dict[tuple[str, ...], list[ModuleInstance]] = {}
    for module in sym.module_instances:
        found.setdefault(tuple(step.name for step in module.path), []).append(module)
    return found
