"""Which provider configuration a module call or resource works with, and in which AWS account.

https://developer.hashicorp.com/terraform/language/meta-arguments/module-providers
https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.terraform.checks.meta_arguments import (
    passed_providers,
    provider_reference,
    resource_provider,
)
from symlint.terraform.instances.bodies import ConfiguredBody
from symlint.terraform.instances.module_scope import ModuleScope
from symlint.terraform.values.equality import equal

if TYPE_CHECKING:
    from symlint.terraform.instances.names import CallNames, ModuleNames
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.modules.declarations import ProviderConfiguration
    from symlint.terraform.values.value import Value

_NO_CREDENTIALS: Final = frozenset((
    "alias", "version", "region", "allowed_account_ids", "forbidden_account_ids",
    "default_tags", "ignore_tags", "custom_ca_bundle", "http_proxy", "https_proxy", "no_proxy",
    "insecure", "max_retries", "retry_mode", "s3_use_path_style", "s3_us_east_1_regional_endpoint",
    "skip_credentials_validation", "skip_metadata_api_check", "skip_region_validation",
    "skip_requesting_account_id", "sts_region", "tag_policy_compliance", "token_bucket_rate_limiter_capacity",
    "use_dualstack_endpoint", "use_fips_endpoint", "user_agent",
))  # fmt: skip
"""Arguments and blocks of the AWS provider that do not say whose account it works in."""


class ProviderUse(NamedTuple):
    """A provider configuration: the module that configures it, and its name there.

    ``declaration`` is None where no block configures it, so that the environment decides.
    """

    module: ModuleNames
    name: str
    alias: str | None
    declaration: ProviderConfiguration | None

    def is_same(self, other: ProviderUse) -> bool:
        """Whether both are one and the same configuration."""
        mine = (self.module.path, self.name, self.alias)
        return mine == (other.module.path, other.name, other.alias)

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


# --- which configuration ------------------------------------------------------------------------


def provider_of_call(call: CallNames, name: str) -> ProviderUse | None:
    """The configuration of the provider ``name`` that a called module works with, by default.

    None where that is not known.
    """
    return _outside(call, name, None)


def provider_of_resource(instance: ResourceInstance) -> ProviderUse | None:
    """The provider configuration of a resource or data source; None where it is not known."""
    found = resource_provider(instance.declaration)
    return None if found is None else _inside(instance.module, *found)


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


# --- which account ------------------------------------------------------------------------------


def same_account(one: ProviderUse, other: ProviderUse) -> bool | None:
    """Whether two configurations of the AWS provider work in one account; None if not known."""
    if one.is_same(other):
        return True
    here, there = account_ids(one), account_ids(other)
    if here and there:
        if here.isdisjoint(there):
            return False
        if here == there and len(here) == 1:
            return True
    return True if has_same_credentials(one, other) else None


def account_ids(use: ProviderUse) -> frozenset[str]:
    """The accounts that a configuration may work in; empty where they are not known."""
    body = use.body
    if body is None:
        return frozenset()
    allowed = body.attribute("allowed_account_ids")
    texts = [it.string for it in (allowed.elements if allowed is not None else None) or ()]
    if texts and None not in texts:
        return frozenset(text for text in texts if text is not None)
    for kind in ("assume_role", "assume_role_with_web_identity"):
        blocks = body.blocks(kind)
        if blocks:
            # Of several roles each one assumes the next.
            role = blocks[-1].attribute("role_arn")
            account = None if role is None else account_of_role(role.string or "")
            return frozenset() if account is None else frozenset((account,))
    return frozenset()


def account_of_role(arn: str) -> str | None:
    """The number of the account in the ARN of an IAM role."""
    parts = arn.split(":", 5)
    return parts[4] if len(parts) == 6 and parts[2] == "iam" and parts[4].isdigit() else None


def has_same_credentials(one: ProviderUse, other: ProviderUse) -> bool:
    """Whether both configurations surely log in alike, and so into the same account."""
    here, there = _credentials(one), _credentials(other)
    return here.keys() == there.keys() and all(
        equal(value, there[name]) is True for name, value in here.items()
    )


def has_other_credentials(one: ProviderUse, other: ProviderUse) -> bool:
    """Whether one of two configurations surely logs in with something that the other does not."""
    here, there = _credentials(one), _credentials(other)
    return here.keys() != there.keys() or any(
        equal(value, there[name]) is False for name, value in here.items()
    )


def _credentials(use: ProviderUse) -> dict[tuple[object, ...], Value]:
    """What a configuration says of how it logs in: arguments, and those of nested blocks."""
    body = use.body
    if body is None:
        return {}
    found: dict[tuple[object, ...], Value] = {
        (name,): value
        for name, value in body.attributes().items()
        if name not in _NO_CREDENTIALS and not value.is_null
    }
    counts: dict[str, int] = {}
    for block in body.blocks():
        if block.type in _NO_CREDENTIALS:
            continue
        number = counts[block.type] = counts.get(block.type, 0) + 1
        for name, value in block.attributes().items():
            if not value.is_null:
                found[block.type, number, name] = value
    return found
