"""Rules about the settings that targets have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way
from symlint.rules._settings import missing_finding, use_of
from symlint.sym.intent.missing_settings import missing_settings
from symlint.sym.intent.types import is_of_other_type
from symlint.sym.model.settings import item_ranges, map_range, setting_range
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.types import TargetType
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Target
    from symlint.terraform.values.value import Value

_PROVIDER = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/target"

_REPOSITORY = """
resource "sym_target" "website" {
  type = "github_repo"
  name = "website"

  settings = {
    repo_name = "website"
  }
}

resource "sym_strategy" "github" {
  type           = "github"
  name           = "github"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.website.id]
}
"""


class TargetSettings(Rule):
    """A target has all settings that its type requires.

    The settings say what is granted: the group, the repository, the account. The provider takes
    any map of texts, so a target without one of them plans and applies, stands in the form, and
    fails when it has been approved. A setting is there when it stands in `settings`, or when
    `field_bindings` names it, so that a prompt field fills it in for each request.

    A setting under a name that the type does not have is pointed at where it is probably the one
    that is missing.

    **Not flagged.** Targets of a type that the catalogue does not know, and settings or bindings
    that are not known: undecided. Where the settings are those of another type that the target's
    strategy grants, it is the type that is wrong (`strategy-target-type`).
    """

    code = "SYM207"
    name = "target-settings"
    severity = "error"
    fixable = True
    sources = (_PROVIDER,)
    bad = configuration(_REPOSITORY.replace("repo_name =", "repository ="))
    good = configuration(_REPOSITORY)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each target has its required settings."""
        for target in configuration.targets:
            entry = target.entry
            if entry is None or not entry.required_settings:
                continue
            given = target.given_settings
            if given is None:
                question = "does the target have all settings?"
                reason = "its settings or its field_bindings are not known"
                yield self.undecided(target.range("settings"), question, reason)
                continue
            if is_of_other_type(target, entry):
                continue
            missing = missing_settings(entry.settings, given, open_=entry.open_settings)
            for it in missing:
                yield missing_finding(
                    self,
                    target,
                    it,
                    what=f"{target.type_name} target",
                    why=(
                        "The target can be asked for and approved, but Sym does not know what to "
                        f"grant: {entry.title} needs the setting."
                    ),
                )
            if not missing:
                yield PASSED


class UnknownTargetSetting(Rule):
    """A target has no settings, and binds none, that its type does not know.

    Sym ignores a setting that the type of the target does not have. Whoever wrote it meant
    something by it, and that does not happen; the same holds for a name among `field_bindings`.

    **Not flagged.** `custom` targets, whose settings are read by the strategy's own code. A name
    that was probably meant to be a required setting, which `target-settings` reports.
    """

    code = "SYM208"
    name = "unknown-target-setting"
    severity = "warning"
    fixable = True
    sources = (_PROVIDER,)
    bad = configuration(
        _REPOSITORY.replace(
            '    repo_name = "website"', '    repo_name  = "website"\n    permission = "push"'
        )
    )
    good = configuration(_REPOSITORY)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the type of each target knows its settings."""
        for target in configuration.targets:
            entry = target.entry
            if entry is None or entry.open_settings:
                continue
            own, bindings = target.own_settings, target.bindings
            if own is None or bindings is None:
                question = "does the type of the target know its settings?"
                reason = "its settings or its field_bindings are not known"
                yield self.undecided(target.range("settings"), question, reason)
                continue
            if is_of_other_type(target, entry):
                continue
            given = own | {it.string for it in bindings if it.string is not None}
            missing = missing_settings(entry.settings, given)
            meant = {it.unexpected for it in missing}
            unexpected = [it for it in sorted(own) if it not in entry.settings and it not in meant]
            for name in unexpected:
                written = item_ranges(target, target.settings, name)
                range_ = map_range(target) if written is None else written[0]
                yield self._unknown(target, entry, name, range_, target.settings)
            for it in bindings:
                if it.string is not None and it.string not in {*entry.settings, *meant}:
                    range_ = it.origin or target.range("field_bindings")
                    yield self._unknown(target, entry, it.string, range_, it)
            if not unexpected:
                yield PASSED

    def _unknown(
        self, target: Target, entry: TargetType, name: str, range_: Range, value: Value
    ) -> Finding:
        from symlint.source.close_names import close_name

        given = target.given_settings or frozenset()
        meant = close_name(name, [it for it in entry.settings if it not in given])
        fix = None
        if meant is not None and range_.text.strip('"') == name:
            replacement = range_.text.replace(name, meant)
            fix = Fix(f"write {replacement}", (Edit(range_, replacement),), safe=True)
        known = either(entry.settings, "and")
        return self.finding(
            f"{name} is no setting of {with_article(target.type_name or '')} target",
            range_,
            label="unknown to this type",
            related=(RelatedRange(target.type.origin or target.range("type"), f"knows {known}"),),
            why="Sym ignores it: what it is meant for does not happen.",
            help_=f"did you mean {meant}?" if meant else "remove it",
            address=str(target.address),
            attribute=f"settings.{name}",
            path=way(value, range_),
            fix=fix,
        )


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
    """No setting of a target stands in `settings` and in `field_bindings` both.

    A bound setting is filled in from what the requester enters. If the target has a value for it
    as well, one of the two is lost: either the form asks for something that does not count, or
    the value that was meant to be fixed can be chosen by whoever asks.

    The finding stands at the value where a flow has a prompt field of that name, and at the
    binding where none has.
    """

    code = "SYM210"
    name = "setting-bound-twice"
    severity = "warning"
    sources = (_PROVIDER,)
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
            if own is None or not bindings:
                continue
            for binding in bindings:
                name = binding.string
                yield PASSED if name is None or name not in own else self._twice(target, binding)

    def _twice(self, target: Target, binding: Value) -> Finding:
        name = binding.string or ""
        bound_at = binding.origin or target.range("field_bindings")
        set_at = setting_range(target, name)
        asked = any(
            field.name.string == name
            for flow in target.sym.flows
            if flow.strategy in target.strategies
            for field in flow.prompt_fields
        )
        range_, other = (set_at, bound_at) if asked else (bound_at, set_at)
        return self.finding(
            f"{name} is a setting of the target and bound to a prompt field",
            range_,
            label="has a value" if asked else "filled in from a prompt field",
            related=(
                RelatedRange(other, "filled in from a prompt field" if asked else "has a value"),
                *(use_of(target, name, range_) if asked else ()),
            ),
            why="One of the two does not count, and which one is nowhere promised.",
            help_=(
                f"remove {name} from settings: a prompt field asks for it"
                if asked
                else f"remove {name} from field_bindings, or the value from settings"
            ),
            address=str(target.address),
            attribute=f"settings.{name}",
        )
