"""Protocols for provider schemas, and for outputs of modules whose code is not available."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Protocol
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.types import ANY

if TYPE_CHECKING:
    from symlint.terraform.modules.declarations import ResourceKind
    from symlint.terraform.values.types import Type


class Schema(Protocol):
    """What providers say of their resource types, as far as somebody knows it."""

    def attributes(self, kind: ResourceKind, type_name: str) -> frozenset[str] | None:
        """All attributes that a resource of this type has; None when that is not known."""

    def attribute_type(self, kind: ResourceKind, type_name: str, name: str) -> Type | None:
        """The type that a provider gives an attribute's value; None when that is not known."""

    def characters(self, type_name: str, name: str) -> str | None:
        """The characters of the text that a provider gives an attribute, which is not empty then.

        None when it can have any.
        """


class KnownAttributes(Protocol):
    """The attributes of an object that a module whose code is not here gives."""

    @property
    def closed(self) -> bool:
        """Whether it surely has no others than ``names``."""

    @property
    def names(self) -> frozenset[str]:
        """Those that are known."""

    def shape(self, name: str) -> Shape:
        """What is known of one of them."""

    def missing(self, name: str) -> str:
        """That there is none of this name, as a message."""


class Shape(NamedTuple):
    """What is known of a value that a module whose code is not here gives.

    ``attributes`` are those of an object, ``characters`` those that a text can have, which is not
    empty then.
    """

    type: Type = ANY
    not_null: bool = False
    attributes: KnownAttributes | None = None
    characters: str | None = None


class ModuleInterfaces(Protocol):
    """What is known of modules whose code is not here."""

    def outputs(self, source: str, version: str | None) -> frozenset[str] | None:
        """All outputs of a module, of every version allowed; None when that is not known.

        ``source`` is as written; ``version`` is the constraint as written.
        """

    def shape(self, source: str, output: str) -> Shape:
        """What is known of one output, in every version of the module."""
