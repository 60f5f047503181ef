"""Checks that access in Sym lasts as long as the session in AWS."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.named_tuple import NamedTuple
from symlint.rules._examples import configuration
from symlint.rules._unknown_links import unknown_strategies, unknown_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.intent.sessions import Bound
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Strategy, Target

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


_QUESTION: Final = "how long do the sessions of the target last?"

_STEPS_PER_BOUND: Final = 50
"""What it takes to compare a session with what a flow offers, in steps of the budget."""


class Offered(NamedTuple):
    """A duration that a flow offers."""

    seconds: int
    text: str
    range: Range


class SessionLength(Rule):
    """Access through Sym lasts as long as the AWS session that it opens.

    Sym grants and removes the right to open a session; AWS decides how long an open session lasts.
    If it lasts longer than the approved access, people keep the role until the session ends. If it
    is shorter, people are logged out and have to sign in again, although they still have access.

    The durations that a flow offers are compared with the `session_duration` of the permission
    sets that it grants, and with the `max_session_duration` of the roles that the policies of its
    IAM groups name.

    **Not flagged.** Sessions and durations that are not known, such as those of a permission set
    from a data source. Sessions of one hour if a flow offers less, and of twelve if it offers more:
    AWS has no shorter or longer ones.
    """

    code = "SYM215"
    name = "session-length"
    severity = "note"
    about = ("flows",)
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html",
    )
    bad = configuration(_MAIN.replace('"PT1H"', '"PT12H"'))
    good = configuration(_MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether what each flow offers is as long as the sessions that it opens."""
        opened: dict[Strategy, Sequence[tuple[Target, Bound | None]]] = {}
        for flow in configuration.flows:
            yield from unknown_strategies(self, flow, _QUESTION)
            strategy = flow.strategy
            entry = None if strategy is None else strategy.entry
            if strategy is None or entry is None or not entry.session_resources:
                continue
            if strategy not in opened:
                opened[strategy] = tuple(_opened(strategy))
            if not configuration.terraform.budget.spend(len(opened[strategy]) * _STEPS_PER_BOUND):
                break
            offered = _offered(flow)
            seen = set()
            yield from unknown_targets(self, strategy, _QUESTION)
            for target, bound in opened[strategy]:
                if offered is None or bound is None:
                    reason = "the durations that the flow offers are not known"
                    if bound is None:
                        reason = "the length of the session is not known"
                    yield self.undecided(target.header, _QUESTION, reason)
                elif offered and bound.instance not in seen:
                    seen.add(bound.instance)
                    yield self._compare(flow, target, bound, offered)

    def _compare(
        self, flow: Flow, target: Target, bound: Bound, offered: tuple[Offered, ...]
    ) -> Outcome:
        shortest = min(offered, key=lambda it: it.seconds)
        longest = max(offered, key=lambda it: it.seconds)
        limits = bound.session
        outlived = bound.seconds > max(shortest.seconds, limits.minimum_seconds)
        cut = bound.seconds < min(longest.seconds, limits.maximum_seconds)
        if not outlived and not cut:
            return PASSED
        return self._finding(
            flow, target, bound, shortest if outlived else None, longest if cut else None
        )

    def _finding(
        self,
        flow: Flow,
        target: Target,
        bound: Bound,
        outlived: Offered | None,
        cut: Offered | None,
    ) -> Finding:
        """``outlived`` is access that ends before the session does, ``cut`` is longer than it."""
        lasts = _words(bound.seconds)
        others = tuple(it for it in (outlived, cut) if it is not None)
        name = bound.instance.declaration.local_name
        place = Location(
            str(bound.instance.address),
            bound.session.argument,
            bound.range,
            bound.range,
            bound.value,
        )
        setting = Location.of_setting(target, bound.setting).range
        related = (
            *(
                RelatedRange(it.range, f"people can ask for access of {_words(it.seconds)}")
                for it in others
            ),
            RelatedRange(setting, "the flow grants it with this target"),
        )
        differs, why = [], []
        if outlived is not None:
            differs.append(f"longer than access of {outlived.text}")
            why.append(
                f"An open session stays open for up to {lasts}, even after the access has ended in Sym "
                "or was revoked."
            )
        if cut is not None:
            differs.append(f"shorter than access of {cut.text}")
            why.append(f"People are logged out after {lasts} and have to sign in again.")
        limits = bound.session
        wanted = min(max(others[0].seconds, limits.minimum_seconds), limits.maximum_seconds)
        length = _in_unit(wanted, limits.unit)
        help_ = f"write {limits.argument} = {length} in {name}, or offer other durations; "
        if len(others) > 1:  # no length of the session is right for both
            help_ = f"offer durations that are as long as the session of {name}; "
        return place.finding(
            self,
            f"AWS session lasts {lasts}, {' and '.join(differs)}",
            label=f"{lasts}{'' if bound.value is not None else ' by default'}",
            related=tuple(it for it in related if not it.range.is_within(bound.range)),
            why=" ".join(why),
            help_=f"{help_}ignore this if the difference is intended",
        )


def _opened(strategy: Strategy) -> Iterator[tuple[Target, Bound | None]]:
    """The sessions that the targets of a strategy open, whichever flow grants them."""
    from symlint.sym.intent.sessions import session_bounds

    entry = strategy.entry
    known = strategy.sym.catalogue.sessions
    sessions = [] if entry is None else [known[it] for it in entry.session_resources]
    for target in dict.fromkeys(strategy.target_views):
        for bound in session_bounds(target, sessions):
            yield target, bound


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
