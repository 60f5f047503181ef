"""A rule's documentation page, from the rule itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.registry import USER_RULES
from symlint.lint.rule import ListedRule
from symlint.report.escape import json_text
from symlint.report.markup import code_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.rule import AnyRule, Example, Rule
    from symlint.report.style import Painter


def rule_page(rule: type[Rule]) -> str:
    """The page of one rule, in Markdown."""
    facts = [f"**{rule.severity}**", rule.state]
    if rule.profile != "recommended":
        facts.append(f"only with `--profile {rule.profile}`, or selected")
    # The versions of symlint say nothing about a rule from a folder of the user's.
    if not rule.__module__.startswith(f"{USER_RULES}."):
        facts.append(f"since {rule.since}")
    if rule.fixable:
        facts.append("`--fix` can repair it")
    parts = [f"# {rule.code} {rule.name}", " - ".join(facts), documentation(rule)]
    bad, good = _files(rule.bad), _files(rule.good)
    shared = {path: text for path, text in bad.items() if good.get(path) == text}
    parts += ["## Bad", *_example(bad, shared), "## Good", *_example(good, shared)]
    if shared:
        parts += ["## In both", *_example(shared, {})]
    if rule.suppressible:
        line = f"# symlint: ignore[{rule.code}] the reason"
        parts += ["## Suppress", "Write on the line, or on the line above the block:"]
        parts.append("\n".join(code_block([line], "hcl")))
    if rule.sources:
        parts += ["## Sources", "\n".join(f"- <{source}>" for source in rule.sources)]
    return "\n\n".join(parts) + "\n"


def documentation(rule: type[Rule]) -> str:
    """The rule's docstring without its indentation; from its source, where Python has none (-OO)."""
    from inspect import cleandoc

    return cleandoc(rule.__doc__ or _written_docstring(rule))


def _written_docstring(rule: type[Rule]) -> str:
    import ast
    from inspect import getsource
    from textwrap import dedent

    try:
        (written,) = ast.parse(dedent(getsource(rule))).body
    except (OSError, SyntaxError, ValueError):
        return ""
    return (
        ast.get_docstring(written, clean=False) or "" if isinstance(written, ast.ClassDef) else ""
    )


def summary(rule: type[Rule]) -> str:
    """The first paragraph of the docstring on one line: what must hold."""
    return " ".join(documentation(rule).partition("\n\n")[0].split())


def listed_summary(rule: AnyRule) -> str:
    """What the index of rules has; of a rule that is not in it, what it says itself."""
    return rule.summary if isinstance(rule, ListedRule) else summary(rule)


def rules_index(rules: Sequence[type[Rule]]) -> str:
    """The list of all rules with a link to the page of each, in Markdown."""
    return f"# Rules\n\n{rules_rows(rules)}"


def rules_rows(rules: Sequence[type[Rule]], folder: str = "") -> str:
    """A Markdown table with a row for each rule; ``folder`` is where the pages are."""
    rows = [
        f"| [{rule.code}]({folder}{rule.code}.md) | {rule.name} | {rule.severity} | {rule.state} | "
        f"{'yes' if rule.fixable else ''} | {summary(rule)} |"
        for rule in rules
    ]
    head = [
        "| code | name | severity | state | fixable | what it requires |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _files(example: Example) -> dict[str, str]:
    return {"main.tf": example} if isinstance(example, str) else dict(example)


def _example(files: dict[str, str], left_out: dict[str, str]) -> list[str]:
    """The files of an example as code blocks, under their names where one is not enough."""
    shown = {path: text for path, text in files.items() if path not in left_out}
    parts = []
    for path, text in shown.items():
        if list(shown) != ["main.tf"]:
            parts.append(f"`{path}`:")
        parts.append("\n".join(code_block(text.strip("\n").split("\n"), _language(path))))
    return parts


def _language(path: str) -> str:
    extension = path.rpartition(".")[2]
    known = {"tf": "hcl", "tfvars": "hcl", "py": "python", "json": "json", "toml": "toml"}
    return known.get(extension, "text")


def rules_json(rules: Sequence[type[Rule]]) -> str:
    """All rules as a JSON array."""
    listed = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity,
            "state": rule.state,
            "profile": rule.profile,
            "since": rule.since,
            "fixable": rule.fixable,
            "suppressible": rule.suppressible,
            "summary": summary(rule),
            "documentation": documentation(rule),
            "sources": list(rule.sources),
        }
        for rule in rules
    ]
    return json_text(listed) + "\n"


def rules_table(rules: Sequence[AnyRule], width: int | None, painter: Painter) -> str:
    """A line for each rule, the summary wrapped at ``width``."""
    from symlint.report.cells import wrap

    if not rules:
        return ""
    code_width = max(len(rule.code) for rule in rules)
    name_width = max(len(rule.name) for rule in rules)
    lines = []
    for rule in rules:
        severity = painter.paint(f"{rule.severity:<7}", rule.severity)
        name = f"{rule.name:<{name_width}}"
        indent = code_width + 2 + 7 + 2 + name_width + 2
        marks = ["preview"] * (rule.state == "preview")
        marks += ["strict"] * (rule.profile == "strict")
        marks += ["fixable"] * rule.fixable
        text = listed_summary(rule) + (f" ({', '.join(marks)})" if marks else "")
        room = 0 if width is None else width - indent
        # Beside the name where there is room for a sentence, else beneath it.
        beside = width is None or room >= 30
        wrapped = [text]
        if width is not None:
            wrapped = wrap(text, room if beside else max(width - 4, 20))
        head = f"{painter.paint(f'{rule.code:<{code_width}}', 'title')}  {severity}  {name}"
        if beside:
            lines.append(f"{head}  {wrapped[0]}")
            lines += (" " * indent + line for line in wrapped[1:])
        else:
            lines += [head.rstrip(), *("    " + line for line in wrapped)]
    return "\n".join(lines) + "\n"
