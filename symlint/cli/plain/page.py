"""Shows the page of a rule, without click: what ``explain`` does."""

from __future__ import annotations

import os
import sys

from symlint.annotations import TYPE_CHECKING
from symlint.cli.loading import load
from symlint.cli.plain.listing import print_table
from symlint.report.terminal import wants_color

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from symlint.cli.loading import Loaded
    from symlint.lint.rule import Rule


def explain(rule: str, code: Mapping[str, Any]) -> None:
    """Print the page, rendered on a terminal and as Markdown elsewhere.

    ``code`` has the values of ``code_options``.
    """
    from symlint.report.rules.page import rule_page

    loaded = load(code)
    found = loaded.rules.find(rule)
    if found is None:
        print_table(loaded.selected([rule]), loaded)
        return
    page = rule_page(found.load(), _found_in_bad(found.load(), loaded))
    if sys.stdout.isatty() and wants_color("auto", os.environ, is_terminal=True):
        _print_rendered(page)
    else:
        sys.stdout.write(page)


def _found_in_bad(rule: type[Rule], loaded: Loaded) -> str | None:
    """What a rule of the user's own finds in its bad example; None of one that symlint brings."""
    from symlint.lint.registry import is_shipped

    if is_shipped(rule):
        return None
    from tempfile import TemporaryDirectory

    from symlint.lint.settings.config import DEFAULT
    from symlint.lint.testing import lint_example_in
    from symlint.report.formats import render
    from symlint.report.options import RenderOptions
    from symlint.version import __version__

    config = DEFAULT._replace(rules=loaded.config.rules, plugins=loaded.config.plugins)
    options = loaded.options._replace(select=(rule.code,), all_modules=True)
    with TemporaryDirectory(prefix="symlint-example-") as folder:
        directory = os.path.realpath(folder)
        report = lint_example_in(directory, rule.bad, config, options)
        first = [finding for finding in report.findings if finding.code == rule.code][:1]
        shown = report._replace(findings=tuple(first), files=())
        return render("text", shown, RenderOptions(directory, directory, __version__, quiet=True))


def _print_rendered(page: str) -> None:
    """Print a page as rich renders it, through a pager where it is longer than the terminal."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    # The sixteen colours are the user's own, and no background is painted: it may be light.
    styles = {"markdown.code": "cyan", "markdown.code_block": "default", "markdown.h1": "bold"}
    console = Console(theme=Theme(styles))
    rendered = Markdown(page, code_theme="ansi_light")
    width = min(console.width, 100)
    with console.capture() as capture:
        console.print(rendered, width=width)
    text = capture.get()
    if text.count("\n") < _lines_to_page():
        sys.stdout.write(text)
        return
    from pydoc import pager

    sys.stdout.flush()
    os.environ.setdefault("LESS", "FRX")  # as git has it: colours, and no pager for one screen
    pager(text)


def _lines_to_page() -> float:
    """From how many lines on a pager is of use: never where nobody sits at a terminal of known size."""
    from symlint.report.terminal import in_ci

    if in_ci(os.environ) or not sys.stdin.isatty():
        return float("inf")
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines or float("inf")
    except (OSError, ValueError):
        return float("inf")
