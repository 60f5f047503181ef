"""Loads all rules, your own included, under the configuration of the current folder."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Any
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from symlint.lint.options import Options
    from symlint.lint.registry import RuleSet
    from symlint.lint.rule import AnyRule
    from symlint.lint.settings.config import Config


class Loaded(NamedTuple):
    """Rules, and what decides which of them run."""

    rules: RuleSet
    config: Config
    options: Options

    def selected(self, selectors: Sequence[str]) -> tuple[AnyRule, ...]:
        """The rules of any of these selectors; all without one. Raises SelectionError."""
        from symlint.lint.selection import selected_codes

        if not selectors:
            return self.rules.rules
        codes = {code for it in selectors for code in selected_codes(self.rules, it)}
        return tuple(rule for rule in self.rules if rule.code in codes)

    def enabled(self) -> frozenset[str]:
        """The codes of the rules that run here. Raises UsageError for a selector of the file."""
        from symlint.lint.run.setup import chosen_rules

        chosen = chosen_rules(self.rules, self.config, self.options)
        return frozenset(rule.code for rule in chosen.rules)


def load(values: Mapping[str, Any]) -> Loaded:
    """All rules; ``values`` are those of ``code_options``.

    Raises UsageError for a configuration file or plug-in that cannot be used.
    """
    from symlint.lint.options import Options
    from symlint.lint.run.setup import known_rules
    from symlint.lint.settings.config import DEFAULT
    from symlint.lint.settings.config_file import find_config, load_config

    path = find_config(os.getcwd())
    options = Options(
        rules=values.get("rules") or (),
        plugins=values.get("plugins") or (),
        trust_config=bool(values.get("trust_config")),
    )
    config = load_config(path) if path else DEFAULT
    return Loaded(known_rules(config, options), config, options)
