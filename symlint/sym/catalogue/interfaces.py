"""Schemas of Sym's resources and outputs of Sym's modules, for the Terraform evaluator."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.catalogue.value_types import common_type

if TYPE_CHECKING:
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.terraform.modules.declarations import ResourceKind
    from symlint.terraform.modules.known import Shape
    from symlint.terraform.values.types import Type


class CatalogueSchema:
    """The Sym provider's resource types (a ``Schema``), over all versions of the provider.

    An attribute that only some versions have is an attribute: which versions a configuration
    admits is the rules' question.
    """

    __slots__ = ("_attributes", "_catalogue")

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue: Final = catalogue
        self._attributes: dict[tuple[str, str], frozenset[str] | None] = {}

    def attributes(self, kind: ResourceKind, type_name: str) -> frozenset[str] | None:
        """All attributes of a type of the Sym provider; None for other types."""
        if not type_name.startswith("sym_"):
            return None
        key = (kind, type_name)
        if key not in self._attributes:
            schema = self._schemas(kind).get(type_name)
            names = None if schema is None else frozenset(("id", *schema.arguments))
            self._attributes[key] = names
        return self._attributes[key]

    def attribute_type(self, kind: ResourceKind, type_name: str, name: str) -> Type | None:
        """The type of an attribute where every version agrees on it; None otherwise."""
        if not type_name.startswith("sym_"):
            return None
        schema = self._schemas(kind).get(type_name)
        forms = () if schema is None else schema.arguments.get(name, ())
        return common_type(form.type for form in forms)

    def characters(self, type_name: str, name: str) -> str | None:
        """The characters that a text can have that the provider gives; None if any."""
        from symlint.sym.catalogue.characters import of_attribute

        return of_attribute(type_name, name)

    def _schemas(self, kind: ResourceKind) -> Mapping[str, Schema]:
        provider = self._catalogue.provider
        return provider.data_sources if kind == "data" else provider.resources


class CatalogueInterfaces:
    """The outputs of Sym's registry modules (``ModuleInterfaces``), over all their versions.

    An output that only some versions have is an output: which versions a call admits is the
    rules' question.
    """

    __slots__ = ("_catalogue",)

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue: Final = catalogue

    def outputs(self, source: str, version: str | None) -> frozenset[str] | None:
        """All outputs that a module has in some version; None when none of it is known."""
        del version
        found = self._catalogue.module_for(source)
        if found is None:
            return None
        module, address = found
        if not address.versions and address.interface is None:
            return None
        return frozenset(module.outputs)

    def shape(self, source: str, output: str) -> Shape:
        """What is known of an output in every version of the module that has it."""
        from symlint.sym.catalogue.output_shapes import NOTHING_KNOWN, output_shape

        found = self._catalogue.module_for(source)
        if found is None:
            return NOTHING_KNOWN
        return output_shape(self._catalogue, found[0], output)


if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.sym.catalogue.provider import Schema
