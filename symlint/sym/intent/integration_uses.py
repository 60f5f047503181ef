"""The type of an integration, judged by the arguments and resources that use it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.intent.candidates import integrations_beside
from symlint.sym.intent.integration_types import could_be
from symlint.sym.model.argument_links import argument_links
from symlint.sym.model.strategies import Strategy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.model.argument_links import ArgumentLinks
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Integration
    from symlint.sym.model.views import Link, View


_CUSTOM: Final = "custom"


class IntegrationUse(NamedTuple):
    """A place that uses an integration, and the types that it may have there."""

    edge: ArgumentLinks
    link: Link
    accepted: tuple[str, ...]


def accepted_types(edge: ArgumentLinks) -> tuple[str, ...] | None:
    """The types of integration that are right at the end of an edge; None where any may be."""
    catalogue = edge.view.sym.catalogue
    if edge.reference.integration_types is not None:
        return edge.reference.integration_types
    if edge.reference.path[0] == "integrations":
        key = edge.attribute.rpartition(".")[2]
        known = catalogue.environment_keys.get(key)
        return _types_by_name(catalogue, key) if known is None else known.integration_types
    entry = getattr(edge.view, "entry", None)
    types: tuple[str, ...] | None = getattr(entry, "integration_types", None)
    return types


def _types_by_name(catalogue: Catalogue, key: str) -> tuple[str, ...] | None:
    """The types of integration that a key says it leads to: ``aptible_id``.

    No module of the SDK looks such a key up. What the implementation does with it may also be done
    with a custom integration.
    """
    name = key.removesuffix("_id")
    if name in (key, _CUSTOM) or name not in catalogue.integrations:
        return None
    return (name, _CUSTOM)


class IntegrationUses:
    """All uses of all integrations that say what type one has; looked for when first asked."""

    __slots__ = ("_declared", "_sym", "_uses")

    def __init__(self, sym: SymConfiguration) -> None:
        self._sym: Final = sym
        self._declared: dict[object, tuple[str, ...]] = {}
        self._uses: dict[View, list[IntegrationUse]] | None = None

    def of(self, integration: Integration) -> list[IntegrationUse]:
        """The uses of one integration."""
        if self._uses is None:
            self._uses = {}
            for view in self._sym.views:
                for use in _uses_by(view):
                    if use.link.view is not None:
                        self._uses.setdefault(use.link.view, []).append(use)
        return self._uses.get(integration, [])

    def type_is_suspect(
        self, integration: Integration, type_name: str, accepted: tuple[str, ...]
    ) -> bool:
        """Whether it is the type of an integration that is wrong, rather than a use of it.

        So it is when all of several uses want another one, or when the one use does and what else
        is said of the integration speaks for it.
        """
        uses = self.of(integration)
        if integration.is_data or any(type_name in it.accepted for it in uses):
            return False
        common = set(accepted).intersection(*(it.accepted for it in uses))
        return bool(common) and (len(uses) > 1 or any(could_be(integration, it) for it in common))

    def of_type(self, view: View, types: tuple[str, ...]) -> tuple[str, ...]:
        """References to the integrations of these types that are declared beside ``view``."""
        key = (view.module, types)
        if key not in self._declared:
            self._declared[key] = integrations_beside(view, types)
        return self._declared[key]

    def has_strategy(self, integration: Integration) -> bool:
        """Whether a strategy works through an integration: that is a rule of its own."""
        return any(isinstance(it.edge.view, Strategy) for it in self.of(integration))


def _uses_by(view: View) -> Iterator[IntegrationUse]:
    for edge in argument_links(view):
        accepted = accepted_types(edge) if "sym_integration" in edge.reference.to else None
        if accepted is not None:
            for link in edge.leaves:
                yield IntegrationUse(edge, link, accepted)
