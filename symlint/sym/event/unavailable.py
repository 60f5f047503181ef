"""Integrations that the code of a flow works with, and whether its environment has them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.event.asked import added
from symlint.sym.event.facts import facts_of
from symlint.sym.event.given import INTEGRATIONS, given, open_variable
from symlint.sym.event.sdk_use import sdk_uses, uses_in
from symlint.sym.implementation.reads import reads_of
from symlint.sym.model.flows import Flow

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping

    from symlint.sym.catalogue.sdk import SdkIntegration
    from symlint.sym.event.given import Given
    from symlint.sym.event.sdk_use import SdkUse
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import FlowsFilter


class Need(NamedTuple):
    """A module of the SDK that code surely works with, and the integration ``key`` that this takes.

    ``missing`` is None where it is not known whether it is, for ``reason``.
    """

    use: SdkUse
    entry: SdkIntegration
    key: str
    missing: bool | None
    reason: str = ""


def needs(view: Flow | FlowsFilter) -> tuple[Need, ...]:
    """What the code of a flow, or of a flows filter, needs; but for what each environment should have."""
    return view.sym.once_for((needs, view), lambda: tuple(_needs(view)))


def _needs(view: Flow | FlowsFilter) -> Iterator[Need]:
    map_ = given(view, INTEGRATIONS)
    assert map_ is not None
    expected = view.sym.catalogue.environment_keys
    for use in sdk_uses(view).sure.values():
        entry = view.sym.catalogue.sdk.integrations.get(use.module)
        key = None if entry is None else entry.environment_key
        if entry is None or key is None or use.one.role not in ("flow", "flows_filter"):
            continue
        known = expected.get(key)
        if isinstance(view, Flow) and known is not None and known.expected:
            continue
        served = _serves(view, entry) if isinstance(view, Flow) else False
        if served or _has(map_, key) or (isinstance(view, Flow) and _is_read(use, key)):
            yield Need(use, entry, key, missing=False)
            continue
        reason = map_.reason or ("" if served is False else "the strategy of the flow is not known")
        reason = reason or doubt(view.environment if isinstance(view, Flow) else view)
        yield Need(use, entry, key, None if reason else True, reason)


def doubt(holder: Environment | FlowsFilter | None) -> str:
    """Why more integrations may be given than are written; empty where they are not."""
    assert holder is not None
    name = open_variable(holder, "integrations")
    return f"var.{name} is empty by default and may be given more" if name else ""


def failing(flow: Flow, one: Implementation, module: PythonModule) -> Mapping[ast.expr, str]:
    """The expressions of a flow's code that surely fail for want of an integration, with the reason."""
    found: dict[ast.expr, str] = {}
    facts = facts_of(one, module, flow)
    missing = {it.use.module: it.key for it in needs(flow) if it.missing and it.use.one is one}
    for name, node in module.once(uses_in) if missing else ():
        if name in missing and facts.reaches(node):
            found[node] = f"{name} is used, and the environment has no {missing[name]}"
    map_ = given(flow, INTEGRATIONS)
    reads = reads_of(module, INTEGRATIONS)
    absent = [
        it
        for it in reads.known
        if it.how == "item" and map_ is not None and map_.has(it.key) is False
    ]
    if not absent or added(module, INTEGRATIONS, reads) or doubt(flow.environment):
        return found
    for read in absent:
        if facts.reaches(read.whole):
            found[read.node] = f"KeyError: the environment has no integration {read.key}_id"
    return found


def _serves(flow: Flow, entry: SdkIntegration) -> bool | None:
    """Whether the strategy of a flow works with the service of a module; None if not known."""
    strategy = flow.strategy
    if strategy is None:
        return False if flow.strategy_link.is_absent else None
    if strategy.type_name is None or strategy.type_name in entry.strategy_serves:
        return None if strategy.type_name is None else True
    # Many strategies act with a permission context: which service it is for, their type says.
    types = set(entry.integration_types or ()) - {"permission_context"}
    integration = strategy.integration
    if integration is not None and integration.type_name is not None:
        return integration.type_name in types
    return None if strategy.type_name == "custom" and types else False


def _is_read(use: SdkUse, key: str) -> bool:
    """Whether the same code reads the integration by its name: what is missing is said there."""
    assert use.one.code is not None
    module = use.one.code.module
    assert module is not None
    name = key.removesuffix("_id")
    return any(it.key == name for it in reads_of(module, INTEGRATIONS).known)


def _has(map_: Given, key: str) -> bool:
    """Whether the integration of a module is there; another of the service may have a longer name."""
    name = key.removesuffix("_id")
    return any(it == name or it.startswith(f"{name}_") for it in map_.values)
