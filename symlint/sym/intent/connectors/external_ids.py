"""What the external id of a permission context should be, and what was taken instead."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.strategies import strategies_by_integration
from symlint.sym.words import mentions

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.model.integrations import Integration
    from symlint.sym.model.modules import OutputRead, SymModule
    from symlint.terraform.values.value import Value


def meaning_of(module: SymModule) -> str:
    """What the external id of a module's context is."""
    return "SSO instance" if module.entry.external_id == "instance_arn" else "AWS account"


def correct_id(module: SymModule) -> str:
    """What to write for the external id of a module's context."""
    wanted = module.entry.external_id or ""
    paths = module.entry.paths_to(wanted, module.newest) or module.entry.paths_to(wanted)
    path = paths[0].path if paths else ("settings", wanted)
    return ".".join((module.local_name, *path))


def wrong_data(value: Value, module: SymModule) -> str | None:
    """What a data source gives that is surely not the id that is wanted, in words."""
    reference = value.reference
    if reference is None or reference.address.kind != "data" or not reference.path:
        return None
    name = reference.path[0]
    wanted = module.entry.external_id
    if reference.address.type == "aws_caller_identity":
        if name in ("arn", "user_id"):
            return "who Terraform runs as"
        return "an account id" if wanted == "instance_arn" else None
    if reference.address.type == "aws_ssoadmin_instances":
        if name == "identity_store_ids":
            return "an identity store"
        return "an SSO instance" if wanted == "account_id" and name == "arns" else None
    return None


def chosen_at(value: Value, meaning: str) -> Range | None:
    """Where something else was taken by its name: ``external_id = var.settings.role_arn``.

    None where the name of what was taken does not say so: then the value itself is wrong.
    """
    if not value.hops:
        return None
    hop = value.hops[-1]
    name = (hop.steps or (hop.reference.address.name,))[-1]
    wanted, others = "account", ("instance", "role")
    if meaning == "SSO instance":
        wanted, others = "instance", ("account", "role")
    if mentions(name, wanted) or not any(mentions(name, it) for it in others):
        return None
    return hop.whole


def settings_are_suspect(integration: Integration, source: OutputRead, read: OutputRead) -> bool:
    """Whether it is rather the settings that come from the wrong module."""
    strategies = integration.sym.once(strategies_by_integration).get(integration, ())
    contexts = {it.entry.context for it in strategies if it.entry is not None}
    if len(contexts) == 1 and source.module.entry.context != read.module.entry.context:
        context = contexts.pop()
        if context is not None:
            return read.module.entry.context == context
    own = integration.names
    return _likeness(own, read.module) > _likeness(own, source.module)


def _likeness(names: tuple[str, ...], module: SymModule) -> int:
    """How many words of a module's name are among the names of an integration."""
    words = set(module.call.name.replace("-", "_").split("_")) - {"connector", "module"}
    return sum(any(mentions(name, word) for name in names) for word in words if word)


def is_written_out(value: Value) -> bool:
    """Whether a text comes from no resource or data source."""
    return all(hop.reference.address.kind not in ("resource", "data") for hop in value.hops)
