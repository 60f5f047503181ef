"""Rules about permission contexts: what they hold, and which of them belongs where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import HELD, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import reference_to, way, within
from symlint.rules._settings import (
    leaves,
    missing_finding,
    missing_settings,
    setting_range,
    stands_for_a_number,
    text_of,
    use_of,
)
from symlint.rules._wrong_sources import wrong_source
from symlint.sym.contexts import CONTEXT, is_contradictory, module_of_context
from symlint.sym.edges import edges_of
from symlint.sym.integrations import Integration
from symlint.sym.strategies import Strategy
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.configuration import SymConfiguration
    from symlint.sym.connectors import SymModule
    from symlint.sym.edges import Edge
    from symlint.sym.link import Link
    from symlint.terraform.values import Value

_INTEGRATION = (
    "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration"
)
_CONTEXTS = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = "111122223333"

  settings = {
    cloud    = "aws"
    region   = "eu-central-1"
    role_arn = "arn:aws:iam::111122223333:role/sym/SymIAMMain"
  }
}

resource "sym_target" "readers" {
  type = "aws_iam_group"
  name = "Readers"

  settings = {
    iam_group = "Readers"
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.readers.id]
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "main" {
  name            = "main"
  runtime_id      = module.runtime_connector.sym_runtime.id
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

resource "sym_flow" "iam" {
  name           = "iam"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {
    strategy_id = sym_strategy.iam.id
  }
}
"""


