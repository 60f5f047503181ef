"""What the outputs of Sym's modules consist of, where the catalogue knows all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.sym.words import with_article
from symlint.terraform.values.value import Parts

if TYPE_CHECKING:
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.catalogue.module_parts import ModuleOutput
    from symlint.sym.catalogue.modules import RegistryModule

SETTINGS: Final = "settings"


class SettingsKeys(Parts):
    """The keys of the settings of a permission context."""

    __slots__ = ("_module", "_names")

    def __init__(self, module: RegistryModule, names: frozenset[str]) -> None:
        self._module: Final = module
        self._names: Final = names

    @property
    def names(self) -> frozenset[str]:
        """The keys."""
        return self._names

    def part(self, name: str) -> None:
        """None: a setting is a text."""
        del name

    def missing(self, name: str) -> str:
        """That the settings have no such key."""
        return f"{with_article(self._module.title)} has no {name} among its settings"


class ResourceAttributes(Parts):
    """The attributes of a resource of the Sym provider that a module gives as a whole."""

    __slots__ = ("_kind", "_module", "_names", "_settings")

    def __init__(
        self, module: RegistryModule, kind: str, names: frozenset[str], settings: Parts | None
    ) -> None:
        self._module: Final = module
        self._kind: Final = kind
        self._names: Final = names
        self._settings: Final = settings

    @property
    def names(self) -> frozenset[str]:
        """The attributes, those of all versions of the provider."""
        return self._names

    def part(self, name: str) -> Parts | None:
        """The keys of the settings, where they are known."""
        return self._settings if name == SETTINGS else None

    def missing(self, name: str) -> str:
        """That the resource has no such attribute."""
        return f"the {self._kind} of {with_article(self._module.title)} has no {name}"


def output_parts(catalogue: Catalogue, module: RegistryModule, output: str) -> Parts | None:
    """What an output consists of in any version of a module; None where that is not known."""
    forms = module.outputs.get(output, ())
    kinds = {form.resource for form in forms}
    keys = _keys(module, forms)
    if kinds == {None}:
        return keys
    kind = kinds.pop() if len(kinds) == 1 else None
    schema = None if kind is None else catalogue.provider.resources.get(kind)
    if kind is None or schema is None:
        return None
    return ResourceAttributes(module, kind, frozenset(("id", *schema.arguments)), keys)


def _keys(module: RegistryModule, forms: tuple[ModuleOutput, ...]) -> Parts | None:
    """The keys of the settings that an output is or has; None where they are not known."""
    names: set[str] = set()
    for form in forms:
        if form.keys is None:
            return None
        names.update(form.keys)
    return SettingsKeys(module, frozenset(names)) if names else None
