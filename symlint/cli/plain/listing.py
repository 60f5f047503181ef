"""Lists rules, without click: what ``rules`` does."""

from __future__ import annotations

import os
import sys

from symlint.annotations import TYPE_CHECKING
from symlint.cli.loading import Loaded, load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from symlint.lint.rule import AnyRule


def list_rules(selectors: Sequence[str], format_: str, code: Mapping[str, Any]) -> None:
    """Print the rules that are selected; ``code`` has the values of ``code_options``."""
    loaded = load(code)
    rules = loaded.selected(selectors)
    if format_ == "table":
        print_table(rules, loaded)
        return
    from symlint.report.rules.page import rules_index, rules_json

    if format_ == "json":
        sys.stdout.write(rules_json([rule.load() for rule in rules], loaded.enabled()))
    else:
        sys.stdout.write(rules_index([rule.load() for rule in rules]))


def print_table(rules: Sequence[AnyRule], loaded: Loaded) -> None:
    """Print a line for each rule: as a table on a terminal."""
    from symlint.cli.output import stream_options
    from symlint.report.options import RenderOptions
    from symlint.report.rules.table import rules_lines, rules_table

    terminal = stream_options(RenderOptions(os.getcwd(), "", ""), "auto")
    enabled = loaded.enabled()
    if terminal.width is None:
        sys.stdout.write(rules_lines(rules, enabled))
    else:
        sys.stdout.write(rules_table(rules, enabled, terminal.width, color=terminal.color))
