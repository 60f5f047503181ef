"""Checks that a role that no module creates has the path under which the runtime may assume it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.named_tuple import NamedTuple
from symlint.rules._examples import configuration, edited
from symlint.rules.integrations._examples import BY_HAND
from symlint.sym.model.integrations import Integration
from symlint.sym.model.settings import setting_range
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import Flow
    from symlint.terraform.values.value import Value

_ASSUME = "sts:AssumeRole"
_QUESTION = "may the runtime assume the role?"


class _Use(NamedTuple):
    """A permission context whose role a runtime assumes, and what leads to it."""

    integration: Integration
    environment: Environment
    flow: Flow | None


class ConnectorRolePath(Rule):
    """If no module of Sym creates the role of a permission context, its path begins with `/sym/`.

    The role that a runtime connector creates may assume only roles under `role/sym/`, in its own
    account and in those of its `account_id_safelist`. Sym's connector modules create their roles
    there. Any other role has the path `/` unless its `path` says otherwise. AWS does not let the
    runtime assume it, and the request fails once it has been approved.

    **Not flagged.** The context of the runtime itself: Sym assumes that role from outside. Flows whose
    environment has an unknown role. Runtime roles that no runtime connector creates, or that have
    further policies: they may be allowed more. Roles whose path is not known.
    """

    code = "SYM313"
    name = "connector-role-path"
    severity = "warning"
    sources = (
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/main.tf",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
    )
    good = configuration(BY_HAND)
    bad = edited(good, ("role/sym/SymIAMMain", "role/GroupAccess"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the runtime may assume each role, because of its path."""
        reported = set()
        used = set()
        for use in _uses(configuration):
            used.add(use.integration)
            for value in leaves(use.integration.setting("role_arn") or use.integration.settings):
                key = (use.integration.address, use.environment.address, id(value))
                if key not in reported:
                    reported.add(key)
                    yield self._judge(use, value)
        reason = _unknown_use(configuration)
        for integration in configuration.integrations:
            if reason and _is_by_hand(integration) and integration not in used:
                yield self.undecided(setting_range(integration, "role_arn"), _QUESTION, reason)

    def _judge(self, use: _Use, value: Value) -> Outcome:
        from symlint.sym.aws.policies import Policies
        from symlint.sym.aws.roles.runtime import runtime_role

        integration, environment = use.integration, use.environment
        place = setting_range(integration, "role_arn")
        path, changed = _path_of(integration, value)
        if path is None:
            reason = "the path of the role is not known"
            return self.undecided(place, _QUESTION, reason)
        role = runtime_role(environment)
        runtime = None if role is None else role.connector
        wanted = None if runtime is None else runtime.entry.role_path
        if role is None or runtime is None or wanted is None:
            reason = "it is not known which role the environment runs with"
            return self.undecided(place, _QUESTION, reason)
        if path.startswith(wanted):
            return PASSED
        further = integration.sym.once(Policies).other_access(role, _ASSUME)
        if further is not None:
            return self.undecided(place, _QUESTION, further)
        return self._outside(use, value, changed or place, role, wanted)

    def _outside(
        self, use: _Use, value: Value, range_: Range, role: RuntimeRole, wanted: str
    ) -> Finding:
        from symlint.sym.aws.roles.runtime import trust_of

        integration, runtime = use.integration, role.connector
        assert runtime is not None
        place = Location.of_setting(integration, "role_arn", value).at(range_)
        related = [RelatedRange(runtime.header, f"may assume only roles under {wanted}")]
        if use.flow is not None:
            related.append(RelatedRange(use.flow.strategy_link.range, "this flow uses the role"))
        trust = trust_of(integration.sym, value, integration.range("settings"))
        resource = None if trust.role is None else trust.role.resource
        help_ = f"create the role with the path {wanted}, and write its ARN: ...:role{wanted}<name>"
        if resource is not None:
            help_ = f'give {resource.without_key().local_name} the path:\n  path = "{wanted}"'
        return place.finding(
            self,
            f"the role of this permission context is not under {wanted}",
            label=f"not under {wanted}",
            related=(*related, *place.use()),
            why=(
                f"The role of {runtime.local_name} is not allowed to assume it, so every request "
                "fails once it has been approved."
            ),
            help_=help_,
        )


def _uses(sym: SymConfiguration) -> Iterator[_Use]:
    """The contexts with roles that no module of Sym creates, and what uses them."""
    for flow in sym.flows:
        strategy, environment = flow.strategy, flow.environment
        integration = None if strategy is None else strategy.integration
        if environment is not None and integration is not None and _is_by_hand(integration):
            yield _Use(integration, environment, flow)
    for environment in sym.environments:
        for link in environment.integration_links.values():
            view = link.view
            if link.outcome == "ok" and isinstance(view, Integration) and _is_by_hand(view):
                yield _Use(view, environment, None)


def _unknown_use(sym: SymConfiguration) -> str | None:
    """Why it is not known what uses an integration; None where that is known."""
    links = (
        *(link for it in sym.flows for link in (it.strategy_link, it.environment_link)),
        *(it.integration_link for it in sym.strategies),
        *(link for it in sym.environments for link in it.integration_links.values()),
    )
    unknown = (it.reason for link in links for it in link.branches if it.outcome == "unknown")
    reason = next(unknown, None)
    return None if reason is None else f"it is not known what uses it: {reason}"


def _is_by_hand(integration: Integration) -> bool:
    from symlint.sym.model.integrations import CONTEXT

    if integration.type_name != CONTEXT or integration.is_data:
        return False
    return integration.settings_source is None and integration.connector is None


def _path_of(integration: Integration, value: Value) -> tuple[str | None, Range | None]:
    """The IAM path of the role that a value is the ARN of, and where the path is written."""
    from symlint.sym.aws.roles.runtime import is_role_arn, trust_of

    sym = integration.sym
    trust = trust_of(sym, value, integration.range("settings"))
    role = trust.role
    if trust.outcome != "role" or role is None:
        return None, None
    if role.arn is not None and is_role_arn(role.arn):
        return role.arn.split(":", 5)[5].removeprefix("role"), value.origin
    instance = None if role.resource is None else sym.terraform.resource(role.resource)
    if instance is None or instance.declaration.kind != "resource":
        return None, None
    entry = sym.catalogue.external_resources.get(instance.type)
    name = None if entry is None else entry.path_argument
    if entry is None or name is None:
        return None, None
    written, given = instance.configured(name), instance.attribute(name)
    if given is None or given.is_null:
        default = entry.defaults.get(name, ())
        known = default and instance.complete
        return (default[0] if known else None), instance.range
    return given.string, given.origin or (None if written is None else written.value.range)
