"""Rules about the prompt fields that mean something to Sym: the target, and how long access lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way
from symlint.rules._settings import text_of
from symlint.rules._written import is_given, literal_fix, shown, use, written_at
from symlint.rules.flows.flow_params import flow_example
from symlint.rules.flows.prompt_fields import field_name, type_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import SpecialField
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField
    from symlint.terraform.values.value import Value

_FLOW = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow"

_OKTA = """
resource "sym_target" "billing" {{
  type = "okta_group"
  name = "billing"

  settings = {{
    group_id = "00g1billing"
  }}
}}

resource "sym_strategy" "okta" {{
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.billing.id]
}}

resource "sym_flow" "billing" {{
  name           = "billing"
  implementation = file("${{path.module}}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {{
    strategy_id = sym_strategy.okta.id
{0}  }}
}}
"""


def approval_only(sym: SymConfiguration) -> frozenset[Flow]:
    """The flows that surely ask for approval only, and have not merely lost their strategy.

    Where some strategy is used by no flow, a flow without one may have been meant to have it:
    ``unused-strategy`` says so, and here it is not known.
    """
    links = [link for flow in sym.flows for link in flow.strategy_link.branches]
    if any(link.is_wrong or link.outcome == "unknown" for link in links):
        return frozenset()
    used = {link.view.header for link in links if link.view is not None}
    if not all(strategy.header in used for strategy in sym.strategies):
        return frozenset()
    return frozenset(it for it in sym.flows if it.strategy_link.is_absent and it.params_known)


class TargetIdField(Rule):
    """A prompt field called `target_id` is a text, of a flow with a strategy, without choices.

    That name chooses the target that access is asked for. Its choices are the targets of the
    flow's strategy: `allowed_values` of its own are ignored, as the provider warns, another type
    than `string` cannot hold an id, and without a strategy there is no target to choose.

    **Not flagged.** Flows of which it is not known whether they have a strategy, and flows that
    seem to have lost theirs (`unused-strategy` speaks of that).
    """

    code = "SYM409"
    name = "target-id-field"
    severity = "warning"
    fixable = True
    sources = (_FLOW,)
    bad = configuration(
        _OKTA.format(
            """
    prompt_field {
      name           = "target_id"
      type           = "string"
      allowed_values = ["billing", "support"]
    }
"""
        )
    )
    good = configuration(
        _OKTA.format(
            """
    prompt_field {
      name = "target_id"
      type = "string"
    }
"""
        )
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each special field that is known by its name is what it must be."""
        special = configuration.catalogue.provider.special_fields
        without = approval_only(configuration)
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                entry = special.get(field.name.string or "")
                if entry is not None and entry.not_applicable:
                    yield from self._judge(flow, field, entry, flow in without)

    def _judge(
        self, flow: Flow, field: PromptField, entry: SpecialField, approval: bool
    ) -> Iterator[Outcome]:
        name = written_at(field.name, field.range("name"))
        findings = [
            self._ignored(flow, field, entry, argument, name)
            for argument in entry.not_applicable
            if is_given(field.argument(argument))
        ]
        type_ = field.type.string
        if entry.type is not None and type_entry(flow, field) is not None and type_ != entry.type:
            findings.append(self._wrong_type(flow, field, entry, name))
        if entry.needs_strategy and approval:
            findings.append(self._no_strategy(flow, field, entry, name))
        yield from findings or (PASSED,)

    def _ignored(
        self, flow: Flow, field: PromptField, entry: SpecialField, name: str, because: Range
    ) -> Finding:
        argument = field.argument(name)
        assert argument is not None
        return self.finding(
            f"the {name} of a field that is called {entry.name} are ignored",
            argument.name_range,
            label="ignored",
            related=(RelatedRange(because, "because of this name"),),
            why="The choices of this field are the targets of the flow's strategy.",
            help_=f"remove {name}, or give the field another name",
            address=str(flow.address),
            attribute=f"params.prompt_field.{name}",
        )

    def _wrong_type(
        self, flow: Flow, field: PromptField, entry: SpecialField, because: Range
    ) -> Finding:
        used = field.range("type")
        range_ = written_at(field.type, used)
        wanted = entry.type or ""
        return self.finding(
            f"a field that is called {entry.name} has type {shown(field.type)}, not {wanted}",
            range_,
            label="cannot hold the id of a target",
            related=(RelatedRange(because, "because of this name"), *use(range_, used, "the type")),
            why="Under this name people choose a target, whose id is a text.",
            help_=f'write type = "{wanted}", or give the field another name',
            address=str(flow.address),
            attribute="params.prompt_field.type",
            path=way(field.type, range_),
            fix=literal_fix(range_, used, wanted, safe=False),
        )

    def _no_strategy(
        self, flow: Flow, field: PromptField, entry: SpecialField, range_: Range
    ) -> Finding:
        return self.finding(
            f"the field {entry.name} chooses a target, and the flow has no strategy",
            range_,
            label="there is no target to choose",
            related=(RelatedRange(_params(flow), "no strategy_id here"),),
            why="A flow without a strategy asks for approval only.",
            help_="give the flow its strategy_id, or the field another name",
            address=str(flow.address),
            attribute="params.prompt_field.name",
        )


