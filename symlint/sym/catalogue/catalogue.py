"""The catalogue: one object through which all facts about Sym are read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.sym.catalogue.patterns import OwnPattern
from symlint.sym.catalogue.records import CatalogueError, LazyTable, read
from symlint.terraform.modules.opentofu import without_default_host

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from symlint.sym.catalogue.modules import ModuleSource, RegistryModule
    from symlint.sym.catalogue.provider import Provider
    from symlint.sym.catalogue.records import Record
    from symlint.sym.catalogue.relations import (
        EnvironmentKey,
        ExternalResource,
        ReferenceArgument,
        Session,
    )
    from symlint.sym.catalogue.sdk import Sdk
    from symlint.sym.catalogue.sdk_api.api import SdkApi, SdkHistory
    from symlint.sym.catalogue.types import (
        Format,
        IntegrationType,
        LogDestinationType,
        SecretsType,
        StrategyType,
        TargetType,
    )

    R = TypeVar("R", bound=Record)

EXTENSIBLE = (
    "strategies",
    "targets",
    "integrations",
    "secrets",
    "log_destinations",
    "modules",
    "formats",
    "environment",
    "references",
)
"""Subjects to which a user may add."""


class Catalogue:
    """The facts about Sym: the shipped ones and a user's own.

    Each subject is read when it is first asked for, and kept. Errors in a user's additions are
    raised then, or by ``check_additions`` for all subjects at once.
    """

    def __init__(
        self, additions: Mapping[str, Mapping[str, object]], shipped: Catalogue | None = None
    ) -> None:
        """``shipped`` is the catalogue without additions, which has all that these do not change."""
        self.additions: Final = additions
        self._shipped: Final = shipped
        self._tables: Final[dict[str, dict[str, Any]]] = {}
        self._records: Final[dict[str, Mapping[str, Any]]] = {}

    @cached_property
    def strategies(self) -> Mapping[str, StrategyType]:
        """Values of ``sym_strategy.type``."""
        from symlint.sym.catalogue.types import StrategyType

        return self._table("strategies", StrategyType)

    @cached_property
    def targets(self) -> Mapping[str, TargetType]:
        """Values of ``sym_target.type``."""
        from symlint.sym.catalogue.types import TargetType

        return self._table("targets", TargetType)

    @cached_property
    def integrations(self) -> Mapping[str, IntegrationType]:
        """Values of ``sym_integration.type``."""
        from symlint.sym.catalogue.types import IntegrationType

        return self._table("integrations", IntegrationType)

    @cached_property
    def secrets(self) -> Mapping[str, SecretsType]:
        """Values of ``sym_secrets.type``."""
        from symlint.sym.catalogue.types import SecretsType

        return self._table("secrets", SecretsType)

    @cached_property
    def log_destinations(self) -> Mapping[str, LogDestinationType]:
        """Values of ``sym_log_destination.type``."""
        from symlint.sym.catalogue.types import LogDestinationType

        return self._table("log_destinations", LogDestinationType)

    @cached_property
    def formats(self) -> Mapping[str, Format]:
        """Shapes of values, by name."""
        from symlint.sym.catalogue.types import Format

        return self._table("formats", Format)

    @cached_property
    def modules(self) -> Mapping[str, RegistryModule]:
        """Sym's registry modules, by short name: "iam-connector"."""
        from symlint.sym.catalogue.modules import RegistryModule

        return self._table("modules", RegistryModule)

    @cached_property
    def references(self) -> Mapping[str, ReferenceArgument]:
        """Arguments that must lead to a resource: "sym_flow.params.strategy_id"."""
        from symlint.sym.catalogue.relations import ReferenceArgument

        return self._table("references", ReferenceArgument)

    @cached_property
    def environment_keys(self) -> Mapping[str, EnvironmentKey]:
        """Keys of ``sym_environment.integrations``."""
        from symlint.sym.catalogue.relations import EnvironmentKey

        return self._table("environment", EnvironmentKey)

    @cached_property
    def sessions(self) -> Mapping[str, Session]:
        """Arguments that bound how long an AWS session lasts."""
        from symlint.sym.catalogue.relations import Session

        return self._table("sessions", Session)

    @cached_property
    def external_resources(self) -> Mapping[str, ExternalResource]:
        """Resource types of other providers that a Sym configuration must agree with."""
        from symlint.sym.catalogue.relations import ExternalResource

        return self._table("external", ExternalResource)

    @cached_property
    def provider(self) -> Provider:
        """The Sym provider's addresses, versions and schema."""
        if self._shipped is not None:
            return self._shipped.provider
        from symlint.sym.catalogue.provider import Provider

        return read(Provider, self._raw("provider"), ("provider",))

    @cached_property
    def sdk(self) -> Sdk:
        """The Python SDK."""
        if self._shipped is not None:
            return self._shipped.sdk
        from symlint.sym.catalogue.sdk import Sdk

        return read(Sdk, self._raw("sdk"), ("sdk",))

    @cached_property
    def sdk_api(self) -> SdkApi:
        """The names that the Python SDK offers, and how they are called."""
        from symlint.sym.catalogue.sdk_api import _data
        from symlint.sym.catalogue.sdk_api.api import SdkApi

        return read(SdkApi, _data.api(), ("sdk_api",))

    @cached_property
    def sdk_history(self) -> SdkHistory:
        """When names of the Python SDK came, and which are gone."""
        from symlint.sym.catalogue.sdk_api import _data
        from symlint.sym.catalogue.sdk_api.api import SdkHistory

        return read(SdkHistory, _data.history(), ("sdk_history",))

    @cached_property
    def module_addresses(self) -> tuple[str, ...]:
        """The addresses of all modules, of which none is read for it."""
        modules = self._raw("modules").values()
        return tuple(source["address"] for module in modules for source in module["sources"])

    def limited_targets(self, kind: str) -> frozenset[str]:
        """The types of targets that modules limit in a way (``Scope.kind``); none is read for it."""
        return frozenset(it["target_type"] for it in self._scopes if it["kind"] == kind)

    @cached_property
    def _scopes(self) -> tuple[dict[str, Any], ...]:
        scopes = (module.get("scope") for module in self._raw("modules").values())
        return tuple(scope for scope in scopes if scope)

    @cached_property
    def _addresses(self) -> Mapping[str, tuple[str, int]]:
        """Address -> name of the module and place among its sources."""
        return {
            _plain_address(source["address"]): (name, place)
            for name, module in self._raw("modules").items()
            for place, source in enumerate(module["sources"])
        }

    def module_for(self, source: str) -> tuple[RegistryModule, ModuleSource] | None:
        """The module that a module call's ``source`` names, and by which of its addresses.

        The default registry's host, ``git::``, ``https://``, ``.git`` and a query such as
        ``?ref=`` are left out of the comparison; None for a source that the catalogue does not
        know.
        """
        found = self._addresses.get(_plain_address(source))
        if found is None:
            return None
        module = self.modules[found[0]]
        return module, module.sources[found[1]]

    def strategies_granting(self, target_type: str) -> tuple[str, ...]:
        """The strategy types that accept targets of ``target_type``."""
        return tuple(
            name for name, it in self.strategies.items() if target_type in (it.target_types or ())
        )

    def references_of(self, resource: str) -> tuple[ReferenceArgument, ...]:
        """The arguments of ``resource`` that must lead to another resource."""
        return self._references.get(resource, ())

    @cached_property
    def _references(self) -> Mapping[str, tuple[ReferenceArgument, ...]]:
        """Resource -> its arguments that must lead to another one."""
        found: dict[str, tuple[ReferenceArgument, ...]] = {}
        for reference in self.references.values():
            found[reference.resource] = (*found.get(reference.resource, ()), reference)
        return found

    def _table(self, subject: str, record: type[R]) -> Mapping[str, R]:
        """The table of ``subject``: name -> record."""
        if self._shipped is not None and subject not in self.additions:
            return self._shipped._table(subject, record)
        if subject not in self._records:
            table = LazyTable(partial(read, record), self._raw(subject), (subject,))
            self._records[subject] = table
        return self._records[subject]

    def _raw(self, subject: str) -> dict[str, Any]:
        """The shipped table of ``subject`` with the user's additions; made once."""
        from symlint.sym.catalogue import _data

        if self._shipped is not None and subject not in self.additions:
            return self._shipped._raw(subject)
        table = self._tables.get(subject)
        if table is None:
            shipped: Callable[[], dict[str, Any]] = getattr(_data, subject)
            added = self.additions.get(subject)
            table = shipped() if added is None else _merged(shipped(), added, subject)
            self._tables[subject] = table
        return table


