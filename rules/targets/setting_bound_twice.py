"""Checks that no setting of a target is both given and bound to a prompt field."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.sym.model.flows import Flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Strategy, Target
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.value import Value

_BOUND = """
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


class SettingBoundTwice(Rule):
    """No setting of a target is both in `settings` and in `field_bindings`.

    A prompt field sets a bound setting for each request. If the target has a value for it as well,
    one of the two is lost: either the field is ignored, or people can choose a value that was meant
    to be fixed.

    The rule reports the value if a flow has a prompt field of that name, and the binding if none
    has.
    """

    code = "SYM210"
    name = "setting-bound-twice"
    severity = "warning"
    about = ("targets.has_bindings",)
    sources = ("https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/target",)
    bad = configuration(
        _BOUND.replace(
            '  field_bindings = ["repo_name"]',
            '  settings = {\n    repo_name = "website"\n  }\n\n  field_bindings = ["repo_name"]',
        )
    )
    good = configuration(_BOUND)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each bound setting is bound only."""
        for target in configuration.targets:
            own, bindings = target.own_settings, target.bindings
            if not target.has_bindings or own == frozenset():
                continue
            if own is None or bindings is None:
                lost = "settings" if own is None else "field_bindings"
                question = "does a bound setting have a value, too?"
                yield self.undecided(target.range(lost), question, f"its {lost} are not known")
                continue
            for binding in bindings:
                name = binding.string
                if name is None or name not in own:
                    yield PASSED
                else:
                    yield self._twice(target, binding, name)

    def _twice(self, target: Target, binding: Value, name: str) -> Finding:
        bound_at = binding.origin or target.range("field_bindings")
        place = Location.of_setting(target, name)._replace(value=None)
        asked_for = target.sym.once(_fields_by_strategy)
        asked = any(name in asked_for.get(it, ()) for it in target.strategies)
        other = bound_at if asked else place.range
        return place.at(None if asked else bound_at).finding(
            self,
            f"{name} is a setting of the target and bound to a prompt field",
            label="has a value" if asked else "filled in from a prompt field",
            related=(
                RelatedRange(other, "filled in from a prompt field" if asked else "has a value"),
                *(place.use() if asked else ()),
            ),
            why="Sym uses only one of the two, and it is not documented which.",
            help_=f"remove {name} from settings: a prompt field asks for it"
            if asked
            else f"remove {name} from field_bindings, or the value from settings",
        )


def _fields_by_strategy(sym: Lookup) -> dict[Strategy, set[str | None]]:
    """The names of the prompt fields of the flows that each strategy is in."""
    found: dict[Strategy, set[str | None]] = {}
    for flow in sym.all(Flow):
        if flow.strategy is not None:
            names = (field.name.string for field in flow.prompt_fields)
            found.setdefault(flow.strategy, set()).update(names)
    return found
