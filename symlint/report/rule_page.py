"""A rule's documentation page, from the rule itself."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING

from symlint.report.markdown_format import code_block

if TYPE_CHECKING:
    from symlint.lint.rule import Example, Rule


def rule_page(rule: type[Rule]) -> str:
    """The page of one rule, in Markdown."""
    facts = [f"**{rule.severity}**", rule.state, f"since {rule.since}"]
    if rule.fixable:
        facts.append("`--fix` can repair it")
    parts = [f"# {rule.code} {rule.name}", " - ".join(facts), documentation(rule)]
    parts += ["## Bad", *_example(rule.bad), "## Good", *_example(rule.good)]
    if rule.sources:
        parts += ["## Sources", "\n".join(f"- {source}" for source in rule.sources)]
    return "\n\n".join(parts) + "\n"


def documentation(rule: type[Rule]) -> str:
    """The rule's docstring without its indentation."""
    return cleandoc(rule.__doc__ or "")


def summary(rule: type[Rule]) -> str:
    """The first paragraph of the docstring on one line: what must hold."""
    return " ".join(documentation(rule).partition("\n\n")[0].split())


def rules_index(rules: tuple[type[Rule], ...]) -> str:
    """The list of all rules with a link to the page of each, in Markdown."""
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {summary(rule)} |"
        for rule in rules
    ]
    head = [
        "# Rules",
        "",
        "| code | name | severity | what must hold |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _example(example: Example) -> list[str]:
    if isinstance(example, str):
        return ["\n".join(code_block(example.strip("\n").split("\n"), "hcl"))]
    parts = []
    for path, text in example.items():
        parts += [
            f"`{path}`:",
            "\n".join(code_block(text.strip("\n").split("\n"), _language(path))),
        ]
    return parts


def _language(path: str) -> str:
    extension = path.rpartition(".")[2]
    return {"tf": "hcl", "tfvars": "hcl", "py": "python", "json": "json"}.get(extension, "")
