"""The Lambda functions that the code of flows invokes, and the connectors that it does so with."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.event.facts import facts_of
from symlint.sym.event.given import INTEGRATIONS, VARIABLES, given
from symlint.sym.implementation.carried import implementations
from symlint.sym.model.flows import Flow
from symlint.sym.model.integrations import Integration
from symlint.terraform.values.unknowns import leaves
from symlint.terraform.values.value import string

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.value import Value

_MODULE: Final = "sym.sdk.integrations.aws_lambda"
_CALLS: Final = (f"{_MODULE}.invoke", f"{_MODULE}.invoke_async")


class Invocation(NamedTuple):
    """A function that a flow surely invokes: ``value`` is its ARN, written at ``node`` or a variable.

    ``connectors`` are those of which any may be the one that it does so with.
    """

    one: Implementation
    node: ast.expr
    value: Value
    connectors: tuple[SymModule, ...]


def invocations(sym: Lookup) -> tuple[Invocation, ...]:
    """All of them whose ARN and connector are known; ask ``sym.once(invocations)``."""
    return tuple(_all(sym))


def _all(sym: Lookup) -> Iterator[Invocation]:
    for one in sym.once(implementations):
        flow, module = one.view, None if one.code is None else one.code.module
        if one.role != "flow" or module is None or not isinstance(flow, Flow):
            continue
        calls = [it for it in module.calls if module.meanings.of(it.func) in _CALLS]
        connectors = _connectors(flow) if calls else ()
        facts = facts_of(one, module, flow)
        for call in calls if connectors else ():
            named = [it.value for it in call.keywords if it.arg == "arn"]
            argument = next(iter((*call.args[:1], *named)), None)
            if argument is not None and facts.reaches(call):
                for value in _values(flow, module, argument):
                    yield Invocation(one, argument, value, connectors)


def _values(flow: Flow, module: PythonModule, node: ast.expr) -> tuple[Value, ...]:
    """The ARN that an expression is: a literal, or a variable of the flow."""
    text = module.meanings.text(node)
    if text is not None:
        return (string(text),)
    meaning = module.meanings.of(node) or ""
    key = meaning.removeprefix(f'{VARIABLES}["').removesuffix('"]')
    map_ = given(flow, VARIABLES)
    if meaning != f'{VARIABLES}["{key}"]' or map_ is None or not map_.has(key):
        return ()
    return leaves(map_.values[key].with_hops(flow.value("vars").hops))


def _connectors(flow: Flow) -> tuple[SymModule, ...]:
    """The connectors behind the environment's integration and the flow's own strategy.

    None where one of them is not known: it may be another one.
    """
    found: list[SymModule | None] = []
    map_ = given(flow, INTEGRATIONS)
    has = None if map_ is None else map_.has("aws_lambda")
    if has is None:
        return ()
    if has:
        assert flow.environment is not None
        link = flow.environment.integration_links.get("aws_lambda_id")
        view = None if link is None else link.view
        found.append(view.connector if isinstance(view, Integration) else None)
        if view is None and link is not None and link.outcome == "ok" and link.subject is not None:
            found[-1] = flow.sym.module_around(link.subject.owner.address)
    strategy = flow.strategy
    if strategy is None and not flow.strategy_link.is_absent:
        return ()
    if strategy is not None and strategy.type_name in (None, "aws_lambda"):
        found.append(strategy.connector)
    known = [it for it in found if it is not None]
    return tuple(known) if len(known) == len(found) else ()
