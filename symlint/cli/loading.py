"""Loads all rules, custom ones included, under the configuration of the current folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.lint.registry import RuleSet


def known_rules() -> RuleSet:
    """All rules. Raises UsageError for a configuration file or plug-in that cannot be used."""
    from symlint.lint.run import setup
    from symlint.lint.settings.config import DEFAULT
    from symlint.lint.settings.config_file import find_config, load_config

    path = find_config(os.getcwd())
    return setup.known_rules(load_config(path) if path else DEFAULT)
