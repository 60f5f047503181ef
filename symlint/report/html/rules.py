"""The pages of the rules that have found something, in the same file."""

from __future__ import annotations

import re
from html import escape

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.html.page import mark
from symlint.report.rules.page import documentation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from symlint.lint.rule import Example, Rule

_CODE: Final = re.compile(r"``?([^`]+)``?")
_AS_WRITTEN: Final = ("- ", "|", "  ", "* ")
"""How a paragraph begins whose lines are kept: a list, a table, code."""


def rule_parts(rules: Iterable[type[Rule]]) -> list[str]:
    """What each rule requires and why, with an example of both."""
    return [_rule(it) for it in rules]


def _rule(rule: type[Rule]) -> str:
    code = escape(rule.code)
    text = "".join(map(_paragraph, documentation(rule).split("\n\n")))
    examples = _example("Bad", rule.bad) + _example("Good", rule.good)
    sources = "".join(f"<li>{escape(it)}</li>" for it in rule.sources)
    return (
        f'<details id="rule-{code}"><summary><b>{code}</b> {escape(rule.name)} '
        f'{mark("none", rule.severity)}</summary><div class="inside">{text}{examples}'
        f"{f'<h3>Sources</h3><ul>{sources}</ul>' if sources else ''}</div></details>"
    )


def _paragraph(text: str) -> str:
    if text.startswith(_AS_WRITTEN):
        return f'<pre tabindex="0">{escape(text)}</pre>'
    text = escape(" ".join(text.split()))
    return f"<p>{_CODE.sub(lambda it: f'<code>{it[1]}</code>', text)}</p>"


def _example(heading: str, example: Example) -> str:
    files: Mapping[str, str] = {"main.tf": example} if isinstance(example, str) else example
    shown = "".join(
        f'<p class="faint">{escape(path)}</p><pre tabindex="0">{escape(text.strip(chr(10)))}</pre>'
        for path, text in files.items()
    )
    return f"<h3>{heading}</h3>{shown}"
