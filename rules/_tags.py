"""Compares a resource's tag with the one an addon's policy requires: for secrets/ and logs/."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.sym.model.texts import shown_value
from symlint.sym.words import quoted

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Fix, Outcome
    from symlint.lint.rule import Rule
    from symlint.source.text import Range
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.aws.tag_conditions import TagAnswer, Unopened
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance


_STEPS_PER_POLICY: Final = 100
"""What it takes to compare a policy of an addon with the tags of a resource, in steps of the budget."""


def check_tags(
    rule: Rule, sym: Lookup, instance: ResourceInstance, role: RuntimeRole,
    addon: str, used: Range, question: str,
) -> Outcome | TagAnswer | None:  # fmt: skip  # as many a line as fit
    """Whether the addon of a role allows access to a resource because of its tag.

    The answer itself if it does not; None if the role has no addon, or the addon does not compare
    tags.
    """
    from symlint.sym.aws.policies import Policies
    from symlint.sym.aws.stores import opened_otherwise
    from symlint.sym.aws.tag_conditions import compare_tag

    access = sym.once(Policies).access(role, addon)
    if not sym.terraform.budget.spend(len(access.policies) * _STEPS_PER_POLICY):
        return None
    answers = [it for policy in access.policies if (it := compare_tag(sym, instance, policy))]
    if not answers:
        return None
    if any(it.answer and it.policy.serves(role) for it in answers):
        return PASSED
    undecided = next((it for it in answers if it.answer is not False), None)
    if undecided is not None:
        return rule.undecided(used, question, undecided.reason or access.reason)
    other = sym.once(Policies).other_access(role, answers[0].policy.grant.action)
    if other is not None:
        return rule.undecided(used, question, other)
    if opened_otherwise(sym, instance):
        return rule.undecided(used, question, "it has a policy of its own")
    return answers[0]


def tag_finding(rule: Rule, it: Unopened) -> Finding:
    """The finding for a tag that is missing or has the wrong value."""
    from symlint.sym.aws.tag_conditions import differs_in_case, tag_range
    from symlint.sym.intent.misuse import misused_at

    answer, instance = it.answer, it.instance
    range_ = tag_range(answer, instance)
    if answer.given is not None and range_ == answer.given.origin:
        range_ = misused_at(answer.policy.sym, answer.given) or range_
    place = Location.of_range(range_, str(instance.address), "tags")._replace(value=answer.given)
    wanted, name = answer.wanted, answer.name
    text = None if wanted.value.sensitive else wanted.value.string
    value = wanted.range.text if text is None else quoted(text)
    allowed = f"{name} = {value}" if text is not None else f"this {name}"
    related = (
        RelatedRange(wanted.range, f"the addon allows access to a {it.thing} with {allowed}"),
        RelatedRange(it.used, f"Sym uses the {it.thing} here"),
    )
    given = answer.given
    help_ = f"write {name} = {value}"
    if given is not None and answer.lookalike is None:
        title = f"{it.thing} is tagged {name} = {shown_value(given)}"
        title += "" if text is None else f", but the addon allows access only to {value}"
        label = "not the value that the addon requires"
    elif answer.lookalike is not None:
        title = f"{it.thing} is tagged {answer.lookalike}, but the addon checks {name}"
        label = "differs in case"
    else:
        title, label = f"{it.thing} has no tag {name}", f"{name} is missing"
        line = f"{name} = {value}"
        tagged = range_ != instance.range
        help_ = f"add it:\n  {line}" if tagged else f"add:\n  tags = {{\n    {line}\n  }}"
    return place.finding(
        rule,
        title,
        label=label,
        related=tuple(part for part in related if part.range != range_),
        why=it.why,
        help_=help_,
        fix=_tag_fix(answer, place),
        severity="note" if differs_in_case(answer) else None,
    )


def addon_finding(rule: Rule, it: Unopened) -> Finding:
    """The finding for the ``environment`` of an addon that no tag has."""
    from symlint.sym.aws.tag_conditions import own_text, tag_range

    answer, module, given = it.answer, it.answer.policy.module, it.answer.given
    assert given is not None
    wanted = answer.wanted
    range_ = own_text(answer.policy.sym, wanted.value, wanted.range)
    place = Location.of_argument(module, "environment").of_element(wanted.value).at(range_)
    return place.finding(
        rule,
        f"{module.title} allows access to {answer.name} = {shown_value(wanted.value)}, "
        f"but the {it.thing} has {shown_value(given)}",
        label=f"no {it.thing} has this tag",
        related=(
            RelatedRange(tag_range(answer, it.instance), f"how the {it.thing} is tagged"),
            *place.use(),
        ),
        why=it.why,
        help_=f"write environment = {shown_value(given)}",
    )


def _tag_fix(answer: TagAnswer, place: Location) -> Fix | None:
    given, wanted = answer.given, answer.wanted.value
    if given is None or wanted.string is None or answer.lookalike is not None or wanted.sensitive:
        return None
    if given.hops or place.range != given.origin:
        return None
    return place.quote(wanted.string, safe=False)
