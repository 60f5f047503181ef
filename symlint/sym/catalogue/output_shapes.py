"""What the outputs of Sym's modules are, as far as all versions of a module agree."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.catalogue.characters import OF_OUTPUTS, OF_ROLES
from symlint.sym.catalogue.value_types import common_type
from symlint.sym.words import with_article
from symlint.terraform.modules.known import KnownAttributes, Shape
from symlint.terraform.values.texts import UUID
from symlint.terraform.values.types import ANY, STRING

if TYPE_CHECKING:
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.catalogue.module_parts import ModuleOutput
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.catalogue.provider import Schema

NOTHING_KNOWN: Final = Shape()

_SETTINGS: Final = "settings"
_ROLE: Final = "aws_iam_role"
_ID: Final = Shape(STRING, not_null=True, characters=UUID)


def output_shape(catalogue: Catalogue, module: RegistryModule, output: str) -> Shape:
    """What an output of a module is, in every version that has it."""
    forms = module.outputs.get(output, ())
    resources = {form.resource for form in forms}
    if len(resources) != 1:
        return NOTHING_KNOWN
    kind = resources.pop()
    if kind is not None:
        return _resource(catalogue, module, kind, forms)
    keys = _keys(forms)
    if keys:
        return Shape(not_null=True, attributes=SettingsKeys(module, keys))
    type_ = common_type(form.type for form in forms)
    if type_ is None:
        return NOTHING_KNOWN
    return Shape(type_, not_null=True, characters=OF_OUTPUTS.get(output))


def _keys(forms: tuple[ModuleOutput, ...]) -> frozenset[str]:
    """The keys of the settings that an output is or has; none where they are not known."""
    if any(form.keys is None for form in forms):
        return frozenset()
    return frozenset(key for form in forms for key in form.keys or ())


def _resource(
    catalogue: Catalogue, module: RegistryModule, kind: str, forms: tuple[ModuleOutput, ...]
) -> Shape:
    schema = catalogue.provider.resources.get(kind)
    if schema is not None:
        keys = _keys(forms)
        settings = SettingsKeys(module, keys) if keys else None
        return Shape(not_null=True, attributes=ResourceAttributes(module, schema, settings))
    return Shape(not_null=True, attributes=ROLE) if kind == _ROLE else NOTHING_KNOWN


class SettingsKeys(KnownAttributes):
    """The keys of the settings of a permission context."""

    __slots__ = ("_module", "_names")

    def __init__(self, module: RegistryModule, names: frozenset[str]) -> None:
        self._module: Final = module
        self._names: Final = names

    @property
    def closed(self) -> bool:
        """True: the settings have no other keys."""
        return True

    @property
    def names(self) -> frozenset[str]:
        """The keys."""
        return self._names

    def shape(self, name: str) -> Shape:
        """That a setting is a text."""
        return Shape(STRING, not_null=True, characters=OF_OUTPUTS.get(name))

    def missing(self, name: str) -> str:
        """That the settings have no such key."""
        return f"{with_article(self._module.title)} has no {name} among its settings"


class RoleAttributes(KnownAttributes):
    """The attributes of an IAM role that a module gives as a whole, as far as they matter."""

    __slots__ = ()

    @property
    def closed(self) -> bool:
        """False: a role has others."""
        return False

    @property
    def names(self) -> frozenset[str]:
        """Those of which the text is known."""
        return frozenset(OF_ROLES)

    def shape(self, name: str) -> Shape:
        """What is known of their texts."""
        return Shape(STRING, not_null=True, characters=OF_ROLES[name])

    def missing(self, name: str) -> str:
        """That a role has no such attribute."""
        return f"an IAM role has no {name}"


ROLE: Final = RoleAttributes()


class ResourceAttributes(KnownAttributes):
    """The attributes of a resource of the Sym provider that a module gives as a whole."""

    __slots__ = ("_module", "_schema", "_settings")

    def __init__(
        self, module: RegistryModule, schema: Schema, settings: SettingsKeys | None
    ) -> None:
        self._module: Final = module
        self._schema: Final = schema
        self._settings: Final = settings

    @property
    def closed(self) -> bool:
        """True: the schema of the resource is known."""
        return True

    @property
    def names(self) -> frozenset[str]:
        """The attributes, those of all versions of the provider."""
        return frozenset(("id", *self._schema.arguments))

    def shape(self, name: str) -> Shape:
        """The type of an attribute, and the keys of the settings, where they are known."""
        if name == "id":
            return _ID
        if name == _SETTINGS and self._settings is not None:
            return Shape(not_null=True, attributes=self._settings)
        forms = self._schema.arguments.get(name, ())
        type_ = common_type(form.type for form in forms)
        return Shape(type_ or ANY, not_null=any(form.required for form in forms))

    def missing(self, name: str) -> str:
        """That the resource has no such attribute."""
        return f"the {self._schema.name} of {with_article(self._module.title)} has no {name}"
