"""How the tag of a resource is compared with that by which an addon opens it; for all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.rules._links import within
from symlint.rules._settings import first_line, text_of
from symlint.sym.tags import tags_of

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.configuration import SymConfiguration
    from symlint.sym.policies import AddonPolicy, GrantInput
    from symlint.terraform.addresses import Address
    from symlint.terraform.instances import ResourceInstance
    from symlint.terraform.values import Value


class TagAnswer(NamedTuple):
    """Whether a resource has the tag by which a policy opens it; ``answer`` None if not known.

    ``name`` is that of the tag, ``wanted`` the value that it must have, ``given`` the value that
    it has. ``lookalike`` is a tag that differs in case alone.
    """

    policy: AddonPolicy
    answer: bool | None
    name: str
    wanted: GrantInput
    given: Value | None = None
    lookalike: str | None = None
    reason: str = ""


def compare_tag(
    sym: SymConfiguration, instance: ResourceInstance, policy: AddonPolicy
) -> TagAnswer | None:
    """Whether ``policy`` opens ``instance`` by its tags; None for addons that go by none."""
    grant = policy.grant
    if grant.tag_input is None or grant.tag_value_input is None:
        return None
    name, wanted = policy.input(grant.tag_input).value.string, policy.input(grant.tag_value_input)
    if name is None or wanted.value.is_null:
        return TagAnswer(policy, None, "", wanted, reason="the tag of the addon is not known")
    tags = tags_of(sym, instance)
    if tags.items is None:
        return TagAnswer(policy, None, name, wanted, reason=tags.reason)
    given = tags.items.get(name)
    if given is not None and not given.is_null:
        return _compare(policy, name, wanted, given)
    near = [it for it in tags.items if it.lower() == name.lower()]
    lookalike = near[0] if len(near) == 1 else None
    value = None if lookalike is None else tags.items[lookalike]
    return TagAnswer(policy, False, name, wanted, value, lookalike)


def _compare(policy: AddonPolicy, name: str, wanted: GrantInput, given: Value) -> TagAnswer:
    from symlint.terraform.equality import equal

    one, two = text_of(given), text_of(wanted.value)
    answer = one == two if one is not None and two is not None else equal(given, wanted.value)
    return TagAnswer(policy, answer, name, wanted, given, reason="one of the two is not known")


def tag_range(answer: TagAnswer, instance: ResourceInstance) -> Range:
    """The text to change where a tag is missing or has the wrong value."""
    sym = answer.policy.module.sym
    entry = sym.catalogue.external_resources.get(instance.type)
    written = None
    if entry is not None and entry.tags_argument is not None:
        written = instance.configured(entry.tags_argument)
    if answer.given is None:
        if written is None:
            return instance.range
        tags = instance.attribute(written.name)
        origin = None if tags is None else tags.origin
        if origin is None or within(origin, written.value.range):
            return written.name_range
        return first_line(origin, written.value.range)
    used = instance.range if written is None else written.value.range
    return own_text(sym, answer.given, used)


def own_text(sym: SymConfiguration, value: Value, used: Range) -> Range:
    """The text behind a value that nothing else depends on: where it is written, if it is alone.

    What a local or variable holds that others read as well is right for them; then the place
    where it is taken for this use is what can be changed.
    """
    range_ = value.origin or used
    counts: dict[Address, int] = {}
    for edge in sym.structure.edges:
        counts[edge.target] = counts.get(edge.target, 0) + 1
    for hop in value.hops:
        address = hop.reference.address
        path = tuple(step._replace(key=None) for step in address.module)
        if counts.get(address._replace(module=path, key=None), 0) > 1:
            range_ = hop.range
    return range_
