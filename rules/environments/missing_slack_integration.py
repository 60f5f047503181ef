"""Checks that an environment has a Slack integration where a flow in it needs one."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
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
    from symlint.sym.catalogue.relations import EnvironmentKey
    from symlint.sym.event.sdk_use import SdkUse
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import Flow


_IMPLEMENTATION = """from sym.sdk.annotations import reducer
from sym.sdk.integrations import slack
from sym.sdk.notifications import Notification
from sym.sdk.request_permission import PermissionLevel, RequestPermission


@reducer
def get_permissions(event):
    return RequestPermission(
        webapp_view=PermissionLevel.ALL_USERS,
        approve_deny=PermissionLevel.MEMBER,
    )


@reducer
def get_request_notifications(event):
    return [Notification(destinations=[slack.channel("#access-requests")])]
"""


_EXAMPLE = {**flow_example(""), "impl.py": _IMPLEMENTATION}


class Need(NamedTuple):
    """A flow whose implementation uses Slack, and where."""

    flow: Flow
    use: SdkUse


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
    about = ("flows",)
    sources = (f"{PROVIDER}environment", "https://docs.symops.com/docs/python-sdk")
    good = _EXAMPLE
    bad = edited(good, ("\n  integrations = {\n    slack_id = sym_integration.slack.id\n  }\n", ""))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment has the keys that its flows look up whatever they do."""
        keys = configuration.catalogue.environment_keys
        expected = [it for it in keys.values() if it.expected]
        for flow in configuration.flows:
            link = flow.environment_link
            if link.outcome == "unknown":
                question = "does the environment have the keys that the flow needs?"
                yield self.undecided(link.argument, question, link.reason)
        for environment, flows in _flows_by_environment(configuration).items():
            for entry in expected:
                if entry.sdk_module is not None:
                    yield from self._key(environment, flows, entry, entry.sdk_module)

    def _key(
        self, environment: Environment, flows: list[Flow], entry: EnvironmentKey, module: str
    ) -> Iterator[Outcome]:
        value = environment.integrations
        prefix = entry.name.partition("_")[0]
        if any(it.partition("_")[0] == prefix for it in value.items or ()):
            yield PASSED
            return
        question = f"does the environment have {entry.name}?"
        from symlint.sym.event.sdk_use import sdk_uses

        uses = {flow: sdk_uses(flow) for flow in flows}
        needs = (Need(flow, it) for flow in flows if (it := uses[flow].sure.get(module)))
        need = next(needs, None)
        if need is None:
            reason = next((it.reason for it in uses.values() if it.reason), "")
            place = environment.range("integrations")
            yield self.undecided(place, question, reason) if reason else PASSED
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
                RelatedRange(need.use.range, f"the implementation uses {entry.sdk_module}"),
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
