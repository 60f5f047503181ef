"""Which configuration of a provider a resource or module call works with.

https://developer.hashicorp.com/terraform/language/meta-arguments/module-providers
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.terraform.instances.bodies import ConfiguredBody
from symlint.terraform.instances.module_scope import ModuleScope
from symlint.terraform.modules.provider_references import (
    passed_providers,
    provider_reference,
    resource_provider,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.protocols import CallNames, ModuleNames
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.modules.declarations import ProviderConfiguration
    from symlint.terraform.values.addresses import ModulePath


class ProviderUse(NamedTuple):
    """A provider configuration: the module that configures it, and its name there.

    ``declaration`` is None where no block configures it, so that the environment decides.
    """

    module: ModuleNames
    name: str
    alias: str | None
    declaration: ProviderConfiguration | None

    @property
    def identity(self) -> tuple[ModulePath, str]:
        """What no other configuration has: the path of its module, and its name there."""
        return self.module.path, self.text

    @property
    def body(self) -> ConfiguredBody | None:
        """What the provider block says; None where there is none."""
        if self.declaration is None:
            return None
        return ConfiguredBody(self.declaration.block.body, ModuleScope(self.module))

    @property
    def text(self) -> str:
        """``aws`` or ``aws.sso``, as the module that configures it calls it."""
        return self.name if self.alias is None else f"{self.name}.{self.alias}"


def provider_of_call(call: CallNames, name: str) -> ProviderUse | None:
    """The configuration of the provider ``name`` that a called module works with, by default.

    None where that is not known.
    """
    return _outside(call, name, None)


def provider_of_resource(instance: ResourceInstance) -> ProviderUse | None:
    """The provider configuration of a resource or data source; None where it is not known."""
    found = resource_provider(instance.declaration)
    return None if found is None else _inside(instance.module, *found)


def provider_blocks(sym: Lookup, name: str) -> Iterator[tuple[str, ConfiguredBody]]:
    """The blocks that configure the provider ``name`` in any module: the address of each, and its body."""
    for module in sym.module_instances:
        for provider in module.module.providers.values():
            if provider.name == name:
                body = ConfiguredBody(provider.block.body, module.scope)
                yield f"provider.{provider.local_name}", body


def _inside(module: ModuleNames, name: str, alias: str | None) -> ProviderUse | None:
    """The configuration that a module itself calls ``name.alias``."""
    if not module.module.complete or not _is_usual_name(module, name):
        return None
    declared = module.module.providers.get((name, alias))
    if declared is not None and (module.call is None or _configures(declared)):
        return ProviderUse(module, name, alias, declared)
    if module.call is not None:
        return _outside(module.call, name, alias)
    return ProviderUse(module, name, None, None) if alias is None else None


def _outside(call: CallNames, name: str, alias: str | None) -> ProviderUse | None:
    """The configuration that goes by ``name.alias`` inside a called module."""
    for inner, expression in passed_providers(call.declaration):
        if inner == (name, alias):
            reference = provider_reference(expression)
            return None if reference is None else _inside(call.parent, *reference)
    # Where ``providers`` is given it stands for all that the module needs.
    if alias is not None or call.configured("providers") is not None:
        return None
    return _inside(call.parent, name, None)


def _configures(declared: ProviderConfiguration) -> bool:
    """Whether a provider block of a called module is more than a place for one that is passed."""
    names = set(declared.attributes) - {"alias", "version"}
    return bool(names) or next(declared.block.body.blocks(), None) is not None


def _is_usual_name(module: ModuleNames, name: str) -> bool:
    """Whether a module calls the provider ``.../name`` by its own name, and no other one."""
    for local, required in module.module.provider_requirements.items():
        last = None if required.source is None else required.source.rpartition("/")[2]
        if last is not None and (local == name) != (last == name):
            return False
    return True
