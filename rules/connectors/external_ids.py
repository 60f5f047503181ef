"""The rule about where a permission context has its external id from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.rules.connectors._external_ids import (
    missing_key_why,
    taken_from,
    titled,
    wrong_key_why,
)
from symlint.sym.aws.runtime_roles import account_of_role
from symlint.sym.intent.external_ids import (
    chosen_at,
    correct_id,
    is_written_out,
    meaning_of,
    settings_are_suspect,
    wrong_data,
)
from symlint.sym.model.arguments import element
from symlint.sym.model.link import read_at
from symlint.sym.words import either, with_article
from symlint.terraform.values.uncertainty import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Integration
    from symlint.sym.model.modules import OutputRead, SymModule
    from symlint.terraform.values.value import Value


class ExternalIdSource(Rule):
    """The `external_id` of a permission context is the right key of the settings that it has.

    A permission context tells Sym which AWS role to assume (`settings`) and what it stands for
    (`external_id`): the number of the account of the role, or for an SSO connector the ARN of the
    SSO instance. Both come from one and the same connector module. When they do not, Sym files the
    role under another account or instance than the one where it lives.

    Each mistake has its own message:

    - the id is **hard-coded** while the settings come from a module (a warning: it may be right
      today);
    - it is taken from **another module** than the settings;
    - it is the **wrong key**: the role's ARN or its `external_id`, which is the secret that AWS
      compares when a role is assumed and no id of an account; the whole settings or module;
    - it is a **key that the connector does not have**: an SSO connector has no `account_id`, the
      others have no `instance_arn`;
    - settings that are written out hold **another account or instance** than `external_id` (a
      warning, since nothing but the two texts says so).

    **Not flagged.** `settings["account_id"]` and `settings.account_id` alike; both taken from one
    variable, as tenants in a variable file do; the SSO instance from `data.aws_ssoadmin_instances`,
    the account from `data.aws_caller_identity`; the `sym_integration` of a runtime connector, which
    carries both. Integrations of other types. What is not known is undecided.
    """

    code = "SYM302"
    name = "external-id-source"
    severity = "error"
    fixable = True
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://docs.symops.com/docs/aws-sso-access-strategy",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
    )
    bad = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.settings.role_arn]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.runtime_connector.settings.external_id
  settings    = module.iam_connector.settings
}
"""
    )
    good = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.settings.role_arn]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the external id of each permission context belongs to its settings."""
        for integration in configuration.integrations:
            if integration.type_name != "permission_context":
                continue
            if integration.argument("external_id") is None or integration.settings.is_null:
                continue
            choices = leaves(integration.external_id)
            for value in choices:
                # The "" that a try falls back to is no id at all.
                if len(choices) == 1 or value.string != "":
                    yield self._judge(integration, value)

    def _judge(self, integration: Integration, value: Value) -> Outcome:
        source = integration.settings_source
        if source is not None and source.module.entry.external_id is not None:
            return self._against_module(integration, value, source)
        if source is not None:
            return self._no_settings(integration, source)
        if integration.settings.items is not None:
            return self._against_map(integration, value)
        reason = integration.settings.unknown.reason if integration.settings.unknown else ""
        return self._unknown(integration, reason or "the settings are not known")

    # --- settings from a module ---

    def _against_module(
        self, integration: Integration, value: Value, source: OutputRead
    ) -> Outcome:
        if not source.path or source.gives not in ("settings", None):
            return self._no_settings(integration, source)
        module = source.module
        read = integration.sym.output_read(value)
        if read is not None:
            return self._of_output(integration, value, source, read)
        if value.string is not None and is_written_out(value):
            return self._hard_coded(integration, value, module)
        wrong = wrong_data(value, module)
        if wrong is not None:
            return self._wrong_key(integration, value, module, None, wrong)
        if value.unknown is not None:
            return self._unknown(integration, value.unknown.reason)
        return PASSED

    def _of_output(
        self, integration: Integration, value: Value, source: OutputRead, read: OutputRead
    ) -> Outcome:
        module = source.module
        expected = module.entry.external_id
        assert expected is not None
        gives = read.gives
        if read.module is not module:
            return self._other_module(integration, value, source, read)
        if gives == expected:
            return PASSED
        if gives is None and read.exists is False and len(read.path) > 1:
            return self._no_such_key(integration, value, module, read)
        if gives is None and read.path:
            return self._unknown(integration, "the output of the module is not known")
        return self._wrong_key(integration, value, module, read, None)

    def _other_module(
        self, integration: Integration, value: Value, source: OutputRead, read: OutputRead
    ) -> Finding:
        own = integration.range("external_id")
        id_range = read.range or own
        settings_range = source.range or integration.range("settings")
        range_, related_range, wrong, right = id_range, settings_range, read, source
        which = "external_id"
        if settings_are_suspect(integration, source, read):
            range_, related_range, wrong, right = settings_range, id_range, source, read
            which = "settings"
        module = right.module
        expression = (
            correct_id(module) if which == "external_id" else f"{module.local_name}.settings"
        )
        related = [
            RelatedRange(related_range, f"from {module.local_name}"),
            *_use(integration, range_, which),
        ]
        same = read.module.local_name == source.module.local_name
        return self.finding(
            f"external_id and settings come from different {'instances' if same else 'modules'}",
            range_,
            label=f"from {wrong.module.local_name}",
            related=tuple(related),
            why=(
                f"Sym assumes the role of {source.module.local_name} and files it under what "
                f"{read.module.local_name} is responsible for. Where the two lie in different "
                "accounts, access is granted in one and recorded for the other."
            ),
            help_=_advice(integration, range_, which, expression),
            address=str(integration.address),
            attribute=which,
            path=way(value if which == "external_id" else integration.settings, range_),
            fix=_fix(integration, range_, which, expression, module),
        )

    def _hard_coded(self, integration: Integration, value: Value, module: SymModule) -> Finding:
        range_ = value.origin or integration.range("external_id")
        expression = correct_id(module)
        settings = integration.settings_source
        place = None if settings is None else settings.range
        return self.finding(
            f"external_id is hard-coded, its settings come from {titled(module)}",
            range_,
            label="written out",
            related=(
                RelatedRange(place or integration.range("settings"), f"from {module.local_name}"),
                *_use(integration, range_, "external_id"),
            ),
            why=(
                f"Nothing ties this text to the {meaning_of(module)} that the role of "
                f"{module.local_name} belongs to. When the module is applied elsewhere, Sym goes "
                "on filing the role under the old one."
            ),
            help_=_advice(integration, range_, "external_id", expression),
            address=str(integration.address),
            attribute="external_id",
            path=way(value, range_),
            fix=_fix(integration, range_, "external_id", expression, module, safe=True),
            severity="warning",
        )

    def _no_such_key(
        self, integration: Integration, value: Value, module: SymModule, read: OutputRead
    ) -> Finding:
        key = read.path[-1]
        range_ = read.range or integration.range("external_id")
        expression = correct_id(module)
        keys = next((f.keys for f in module.entry.outputs.get(read.path[0], ()) if f.keys), ())
        return self.finding(
            f"{titled(module)} has no {key} among its settings",
            range_,
            label="no such key",
            related=(
                RelatedRange(module.header, f"its settings have {either(keys, 'and')}"),
                *_use(integration, range_, "external_id"),
            ),
            why=missing_key_why(module, key),
            help_=_advice(integration, range_, "external_id", expression),
            address=str(integration.address),
            attribute="external_id",
            path=way(value, range_),
            fix=_fix(integration, range_, "external_id", expression, module, safe=True),
        )

    def _wrong_key(
        self,
        integration: Integration,
        value: Value,
        module: SymModule,
        read: OutputRead | None,
        what: str | None,
    ) -> Finding:
        range_ = None if read is None else read.range
        if range_ is None and value.reference is not None:
            range_ = read_at(value, value.reference.address)
        range_ = range_ or integration.range("external_id")
        if read is not None:
            what = taken_from(read)
        expression = correct_id(module)
        same = read is not None and read.module is module
        return self.finding(
            f"external_id is {what}, not the {meaning_of(module)}",
            range_,
            label=f"not the {meaning_of(module)}",
            related=(
                RelatedRange(module.header, f"the settings are those of this {module.title}"),
                *_use(integration, range_, "external_id"),
            ),
            why=wrong_key_why(module, read),
            help_=_advice(integration, range_, "external_id", expression),
            address=str(integration.address),
            attribute="external_id",
            path=way(value, range_),
            fix=_fix(integration, range_, "external_id", expression, module, safe=same),
        )

    def _no_settings(self, integration: Integration, source: OutputRead) -> Finding:
        module = source.module
        range_ = source.range or integration.range("settings")
        paths = module.entry.paths_to("settings", module.newest)
        help_ = "take the settings of a connector module"
        if paths:
            expression = ".".join((module.local_name, *paths[0].path))
            help_ = _advice(integration, range_, "settings", expression)
        what = "a whole module" if not source.path else f"{source.text}"
        return self.finding(
            f"settings is {what}, not the settings of a connector",
            range_,
            label="not the settings",
            related=(
                RelatedRange(module.header, with_article(module.title)),
                *_use(integration, range_, "settings"),
            ),
            why="Sym looks for cloud, region and role_arn in the settings and finds none of them.",
            help_=help_,
            address=str(integration.address),
            attribute="settings",
            path=way(integration.settings, range_),
        )

    # --- settings that are written out ---

    def _against_map(self, integration: Integration, value: Value) -> Outcome:
        from symlint.terraform.values.equality import equal

        settings = integration.settings
        instance = element(settings, "instance_arn")
        account = element(settings, "account_id")
        role = element(settings, "role_arn")
        reads = [
            integration.sym.output_read(it) for it in (role, account, instance) if it is not None
        ]
        module = next((read.module for read in reads if read is not None), None)
        if module is not None and module.entry.external_id is not None:
            read = integration.sym.output_read(value)
            if read is not None and read.module is not module:
                whole = next(read for read in reads if read is not None)
                return self._other_module(integration, value, whole, read)
            if read is not None and read.gives == module.entry.external_id:
                return PASSED
        expected = instance or account
        if expected is not None:
            answer = equal(value, expected)
            if answer is False and instance is not None and account is not None:
                answer = equal(value, account)
            if answer is not None:
                meaning = "SSO instance" if instance is not None else "account"
                return (
                    PASSED if answer else self._contradiction(integration, value, expected, meaning)
                )
        number = None if role is None else account_of_role(role)
        text = value.string
        if instance is None and number is not None and text is not None and role is not None:
            if text == number or not text.isdigit():
                return PASSED
            return self._contradiction(integration, value, role, "account")
        return self._unknown(integration, "the settings are not known")

    def _contradiction(
        self, integration: Integration, value: Value, other: Value, meaning: str
    ) -> Finding:
        range_ = chosen_at(value, meaning) or value.origin or integration.range("external_id")
        place = other.origin or integration.range("settings")
        wanted = other.string or ""
        number = account_of_role(other)
        return self.finding(
            f"external_id names another {meaning} than the settings",
            range_,
            label=f"not the {meaning} of the settings",
            related=(
                RelatedRange(place, f"the {meaning} of the settings"),
                *_use(integration, range_, "external_id"),
            ),
            why=(
                "Sym assumes the role that the settings name and files it under this id: access "
                f"is granted in one {meaning} and recorded for another."
            ),
            help_=f'write "{number or wanted}"' if number or wanted else "make the two agree",
            address=str(integration.address),
            attribute="external_id",
            path=way(value, range_),
            severity="warning",
        )

    def _unknown(self, integration: Integration, reason: str) -> Outcome:
        question = "does the external_id belong to the settings?"
        return self.undecided(integration.range("external_id"), question, reason)


def _use(integration: Integration, range_: Range, name: str) -> tuple[RelatedRange, ...]:
    """Where the value is used, if it is written somewhere else."""
    argument = integration.range(name)
    if within(range_, argument):
        return ()
    return (RelatedRange(argument, f"used as {name} here"),)


def _fix(
    integration: Integration,
    range_: Range,
    name: str,
    expression: str,
    module: SymModule,
    *,
    safe: bool = False,
) -> Fix | None:
    """Replace the whole argument; only where the module is called beside the integration.

    Safe where the settings say which connector is meant and only its id can be; not where the id is
    another connector's, for then either of the two may be the slip.
    """
    argument = integration.range(name)
    if not within(range_, argument) or module.call.parent is not integration.module:
        return None
    if module.call.declaration.repeated is not None:
        return None
    only = len(tuple(leaves(integration.external_id))) == 1
    return Fix(f"write {expression}", (Edit(argument, expression),), safe=safe and only)


def _advice(integration: Integration, range_: Range, name: str, expression: str) -> str:
    """What to write; with the argument's name where it is written there."""
    if within(range_, integration.range(name)) or name == "external_id":
        return f"write {name} = {expression}"
    return f"write {expression}"
