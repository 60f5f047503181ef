"""The rules that the current folder's configuration knows, the user's own included."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.lint.registry import RuleSet


def known_rules() -> RuleSet:
    """All rules. Raises UsageError for a configuration file or plug-in that cannot be used."""
    from symlint.lint.config import DEFAULT, find_config, load_config
    from symlint.lint.registry import load_rules

    path = find_config(os.getcwd())
    config = load_config(path) if path else DEFAULT
    return load_rules(config.rules, config.plugins)