def _params(flow: Flow) -> Range:
    return flow.header if flow.params is None else flow.params.header


class DurationWithoutStrategy(Rule):
    """A flow that asks for approval only has no `duration` field.

    The duration is how long access lasts. A flow without a strategy gives no access that could
    end, so what people enter there means nothing, though they have reason to think that it does.

    **Not flagged.** Flows of which it is not known whether they have a strategy, and flows that
    seem to have lost theirs (`unused-strategy` speaks of that).
    """

    code = "SYM410"
    name = "duration-without-strategy"
    severity = "warning"
    sources = ("https://docs.symops.com/docs/approval-only-flows",)
    bad = flow_example(
        """
  params {
    prompt_field {
      name = "duration"
      type = "duration"
    }
  }
"""
    )
    good = flow_example(
        """
  params {
    prompt_field {
      name = "reason"
      type = "string"
    }
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each field for a duration has access to end."""
        special = configuration.catalogue.provider.special_fields
        types = {
            it.type
            for name, it in special.items()
            if it.needs_strategy and it.type == name  # the type itself means the special thing
        }
        without = approval_only(configuration)
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                if field.type.string not in types:
                    continue
                yield self._finding(flow, field) if flow in without else PASSED

    def _finding(self, flow: Flow, field: PromptField) -> Finding:
        used = field.range("type")
        range_ = written_at(field.type, used)
        return self.finding(
            "the flow asks for a duration and has no strategy",
            range_,
            label=f"the type of {field_name(field)}",
            related=(
                RelatedRange(_params(flow), "no strategy_id here: it asks for approval only"),
                *use(range_, used, "the type of a prompt field"),
            ),
            why="Nothing begins with the approval that could end after the duration.",
            help_="remove the field, or give the flow its strategy_id",
            address=str(flow.address),
            attribute="params.prompt_field.type",
            path=way(field.type, range_),
        )


class DurationFormat(Rule):
    """The values of a duration field are a number and a unit: `30m`, `1h`, `2d`.

    Sym turns what was chosen into seconds, and people see it in a form of its own. A value that it
    cannot read leaves the request without an end, or with an error.

    **Not flagged.** Values that are not known, and fields of other types. What is known of the
    shape is what all of Sym's examples have in common, so this is a warning.
    """

    code = "SYM411"
    name = "duration-format"
    severity = "warning"
    fixable = True
    sources = ("https://github.com/symopsio/examples",)
    bad = configuration(
        _OKTA.format(
            """
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30 minutes", "1h"]
    }
"""
        )
    )
    good = configuration(
        _OKTA.format(
            """
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30m", "1h"]
    }
"""
        )
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each value of each field has the shape that its type wants."""
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                entry = type_entry(flow, field)
                if entry is None or entry.format is None:
                    continue
                for name in ("allowed_values", "default"):
                    argument = field.argument(name)
                    if argument is None:
                        continue
                    value = argument.value
                    values = (value,) if value.elements is None else value.elements
                    for it in values:
                        yield from self._judge(flow, entry.format, it, name, argument.range)

    def _judge(
        self, flow: Flow, format_name: str, value: Value, name: str, used: Range
    ) -> Iterator[Outcome]:
        text = text_of(value)
        if not text:
            return
        shape = flow.sym.catalogue.formats[format_name]
        if shape.matches(text):
            yield PASSED
            return
        range_ = written_at(value, used)
        meant = _shortened(text)
        if meant is not None and not shape.matches(meant):
            meant = None
        yield self.finding(
            f"{shown(value)} is not {shape.description}",
            range_,
            label="no duration",
            related=use(range_, used, f"a value of {name}"),
            why="Sym cannot tell from it how long access lasts.",
            help_=f'write "{meant}"' if meant else f'write it like "{shape.example}"',
            address=str(flow.address),
            attribute=f"params.prompt_field.{name}",
            path=way(value, range_),
            fix=literal_fix(range_, used, meant, safe=False) if meant else None,
        )


def _shortened(text: str) -> str | None:
    """``30m`` for ``30 minutes``; None where it is no number and unit."""
    bare = text.strip().lower()
    digits = len(bare) - len(bare.lstrip("0123456789"))
    number, unit = bare[:digits], bare[digits:].strip(" -_.")
    units = {"m": ("min", "mins", "minute", "minutes"), "h": ("hr", "hrs", "hour", "hours"),
             "d": ("day", "days")}  # fmt: skip
    for short, names in units.items():
        if number and (unit == short or unit in names):
            return number + short
    return None
