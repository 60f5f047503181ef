"""Why a configuration may have flows that nobody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.model.flows import Flow
from symlint.terraform.instances.existing import Existing

if TYPE_CHECKING:
    from symlint.sym.model.configuration import SymConfiguration


def why_flows_may_be_missing(sym: SymConfiguration) -> str:
    """Why there may be flows beside those that are seen; "" where there are no others."""
    if not sym.complete:
        return "not all of the configuration could be read"
    for module in sym.module_instances:
        for call in module.module_calls():
            if call.module is None and sym.module_of(call) is None:
                return f"the code of {call.address} is not here"
    existing = Existing(sym.terraform)
    for declared in sym.terraform.called.modules.values():
        for resource in declared.all_resources:
            name = f"{resource.type}.{resource.name}"
            if resource.type == Flow.KIND and not existing.has_block(declared.directory, name):
                return f"{name} has no instances with the variables of this run"
    return ""
