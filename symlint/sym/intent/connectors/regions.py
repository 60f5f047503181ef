"""The AWS regions of secrets and streams, and of the permission contexts that lead to them."""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.account_facts import account_of
from symlint.sym.aws.external import external_resources
from symlint.sym.aws.provider_configurations import provider_blocks
from symlint.sym.intent.connectors.account_mistakes import judged_uses
from symlint.sym.model.integrations import Integration
from symlint.sym.model.modules import SymModule
from symlint.terraform.values.equality import equal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.account_facts import Account
    from symlint.sym.aws.provider_configurations import ProviderUse
    from symlint.sym.intent.connectors.account_uses import AccountUse, Maker
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.bodies import ConfiguredBody
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.value import Value

_KINDS: Final = frozenset(("secret", "stream"))
"""What is looked up by its name in one region; IAM and SSO have no regions for that."""

_MOST_COMPARED: Final = 200
"""With how many things of the same type one is compared by name."""


class Region(NamedTuple):
    """The region of a thing or of a permission context, and the text that decides it."""

    name: str
    range: Range


class RegionUse(NamedTuple):
    """A thing that is looked up by its name, its region, and that of the permission context.

    ``found`` is whether it is there; None where that is not known.
    """

    use: AccountUse
    thing: Region | None
    context: Region | None
    found: bool | None


def region_uses(sym: Lookup) -> Iterator[RegionUse]:
    """Each thing that a runtime looks up in the region of a permission context."""
    for use, reached in sym.once(judged_uses):
        if use.kind in _KINDS and reached is not False:
            thing, context = region_of(use.maker, use.thing), _region_of_context(use)
            found = None
            if thing is not None and context is not None:
                found = thing.name == context.name or _is_elsewhere(sym, use, context)
            yield RegionUse(use, thing, context, found)


def region_of(maker: Maker, account: Account | None) -> Region | None:
    """The region that a thing is made in, and the text that says so; None where it is not known."""
    own = None if isinstance(maker, SymModule) else maker.configured("region")
    if own is not None and not isinstance(maker, SymModule):
        return _region(maker.attribute("region"), own.value.range)
    return None if account is None else _region_of_provider(account.use, account.range)


def _region_of_context(use: AccountUse) -> Region | None:
    view = None if use.choice is None else use.choice.link.view
    if isinstance(view, Integration):
        value = view.setting("region")
        if view.connector is None or (value is not None and value.string is not None):
            return _region(value, view.range("settings"))
    return _region_of_provider(use.role.use, use.role.range)


def _region_of_provider(use: ProviderUse | None, range_: Range) -> Region | None:
    value = None if use is None or use.body is None else use.body.attribute("region")
    return None if value is None or not value.string else Region(value.string, range_)


def _region(value: Value | None, range_: Range) -> Region | None:
    if value is None or not value.string:
        return None
    return Region(value.string, value.origin or range_)


def _is_elsewhere(sym: Lookup, use: AccountUse, context: Region) -> bool | None:
    """Whether something of the name is, or may be, in the region that is looked in."""
    maker = use.maker
    if isinstance(maker, SymModule):
        return False
    if maker.declaration.kind != "resource":
        return None
    for replica in maker.blocks("replica"):
        value = replica.attribute("region")
        if value is None or value.string is None:
            return None
        if value.string == context.name:
            return True
    if any(True for _ in maker.block.body.blocks("dynamic")):
        return None
    name = maker.attribute("name")
    others = iter(external_resources(sym, maker.type))
    for other in islice(others, _MOST_COMPARED):
        if other.address != maker.address and _may_be(other, name, context):
            return None
    return None if next(others, None) is not None else False


def _may_be(other: ResourceInstance, name: Value | None, context: Region) -> bool:
    its, region = other.attribute("name"), region_of(other, account_of(other))
    if name is not None and its is not None and equal(name, its) is False:
        return False
    return region is None or region.name == context.name


# --- regions that there are not -------------------------------------------------------------------


def _is_imitation(body: ConfiguredBody) -> bool:
    """Whether a provider works with endpoints of somebody's own, or leaves regions unchecked."""
    unchecked = body.configured("skip_region_validation") is not None
    return unchecked or any(True for _ in body.blocks("endpoints"))


def provider_regions(sym: Lookup) -> Iterator[tuple[str, Value, Range]]:
    """The region of each configuration of the AWS provider, and its place.

    Without those that may work with something else than AWS.
    """
    for address, body in provider_blocks(sym, "aws"):
        written = body.configured("region")
        if written is None or _is_imitation(body):
            continue
        value = body.attribute("region")
        if value is not None and value.string:
            yield address, value, written.value.range
