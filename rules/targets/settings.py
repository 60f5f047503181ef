"""Checks that a target has the settings that its type requires."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._settings import missing_outcomes
from symlint.rules.targets._examples import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration


class TargetSettings(Rule):
    """A target has all settings that its type requires.

    The settings say what is granted: the group, the repository, the account. The provider accepts
    any map of strings, so a target without one of them is created, people can ask for it, and the
    request fails once it has been approved. A setting is given if it is in `settings`, or if
    `field_bindings` names it and a prompt field sets it for each request.

    If a setting that the type does not have is probably the missing one, its name is reported.

    **Not flagged.** Targets of a type that the catalogue does not know, and settings or bindings
    that are not known: undecided. If the settings are those of another type that the target's
    strategy grants, the type is wrong: `strategy-target-type` reports it.
    """

    code = "SYM207"
    name = "target-settings"
    severity = "error"
    about = ("targets",)
    fixable = True
    sources = ("https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/target",)
    bad = configuration(REPOSITORY.replace("repo_name =", "repository ="))
    good = configuration(REPOSITORY)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each target has its required settings."""
        from symlint.sym.intent.types import is_of_other_type

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
            what = f"{target.type_name} target"
            why = (
                "People can ask for the target and approvers can approve it, but Sym does not know "
                "what to grant: whoever asks gets an error instead of access."
            )
            findings = missing_outcomes(self, target, entry, given, what=what, why=why)
            yield from findings or (PASSED,)
