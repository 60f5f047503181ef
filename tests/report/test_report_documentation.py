"""The pages that are generated from rules, and the description of the JSON output."""

import json
import re
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from sample_report import StrategyTargetType, sample_options, sample_report

from symlint.lint.registry import load_rules
from symlint.report.formats import FORMATS, render
from symlint.report.rules.examples import found_in_bad
from symlint.report.rules.page import rule_page, rules_index, summary
from symlint.report.rules.table import rules_lines, rules_table

OUTPUT = Path(__file__).parent.parent.parent / "docs" / "output.md"


def test_page_of_a_rule() -> None:
    assert rule_page(StrategyTargetType, "") == (
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


def test_files_that_both_examples_have_are_named_alone() -> None:
    class Shared(StrategyTargetType):
        """Holds."""

        bad = {"main.tf": "a = 1\n", "impl.py": "pass\n"}  # noqa: RUF012 - as the rules write it
        good = {"main.tf": "a = 2\n", "impl.py": "pass\n"}  # noqa: RUF012 - as above

    page = rule_page(Shared, "")
    assert "```python" not in page
    assert "## Bad\n\n```hcl\na = 1\n```\n\n## Good\n\n```hcl\na = 2\n```\n\n" in page
    assert "Both have `impl.py` as well, which the rule is not about.\n" in page


def test_what_a_rule_of_your_own_says_steers_nothing() -> None:
    class Steering(StrategyTargetType):
        """::error::holds \x1b[31m\u202e.

        ##[error]x
          ::error::y
        """

        bad = "::error::z\n"

    texts = [
        rule_page(Steering, ""),
        rules_index([Steering]),
        rules_lines([Steering], ()),
        rules_table([Steering], (), 80, color=False),
    ]
    for text in texts:
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "##[" not in text
        assert not re.search(r"(?m)^\s*::", text)


def test_file_that_the_finding_shows_is_shown_once() -> None:
    class Shared(StrategyTargetType):
        """Holds."""

        bad = {"main.tf": "a = 1\n", "impl.py": "pass\n"}  # noqa: RUF012 - as the rules write it
        good = {"main.tf": "a = 2\n", "impl.py": "pass\n"}  # noqa: RUF012 - as above

    page = rule_page(Shared, "error[SYM201]: it\n --> impl.py:1:1\n")
    assert page.count("`impl.py`:\n\n```python\npass\n```\n\n") == 1
    assert "```text\nerror[SYM201]: it\n --> impl.py:1:1\n```\n" in page
    assert "Both have" not in page


def test_good_example_is_shown_as_a_change_of_the_bad_one() -> None:
    class Changed(StrategyTargetType):
        """Holds."""

        bad = "a = 1\nb = 2\nc = 3\n"
        good = "a = 1\nb = 4\nc = 3\n"

    page = rule_page(Changed, "")
    assert "## Good\n\n```diff\n@@ -1,3 +1,3 @@\n a = 1\n-b = 2\n+b = 4\n c = 3\n```\n" in page


def test_pages_have_what_is_found_in_their_bad_example() -> None:
    for rule in load_rules():
        assert f"[{rule.code}]: " in found_in_bad(rule), rule.code


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
    assert rules_lines((StrategyTargetType,), {"SYM201"}) == (
        "SYM201  error  strategy-target-type  A strategy grants only targets of its own kind. (fixable)\n"
    )
    assert rules_lines((), ()) == ""
    narrow = rules_table((StrategyTargetType,), {"SYM201"}, 40, color=False).splitlines()
    assert max(map(len, narrow)) <= 40
    assert "SYM201   error      strategy-target-type" in narrow

    class Marked(StrategyTargetType):
        """It is so."""

        state = "preview"
        fixable = False

    assert "| error | preview | | It is so. |" in rules_index((Marked,))
    assert rules_lines((Marked,), ()).endswith("It is so. (off, preview)\n")


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


def test_pages_of_rules_lead_to_no_file_beside_them() -> None:
    """They are shown in a terminal, an editor and a code-scanning service, too."""
    pages = {rule.code: rule.load() for rule in load_rules()}
    relative = re.compile(r"\]\((?!https://)")
    assert [code for code, rule in pages.items() if relative.search(rule.__doc__ or "")] == []