class PermissionContextSettings(Rule):
    """The settings of a permission context name a cloud, a region and the role to assume.

    `cloud` is `aws`, there is no other; `region` is where the role's connector is; `role_arn` is
    the ARN of the role that Sym assumes. They usually come from the `settings` of a connector
    module as a whole. Where they are written out, Terraform takes any map of texts, and Sym cannot
    assume the role once somebody has been approved.

    Found are a setting that is missing (perhaps because it is spelt another way), a `cloud` that
    does not exist, and a `role_arn` that is no ARN of a role: its name, the ARN of something else.
    An `account_id` or `instance_arn` of another form is a warning.

    **Not flagged.** Settings of a module, settings that are not known, further settings.
    """

    code = "SYM311"
    name = "permission-context-settings"
    severity = "error"
    fixable = True
    sources = (_INTEGRATION,)
    bad = configuration(_CONTEXTS.replace('    region   = "eu-central-1"\n', ""))
    good = configuration(_CONTEXTS)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each permission context that is written out has what it needs."""
        for integration in configuration.integrations:
            entry = integration.entry
            if integration.type_name != CONTEXT or entry is None:
                continue
            if integration.settings_source is not None:
                yield HELD
                continue
            given = integration.own_settings
            if given is None:
                unknown = integration.settings.unknown
                reason = "the block has errors" if unknown is None else unknown.reason
                question = "has the permission context all its settings?"
                yield self.undecided(integration.range("settings"), question, reason)
                continue
            for missing in missing_settings(entry.settings, given):
                yield missing_finding(
                    self,
                    integration,
                    missing,
                    what="permission context",
                    why="Sym needs it to assume the role, and cannot: every request fails once it "
                    "has been approved.",
                )
            for setting in entry.settings.values():
                value = integration.setting(setting.name)
                for leaf in () if value is None else leaves(value):
                    yield from self._setting(integration, setting, leaf)

    def _setting(
        self, integration: Integration, setting: Setting, value: Value
    ) -> Iterator[Outcome]:
        if value.is_null:
            return
        wrong = wrong_source(integration, setting, value)
        if wrong is not None:
            fix = None
            if wrong.replacement is not None and within(wrong.range, integration.range("settings")):
                edit = Edit(wrong.range, wrong.replacement)
                fix = Fix(f"write {wrong.replacement}", (edit,), safe=True)
            help_ = f"write the {setting.description.removeprefix('the ')}"
            yield self._wrong(
                integration, setting, value,
                title=f"{setting.name} is {wrong.what}", label=wrong.label, range_=wrong.range,
                help_=help_ if wrong.replacement is None else f"write {wrong.replacement}",
                fix=fix,
            )  # fmt: skip
            return
        text = text_of(value)
        if text is None:
            reason = "it is not a text" if value.unknown is None else value.unknown.reason
            question = f"can {setting.name} have this value?"
            yield self.undecided(setting_range(integration, setting.name), question, reason)
        elif setting.allowed and text not in setting.allowed:
            yield self._not_allowed(integration, setting, value)
        elif setting.format is not None:
            yield self._format(integration, setting, value, text)
        else:
            yield HELD

    def _not_allowed(self, integration: Integration, setting: Setting, value: Value) -> Finding:
        range_ = setting_range(integration, setting.name)
        only = f'"{setting.allowed[0]}"'
        fix = None
        if len(setting.allowed) == 1 and range_.text.startswith('"') and "\n" not in range_.text:
            fix = Fix(f"write {only}", (Edit(range_, only),), safe=True)
        return self._wrong(
            integration, setting, value,
            title=f"{setting.name} is not {either(setting.allowed)}", label="there is none such",
            range_=range_, help_=f"write {either([f'{chr(34)}{it}{chr(34)}' for it in setting.allowed])}",
            fix=fix,
        )  # fmt: skip

    def _format(
        self, integration: Integration, setting: Setting, value: Value, text: str
    ) -> Outcome:
        catalogue = integration.sym.catalogue
        format_ = catalogue.formats[setting.format or ""]
        if format_.name == "sym_role_arn":
            # That the role lies below /sym/ is another rule's question.
            format_ = catalogue.formats["iam_role_arn"]
        if format_.matches(text) or stands_for_a_number(format_.name, text):
            return HELD
        what = format_.description.partition(":")[0]
        found = self._wrong(
            integration, setting, value,
            title=f"{setting.name} is not {what}", label="has another form",
            range_=setting_range(integration, setting.name),
            help_=f'write {format_.description}, like "{format_.example}"',
        )  # fmt: skip
        return found if setting.required else found._replace(severity="warning")

    def _wrong(
        self,
        integration: Integration,
        setting: Setting,
        value: Value,
        *,
        title: str,
        label: str,
        range_: Range,
        help_: str,
        fix: Fix | None = None,
    ) -> Finding:
        return self.finding(
            title,
            range_,
            label=label,
            related=use_of(integration, setting.name, range_),
            why="Sym cannot assume the role with it: every request fails once it has been approved.",
            help_=help_,
            address=str(integration.address),
            attribute=f"settings.{setting.name}",
            path=way(value, range_),
            fix=fix,
        )


class ContextRole(Rule):
    """Each permission context is used where its role belongs.

    There are two kinds of role. Sym's runtime acts with that of the runtime connector: a
    `sym_runtime`, the `sym_secrets` of AWS Secrets Manager and Kinesis log destinations name its
    context. A strategy names the context of its connector, whose role the runtime assumes: the IAM
    connector for `aws_iam`, the SSO connector for `aws_sso`, the Lambda connector for
    `aws_lambda`. All of them are integrations of one type, so the id of any fits everywhere, and
    what was asked for is denied when somebody has been approved.

    **Not flagged.** Contexts of which it is not known whose role they have, such as data sources
    and roles that are made by hand. An `aws_lambda` strategy with the runtime's context, as older
    guides have it, and other strategies with it where the runtime's role has further policies. A
    context whose `external_id` comes from another module than its settings (`external-id-source`
    speaks of it).
    """

    code = "SYM312"
    name = "context-role"
    severity = "warning"
    fixable = True
    sources = (
        _INTEGRATION,
        "https://github.com/symopsio/terraform-aws-runtime-connector",
        "https://docs.symops.com/docs/aws-iam-access-strategy",
    )
    bad = configuration(
        _CONTEXTS.replace(
            "integration_id = sym_integration.iam.id",
            "integration_id = module.runtime_connector.sym_integration.id",
        )
    )
    good = configuration(_CONTEXTS)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whose role each context has, where one is named."""
        for view in configuration.views:
            for edge in edges_of(view):
                if edge.reference.context is None:
                    continue
                wanted = _wanted(edge)
                if wanted is None:
                    continue
                for link in edge.leaves:
                    yield from self._judge(edge, link, wanted)

    def _judge(self, edge: Edge, link: Link, wanted: str) -> Iterator[Outcome]:
        question = f"is {edge.attribute} the right permission context?"
        module = module_of_context(edge.view.sym, link)
        context = None if module is None else module.entry.context
        view = link.view
        reason: str | None
        if module is None or context is None:
            if not link.is_wrong and not link.is_absent:
                reason = link.reason or "it is not known whose role it has"
                yield self.undecided(link.argument, question, reason)
        elif context == wanted or (wanted == "lambda" and context == "runtime"):
            yield HELD
        elif isinstance(view, Integration) and is_contradictory(view):
            reason = "its external_id and its settings contradict each other"
            yield self.undecided(link.argument, question, reason)
        elif context == "runtime" and (reason := _further_policies(edge, module)) is not None:
            yield self.undecided(link.argument, question, reason)
        else:
            yield self._wrong(edge, link, module, wanted)

    def _wrong(self, edge: Edge, link: Link, module: SymModule, wanted: str) -> Finding:
        view = edge.view
        what = with_article(module.title)
        belongs = with_article(_title(edge, wanted))
        related = []
        context = link.view
        if context is not None:
            source = context.settings_source if isinstance(context, Integration) else None
            place = None if source is None else source.range
            related.append(
                RelatedRange(place or context.header, f"has the role of {module.local_name}")
            )
        else:
            related.append(RelatedRange(module.header, with_article(module.title)))
        if not within(link.range, link.argument):
            related.append(RelatedRange(link.argument, f"used as {_last(edge)} here"))
        candidates = _candidates(edge, wanted)
        fix = None
        if len(candidates) == 1 and within(link.range, link.argument):
            fix = Fix(f"write {candidates[0]}", (Edit(link.range, candidates[0]),), safe=False)
        named = view.type_name if isinstance(view, Strategy) else None
        who = f"{named} {view.noun}" if named else view.noun
        help_ = f"name the permission context of {belongs}"
        if candidates:
            help_ = f"write {_last(edge)} = {either(candidates)}"
        return self.finding(
            f"{who} has the permission context of {what}, not of {belongs}",
            link.range,
            label=f"the context of {what}",
            related=tuple(related),
            why=(
                f"Sym would act with the role of {module.local_name}, which was made for other "
                "work. AWS denies it what is needed here."
            ),
            help_=help_,
            address=str(view.address),
            attribute=edge.attribute,
            path=way(link.value, link.range),
            fix=fix,
        )


