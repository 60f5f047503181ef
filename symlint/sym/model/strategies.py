"""Strategies and targets: how access is granted, and to what."""

from __future__ import annotations

from functools import cached_property

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.integrations import Integration
from symlint.sym.model.link_resolution import link_list
from symlint.sym.model.views import View

if TYPE_CHECKING:
    from symlint.sym.catalogue.types import StrategyType, TargetType
    from symlint.sym.model.link_resolution import LinkList
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Link, Lookup
    from symlint.terraform.values.value import Value


class Target(View):
    """A ``sym_target``."""

    KIND = "sym_target"

    @property
    def entry(self) -> TargetType | None:
        """What the catalogue knows of its type."""
        return self.sym.catalogue.targets.get(self.type_name or "")

    @cached_property
    def bindings(self) -> tuple[Value, ...] | None:
        """The names of the settings that prompt fields fill in; None where they are not known."""
        value = self.value("field_bindings")
        if value.is_null:
            return () if self.complete else None
        elements = value.elements
        return elements if elements is None or all(it.string for it in elements) else None

    @property
    def has_bindings(self) -> bool:
        """Whether prompt fields fill settings in, or may."""
        return self.bindings != ()

    @cached_property
    def bound_names(self) -> frozenset[str]:
        """The names of the settings that prompt fields fill in, as far as they are known."""
        elements = self.value("field_bindings").elements or ()
        return frozenset(it.string for it in elements if it.string is not None)

    @cached_property
    def given_settings(self) -> frozenset[str] | None:
        """The settings that are filled in, under any condition, or bound; None where not known."""
        own = self.own_settings
        return None if own is None or self.bindings is None else own | self.bound_names

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """The strategies that surely or possibly grant the target."""
        return self.sym.once(granting).get(self, ())


class Strategy(View):
    """A ``sym_strategy``."""

    KIND = "sym_strategy"

    @property
    def entry(self) -> StrategyType | None:
        """What the catalogue knows of its type."""
        return self.sym.catalogue.strategies.get(self.type_name or "")

    @property
    def accepted_targets(self) -> tuple[str, ...]:
        """The types of targets that it grants; none where that is not known."""
        entry = self.entry
        return () if entry is None or entry.target_types is None else entry.target_types

    @cached_property
    def targets(self) -> LinkList:
        """Where the elements of ``targets`` lead."""
        return link_list(
            self.sym, self.value("targets"), self.range("targets"), "sym_strategy.targets"
        )

    @cached_property
    def target_views(self) -> tuple[Target, ...]:
        """The targets that the strategy surely or possibly grants, where they are known."""
        views = (link.view for link in self.targets.leaves)
        return tuple(view for view in views if isinstance(view, Target))

    @cached_property
    def integration_link(self) -> Link:
        """Where ``integration_id`` leads."""
        return self.link("integration_id")

    @property
    def integration(self) -> Integration | None:
        """The integration that the strategy works through, where it is declared here."""
        view = self.integration_link.view
        return view if isinstance(view, Integration) else None

    @cached_property
    def connector(self) -> SymModule | None:
        """Sym's module that makes what the strategy works through: its role, its integration."""
        link = self.integration_link
        view = link.view
        if isinstance(view, Integration):
            return view.connector
        subject = link.subject
        if link.outcome != "ok" or subject is None:
            return None
        return self.sym.module_around(subject.owner.address)


def granting(sym: Lookup) -> dict[Target, tuple[Strategy, ...]]:
    """The strategies that surely or possibly grant each target."""
    found: dict[Target, list[Strategy]] = {}
    for strategy in sym.all(Strategy):
        for target in dict.fromkeys(strategy.target_views):
            found.setdefault(target, []).append(strategy)
    return {target: tuple(strategies) for target, strategies in found.items()}


def ungranted(sym: Lookup) -> tuple[Target, ...]:
    """The targets that no strategy lists."""
    return tuple(target for target in sym.all(Target) if not target.strategies)


def strategies_by_integration(sym: Lookup) -> dict[View, list[Strategy]]:
    """The strategies that work through each integration."""
    found: dict[View, list[Strategy]] = {}
    for strategy in sym.all(Strategy):
        if strategy.integration is not None:
            found.setdefault(strategy.integration, []).append(strategy)
    return found
