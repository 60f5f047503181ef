"""Which addon was meant for a role, where none lets the role do what it needs to."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.aws.policies import Policies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.aws.policies import AddonPolicy
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup


def idle_addons(sym: Lookup, module_name: str) -> Iterator[AddonPolicy]:
    """The policies of an addon's modules that are surely attached to nothing."""
    for policy in sym.once(Policies).of_addon(module_name):
        if policy.addon is None and policy.complete and not policy.attached:
            yield policy


def misplaced_addon(sym: Lookup, role: RuntimeRole, addon: RegistryModule) -> AddonPolicy | None:
    """The addon that was meant for a role and is attached to another one.

    That is the one with the environment of the role's runtime connector, or the only addon where
    there is one runtime connector only.
    """
    policies = [
        it for it in sym.once(Policies).of_addon(addon.name) if it.addon is None and it.attached
    ]
    runtime = role.connector
    if runtime is None or runtime.environment is None:
        return None
    own = runtime.environment.value.string
    called = [
        it
        for it in policies
        if it.module.environment is not None and it.module.environment.value.string == own
    ]
    if own is not None and len(called) == 1:
        return called[0]
    return policies[0] if len(policies) == len(sym.runtime_connectors) == 1 else None


def runtime_in_need(sym: Lookup, role: RuntimeRole | None) -> SymModule | None:
    if role is not None and role.connector is not None:
        return role.connector
    if role is None and len(sym.runtime_connectors) == 1:
        return sym.runtime_connectors[0]
    return None


def has_addons(runtime: SymModule) -> bool:
    """Whether a runtime connector is of the version that has addons itself."""
    newest = runtime.newest
    return newest is not None and "addons" in runtime.entry.inputs_at(newest)
