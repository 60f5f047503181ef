"""Integrations, secrets, and where their settings come from."""

from __future__ import annotations

from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.model.settings import source_of_settings
from symlint.sym.model.views import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.sym.catalogue.types import IntegrationType, SecretsType, Setting
    from symlint.sym.model.modules import OutputRead, SymModule
    from symlint.sym.model.views import Link
    from symlint.terraform.values.value import Value

CONTEXT: Final = "permission_context"
"""The type of the integrations that say which AWS role Sym assumes."""


class Integration(View):
    """A ``sym_integration``."""

    KIND = "sym_integration"

    @property
    def entry(self) -> IntegrationType | None:
        """What the catalogue knows of its type."""
        return self.sym.catalogue.integrations.get(self.type_name or "")

    @property
    def external_id(self) -> Value:
        """The ``external_id`` argument."""
        return self.value("external_id")

    @cached_property
    def settings_source(self) -> OutputRead | None:
        """The output of one of Sym's modules that ``settings`` is, also with additions, if it is."""
        return source_of_settings(self.sym, self.settings)

    @cached_property
    def connector(self) -> SymModule | None:
        """The module whose settings the integration has: directly, or setting by setting."""
        source = self.settings_source
        if source is not None:
            return source.module
        role = self.setting("role_arn")
        read = None if role is None else self.sym.output_read(role)
        return None if read is None else read.module


class Secrets(View):
    """A ``sym_secrets``: a store of secrets."""

    KIND = "sym_secrets"

    @property
    def entry(self) -> SecretsType | None:
        """What the catalogue knows of its type."""
        return self.sym.catalogue.secrets.get(self.type_name or "")

    @cached_property
    def context_link(self) -> Link:
        """Where ``settings.context_id`` leads."""
        value = self.setting("context_id")
        from symlint.sym.model.arguments import ABSENT

        return self.sym.resolve(
            ABSENT if value is None else value,
            self.range("settings"),
            "sym_secrets.settings.context_id",
        )


class Secret(View):
    """A ``sym_secret``: one secret of a store."""

    KIND = "sym_secret"

    @cached_property
    def source_link(self) -> Link:
        """Where ``source_id`` leads."""
        return self.link("source_id")

    @property
    def source(self) -> Secrets | None:
        """The store that the secret is in, where that is known."""
        view = self.source_link.view
        return view if isinstance(view, Secrets) else None

    @property
    def known_settings(self) -> Mapping[str, Setting] | None:
        """The settings that it can have; None where that is not known.

        Where its store is not known it is one of the stores that are known.
        """
        stores, link = self.sym.catalogue.secrets, self.source_link
        source = self.source
        if source is not None:
            entry = source.entry
            return None if entry is None or entry.open_settings else entry.secret_settings
        if link.outcome not in ("unknown", "identifier", "ok"):
            return None
        return {name: it for entry in stores.values() for name, it in entry.secret_settings.items()}
