"""What Terraform gives to the code of a flow: its variables, prompt fields and integrations."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.model.arguments import items_of, keys_are_known
from symlint.sym.model.texts import reason_of
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from symlint.source.text import Range
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.model.flows import Flow, FlowsFilter
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.values.value import Value

VARIABLES: Final = "event.flow.vars"
FORM_VARIABLES: Final = "form.flow_vars"
FILTER_VARIABLES: Final = "flows_filter_vars"
FIELDS: Final = "event.payload.fields"
TARGET: Final = f'{FIELDS}["target"].'
"""What the parts of the target that is asked for begin with."""
TARGET_NAMES: Final = ("name", "slug", "srn.slug")
"""The parts of a target that are its name."""
FORM_FIELDS: Final = "form.fields"
INTEGRATIONS: Final = "event.flow.environment.integrations"


class Given(NamedTuple):
    """A map that code gets from Terraform.

    ``values`` are those that it surely or possibly has, ``sure`` the keys that it surely has.
    ``reason`` says why there may be others; it is empty where there are none.
    """

    values: Mapping[str, Value]
    sure: frozenset[str]
    reason: str

    def has(self, key: str) -> bool | None:
        """Whether it has a key; None where that is not known."""
        if key in self.sure:
            return True
        return None if self.reason or key in self.values else False


def views_of(one: Implementation) -> tuple[Flow | FlowsFilter, ...]:
    """The flows, or the flows filter, for which code surely runs."""
    from symlint.sym.model.flows import Flow, FlowsFilter

    if isinstance(one.view, (Flow, FlowsFilter)):
        return (one.view,)
    return tuple(it for it in one.view.sym.all(Flow) if it.strategy is one.view)


def others_with(one: Implementation) -> tuple[Implementation, ...]:
    """What else carries the same file of Python, or the same text of Terraform, in the order of views."""
    return tuple(it for it in _all_with(one) if it.view is not one.view)


def is_shared(one: Implementation) -> bool:
    """Whether something else carries the same."""
    return any(it.view is not one.view for it in _all_with(one))


def _all_with(one: Implementation) -> list[Implementation]:
    return [] if one.code is None else one.view.sym.once(_by_place)[_place(one.code)]


def _place(code: Code) -> str | Range:
    return code.whole if code.path is None else code.path


def _by_place(sym: Lookup) -> dict[str | Range, list[Implementation]]:
    from symlint.sym.implementation.carried import implementations

    found: dict[str | Range, list[Implementation]] = {}
    for it in sym.once(implementations):
        if it.code is not None:
            found.setdefault(_place(it.code), []).append(it)
    return found


def given(view: Flow | FlowsFilter, meaning: str) -> Given | None:
    """The map that a meaning names, as the code of a flow or a flows filter gets it."""
    from symlint.sym.model.flows import Flow

    maker = _OF_FLOW if isinstance(view, Flow) else _OF_FILTER
    make = maker.get(meaning)
    return None if make is None else view.sym.once_for((given, view, meaning), lambda: make(view))


def _variables(view: Flow | FlowsFilter) -> Given:
    value = view.value("vars")
    if value.is_null and not view.complete:
        return Given({}, frozenset(), "the block has errors")
    return given_by(view.sym, value)


def others_have(one: Implementation, meaning: str, key: str) -> bool:
    """Whether the code is that of others, too, of which some have, or may have, a key of a map."""
    if one.code is None:
        return False
    question = (others_have, _place(one.code), meaning, key)
    holders = one.view.sym.once_for(question, lambda: _holders(_all_with(one), meaning, key))
    return any(it is not one.view for it in holders)


def _holders(every: Iterable[Implementation], meaning: str, key: str) -> dict[View, None]:
    """The first two that carry code, and have, or may have, a key of a map."""
    found: dict[View, None] = {}
    for it in every:
        maps = (given(view, meaning) for view in views_of(it))
        if any(map_ is not None and map_.has(key) is not False for map_ in maps):
            found[it.view] = None
        if len(found) > 1:
            break
    return found


def given_by(sym: Lookup, map_: Value) -> Given:
    """A map that is an argument."""
    values = items_of(map_)
    sure = frozenset(values)
    for leaf in leaves(map_):
        sure &= frozenset(leaf.items or ())
    if not keys_are_known(map_):
        return Given(values, sure, reason_of(map_, "it is not a map"))
    return Given(values, sure, "")


def _fields(flow: Flow) -> Given:
    """The prompt fields, and what Sym adds to them in a flow with a strategy."""
    values = {it.name.string: it.name for it in flow.prompt_fields if it.name.string is not None}
    sure = frozenset(values)
    link = flow.strategy_link
    if not link.is_absent:
        special = flow.sym.catalogue.sdk.payload_fields
        values |= {name: link.value for name in special if name not in values}
        sure |= frozenset(special) if link.outcome in ("ok", "identifier") else frozenset()
    reason = ""
    if not flow.prompt_fields_known or any(it.name.string is None for it in flow.prompt_fields):
        reason = "not all prompt fields are known"
    return Given(values, sure, reason)


def _form_fields(flow: Flow) -> Given:
    """The fields of the form, and what Sym may add to them."""
    found = _fields(flow)
    special = dict.fromkeys(flow.sym.catalogue.sdk.payload_fields, flow.strategy_link.value)
    return found._replace(values={**special, **found.values})


def _integrations(flow: Flow) -> Given:
    """The integrations of the environment, by the names that Python knows them by."""
    environment = flow.environment
    if environment is None or environment.is_data or not environment.complete:
        reason = flow.environment_link.reason or "the environment is not known"
        return Given({}, frozenset(), reason)
    return _by_names(given_by(environment.sym, environment.integrations))


def _integrations_of_filter(filter_: FlowsFilter) -> Given:
    """Those that a flows filter has of its own."""
    if not filter_.complete:
        return Given({}, frozenset(), "the block has errors")
    return _by_names(given_by(filter_.sym, filter_.value("integrations")))


def _by_names(found: Given) -> Given:
    values = {key.removesuffix("_id"): value for key, value in found.values.items()}
    return Given(values, frozenset(key.removesuffix("_id") for key in found.sure), found.reason)


_OF_FLOW: Final[Mapping[str, Callable[[Any], Given]]] = {
    VARIABLES: _variables,
    FORM_VARIABLES: _variables,
    FIELDS: _fields,
    FORM_FIELDS: _form_fields,
    INTEGRATIONS: _integrations,
}
_OF_FILTER: Final[Mapping[str, Callable[[Any], Given]]] = {
    FILTER_VARIABLES: _variables,
    INTEGRATIONS: _integrations_of_filter,
}


# --- what somebody else may add ---------------------------------------------------------------------


def open_variable(view: View, argument: str) -> str:
    """A variable of the root module that is empty by default and goes into an argument of a view.

    Whoever runs the root module may give it more: what is missing in such an argument is not
    known. The name of the variable; nothing where there is none.
    """
    sym = view.sym
    return sym.once_for((open_variable, view.address, argument), lambda: _open(view, argument))


def _open(view: View, argument: str) -> str:
    graph, root = view.sym.graph, view.sym.terraform.root
    edges = graph.edges_from(view.address.without_keys())
    waiting = [it for it in edges if it.attribute.startswith((argument, "for_each"))]
    seen = set()
    while waiting:
        target = waiting.pop().target
        if target in seen or not graph.passes_on(target):
            continue
        seen.add(target)
        waiting += graph.edges_from(target)
        if (
            target.kind == "variable"
            and not target.module
            and _is_empty(root.variable(target.name))
        ):
            return target.name
    return ""


def _is_empty(value: Value | None, depth: int = 4) -> bool:
    """Whether a value, or a part of it, is a collection in which nothing is, or null."""
    if value is None or depth == 0 or (depth == 4 and value.type.kind in _SCALARS):
        return False
    if value.is_null or value.items == {} or value.elements == ():
        return True
    parts = value.elements or tuple((value.items or {}).values())
    return any(_is_empty(part, depth - 1) for part in parts)


_SCALARS: Final = ("string", "number", "bool")