def _plain_address(source: str) -> str:
    """``source`` as the catalogue writes it."""
    plain = source.strip().partition("?")[0]
    for prefix in ("git::", "https://", "ssh://", "git@"):
        plain = plain.removeprefix(prefix)
    plain = without_default_host(plain)
    if plain.startswith("github.com"):
        plain = plain.replace("github.com:", "github.com/", 1)
        plain = plain.removesuffix(".git").replace(".git//", "//", 1)
    return plain


def _merged(shipped: dict[str, Any], added: Mapping[str, object], subject: str) -> dict[str, Any]:
    """``shipped`` with the entries of ``added``.

    An entry that exists already is changed key by key; a new one may begin as a copy of the entry
    that its key ``like`` names.
    """
    merged = dict(shipped)
    for name, entry in added.items():
        if not isinstance(entry, Mapping):
            raise CatalogueError("must be a table", (subject, name))
        own = {key: value for key, value in entry.items() if key != "like"}
        model = entry.get("like", name)
        if "like" in entry and model not in shipped:
            known = ", ".join(sorted(shipped))
            raise CatalogueError(f"must be one of {known}", (subject, name, "like"))
        base = shipped.get(str(model), {})
        if "like" in entry and isinstance(base, dict):
            base = {key: value for key, value in base.items() if key != "sources"}
        merged[name] = _overlaid(base, own)
    return merged


def _overlaid(base: object, own: Mapping[str, object]) -> dict[str, object]:
    """``base`` with ``own`` laid over it: tables key by key, anything else replaced."""
    result = dict(base) if isinstance(base, dict) else {}
    for key, value in own.items():
        if key == "pattern" and isinstance(value, str):
            result[key] = OwnPattern(value)
        else:
            result[key] = _overlaid(result.get(key), value) if isinstance(value, Mapping) else value
    return result
