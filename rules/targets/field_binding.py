"""Checks that a flow has the prompt fields that its targets are bound to."""

from __future__ import annotations

from functools import partial

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.named_tuple import NamedTuple
from symlint.rules._examples import configuration
from symlint.rules._unknown_links import unknown_strategies, unknown_targets
from symlint.sym.model.strategies import Strategy
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField
    from symlint.sym.model.strategies import Target
    from symlint.terraform.values.value import Value

_MAIN = """
resource "sym_target" "any" {
  type = "github_repo"
  name = "any-repository"

  field_bindings = ["repo_name"]
}

resource "sym_strategy" "github" {
  type           = "github"
  name           = "github"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.any.id]
}

resource "sym_flow" "github" {
  name           = "github"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    strategy_id = sym_strategy.github.id

    prompt_field {
      name = "repo_name"
      type = "string"
    }
  }
}
"""


class _Bound(NamedTuple):
    """A setting of a target that is bound, or, without ``binding``, a target whose bindings are not known.

    ``has_value`` where it also has a value of its own.
    """

    target: Target
    binding: Value | None
    name: str
    has_value: bool


def _bound(strategy: Strategy) -> tuple[_Bound, ...]:
    """What the targets of a strategy are bound to: of each name the first one, with and without a value."""
    found: dict[tuple[object, bool], _Bound] = {}
    for target in strategy.target_views:
        bindings = target.bindings
        if bindings is None:
            found.setdefault((target, False), _Bound(target, None, "", has_value=False))
        for binding in bindings or ():
            name = binding.string or ""
            entry, has_value = target.entry, name in (target.own_settings or ())
            if entry is None or entry.open_settings or name in entry.settings:
                one = _Bound(target, binding, name, has_value)
                found.setdefault((name, has_value), one)
    return tuple(found.values())


class FieldBinding(Rule):
    """Every name in `field_bindings` is a prompt field of every flow that grants the target.

    A bound setting has no value of its own: Sym takes it from the prompt field of the same name for
    each request. If a flow has no such field, the setting is empty, and the request fails once it
    has been approved. Several strategies can list a target, and several flows can use a strategy;
    each flow needs the field.

    The value of the field must be one string: type `string`, or `int` for a setting that is a
    number.

    **Not flagged.** Flows whose fields are not all known (a `dynamic` block over a variable),
    strategies and targets that are not known. A bound name that is not a setting of the target's
    type, which `target-settings` and `unknown-target-setting` report; one that also has a value in
    `settings`, which `setting-bound-twice` does.
    """

    code = "SYM209"
    name = "field-binding"
    severity = "error"
    about = ("flows",)
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/target",
        "https://github.com/symopsio/examples/tree/main/basic/github_dynamic_targets",
    )
    bad = configuration(_MAIN.replace('name = "repo_name"', 'name = "repository"'))
    good = configuration(_MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each flow asks for what the targets of its strategy need."""
        question = "does every flow ask for what the target needs?"
        for flow in configuration.flows:
            yield from unknown_strategies(self, flow, question)
            strategies = [link.view for link in flow.strategy_link.branches]
            asked: set[str] = set()  # many targets may be bound to one field: said once
            fields = {it.name.string: it for it in reversed(flow.prompt_fields)}
            for strategy in dict.fromkeys(it for it in strategies if isinstance(it, Strategy)):
                yield from unknown_targets(self, strategy, question)
                for one in configuration.once_for((_bound, strategy), partial(_bound, strategy)):
                    yield from self._target(flow, strategy, one, fields, asked)

    def _target(
        self,
        flow: Flow,
        strategy: Strategy,
        bound: _Bound,
        fields: Mapping[str | None, PromptField],
        asked: set[str],
    ) -> Iterator[Outcome]:
        target, binding, name, has_value = bound
        if binding is None:
            question = "does every flow ask for what the target needs?"
            reason = "its field_bindings are not known"
            yield self.undecided(target.range("field_bindings"), question, reason)
            return
        if name in asked:
            return
        field = fields.get(name)
        if field is None and has_value:
            yield PASSED
            return
        asked.add(name)
        if field is not None:
            yield self._typed(flow, target, field, binding)
        elif flow.prompt_fields_known and all(it.name.string for it in flow.prompt_fields):
            yield self._absent(flow, strategy, target, binding)
        else:
            question = f"does the flow ask for {name}?"
            yield self.undecided(flow.header, question, "its prompt fields are not all known")

    # --- no such field ---

    def _absent(self, flow: Flow, strategy: Strategy, target: Target, binding: Value) -> Finding:
        from symlint.sym.intent.prompt_fields import meant_field

        name = binding.string or ""
        place = Location.of_range(flow.params_header, str(flow.address), "params.prompt_field")
        label, fix = f"no prompt field {name}", None
        help_ = f'add it:\n  prompt_field {{\n    name = "{name}"\n    type = "string"\n  }}'
        meant = meant_field(flow, target, name)
        if meant is not None:
            found = Location.of_argument(flow, "name", meant)
            place = place._replace(range=found.range, used=found.range, value=meant.name)
            label, help_ = f"the target is bound to {name}", f'write name = "{name}"'
            if place.range.text == f'"{meant.name.string}"':
                fix = place.quote(name, safe=False)
        bound_at = binding.origin or target.range("field_bindings")
        related = [
            RelatedRange(bound_at, "this setting is filled in from a prompt field"),
            RelatedRange(flow.strategy_link.range, "the flow grants the target with this strategy"),
        ]
        related += [
            RelatedRange(link.range, "which lists the target here")
            for link in strategy.targets.links
            if link.view is target
        ][:1]
        return place.finding(
            self,
            f"flow has no prompt field {name}, which its {target.type_name} target is bound to",
            label=label,
            related=tuple(related),
            why=(
                f"Sym takes {name} from the form. Nobody is asked for it, so the target has no "
                f"{name}, and granting it fails once the request has been approved."
            ),
            help_=help_,
            fix=fix,
        )

    # --- a field of another type ---

    def _typed(self, flow: Flow, target: Target, field: PromptField, binding: Value) -> Outcome:
        name, type_name = binding.string or "", field.type.string
        question = f"is the value of the prompt field {name} a string?"
        if type_name is None:
            return self.undecided(field.range("type"), question, "its type is not known")
        entry = flow.sym.catalogue.provider.prompt_field_types.get(type_name)
        if entry is None or entry.text_like or entry.until is not None:
            return PASSED
        setting = None if target.entry is None else target.entry.settings.get(name)
        if type_name == "int" and (setting is None or setting.format in (None, "number")):
            return PASSED
        place = Location.of_argument(flow, "type", field, "params.prompt_field")
        bound_at = binding.origin or target.range("field_bindings")
        return place.finding(
            self,
            f"prompt field {name} is of type {type_name}, but the setting bound to it is a string",
            label=f"not {with_article('string')}",
            related=(RelatedRange(bound_at, "this setting is filled in from the field"),),
            why=(
                f"Sym puts what was entered into the setting {name} of the target, which takes a "
                "string: granting the target fails once the request has been approved."
            ),
            help_='write type = "string"',
            fix=place.quote("string", safe=False),
        )
