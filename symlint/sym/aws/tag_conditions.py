"""Whether an addon's policy grants access to a resource by tag, and the text to correct."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.tags import tags_of
from symlint.sym.model.settings import first_line
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.aws.policies import AddonPolicy, GrantInput
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.value import Value


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


def compare_tag(sym: Lookup, instance: ResourceInstance, policy: AddonPolicy) -> TagAnswer | None:
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
        return compare_value(policy, name, given)
    near = [
        tag
        for tag, value in tags.items.items()
        if tag.lower() == name.lower() and not value.is_null
    ]
    lookalike = near[0] if len(near) == 1 else None
    value = None if lookalike is None else tags.items[lookalike]
    return TagAnswer(policy, False, name, wanted, value, lookalike)


def compare_value(policy: AddonPolicy, name: str, given: Value) -> TagAnswer:
    """Whether ``given`` is the value that a policy wants of the tag ``name``."""
    from symlint.terraform.values.equality import equal

    grant = policy.grant
    wanted = policy.input(grant.tag_value_input or "")
    looked_at = policy.input(grant.tag_input or "").value.string
    if looked_at is None or wanted.value.is_null:
        return TagAnswer(policy, None, name, wanted, given, reason="its tag is not known")
    one, two = text_of(given), text_of(wanted.value)
    answer = one == two if one is not None and two is not None else equal(given, wanted.value)
    answer = answer if looked_at == name else False
    return TagAnswer(policy, answer, name, wanted, given, reason="one of the two is not known")


def tag_range(answer: TagAnswer, instance: ResourceInstance) -> Range:
    """The text to change where a tag is missing or has the wrong value."""
    sym = answer.policy.sym
    entry = sym.catalogue.external_resources.get(instance.type)
    written = None
    if entry is not None and entry.tags_argument is not None:
        written = instance.configured(entry.tags_argument)
    if answer.given is None:
        if written is None:
            return instance.range
        tags = instance.attribute(written.name)
        origin = None if tags is None else tags.origin
        if tags is None or origin is None or origin.is_within(written.value.range):
            return written.name_range
        # The last place that is this module's own: its caller has no business with the tag.
        folder = instance.range.path.rpartition("/")[0]
        places = (origin, *(hop.range for hop in tags.hops))
        own = next(
            (it for it in places if it.path.rpartition("/")[0] == folder), written.name_range
        )
        return first_line(own, written.value.range)
    used = instance.range if written is None else written.value.range
    return own_text(sym, answer.given, used)


def own_text(sym: Lookup, value: Value, used: Range) -> Range:
    """The text behind a value that nothing else depends on: where it is written, if it is alone.

    What a local or variable holds that others read as well is right for them; then the place
    where it is taken for this use is what can be changed.
    """
    range_ = value.origin or used
    for hop in value.hops:
        if len(sym.graph.edges_to(hop.reference.address)) > 1:
            range_ = hop.range
    return range_


def differs_in_case(answer: TagAnswer) -> bool:
    """Whether the tag has the right value and differs in the case of its name alone."""
    given, wanted = answer.given, answer.wanted.value
    if answer.lookalike is None or given is None:
        return False
    from symlint.terraform.values.equality import equal

    return equal(given, wanted) is not False


class Unopened(NamedTuple):
    """A secret or stream that an addon surely does not open by its tag.

    ``thing`` is what it is called: "secret". ``instance`` is the resource, ``used`` the text by
    which Sym gets to it, ``why`` what happens.
    """

    thing: str
    answer: TagAnswer
    instance: ResourceInstance
    used: Range
    why: str


def addon_is_suspect(it: Unopened, all_: list[Unopened]) -> bool:
    """Whether it is rather the addon that has the wrong environment.

    That is where the tag has that of the runtime connector, or all of several things have one and
    the same other value.
    """
    policy, given = it.answer.policy, it.answer.given
    if given is None or given.string is None or it.answer.lookalike is not None:
        return False
    if policy.addon is not None:
        return False
    runtimes = (at.role.connector for at in policy.attached if at.role is not None)
    texts = {
        runtime.environment.value.string
        for runtime in runtimes
        if runtime is not None and runtime.environment is not None
    }
    if it.answer.wanted.value.string in texts:
        return False
    same = [other for other in all_ if other.answer.policy.module is policy.module]
    values = {None if at.answer.given is None else at.answer.given.string for at in same}
    return given.string in texts or (len(same) > 1 and values == {given.string})
