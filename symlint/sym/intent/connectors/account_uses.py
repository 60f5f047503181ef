"""Things of AWS that a role finds in its own account only: groups, secrets, streams, addons.

Permission sets and SSO groups are found with the account that manages their SSO instance.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.account_facts import (
    account_of,
    account_of_context,
    is_one_account,
    maker_of,
)
from symlint.sym.aws.attachments import attachments
from symlint.sym.aws.external import external_read, external_resources
from symlint.sym.aws.stores import stored_secret
from symlint.sym.intent.connectors.iam_groups import GROUP_TYPE, groups_by_name
from symlint.sym.model.environments import LogDestination
from symlint.sym.model.integrations import Secret
from symlint.sym.model.modules import SymModule
from symlint.sym.model.settings import setting_range
from symlint.sym.model.strategies import Strategy
from symlint.terraform.values.equality import equal
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.account_facts import Account
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.model.views import Link, Lookup, View
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.value import Value

Kind: TypeAlias = Literal["group", "secret", "stream", "sso", "instance", "addon", "attachment"]
Maker: TypeAlias = "ResourceInstance | SymModule"

_SSO_THINGS: Final = {
    "permission_set_arn": ("aws_ssoadmin_permission_set", "instance_arn"),
    "group_id": ("aws_identitystore_group", "identity_store_id"),
}
"""The settings of targets that name things of an SSO instance: their type, what has the instance."""

_MOST_COMPARED: Final = 200
"""With how many things of the same type one is compared by name."""


class Choice(NamedTuple):
    """What leads to a role: the argument ``attribute`` of ``view``."""

    view: View
    link: Link
    attribute: str


class AccountUse(NamedTuple):
    """A thing of AWS, and the role that uses it; one of them is looked up in the other's account.

    ``maker`` makes the thing, ``role_maker`` the role where that is known. ``named`` is the text
    of ``owner`` that names the thing; of an addon, the role. ``choice`` leads to the role where
    the thing is what is named.
    """

    kind: Kind
    owner: View | ResourceInstance | SymModule
    named: Range
    maker: Maker
    thing: Account
    role: Account
    choice: Choice | None = None
    role_maker: Maker | None = None


def account_uses(sym: Lookup) -> Iterator[AccountUse]:
    """Each use of a thing, where the providers of both sides are known."""
    yield from _groups(sym)
    yield from _secrets(sym)
    yield from _streams(sym)
    yield from _sso(sym)
    yield from _addons(sym)
    yield from _attachments(sym)


def is_reached(sym: Lookup, use: AccountUse) -> bool | None:
    """Whether a role finds a thing in its own account; None where that is not known."""
    same = is_one_account(sym, use.thing, use.role)
    if use.kind == "instance":
        # Accounts that do not manage an SSO instance may see it, too.
        return same or None
    if same is False and use.kind != "sso" and _has_namesake(sym, use):
        return None
    return same


# --- things that a role finds by their names ------------------------------------------------------


def _groups(sym: Lookup) -> Iterator[AccountUse]:
    for strategy in sym.all(Strategy):
        if GROUP_TYPE not in strategy.accepted_targets:
            continue
        for link in strategy.integration_link.branches:
            choice = Choice(strategy, link, "integration_id")
            for target in dict.fromkeys(strategy.target_views):
                value = target.setting("iam_group")
                for leaf in () if value is None else leaves(value):
                    read = external_read(sym, leaf, GROUP_TYPE)
                    named = None if read is None else read.range
                    named = named or setting_range(target, "iam_group", leaf)
                    group = _named_group(sym, leaf) if read is None else read.instance
                    yield from _by_name(sym, "group", target, named, group, choice)


def _secrets(sym: Lookup) -> Iterator[AccountUse]:
    for secret in sym.all(Secret):
        source = secret.source
        if source is None:
            continue
        choice = Choice(source, source.context_link, "settings.context_id")
        for leaf in leaves(secret.value("path")):
            stored = stored_secret(secret, leaf)
            if stored is not None and _is_name(sym, leaf, stored.instance.type):
                yield from _by_name(sym, "secret", secret, stored.range, stored.instance, choice)


def _streams(sym: Lookup) -> Iterator[AccountUse]:
    if not sym.all(LogDestination):
        return
    from symlint.sym.aws.log_streams import log_streams

    for it in log_streams(sym):
        if it.stream is not None:
            choice = Choice(it.destination, it.link, "integration_id")
            maker = it.stream.instance or it.stream.module
            yield from _by_name(sym, "stream", it.destination, it.stream.range, maker, choice)


def _sso(sym: Lookup) -> Iterator[AccountUse]:
    """Permission sets and SSO groups, and the SSO instances that are looked up for them."""
    for strategy in sym.all(Strategy):
        for link in strategy.integration_link.branches if _is_of_sso(strategy) else ():
            choice = Choice(strategy, link, "integration_id")
            for target in dict.fromkeys(strategy.target_views):
                for setting, (type_name, argument) in _SSO_THINGS.items():
                    value = target.setting(setting)
                    for leaf in () if value is None else leaves(value):
                        read = external_read(sym, leaf, type_name)
                        if read is None:
                            continue
                        thing, named = read.instance, read.range
                        named = named or setting_range(target, setting, leaf)
                        yield from _by_name(sym, "sso", target, named, thing, choice)
                        yield from _instances(sym, thing, argument, choice)


def _is_of_sso(strategy: Strategy) -> bool:
    return any(name.startswith("aws_sso") for name in strategy.accepted_targets)


def _instances(
    sym: Lookup, thing: ResourceInstance, argument: str, choice: Choice
) -> Iterator[AccountUse]:
    value = thing.attribute(argument)
    read = None if value is None else external_read(sym, value, "aws_ssoadmin_instances")
    if read is not None:
        named = read.range or thing.range
        yield from _by_name(sym, "instance", thing, named, read.instance, choice)


def _by_name(
    sym: Lookup,
    kind: Kind,
    owner: View | ResourceInstance,
    named: Range,
    maker: Maker | None,
    choice: Choice,
) -> Iterator[AccountUse]:
    role = account_of_context(sym, choice.link)
    thing = None if maker is None or role is None else account_of(maker)
    if maker is not None and thing is not None and role is not None:
        yield AccountUse(kind, owner, named, maker, thing, role, choice)


def _named_group(sym: Lookup, value: Value) -> ResourceInstance | None:
    found = sym.once(groups_by_name).get(value.string or "", [])
    return found[0] if len(found) == 1 else None


def _is_name(sym: Lookup, value: Value, type_name: str) -> bool:
    """Whether a value is the name of a thing: an ARN leads into other accounts, too."""
    read = external_read(sym, value, type_name)
    if read is None:
        return value.string is not None and not value.string.startswith("arn:")
    return read.path[:1] == ("name",)


# --- what gives the role of a runtime its permissions ---------------------------------------------


def _addons(sym: Lookup) -> Iterator[AccountUse]:
    for module in sym.modules:
        grant = module.entry.grant
        argument = None if grant is None else module.argument(grant.role_input)
        if argument is None:
            continue
        for leaf in leaves(argument.value):
            from symlint.sym.aws.roles.role_by_name import role_by_name

            trust = role_by_name(sym, leaf, argument.range)
            role = trust.role if trust.outcome == "role" else None
            yield from _for_role(sym, "addon", module, trust.range, module, role)


def _attachments(sym: Lookup) -> Iterator[AccountUse]:
    for attachment in sym.once(attachments):
        role, instance = attachment.role, attachment.instance
        if role is None or role.connector is None:
            continue
        yield from _for_role(sym, "attachment", instance, attachment.range, instance, role)
        for policy in attachment.policies:
            read = sym.output_read(policy)
            if read is not None and read.module.entry.grant is not None:
                named = read.range or policy.origin or attachment.range
                yield from _for_role(sym, "addon", instance, named, read.module, role)


def _for_role(
    sym: Lookup,
    kind: Kind,
    owner: Maker,
    named: Range,
    maker: Maker,
    role: RuntimeRole | None,
) -> Iterator[AccountUse]:
    role_maker = None if role is None else maker_of(sym, role)
    if role_maker is None:
        return
    thing, its = account_of(maker), account_of(role_maker)
    if thing is not None and its is not None:
        yield AccountUse(kind, owner, named, maker, thing, its, None, role_maker)


# --- others of the same name ----------------------------------------------------------------------


def _has_namesake(sym: Lookup, use: AccountUse) -> bool:
    """Whether the account that is looked in may have something else of the same name.

    Things of several accounts often have one name, and one of them may stand for all.
    """
    wanted, where = use.maker, use.role
    if use.role_maker is not None:
        wanted, where = use.role_maker, use.thing
    for count, other in enumerate(_alike(sym, wanted)):
        if other.address == wanted.address:
            continue
        if count == _MOST_COMPARED:
            return True
        if _have_one_name(wanted, other) is not False:
            account = account_of(other)
            if account is None or is_one_account(sym, account, where) is not False:
                return True
    return False


def _alike(sym: Lookup, maker: Maker) -> Iterator[Maker]:
    if isinstance(maker, SymModule):
        return (it for it in sym.modules if it.entry is maker.entry)
    return iter(external_resources(sym, maker.type))


def _have_one_name(one: Maker, other: Maker) -> bool | None:
    if isinstance(one, SymModule) and isinstance(other, SymModule):
        here, there = one.environment, other.environment
        return None if here is None or there is None else equal(here.value, there.value)
    if isinstance(one, SymModule) or isinstance(other, SymModule):
        return None
    name, its = one.attribute("name"), other.attribute("name")
    return None if name is None or its is None else equal(name, its)
