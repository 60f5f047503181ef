"""Of a thing and a role in two AWS accounts, which one is to be changed."""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.account_facts import account_of, is_one_account
from symlint.sym.aws.provider_configurations import provider_of_call
from symlint.sym.intent.connectors.account_uses import account_uses, is_reached
from symlint.sym.model.modules import SymModule
from symlint.sym.model.strategies import Strategy
from symlint.terraform.values.equality import equal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.account_facts import Account
    from symlint.sym.intent.connectors.account_uses import AccountUse
    from symlint.sym.model.views import Link, Lookup

Mistake: TypeAlias = Literal[
    "thing",  # it is made with the provider of another account
    "role",  # that is what is made with the provider of another account
    "name",  # the wrong thing, or the wrong role, is named
    "choice",  # what leads to the role leads to one of another account
    "element",  # the target belongs to another strategy
]

_SSO: Final = frozenset(("sso", "instance"))
_CONTEXTS: Final = {"group": "iam", "sso": "sso"}
"""The connectors whose roles use a thing; other things are used by the role of a runtime."""

_MOST_COMPARED: Final = 500
"""With how many uses one is compared."""


class Judged(NamedTuple):
    """A use, and whether the role finds the thing; None where that is not known."""

    use: AccountUse
    reached: bool | None


def judged_uses(sym: Lookup) -> tuple[Judged, ...]:
    """Each use of a thing with its answer."""
    judged = [Judged(use, is_reached(sym, use)) for use in account_uses(sym)]
    found = [it for it in judged if it.reached and it.use.kind in _SSO]
    return tuple(
        it
        if it.use.kind != "sso" or it.reached is not False or _is_certain(sym, it.use, found)
        else it._replace(reached=None)
        for it in judged
    )


def _is_certain(sym: Lookup, use: AccountUse, found: list[Judged]) -> bool:
    """Whether more than one thing says that a connector is not with a thing of its SSO instance.

    Two accounts may manage one instance, so that a difference alone is no mistake. It is one where
    the role finds the rest of the instance, or what is found in the account of the thing; or where
    a runtime may assume roles in that account, and there are none.
    """
    for it in islice(found, _MOST_COMPARED):
        if it.use.owner is use.owner or _is_same_choice(it.use, use):
            return True
    return _is_listed_in_vain(sym, use)


def _is_listed_in_vain(sym: Lookup, use: AccountUse) -> bool:
    """Whether a runtime lists the account of a thing, in which no connector is."""
    from symlint.sym.intent.connectors.safelists import Sides, is_listed

    there = use.thing.use
    if there is None:
        return False
    for connector in sym.connectors:
        account = account_of(connector)
        if account is None or is_one_account(sym, account, use.thing) is not False:
            return False
    for runtime in sym.runtime_connectors:
        own = provider_of_call(runtime.call, "aws")
        if own is not None and is_listed(sym, runtime, Sides(own, there, use.thing.ids)):
            return True
    return False


def mistake(sym: Lookup, use: AccountUse) -> Mistake:
    """What is to be changed, by what else uses the thing and the role."""
    if _is_role_alone(sym, use):
        return "role"
    if use.choice is None:
        other = _has_other_role(sym, use) and not _goes_with_role(use)
        return "name" if other else "thing"
    siblings = list(_siblings(sym, use))
    if any(it.reached and it.use.owner is use.owner for it in siblings):
        return "element" if use.kind in _CONTEXTS else "choice"
    if any(it.reached and _is_same_choice(it.use, use) for it in siblings):
        return "thing"
    if not _has_other_role(sym, use):
        return "thing"
    # Of two roles that both have users of their own, the wrong one was chosen.
    fits = _has_users(sym, use, use.role)
    return "choice" if fits or not _has_users(sym, use, use.thing) else "thing"


def _is_role_alone(sym: Lookup, use: AccountUse) -> bool:
    """Whether several things use a role, all of them from other accounts."""
    things = set()
    for it in islice(sym.once(judged_uses), _MOST_COMPARED):
        if it.use.role.range == use.role.range:
            if it.reached is not False:
                if it.reached or it.use.kind != "instance":
                    return False
                continue
            things.add(_header(it.use).sort_key())
    return len(things) > 1 or (use.kind == "sso" and _is_listed_in_vain(sym, use))


def _has_users(sym: Lookup, use: AccountUse, account: Account) -> bool:
    """Whether something else of the kind is used by a role of an account that reaches it."""
    return any(
        it.reached and _are_alike(it.use, use) and is_one_account(sym, it.use.role, account)
        for it in islice(sym.once(judged_uses), _MOST_COMPARED)
    )


def element_of(use: AccountUse) -> Link | None:
    """The element of a strategy's ``targets`` that leads to the thing."""
    strategy = None if use.choice is None else use.choice.view
    if not isinstance(strategy, Strategy):
        return None
    return next((it for it in strategy.targets.leaves if it.view is use.owner), None)


def _siblings(sym: Lookup, use: AccountUse) -> Iterator[Judged]:
    """The other uses of the same thing, and those of other things by the same role."""
    for it in islice(sym.once(judged_uses), _MOST_COMPARED):
        if _are_alike(it.use, use) and (it.use.owner is use.owner or _is_same_choice(it.use, use)):
            yield it


def _are_alike(one: AccountUse, other: AccountUse) -> bool:
    return one.kind == other.kind or (one.kind in _SSO and other.kind in _SSO)


def _is_same_choice(one: AccountUse, other: AccountUse) -> bool:
    here, there = one.choice, other.choice
    return here is not None and there is not None and here.view is there.view


def _has_other_role(sym: Lookup, use: AccountUse) -> bool:
    """Whether a module like the one that makes the role is in the account of the thing."""
    wanted = _CONTEXTS.get(use.kind)
    for module in sym.modules:
        like = module.kind == "runtime" if wanted is None else module.entry.context == wanted
        account = account_of(module) if like else None
        if account is not None and is_one_account(sym, account, use.thing):
            return True
    return False


def _header(use: AccountUse) -> Range:
    return use.maker.header if isinstance(use.maker, SymModule) else use.maker.range


def _goes_with_role(use: AccountUse) -> bool:
    """Whether an addon is named after the environment of the runtime connector."""
    maker, role = use.maker, use.role_maker
    if not isinstance(maker, SymModule) or not isinstance(role, SymModule):
        return False
    here, there = maker.environment, role.environment
    return here is not None and there is not None and equal(here.value, there.value) is True
