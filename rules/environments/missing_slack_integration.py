"""Checks that an environment has a Slack integration where a flow in it needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.named_tuple import NamedTuple
from symlint.rules._examples import edited
from symlint.rules.environments._examples import PROVIDER
from symlint.rules.flows._examples import flow_example
from symlint.sym.model.texts import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.relations import EnvironmentKey
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import Flow


_IMPLEMENTATION = """from sym.sdk.annotations import reducer
from sym.sdk.integrations import slack


@reducer
def get_approvers(event):
    return slack.channel("#access-requests")
"""


_EXAMPLE = {**flow_example(""), "impl.py": _IMPLEMENTATION}


class Need(NamedTuple):
    """A flow whose implementation uses Slack, and where that is said."""

    flow: Flow
    range: Range


class MissingSlackIntegration(Rule):
    """An environment has a `slack_id` among its integrations if a flow in it uses Slack.

    The functions of `sym.sdk.integrations.slack` look up the workspace by the key `slack_id` of the
    environment that the flow runs in. Without it, the implementation fails when somebody asks for
    access: there is no channel that the request could be sent to.

    **Not flagged.** Integrations that are not known. An environment whose flows use no function of
    `slack`, such as flows that are called only through the API. Implementations that are not known.
    """

    code = "SYM503"
    name = "missing-slack-integration"
    severity = "warning"
    sources = (f"{PROVIDER}environment", "https://docs.symops.com/docs/python-sdk")
    good = _EXAMPLE
    bad = edited(good, ("\n  integrations = {\n    slack_id = sym_integration.slack.id\n  }\n", ""))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment has the keys that its flows look up whatever they do."""
        keys = configuration.catalogue.environment_keys
        expected = [it for it in keys.values() if it.expected and it.sdk_module is not None]
        for flow in configuration.flows:
            link = flow.environment_link
            if link.outcome == "unknown":
                question = "does the environment have the keys that the flow needs?"
                yield self.undecided(link.argument, question, link.reason)
        for environment, flows in _flows_by_environment(configuration).items():
            for entry in expected:
                yield from self._key(environment, flows, entry)

    def _key(
        self, environment: Environment, flows: list[Flow], entry: EnvironmentKey
    ) -> Iterator[Outcome]:
        value = environment.integrations
        prefix = entry.name.partition("_")[0]
        if any(it.partition("_")[0] == prefix for it in value.items or ()):
            yield PASSED
            return
        question = f"does the environment have {entry.name}?"
        need = next((it for flow in flows if (it := _need(flow, entry)) is not None), None)
        if need is None:
            unknown = next((flow for flow in flows if _code(flow) is None), None)
            reason = "the implementation of a flow is not known"
            place = environment.range("integrations")
            yield PASSED if unknown is None else self.undecided(place, question, reason)
        elif not environment.complete or (value.items is None and not value.is_null):
            reason = reason_of(value, "the block has errors")
            yield self.undecided(environment.range("integrations"), question, reason)
        else:
            yield self._missing(environment, entry, need)

    def _missing(self, environment: Environment, entry: EnvironmentKey, need: Need) -> Finding:
        from symlint.sym.intent.candidates import integrations_beside
        from symlint.sym.words import either

        argument = environment.argument("integrations")
        candidates = integrations_beside(environment, entry.integration_types or ())
        reference = either(candidates or ("sym_integration.<name>.id",))
        place = Location.of_block(environment, "integrations")
        return place.at(None if argument is None else argument.name_range).finding(
            self,
            f"the environment has no {entry.name}, which {need.flow.local_name} needs",
            label="no Slack workspace",
            related=(
                RelatedRange(need.range, f"the implementation uses {entry.sdk_module}"),
                RelatedRange(need.flow.environment_link.range, "the flow runs in the environment"),
            ),
            why=f"The functions of {entry.sdk_module} look up the workspace by this key. Without it, "
            "they fail when somebody asks for access.",
            help_=f"write integrations = {{ {entry.name} = {reference} }}"
            if argument is None
            else f"add {entry.name} = {reference}",
        )


def _flows_by_environment(configuration: SymConfiguration) -> dict[Environment, list[Flow]]:
    """The flows that surely run in each environment that is made here."""
    found: dict[Environment, list[Flow]] = {}
    for flow in configuration.flows:
        environment = flow.environment
        if environment is not None and not environment.is_data:
            found.setdefault(environment, []).append(flow)
    return found


def _need(flow: Flow, entry: EnvironmentKey) -> Need | None:
    """Why a flow needs a key; None where it does not, or where that is not known."""
    from symlint.sym.implementation.sdk_use import uses_sdk_module

    code = _code(flow)
    if code is None or entry.sdk_module is None or not uses_sdk_module(code, entry.sdk_module):
        return None
    return Need(flow, flow.range("implementation"))


def _code(flow: Flow) -> str | None:
    """The implementation of a flow; None where it is not known, or a path that provider 2 reads."""
    text = flow.value("implementation").string
    return None if text is None or text.endswith(".py") else text
