"""Loads all rules, your own included, under the configuration of the current folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.lint.registry import RuleSet


def known_rules(values: Mapping[str, Any]) -> RuleSet:
    """All rules; ``values`` are those of ``code_options``.

    Raises UsageError for a configuration file or plug-in that cannot be used.
    """
    from symlint.lint.options import Options
    from symlint.lint.run import setup
    from symlint.lint.settings.config import DEFAULT
    from symlint.lint.settings.config_file import find_config, load_config

    path = find_config(os.getcwd())
    options = Options(
        rules=values.get("rules") or (),
        plugins=values.get("plugins") or (),
        trust_config=bool(values.get("trust_config")),
    )
    return setup.known_rules(load_config(path) if path else DEFAULT, options)
