"""The pages that are generated from rules, and the description of the JSON output."""

import json
import re
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from sample_report import StrategyTargetType, sample_options, sample_report

from symlint.report.formats import FORMATS, render
from symlint.report.rule_page import rule_page, rules_index, rules_table, summary
from symlint.report.style import Painter

OUTPUT = Path(__file__).parent.parent.parent / "docs" / "output.md"


def test_page_of_a_rule() -> None:
    assert rule_page(StrategyTargetType) == (
        "# SYM201 strategy-target-type\n\n"
        "**error** - stable - since 0.1.0 - `--fix` can repair it\n\n"
        "A strategy grants only targets of its own kind.\n\n"
        "Sym refuses the request when somebody asks for access.\n\n"
        "## Bad\n\n"
        '```hcl\nresource "sym_target" "a" {\n  type = "okta_group"\n}\n```\n\n'
        "## Good\n\n"
        "`main.tf`:\n\n```hcl\n# nothing\n```\n\n"
        "`impl.py`:\n\n```python\npass\n```\n\n"
        "## Suppress\n\nWrite on the line, or on the line above the block:\n\n"
        "```hcl\n# symlint: ignore[SYM201] the reason\n```\n\n"
        "## Sources\n\n- <https://docs.symops.com/>\n"
    )


def test_files_that_both_examples_have_are_shown_once() -> None:
    class Shared(StrategyTargetType):
        """Holds."""

        bad = {"main.tf": "a = 1\n", "impl.py": "pass\n"}  # noqa: RUF012 - as the rules write it
        good = {"main.tf": "a = 2\n", "impl.py": "pass\n"}  # noqa: RUF012 - as above

    page = rule_page(Shared)
    assert page.count("```python") == 1
    assert "## Bad\n\n```hcl\na = 1\n```\n\n## Good\n\n```hcl\na = 2\n```\n\n" in page
    assert "## In both\n\n`impl.py`:\n\n```python\npass\n```\n\n" in page


def test_example_with_a_fence_in_it_stays_one_block() -> None:
    class Fenced(StrategyTargetType):
        """Holds."""

        code = "SYM299"
        bad = "x = <<EOT\n```\n# heading\n```\nEOT\n"

    tokens = MarkdownIt().parse(rule_page(Fenced))
    headings = [
        following.content for token, following in pairwise(tokens) if token.type == "heading_open"
    ]
    assert headings == ["SYM299 strategy-target-type", "Bad", "Good", "Suppress", "Sources"]


def test_lists_of_rules() -> None:
    assert summary(StrategyTargetType) == "A strategy grants only targets of its own kind."
    row = "[SYM201](SYM201.md) | strategy-target-type | error | stable | yes |"
    assert row in rules_index((StrategyTargetType,))
    assert rules_table((StrategyTargetType,), None, Painter(False)) == (
        "SYM201  error    strategy-target-type  A strategy grants only targets of its own kind. (fixable)\n"
    )
    assert rules_table((), 80, Painter(False)) == ""

    class Marked(StrategyTargetType):
        """It is so."""

        state = "preview"
        fixable = False

    assert "| error | preview |  | It is so. |" in rules_index((Marked,))
    assert rules_table((Marked,), None, Painter(False)).endswith("It is so. (preview)\n")


def test_every_format_and_every_key_of_the_json_is_described() -> None:
    text = OUTPUT.read_text(encoding="utf-8")
    words = set(re.findall(r"`(\w+)`", text))
    assert set(FORMATS) <= words

    def keys(data: object) -> set[str]:
        if isinstance(data, dict):
            return set(data).union(*map(keys, data.values()))
        return set().union(*map(keys, data)) if isinstance(data, list) else set()

    document = json.loads(render("json", sample_report(), sample_options()))
    assert keys(document) <= words
