"""Which integration modules of the SDK the code of a flow works with."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.event.facts import facts_of
from symlint.sym.implementation.carried import all_carried_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.source.text import Range
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import Flow, FlowsFilter

PACKAGE: Final = "sym.sdk.integrations."


class SdkUse(NamedTuple):
    """Where code works with a module of ``sym.sdk.integrations``: an import alone is no use of it."""

    one: Implementation
    module: str
    node: ast.expr

    @property
    def range(self) -> Range:
        """Where it stands; the Terraform expression for code that stands nowhere as it is."""
        assert self.one.code is not None
        return self.one.code.range(self.node)


class SdkUses(NamedTuple):
    """The first use of each module; ``reason`` says why there may be others, or is empty."""

    sure: Mapping[str, SdkUse]
    reason: str


def sdk_uses(flow: Flow | FlowsFilter) -> SdkUses:
    """What the code of a flow, or of a flows filter, surely works with whenever somebody asks."""
    return flow.sym.once_for((sdk_uses, flow), lambda: _uses(flow))


def _uses(flow: Flow | FlowsFilter) -> SdkUses:
    codes = all_carried_by(flow)
    found: dict[str, SdkUse] = {}
    main = [it for it in codes if it.role in ("flow", "flows_filter")]
    reason = "" if main else f"the {flow.noun} has no implementation"
    for one in codes:
        module = None if one.code is None else one.code.module
        if module is None:
            reason = reason or one.reason or "its code cannot be parsed"
        elif len(main) > 1 and one in main:
            reason = "which implementation it is depends on a condition"
        else:
            facts = facts_of(one, module, flow)
            for name, node in module.once(uses_in):
                if name not in found:
                    reached = facts.reaches(node)
                    if reached:
                        found[name] = SdkUse(one, name, node)
                    elif reached is None:
                        reason = reason or "which code runs depends on what is not known"
    return SdkUses(found, reason)


def uses_in(module: PythonModule) -> tuple[tuple[str, ast.expr], ...]:
    """The expressions that lead to something in a module of integrations, in the order of the text."""
    found = []
    for node in module.nodes:
        if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load):
            meaning = module.meanings.of(node) or ""
            if meaning.startswith(PACKAGE) and meaning.count(".") == PACKAGE.count(".") + 1:
                found.append((meaning.split(".")[-2], node))
    return tuple(sorted(found, key=lambda it: (it[1].lineno, it[1].col_offset)))
