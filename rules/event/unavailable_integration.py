"""Checks that the environment has the integrations that Python works with."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.rules._examples import edited
from symlint.rules._python_examples import FLOW, SDK, with_code
from symlint.rules.event._keys import Evidence, KeyRule, consequence, listed
from symlint.sym.event.given import INTEGRATIONS, given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.rules.event._keys import Question
    from symlint.sym.event.given import Given
    from symlint.sym.event.unavailable import Need
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import Flow, FlowsFilter
    from symlint.terraform.values.value import Hop

_CODE = """

from sym.sdk.integrations import pagerduty


@hook
def on_request(event):
    if pagerduty.is_on_call(event.user, schedule_name="Primary"):
        return ApprovalTemplate.approve()
"""
_KEY = "    slack_id = sym_integration.slack.id"
_PAGERDUTY = '\n    pagerduty_id = "0f8fad5b-d9cb-469f-a165-70867728950e"'
_QUESTION = "has the environment the integration?"


class UnavailableIntegration(KeyRule):
    """The environment of a flow has the integrations that its Python works with.

    The functions of `sym.sdk.integrations.pagerduty` act with the integration `pagerduty_id` of the
    environment that the flow runs in, and those of the other modules likewise. Without it, they fail when somebody
    asks for access, and whoever was to be let in is not. This is a warning.

    `event.flow.environment.integrations["pagerduty"]` is the integration `pagerduty_id`, too; it raises `KeyError`
    if there is none, which is an error. A flows filter has `integrations` of its own.

    **Not flagged.** A module that is imported and not used. A module for the service that the strategy of the
    flow works with, such as `okta` in a flow with an `okta` strategy. Code that is reached only where a test says
    that the integration is there. Environments of which not all integrations are known are undecided. For
    `slack_id`, see `missing-slack-integration`.
    """

    question = _QUESTION
    code = "SYM611"
    name = "unavailable-integration"
    other_severities = ("error", "note")
    severity = "warning"
    sources = (
        SDK,
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/environment",
    )
    good = with_code(_CODE, FLOW.replace(_KEY, _KEY + _PAGERDUTY))
    bad = edited(good, (_PAGERDUTY, ""))

    meanings = (INTEGRATIONS,)
    argument = "integrations"

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether the environment has what is read by its name, and what modules work with."""
        from symlint.sym.event.unavailable import needs
        from symlint.sym.model.flows import Flow, FlowsFilter

        yield from super().check_code(one, code, module)
        if one.role not in ("flow", "flows_filter"):
            return
        assert isinstance(one.view, (Flow, FlowsFilter))
        for need in needs(one.view):
            if need.use.one.code is not code:
                continue
            if need.missing is None:
                yield self.undecided(need.use.range, _QUESTION, need.reason)
            elif not need.missing:
                yield PASSED
            elif isinstance(one.view, Flow):
                yield self._of_flow(one.view, need)
            else:
                yield self._of_filter(one.view, need)

    # --- a module of the SDK ---

    def _of_flow(self, flow: Flow, need: Need) -> Outcome:
        module, key = need.use.module, need.key
        map_ = given(flow, INTEGRATIONS)
        assert map_ is not None
        return self.at(
            need.use.one,
            need.use.node,
            f"{module} is used, and the environment has no {key}",
            label="used here",
            related=_places(flow, map_, None),
            why=f"The functions of {module} act with the integration of this name in the environment of "
            "the flow. Without it, they fail.",
            help_=f"add {key} = {_candidates(flow.environment, need.entry.integration_types or ())}",
        )._replace(path=_map_path(flow))

    def _of_filter(self, filter_: FlowsFilter, need: Need) -> Outcome:
        module, key = need.use.module, need.key
        map_ = given(filter_, INTEGRATIONS)
        assert map_ is not None
        return self.at(
            need.use.one,
            need.use.node,
            f"{module} is used, and the flows filter has no {key}",
            label="used here",
            related=(_map_of(filter_, map_, None),),
            why=f"The functions of {module} act with the integration of this name in the integrations of "
            "the flows filter. Without it, they fail.",
            help_=f"add {key} = {_candidates(filter_, need.entry.integration_types or ())}",
        )

    # --- a key ---

    def doubt(self, question: Question) -> str:
        """Whether more integrations may be added."""
        from symlint.sym.event.unavailable import doubt
        from symlint.sym.model.flows import Flow

        assert isinstance(question.view, Flow)
        return doubt(question.view.environment)

    def missing(self, question: Question) -> Finding:
        """The finding for an integration that the environment surely does not have."""
        from symlint.sym.model.flows import Flow

        flow, key = question.view, f"{question.read.key}_id"
        assert isinstance(flow, Flow)
        entry = flow.sym.catalogue.environment_keys.get(key)
        types = () if entry is None else entry.integration_types or ()
        advice = f"add {key} = {_candidates(flow.environment, types)}"
        title = f"environment has no integration {key}"
        if question.read.key.endswith("_id") and question.map.has(question.read.key[:-3]):
            title = f'Python has no integration "{question.read.key}"'
            advice = f'write "{question.read.key[:-3]}": Python knows the integrations without _id'
        return self.found(
            question,
            title,
            Evidence(_places(flow, question.map, question.near), _map_path(flow)),
            why=consequence(question, "the environment has no such integration"),
            help_=advice,
        )


def _places(flow: Flow, map_: Given, near: str | None) -> tuple[RelatedRange, ...]:
    """The integrations of the environment, and where the flow names the environment."""
    assert flow.environment is not None
    return (
        _map_of(flow.environment, map_, near),
        RelatedRange(flow.environment_link.range, "the flow runs in the environment"),
    )


def _map_of(holder: Environment | FlowsFilter, map_: Given, near: str | None) -> RelatedRange:
    """The integrations that there are: at the one that was meant, else at all of them."""
    from symlint.sym.model.settings import item_ranges, map_range

    keys = map_._replace(values={f"{name}_id": value for name, value in map_.values.items()})
    label = listed(keys, "it has no integrations", f"the integrations of the {holder.noun}")
    written = None
    if near is not None:
        written = item_ranges(holder.sym, holder.value("integrations"), f"{near}_id")
    range_ = map_range(holder, "integrations") if written is None else written[0]
    return RelatedRange(range_, label)


def _map_path(flow: Flow) -> tuple[Hop, ...]:
    return () if flow.environment is None else flow.environment.integrations.hops


def _candidates(holder: Environment | FlowsFilter | None, types: tuple[str, ...]) -> str:
    from symlint.sym.intent.candidates import integrations_beside
    from symlint.sym.words import either

    assert holder is not None
    return either(integrations_beside(holder, types) or ("sym_integration.<name>.id",))
