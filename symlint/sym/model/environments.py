"""Environments and what they are made of: runtimes, error loggers, log destinations."""

from __future__ import annotations

from functools import cached_property

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.integrations import Integration
from symlint.sym.model.link_resolution import link_list
from symlint.sym.model.views import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.sym.catalogue.types import LogDestinationType
    from symlint.sym.model.link_resolution import LinkList
    from symlint.sym.model.views import Link
    from symlint.terraform.values.value import Value


class Runtime(View):
    """A ``sym_runtime``."""

    __slots__ = ()
    KIND = "sym_runtime"

    @property
    def context_link(self) -> Link:
        """Where ``context_id`` leads."""
        return self.link("context_id")

    @property
    def context(self) -> Integration | None:
        """The permission context that the runtime acts with, where it is declared here."""
        view = self.context_link.view
        return view if isinstance(view, Integration) else None


class Environment(View):
    """A ``sym_environment``."""

    KIND = "sym_environment"

    @cached_property
    def runtime_link(self) -> Link:
        """Where ``runtime_id`` leads."""
        return self.link("runtime_id")

    @property
    def runtime(self) -> Runtime | None:
        """The runtime, where it is declared here and not by a module."""
        view = self.runtime_link.view
        return view if isinstance(view, Runtime) else None

    @property
    def integrations(self) -> Value:
        """The ``integrations`` argument as a whole."""
        return self.value("integrations")

    @cached_property
    def integration_links(self) -> Mapping[str, Link]:
        """Where each of ``integrations`` leads, by key; empty where they are not known."""
        return {
            key: self.sym.resolve(value, self.range("integrations"), "sym_environment.integrations")
            for key, value in (self.integrations.items or {}).items()
        }

    @cached_property
    def error_logger_link(self) -> Link:
        """Where ``error_logger_id`` leads."""
        return self.link("error_logger_id")

    @cached_property
    def log_destinations(self) -> LinkList:
        """Where the elements of ``log_destination_ids`` lead."""
        name = "log_destination_ids"
        return link_list(self.sym, self.value(name), self.range(name), f"sym_environment.{name}")


class ErrorLogger(View):
    """A ``sym_error_logger``."""

    __slots__ = ()
    KIND = "sym_error_logger"

    @property
    def integration_link(self) -> Link:
        """Where ``integration_id`` leads."""
        return self.link("integration_id")


class LogDestination(View):
    """A ``sym_log_destination``."""

    __slots__ = ()
    KIND = "sym_log_destination"

    @property
    def entry(self) -> LogDestinationType | None:
        """What the catalogue knows of its type."""
        return self.sym.catalogue.log_destinations.get(self.type_name or "")

    @property
    def integration_link(self) -> Link:
        """Where ``integration_id`` leads."""
        return self.link("integration_id")
