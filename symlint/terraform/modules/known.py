"""Protocols for provider schemas, and for outputs of modules whose code is not available."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from symlint.terraform.modules.declarations import ResourceKind
    from symlint.terraform.values.types import Type
    from symlint.terraform.values.value import Parts


class Schema(Protocol):
    """What providers say of their resource types, as far as somebody knows it."""

    def attributes(self, kind: ResourceKind, type_name: str) -> frozenset[str] | None:
        """All attributes that a resource of this type has; None when that is not known."""

    def attribute_type(self, kind: ResourceKind, type_name: str, name: str) -> Type | None:
        """The type that a provider gives an attribute's value; None when that is not known."""


class ModuleInterfaces(Protocol):
    """What is known of modules whose code is not here."""

    def outputs(self, source: str, version: str | None) -> frozenset[str] | None:
        """All outputs of a module, of every version allowed; None when that is not known.

        ``source`` is as written; ``version`` is the constraint as written.
        """

    def parts(self, source: str, output: str) -> Parts | None:
        """All attributes of one output; None when they are not known."""
