"""The rule about how long access lasts in Sym, and how long in AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.sym.intent.scopes import read_from
from symlint.sym.model.settings import setting_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.graph.edges import Structure
    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.relations import Session
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Target
    from symlint.terraform.instances.instances import ResourceInstance
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value

_MAIN = """
resource "aws_ssoadmin_permission_set" "operator" {
  name             = "Operator"
  instance_arn     = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
  session_duration = "PT1H"
}

resource "sym_target" "operator" {
  type = "aws_sso_permission_set"
  name = "operator"

  settings = {
    permission_set_arn = aws_ssoadmin_permission_set.operator.arn
    account_id         = "111122223333"
  }
}

resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "main-sso"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.operator.id]

  settings = {
    instance_arn = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
  }
}

resource "sym_flow" "sso" {
  name           = "sso"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    strategy_id = sym_strategy.sso.id

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["1h"]
    }
  }
}
"""


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


class Offered(NamedTuple):
    """A duration that a flow offers."""

    seconds: int
    text: str
    range: Range


class SessionLength(Rule):
    """Access through Sym lasts as long as the AWS session that it opens.

    Sym gives and takes the right to open a session; how long one that is open goes on is up to
    AWS. If the session lasts longer than the access that was approved, whoever has opened it keeps
    the role until the session ends. If it is shorter, people are logged out in between and have to
    sign in again, though their access still holds.

    The durations that a flow offers are compared with the `session_duration` of the permission
    sets that it grants, and with the `max_session_duration` of the roles that the policies of its
    IAM groups name.

    **Not flagged.** Sessions and durations that are not known, such as those of a permission set
    from a data source. Sessions of one hour where a flow offers less, and of twelve where it offers
    more: AWS has none that are shorter or longer.
    """

    code = "SYM215"
    name = "session-length"
    severity = "note"
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html",
    )
    bad = configuration(_MAIN.replace('"PT1H"', '"PT12H"'))
    good = configuration(_MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether what each flow offers is as long as the sessions that it opens."""
        for flow in configuration.flows:
            strategy = flow.strategy
            entry = None if strategy is None else strategy.entry
            if strategy is None or entry is None or not entry.session_resources:
                continue
            sessions = [configuration.catalogue.sessions[it] for it in entry.session_resources]
            offered = _offered(flow)
            seen = set()
            for target in dict.fromkeys(strategy.target_views):
                for bound in _bounds(target, sessions):
                    if offered is None or bound is None:
                        question = "how long do the sessions of the target last?"
                        reason = "the durations that the flow offers are not known"
                        if bound is None:
                            reason = "the length of the session is not known"
                        yield self.undecided(target.header, question, reason)
                    elif offered and bound.instance not in seen:
                        seen.add(bound.instance)
                        yield self._compare(flow, target, bound, offered)

    def _compare(
        self, flow: Flow, target: Target, bound: Bound, offered: tuple[Offered, ...]
    ) -> Outcome:
        shortest = min(offered, key=lambda it: it.seconds)
        longest = max(offered, key=lambda it: it.seconds)
        limits = bound.session
        outlives = bound.seconds > max(shortest.seconds, limits.minimum_seconds)
        if not outlives and bound.seconds >= min(longest.seconds, limits.maximum_seconds):
            return PASSED
        return self._finding(flow, target, bound, shortest if outlives else longest, outlives)

    def _finding(
        self, flow: Flow, target: Target, bound: Bound, other: Offered, outlives: bool
    ) -> Finding:
        lasts = _words(bound.seconds)
        name = bound.instance.declaration.local_name
        range_ = bound.range
        related = [RelatedRange(other.range, f"access can be asked for {_words(other.seconds)}")]
        setting = setting_range(target, bound.setting)
        related.append(RelatedRange(setting, "the flow grants it with this target"))
        if outlives:
            title = f"AWS session lasts {lasts}, longer than access of {other.text}"
            why = (
                f"Who has opened a session keeps it for up to {lasts}, also when the access has "
                "ended in Sym or was taken away."
            )
        else:
            title = f"AWS session lasts {lasts}, shorter than access of {other.text}"
            why = f"People are logged out after {lasts} and have to sign in again."
        limits = bound.session
        wanted = min(max(other.seconds, limits.minimum_seconds), limits.maximum_seconds)
        length = _in_unit(wanted, limits.unit)
        return self.finding(
            title,
            range_,
            label=f"{lasts}{'' if bound.value is not None else ' by default'}",
            related=tuple(it for it in related if not within(it.range, range_)),
            why=why,
            help_=(
                f"write {limits.argument} = {length} in {name}, or offer other durations; "
                f"leave it if that is meant"
            ),
            address=str(bound.instance.address),
            attribute=bound.session.argument,
            path=() if bound.value is None else way(bound.value, range_),
        )


