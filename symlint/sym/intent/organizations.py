"""The Sym organization that a resource belongs to: that of its configuration of the provider."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.provider_configurations import (
    provider_blocks,
    provider_of_call,
    provider_of_resource,
)
from symlint.sym.model.argument_links import argument_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.provider_configurations import ProviderUse
    from symlint.sym.model.views import Link, Lookup, View
    from symlint.terraform.values.addresses import ModulePath
    from symlint.terraform.values.value import Value

_PROVIDER: Final = "sym"


class Membership(NamedTuple):
    """A link of ``view``, and the provider configurations of both ends.

    ``same`` is whether both are of one organization; None where that is not known.
    """

    view: View
    attribute: str
    link: Link
    own: ProviderUse
    other: ProviderUse
    same: bool | None


def memberships(sym: Lookup) -> tuple[Membership, ...]:
    """The links between resources of the Sym provider whose configurations are known."""
    if not any(
        provider.name == _PROVIDER and provider.alias is not None
        for module in sym.module_instances
        for provider in module.module.providers.values()
    ):
        return ()
    return tuple(_memberships(sym))


def _memberships(sym: Lookup) -> Iterator[Membership]:
    from symlint.sym.model.configuration import VIEWS

    for kind in VIEWS.values():
        for view in sym.all(kind):
            own = provider_of_resource(view.instance)
            for argument in () if own is None else argument_links(view):
                for link in argument.leaves:
                    other = _provider_behind(sym, link)
                    if own is not None and other is not None:
                        same = _is_one(own, other)
                        yield Membership(view, argument.attribute, link, own, other, same)


def _provider_behind(sym: Lookup, link: Link) -> ProviderUse | None:
    if link.outcome != "ok" or link.subject is None or not link.subject.kind.startswith("sym_"):
        return None
    if link.view is not None:
        return provider_of_resource(link.view.instance)
    module = sym.module_around(link.subject.owner.address)
    return None if module is None else provider_of_call(module.call, _PROVIDER)


def organization(use: ProviderUse) -> str | None:
    """The text of ``org``, where it is known."""
    value = None if use.body is None else use.body.attribute("org")
    return None if value is None else value.string


def empty_organizations(sym: Lookup) -> Iterator[tuple[str, Value, Range]]:
    """The address, value and place of each ``org`` that is written as an empty text.

    Without those of variables: who runs Terraform may set them.
    """
    for address, body in provider_blocks(sym, _PROVIDER):
        written, value = body.configured("org"), body.attribute("org")
        if written is None or value is None or value.string is None or value.string.strip():
            continue
        if all(hop.reference.address.kind == "local" for hop in value.hops):
            yield address, value, written.value.range


def _is_one(one: ProviderUse, other: ProviderUse) -> bool | None:
    if one.identity == other.identity:
        return True
    here, there = organization(one), organization(other)
    if not here or not there:
        return None
    if here.lower() == there.lower():
        return True
    # One may be the id and the other the name of one organization, with other tokens.
    return None if _is_id(here) is not _is_id(there) and _other_token(one, other) else False


def _other_token(one: ProviderUse, other: ProviderUse) -> bool:
    tokens = [None if it.body is None else it.body.attribute("jwt_env_var") for it in (one, other)]
    return tokens != [None, None]


def _is_id(organization_: str) -> bool:
    return organization_.upper().startswith("S-")


# --- what to change -------------------------------------------------------------------------------


class Stranger(NamedTuple):
    """A link between two organizations, and which end of it is to be changed.

    ``wrong`` is the view whose provider is to be changed; None where the link is.
    """

    link: Membership
    wrong: View | None


def strangers(links: tuple[Membership, ...]) -> Iterator[Stranger]:
    """The links into another organization, by what the other links of both ends say."""
    ends: dict[View, list[bool]] = {}
    calls: dict[ModulePath, list[bool]] = {}
    for it in links:
        if it.same is None:
            continue
        for view in _ends(it):
            ends.setdefault(view, []).append(it.same)
            if _leaves_its_call(it):
                calls.setdefault(view.module.path, []).append(it.same)
    for it in links:
        if it.same is False:
            yield Stranger(it, _wrong_end(it, ends) or _wrong_call(it, calls))


def _ends(it: Membership) -> tuple[View, ...]:
    return (it.view,) if it.link.view is None else (it.view, it.link.view)


def _wrong_end(it: Membership, ends: dict[View, list[bool]]) -> View | None:
    """The end that has no link into its own organization; of two, the one with more into others."""
    alone = [view for view in _ends(it) if not any(ends[view])]

    def weight(view: View) -> tuple[int, bool]:
        return len(ends[view]), view.instance.configured("provider") is not None

    return max(alone, key=weight, default=None)


def _wrong_call(it: Membership, calls: dict[ModulePath, list[bool]]) -> View | None:
    """The end in a module that is passed a provider, and all of whose links leave the organization."""
    found = [
        view
        for view in (_ends(it) if _leaves_its_call(it) else ())
        if _is_passed(view) and not any(calls[view.module.path])
    ]
    return max(found, key=lambda view: len(calls[view.module.path]), default=None)


def _leaves_its_call(it: Membership) -> bool:
    other = it.link.view
    return other is not None and other.module.path != it.view.module.path


def _is_passed(view: View) -> bool:
    """Whether the call of its module says which provider a resource is made with."""
    call = view.module.call
    return (
        view.instance.configured("provider") is None
        and call is not None
        and call.configured("providers") is not None
    )