def _last(edge: Edge) -> str:
    return edge.attribute.rpartition(".")[2]


def _wanted(edge: Edge) -> str | None:
    """Whose context belongs here: the runtime's, or that of a strategy's connector."""
    view, context = edge.view, edge.reference.context
    if context == "connector":
        entry = view.entry if isinstance(view, Strategy) else None
        return None if entry is None else entry.context
    types = getattr(getattr(view, "entry", None), "integration_types", None)
    return context if types is None or CONTEXT in types else None


def _title(edge: Edge, wanted: str) -> str:
    """What the module is called whose context belongs here."""
    modules = edge.view.sym.catalogue.modules.values()
    return next((it.title for it in modules if it.context == wanted), wanted)


def _further_policies(edge: Edge, runtime: SymModule) -> str | None:
    """Why the runtime's role may be allowed what a strategy needs; None if it surely is not."""
    from symlint.sym.runtime_roles import RuntimeRole

    return edge.view.sym.policies.other_access(RuntimeRole(runtime), None)


def _candidates(edge: Edge, wanted: str) -> tuple[str, ...]:
    """The contexts that belong here, as they are written beside ``edge.view``."""
    view = edge.view
    found = []
    for module in view.sym.modules:
        if module.entry.context != wanted or module.call.parent is not view.module:
            continue
        paths = module.entry.paths_to("context_id", module.newest)
        if paths and module.call.declaration.repeated is None:
            found.append(".".join((module.local_name, *paths[0].path)))
    for integration in view.sym.integrations:
        connector = integration.connector
        reference = reference_to(integration)
        if connector is None or reference is None or integration.module is not view.module:
            continue
        if integration.type_name == CONTEXT and connector.entry.context == wanted:
            found.append(reference)
    return tuple(dict.fromkeys(found))[:4]