# --- what flows offer ---------------------------------------------------------------------------


def _offered(flow: Flow) -> tuple[Offered, ...] | None:
    """The durations that a flow offers; None where they are not known."""
    found = []
    for field in flow.prompt_fields:
        if field.type.string != "duration":
            continue
        elements = field.value("allowed_values").elements
        if elements is None:
            return None
        for element in elements:
            seconds = _seconds_of_sym(element.string or "")
            if seconds is None:
                return None
            range_ = element.origin or field.range("allowed_values")
            found.append(Offered(seconds, element.string or "", range_))
    return tuple(found)


def _seconds_of_sym(text: str) -> int | None:
    """The seconds of ``30m``, ``1h`` or ``10d``."""
    unit = {"s": 1, "m": 60, "h": 3600, "d": 86400}.get(text[-1:])
    number = text[:-1]
    return int(number) * unit if unit and number.isdecimal() and len(number) < 9 else None


# --- what AWS allows ----------------------------------------------------------------------------


def _bounds(target: Target, sessions: list[Session]) -> Iterator[Bound | None]:
    """The sessions that a target opens; None for one that is not known."""
    entry = target.entry
    if entry is None:
        return
    for setting in entry.settings.values():
        value = target.setting(setting.name)
        reference = None if value is None else read_from(value)
        if reference is None:
            continue
        address = reference.address
        for session in sessions:
            if address.type == session.resource and session.resource in setting.from_resources:
                if address.kind == "resource":
                    instance = target.sym.terraform.resource(address)
                    yield None if instance is None else _bound(setting.name, instance, session)
                else:
                    yield None
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


def _roles_behind(
    sym: SymConfiguration, group: Address, session: Session
) -> Iterator[ResourceInstance]:
    """The roles that the policies of an IAM group name.

    They are found by the references between blocks, for the text of a policy is seldom known.
    """
    declared = [
        it
        for module in sym.module_instances
        for it in module.resources(session.resource)
        if it.configured(session.argument) is not None
    ]
    if not declared:
        return
    named = _named_by_policies(sym.structure, _plain(group), session.resource)
    for instance in declared:
        if _plain(instance.address) in named:
            yield instance


def _plain(address: Address) -> Address:
    path = tuple(step._replace(key=None) for step in address.module)
    return address._replace(module=path, key=None)


def _named_by_policies(structure: Structure, group: Address, wanted: str) -> set[Address]:
    """The things of type ``wanted`` whose ARN a policy of the group refers to."""
    reads: dict[Address, list[tuple[Address, str]]] = {}
    attached = []
    for edge in structure.edges:
        taken = str(edge.path[0]) if edge.path else ""
        reads.setdefault(edge.source, []).append((edge.target, taken))
        if edge.target == group and edge.source.type.startswith("aws_iam_group_policy"):
            attached.append(edge.source)
    found: set[Address] = set()
    seen = set(attached)
    while attached:
        for target, taken in reads.get(attached.pop(), ()):
            if target.type == wanted:
                if taken == "arn":
                    found.add(target)
            elif target not in seen and (
                target.kind in ("local", "variable", "output")
                or target.type in ("aws_iam_policy", "aws_iam_policy_document")
            ):
                seen.add(target)
                attached.append(target)
    return found


# --- lengths in words ---------------------------------------------------------------------------


def _words(seconds: int) -> str:
    """``2 hours``, ``1 hour and 30 minutes``."""
    parts = []
    for unit, size in (("hour", 3600), ("minute", 60), ("second", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " and ".join(parts) or "0 seconds"


def _in_unit(seconds: int, unit: str) -> str:
    """A length as the argument of a resource takes it."""
    if unit == "seconds":
        return str(seconds)
    hours, rest = divmod(seconds, 3600)
    minutes = rest // 60
    text = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return f'"PT{text or "0M"}"'
