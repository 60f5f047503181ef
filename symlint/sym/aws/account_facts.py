"""In which AWS account a thing of a configuration is, and whether two things are in one account.

The account of a resource or module is that of its provider configuration; an ARN names its own.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.accounts import account_ids, account_of_role, same_account
from symlint.sym.aws.provider_configurations import provider_of_call, provider_of_resource
from symlint.sym.aws.roles.runtime import role_of_value
from symlint.sym.model.integrations import CONTEXT, Integration
from symlint.sym.model.modules import SymModule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.provider_configurations import ProviderUse
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.model.views import Link, Lookup
    from symlint.terraform.instances.protocols import CallNames
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import ModulePath, Reference
    from symlint.terraform.values.value import Value


class Account(NamedTuple):
    """The account of a thing: by the provider configuration that makes it, or by its ARN.

    ``range`` is the text that decides it: that of ``argument``, where one names a provider.
    """

    use: ProviderUse | None
    ids: frozenset[str]
    range: Range
    argument: str = ""

    @property
    def description(self) -> str:
        """``account 111122223333``, or the account of a provider configuration."""
        if len(self.ids) == 1:
            return f"account {min(self.ids)}"
        return "another account" if self.use is None else f"the account of {self.use.text}"


def is_one_account(sym: Lookup, one: Account, other: Account) -> bool | None:
    """Whether two things are in one account; None where that is not known."""
    here, there = one.use, other.use
    if here is not None and there is not None:
        same = same_account(here, there)
        if same is None and frozenset((here.identity, there.identity)) in sym.once(_listed_apart):
            return False
        return same
    if not one.ids or not other.ids:
        return None
    if one.ids.isdisjoint(other.ids):
        return False
    return True if one.ids == other.ids and len(one.ids) == 1 else None


# --- the account of one thing -------------------------------------------------------------------


def account_of_resource(instance: ResourceInstance) -> Account | None:
    """The account of a resource or data source of AWS; None where its provider is not known."""
    use = provider_of_resource(instance)
    if use is None:
        return None
    own = instance.configured("provider")
    if own is not None:
        return Account(use, account_ids(use), own.value.range, "provider")
    return _passed(use, instance.module.call) or Account(use, account_ids(use), instance.range)


def account_of_module(module: SymModule) -> Account | None:
    """The account that a module works in; None where its provider is not known."""
    use = provider_of_call(module.call, "aws")
    if use is None:
        return None
    return _passed(use, module.call) or Account(use, account_ids(use), module.header)


def _passed(use: ProviderUse, call: CallNames | None) -> Account | None:
    """The account of a provider configuration that a call passes on, where it says so."""
    while call is not None and call.parent.path[: len(use.module.path)] == use.module.path:
        written = call.configured("providers")
        if written is not None:
            return Account(use, account_ids(use), written.value.range, "providers")
        call = call.parent.call
    return None


def account_of(maker: ResourceInstance | SymModule) -> Account | None:
    """The account of what a resource or a module makes."""
    if isinstance(maker, SymModule):
        return account_of_module(maker)
    return account_of_resource(maker)


def maker_of(sym: Lookup, role: RuntimeRole) -> ResourceInstance | SymModule | None:
    """What makes a role, or the data source that reads it; None where only its ARN is known."""
    if role.resource is not None:
        return sym.terraform.resource(role.resource)
    return role.connector


def account_of_context(sym: Lookup, link: Link) -> Account | None:
    """The account of the role in the permission context that a link leads to."""
    if link.outcome != "ok":
        return None
    view = link.view
    if not isinstance(view, Integration):
        subject = link.subject
        module = None if subject is None else sym.module_around(subject.owner.address)
        return None if module is None or not _has_role(module) else account_of_module(module)
    if view.type_name != CONTEXT:
        return None
    if view.connector is not None:
        return account_of_module(view.connector) if _has_role(view.connector) else None
    value = view.setting("role_arn")
    if value is None:
        return None
    role = role_of_value(sym, value, view.range("settings"))
    maker = None if role is None else maker_of(sym, role)
    if maker is not None:
        return account_of(maker)
    number = account_of_role(value.string or "")
    if number is None:
        return None
    return Account(None, frozenset((number,)), value.origin or view.range("settings"))


def _has_role(module: SymModule) -> bool:
    return module.entry.integration_type == CONTEXT


# --- what a configuration says of its accounts ----------------------------------------------------


def _listed_apart(sym: Lookup) -> frozenset[frozenset[tuple[ModulePath, str]]]:
    """The pairs of provider configurations that a runtime connector says are of two accounts.

    The accounts that it lists are those besides its own.
    """
    found = set()
    for runtime in sym.runtime_connectors:
        own = provider_of_call(runtime.call, "aws")
        listed = runtime.value(runtime.entry.safelist_input or "")
        if own is not None:
            for use in _callers(sym, listed.elements or ()):
                if use.identity != own.identity:
                    found.add(frozenset((own.identity, use.identity)))
    return frozenset(found)


def _callers(sym: Lookup, values: tuple[Value, ...]) -> Iterator[ProviderUse]:
    for value in values:
        use = caller_of(sym, value.reference)
        if use is not None:
            yield use


def account_of_caller(sym: Lookup, value: Value, range_: Range) -> Account | None:
    """The account whose id a value is read from ``data.aws_caller_identity``."""
    use = caller_of(sym, value.reference)
    return None if use is None else Account(use, account_ids(use), range_)


def caller_of(sym: Lookup, reference: Reference | None) -> ProviderUse | None:
    """The provider configuration whose account id is read from ``data.aws_caller_identity``."""
    if reference is None or reference.address.type != "aws_caller_identity":
        return None
    instance = sym.terraform.resource(reference.address)
    if reference.path not in (("account_id",), ("id",)) or instance is None:
        return None
    return provider_of_resource(instance)
