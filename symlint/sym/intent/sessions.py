"""How long the AWS sessions last that the targets of a strategy open."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.external import external_resources
from symlint.sym.intent.connectors.scopes import read_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.graph.reference_graph import ReferenceGraph
    from symlint.source.text import Range
    from symlint.sym.catalogue.relations import Session
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.model.strategies import Target
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value

_POLICIES = ("aws_iam_policy", "aws_iam_policy_document")
"""What says what a group may do, and has no effect of its own."""


class Bound(NamedTuple):
    """An AWS session that bounds access: how many ``seconds`` it lasts, and where that is said.

    ``value`` is None where it is AWS's default. ``setting`` of the target leads there.
    """

    setting: str
    instance: ResourceInstance
    session: Session
    seconds: int
    range: Range
    value: Value | None


def session_bounds(target: Target, sessions: Iterable[Session]) -> Iterator[Bound | None]:
    """The sessions that a target opens; None for one that is not known."""
    entry = target.entry
    if entry is None:
        return
    for setting in entry.settings.values():
        value = target.setting(setting.name)
        reference = None if value is None else read_from(value)
        outside = reference is None or reference.address.type not in setting.from_resources
        if value is not None and value.unknown is not None and outside:
            yield from (None for it in sessions if it.resource in setting.from_resources)
        elif reference is not None:
            yield from _bounds_behind(target, setting, reference.address, sessions)


def _bounds_behind(
    target: Target, setting: Setting, address: Address, sessions: Iterable[Session]
) -> Iterator[Bound | None]:
    """The sessions that a setting opens, which was read from the resource at ``address``."""
    for session in sessions:
        if address.type == session.resource and session.resource in setting.from_resources:
            instance = target.sym.terraform.resource(address)
            declared = instance if address.kind == "resource" else None
            yield None if declared is None else _bound(setting.name, declared, session)
        elif address.type in setting.from_resources:
            for instance in _roles_behind(target.sym, address, session):
                bound = _bound(setting.name, instance, session)
                if bound is None or bound.value is not None:
                    yield bound


def _bound(setting: str, instance: ResourceInstance, session: Session) -> Bound | None:
    value, written = instance.attribute(session.argument), instance.configured(session.argument)
    if value is None or written is None or value.is_null:
        if not instance.complete:
            return None
        return Bound(setting, instance, session, session.default_seconds, instance.range, None)
    seconds = _seconds_of_aws(value, session.unit)
    if seconds is None:
        return None
    return Bound(setting, instance, session, seconds, value.origin or written.value.range, value)


def _seconds_of_aws(value: Value, unit: str) -> int | None:
    content = value.content
    if unit == "seconds":
        if isinstance(content, str) and content.isdecimal() and len(content) < 9:
            return int(content)
        return content if isinstance(content, int) and not isinstance(content, bool) else None
    if not isinstance(content, str):
        return None
    import re

    found = re.fullmatch(
        r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?", content
    )
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (int(it or 0) for it in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _roles_behind(sym: Lookup, group: Address, session: Session) -> Iterator[ResourceInstance]:
    """The roles that the policies of an IAM group name.

    They are found by the references between blocks, for the text of a policy is seldom known.
    """
    declared = sym.once_for((_declared, session), lambda: _declared(sym, session))
    if declared:
        named = _named_by_policies(sym.graph, group, session.resource)
        found = [it for address in named for it in declared.get(address, ())]
        for _, instance in sorted(found, key=lambda it: it[0]):
            yield instance


def _declared(sym: Lookup, session: Session) -> dict[Address, list[tuple[int, ResourceInstance]]]:
    """The roles that say how long a session is, by their blocks, each with its place among them."""
    found: dict[Address, list[tuple[int, ResourceInstance]]] = {}
    for place, instance in enumerate(external_resources(sym, session.resource)):
        if instance.configured(session.argument) is not None:
            found.setdefault(instance.address.without_keys(), []).append((place, instance))
    return found


def _named_by_policies(graph: ReferenceGraph, group: Address, wanted: str) -> set[Address]:
    """The things of type ``wanted`` whose ARN a policy of the group refers to."""
    policies = [it for it in graph.readers(group) if it.type.startswith("aws_iam_group_policy")]
    origins = graph.origins(policies, through=lambda it: it.type in _POLICIES)
    return {it.target for it in origins if it.target.type == wanted and it.path[:1] == ("arn",)}
