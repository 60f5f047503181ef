"""Findings about a runtime's role without an addon's policy: for rules in secrets/ and logs/."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.policies import Policies
from symlint.sym.aws.roles.runtime import role_of_context
from symlint.sym.intent.connectors.addons import (
    has_addons,
    idle_addons,
    misplaced_addon,
    runtime_in_need,
)
from symlint.sym.model.references import output_of, output_reference
from symlint.sym.words import quoted, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.lint.rule import Rule
    from symlint.sym.aws.policies import AddonPolicy
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Link, View


class Need(NamedTuple):
    """A permission that ``view`` needs: an addon gives it to the role that ``link`` leads to.

    ``what`` completes "may": "read secrets". ``why`` is what happens otherwise.
    """

    view: View
    link: Link
    addon: RegistryModule
    what: str
    why: str


def check_access(rule: Rule, sym: SymConfiguration, needs: Iterable[Need]) -> Iterator[Outcome]:
    """Whether each need is met, as far as that is known.

    An addon that is not attached to a role is reported once, instead of the needs that it
    leaves unmet.
    """
    unmet: dict[str, list[tuple[Need, RuntimeRole | None]]] = {}
    for need in needs:
        role = role_of_context(sym, need.link)
        question = f"may the runtime {need.what}?"
        if role is None:
            reason = need.link.reason or "the role is not known"
            yield rule.undecided(need.link.range, question, reason)
            unmet.setdefault(need.addon.name, []).append((need, None))
            continue
        access = sym.once(Policies).access(role, need.addon.name)
        if access.answer is None:
            yield rule.undecided(need.link.range, question, access.reason)
        elif access.answer:
            yield PASSED
        else:
            unmet.setdefault(need.addon.name, []).append((need, role))
    for name, found in unmet.items():
        yield from _of_addon(rule, sym, name, found)


def _of_addon(
    rule: Rule, sym: SymConfiguration, name: str, unmet: list[tuple[Need, RuntimeRole | None]]
) -> Iterator[Outcome]:
    idle = list(idle_addons(sym, name))
    if idle:
        need, role = next((it for it in unmet if it[1] is not None), unmet[0])
        for policy in idle:
            yield unattached_finding(rule, policy, role, need.why)
        return
    for need, role in unmet:
        if role is None:
            continue
        if not sym.complete:
            question = f"may the runtime {need.what}?"
            yield rule.undecided(need.link.range, question, "a syntax error hides a part of it")
        else:
            yield denied_finding(rule, need, role)


def unattached_finding(
    rule: Rule, policy: AddonPolicy, role: RuntimeRole | None, why: str
) -> Finding:
    """The finding for an addon whose policy is not attached to a role."""
    module, name = policy.module, policy.grant.role_input
    given = module.argument(name)
    runtime = runtime_in_need(policy.sym, role)
    related: tuple[RelatedRange, ...] = ()
    if runtime is not None:
        related = (RelatedRange(runtime.header, "the runtime that needs it"),)
    place = Location.of_argument(module, name)._replace(value=None)
    return place.finding(
        rule,
        f"{module.title} is not attached to a role",
        label=f"{name} is missing" if given is None else "no role",
        related=related,
        why=f"The policy of the addon has no effect until it is attached to a role. {why}",
        help_=_attach(policy, runtime),
    )


def denied_finding(rule: Rule, need: Need, role: RuntimeRole) -> Finding:
    """The finding for a role without the permission that a need requires."""
    sym, runtime = need.view.sym, role.connector
    stray = misplaced_addon(sym, role, need.addon)
    if stray is not None:
        return _misplaced_finding(rule, need, role, stray)
    range_, label = need.view.header, f"no policy allows its runtime to {need.what}"
    attribute = ""
    related: tuple[RelatedRange, ...] = ()
    addons = None if runtime is None else runtime.argument("addons")
    own = runtime if runtime is not None and (addons or has_addons(runtime)) else None
    if own is not None:
        range_, label, attribute = own.header, f"no addon allows it to {need.what}", "addons"
        if addons is not None:
            range_, label = addons.range, f"none of these allows it to {need.what}"
        related = (RelatedRange(need.view.header, f"this {need.view.noun} requires it"),)
    else:
        related = (RelatedRange(need.link.range, f"leads to the role of {role.description}"),)
    owner = need.view.address if own is None else own.address
    return Location.of_range(range_, str(owner), attribute).finding(
        rule,
        f"the role of {role.description} may not {need.what}",
        label=label,
        related=related,
        why=need.why,
        help_=_allow(need, runtime),
    )


def _misplaced_finding(rule: Rule, need: Need, role: RuntimeRole, stray: AddonPolicy) -> Finding:
    attached = stray.attached[0]
    other = "" if attached.role is None else attached.role.description
    runtime = role.connector
    reference = output_reference(runtime, "role_name", stray.module.call.parent)
    name = stray.grant.role_input
    return Location.of_range(attached.range, str(stray.module.address), name).finding(
        rule,
        f"{stray.module.title} is attached to the role of {other}, not of {role.description}",
        label="attached to another role",
        related=(
            RelatedRange(
                need.link.range, f"this {need.view.noun} uses the role of {role.description}"
            ),
        ),
        why=need.why,
        help_=f"write {name} = {reference}"
        if reference is not None
        else f"attach it to the role of {role.description}",
    )


def _attach(policy: AddonPolicy, runtime: SymModule | None) -> str:
    """How to attach the policy of an addon's module to the role of a runtime connector."""
    module, name = policy.module, policy.grant.role_input
    if runtime is not None and has_addons(runtime):
        return (
            f'write addons = ["{policy.grant.addon}"] in {runtime.local_name}, '
            f"instead of {module.local_name}"
        )
    reference = output_reference(runtime, "role_name", module.call.parent)
    line = f"  {name} = {reference or '<name of the runtime role>'}"
    forms = module.entry.inputs.get(name, ())
    since = forms[-1].since if forms else None
    if since is not None and module.share(since) in ("none",):
        return f'require version "~> {since}" of it and add:\n{line}'
    return f"add:\n{line}"


def _allow(need: Need, runtime: SymModule | None) -> str:
    """How to give a role the permission that it needs."""
    addon, grant = need.addon, need.addon.grant
    assert grant is not None
    if runtime is None:
        return f"attach the policy of {with_article(addon.title)} to the role"
    if has_addons(runtime):
        given = [quoted(it.string) for it in runtime.value("addons").elements or () if it.string]
        return f"write addons = [{', '.join([*given, quoted(grant.addon)])}]"
    environment = runtime.environment
    value = "..." if environment is None else environment.range.text
    reference = output_of(runtime, "role_name") or "..."
    source = addon.current_source
    version = source.versions[-1]
    lines = [
        "add:",
        f'module "{grant.addon.rpartition("/")[2].replace("-", "_")}_access" {{',
        f'  source  = "{source.address}"',
        f'  version = "~> {version}"',
        "",
        f"  environment   = {value}",
        f"  {grant.role_input} = {reference}",
        "}",
    ]
    return "\n".join(lines)
