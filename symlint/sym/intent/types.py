"""The intended type of a strategy or target, judged by its settings and references."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.arguments import items_of, keys_are_known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.sym.catalogue.types import TargetType
    from symlint.sym.model.strategies import Strategy, Target


def meant_target_type(strategy: Strategy, target: Target) -> str | None:
    """The type that a target of a strategy was meant to have, where its own type is the mistake.

    That is the one accepted type whose settings the target has, or the accepted one that is
    called nearly like a type that does not exist.
    """
    from symlint.source.close_names import close_name

    accepted = strategy.accepted_targets
    own = target.type_name or ""
    fitting = [it for it in accepted if settings_fit(target, it)]
    if len(fitting) == 1 and not settings_fit(target, own):
        return fitting[0]
    return None if own in target.sym.catalogue.targets else close_name(own, accepted)


def meant_strategy_type(strategy: Strategy, targets: Iterable[Target]) -> str | None:
    """The one other type that the targets, their settings and the integration all speak for."""
    catalogue = strategy.sym.catalogue
    types = {target: target.type_name or "" for target in targets}
    if any(settings_fit(target, type_name) is False for target, type_name in types.items()):
        return None
    granting = [set(catalogue.strategies_granting(it)) for it in types.values()]
    candidates = set.intersection(*granting)
    integration, entry = strategy.integration, strategy.entry
    if integration is None or entry is None or len(candidates) != 1:
        return None
    meant = candidates.pop()
    other = catalogue.strategies[meant]
    type_name = integration.type_name
    if type_name is None or type_name not in (other.integration_types or ()):
        return None
    if type_name not in (entry.integration_types or ()):
        return meant
    connector = integration.connector
    context = None if connector is None else connector.entry.context
    return meant if context is not None and other.context == context != entry.context else None


def settings_fit(target: Target, type_name: str) -> bool | None:
    """Whether a target has the settings that a type requires; None where that is not known."""
    entry = target.sym.catalogue.targets.get(type_name)
    given = _given_keys(target)
    if entry is None or given is None or not entry.required_settings:
        return None
    return given >= set(entry.required_settings)


def _given_keys(target: Target) -> set[str] | None:
    settings = target.settings
    if not keys_are_known(settings) or target.value("field_bindings").is_unknown:
        return None
    return {*items_of(settings), *target.bound_names}


def is_of_other_type(target: Target, entry: TargetType) -> bool:
    """Whether the settings of a target are those of a type that its strategies grant.

    Then its type is what is wrong, which the rule about strategies and targets says.
    """
    given = target.given_settings
    if given is None or given >= set(entry.required_settings):
        return False
    targets = target.sym.catalogue.targets
    for strategy in target.strategies:
        accepted = () if strategy.entry is None else strategy.entry.target_types or ()
        if entry.name in accepted:
            return False
        for name in accepted:
            other = targets.get(name)
            if (
                other is not None
                and other.required_settings
                and given >= set(other.required_settings)
            ):
                return True
    return False
