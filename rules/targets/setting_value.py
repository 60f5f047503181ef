"""Checks that the settings of targets and integrations have valid values."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._settings import format_finding, wrong_source_finding
from symlint.sym.model.settings import near
from symlint.sym.model.texts import is_placeholder, reason_of, stands_for_a_number, text_of
from symlint.sym.words import either, quoted
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField
    from symlint.sym.model.strategies import Strategy, Target
    from symlint.sym.model.views import View
    from symlint.terraform.values.value import Value

_PROVIDER = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/"

_ROLE = """
resource "sym_target" "support" {
  type = "onelogin_role"
  name = "support"

  settings = {
    role_id         = "1234567"
    privilege_level = "member"
  }
}

resource "sym_strategy" "onelogin" {
  type           = "onelogin"
  name           = "onelogin"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.support.id]
}
"""


class SettingValue(Rule):
    """The value of a setting is one that the type of the target or integration takes.

    The rule reports:

    - A value that is not one of the allowed values, such as `privilege_level = "owner"` of a
      OneLogin role: an **error**. This includes the values that a prompt field offers for a bound
      setting.
    - A reference to the wrong attribute, such as the `arn` of an `aws_iam_group` where its name is
      required, to a whole resource, to an id in Sym, or a reference in quotes: an **error**.
    - A value with another format, such as an AWS account id that is not 12 digits: a **warning**.

    Terraform and the provider accept any string. The request fails once it has been approved.

    **Not flagged.** Unknown and empty values, placeholders (`CHANGEME`), and numbers such as
    `123456789`, which are placeholders for an account id in examples. The settings of a permission
    context: `permission-context-settings` checks them.
    """

    code = "SYM211"
    name = "setting-value"
    other_severities = ("warning",)
    severity = "error"
    about = ("targets", "integrations", "flows")
    fixable = True
    sources = (
        f"{_PROVIDER}target",
        "https://github.com/symopsio/examples/tree/main/basic/onelogin_access_strategy",
    )
    bad = configuration(_ROLE.replace('= "member"', '= "owner"'))
    good = configuration(_ROLE)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each known setting has a value that it can have."""
        from symlint.sym.intent.types import is_of_other_type

        for target in configuration.targets:
            entry = target.entry
            if entry is not None and not is_of_other_type(target, entry):
                for setting in entry.settings.values():
                    yield from self._setting(target, setting)
        for integration in configuration.integrations:
            kind = integration.entry
            if kind is not None and kind.name != "permission_context":
                for setting in kind.settings.values():
                    if setting.allowed and setting.reference is None:
                        yield from self._setting(integration, setting)
        for flow in configuration.flows:
            yield from self._bound(flow)

    def _setting(self, view: View, setting: Setting) -> Iterator[Outcome]:
        from symlint.sym.intent.sources import wrong_source

        value = view.setting(setting.name)
        for leaf in () if value is None else leaves(value):
            if leaf.is_null or leaf.content == "":
                continue
            wrong = wrong_source(view, setting, leaf)
            if wrong is not None:
                yield wrong_source_finding(self, view, setting, leaf, wrong, _why(view))
            elif (text := text_of(leaf)) is None:
                question = f"can {setting.name} have this value?"
                yield self.undecided(near(view, leaf), question, reason_of(leaf))
            else:
                yield self._text(view, setting, leaf, text)

    # --- what is written out ---

    def _text(self, view: View, setting: Setting, value: Value, text: str) -> Outcome:
        catalogue = view.sym.catalogue
        if is_placeholder(catalogue, text):
            return PASSED
        if setting.allowed:
            if text in setting.allowed:
                return PASSED
            place = Location.of_setting(view, setting.name, value)
            from symlint.source.close_names import close_name

            if close_name(text, setting.allowed) is None:
                place = place.where_misused(view.sym)
            return self._not_allowed(view, setting, text, place, place.use())
        format_ = None if setting.format is None else catalogue.formats[setting.format]
        if format_ is None or format_.matches(text) or stands_for_a_number(format_.name, text):
            return PASSED
        place = Location.of_setting(view, setting.name, value)
        return format_finding(self, view.sym, place, format_, _why(view))._replace(
            severity="warning"
        )

    def _not_allowed(
        self,
        view: View,
        setting: Setting,
        text: str,
        place: Location,
        related: tuple[RelatedRange, ...],
    ) -> Finding:
        from symlint.source.close_names import close_name

        meant = close_name(text, setting.allowed)
        fix = None
        if meant is not None and place.range.text == f'"{text}"':
            fix = place.at_origin().quote(meant, safe=True)
        two = len(setting.allowed) == 2
        return place.finding(
            self,
            f"{setting.name} cannot be {text}",
            label=f"neither {either(setting.allowed, 'nor')}"
            if two
            else f"none of {either(setting.allowed, 'and')}",
            related=related,
            why=_why(view, "there is no such value"),
            help_=f"write {either([quoted(it) for it in setting.allowed])}",
            fix=fix,
        )

    # --- what a prompt field offers ---

    def _bound(self, flow: Flow) -> Iterator[Outcome]:
        strategy = flow.strategy
        if strategy is None:
            return
        fields = {it.name.string: it for it in flow.prompt_fields}
        for target, setting, binding in flow.sym.once_for(
            (_first_bound, strategy), lambda: _first_bound(strategy)
        ):
            field = fields.get(setting.name)
            if field is not None:
                yield from self._offers(flow, target, field, setting, binding)

    def _offers(
        self, flow: Flow, target: Target, field: PromptField, setting: Setting, binding: Value
    ) -> Iterator[Outcome]:
        offered = field.value("allowed_values")
        default = field.value("default")
        bound_at = binding.origin or target.range("field_bindings")
        related = (RelatedRange(bound_at, "the setting is filled in from this field"),)
        for value in (*(offered.elements or ()), default):
            text = text_of(value)
            if text is None:
                continue
            if text in setting.allowed:
                yield PASSED
                continue
            place = Location.of_argument(flow, "allowed_values", field, "params.prompt_field")
            yield self._not_allowed(target, setting, text, place.of_element(value), related)


def _first_bound(strategy: Strategy) -> tuple[tuple[Target, Setting, Value], ...]:
    """The settings with known values that targets of a strategy bind, each with the first that does."""
    found: dict[str, tuple[Target, Setting, Value]] = {}
    for target in strategy.target_views:
        settings = {} if target.entry is None else target.entry.settings
        for binding in target.bindings or ():
            setting = settings.get(binding.string or "")
            if setting is not None and setting.allowed:
                found.setdefault(setting.name, (target, setting, binding))
    return tuple(found.values())


def _why(view: View, reason: str = "nothing has that name") -> str:
    if view.kind == "sym_target":
        return f"People can ask for the target, but granting it fails: {reason}."
    return "Sym cannot reach the service with it: everything that uses the integration fails."
