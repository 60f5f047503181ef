"""A rule's documentation page, from the rule itself."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any
from symlint.lint.registry import USER_RULES, is_shipped
from symlint.lint.rule import ListedRule
from symlint.report.escape import guard_log, json_text, neutralise_block
from symlint.report.markup import code_block
from symlint.report.rules.examples import examples

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from symlint.lint.rule import AnyRule, Rule


def rule_page(rule: type[Rule], found: str | None = None) -> str:
    """The page of one rule, in Markdown; ``found`` is what is found in its bad example."""
    facts = [_severities(rule, "**"), *_state(rule)]
    if rule.profile != "recommended":
        facts.append(f"only with `--profile {rule.profile}`, or selected")
    if is_shipped(rule):
        facts.append(f"since {rule.since}")
    if rule.fixable:
        facts.append("`--fix` can repair it")
    parts = [f"# {rule.code} {rule.name}", " - ".join(facts), documentation(rule)]
    parts += examples(rule, found)
    if rule.suppressible:
        line = f"# symlint: ignore[{rule.code}] the reason"
        parts += ["## Suppress", "Write on the line, or on the line above the block:"]
        parts.append("\n".join(code_block([line], "hcl")))
    if rule.sources:
        parts += ["## Sources", "\n".join(f"- <{source}>" for source in rule.sources)]
    return guard_log(neutralise_block("\n\n".join(parts))) + "\n"


def _state(rule: type[Rule]) -> list[str]:
    """How settled a rule is; whose it is where it is not one of symlint's."""
    if is_shipped(rule):
        return [rule.state]
    origin = _origin(rule)
    from_plugin = origin == rule.__module__
    whose = f"from the plug-in `{origin}`" if from_plugin else f"your own, from `{origin}`"
    # Nobody has promised to keep a rule that is not in preview.
    return [whose, *(["preview"] * (rule.state == "preview"))]


def _origin(rule: type[Rule]) -> str:
    """``symlint``, the file of a rule in a folder of rules, or the module of a plug-in."""
    if is_shipped(rule):
        return "symlint"
    module = rule.__module__
    own = module.removeprefix(f"{USER_RULES}.")
    return module if own == module else f"{own}.py"


def _severities(rule: type[Rule], mark: str = "") -> str:
    """The severity of a rule, and those that some of its findings have."""
    others = " or ".join(rule.other_severities)
    return f"{mark}{rule.severity}{mark}" + (f" (some: {others})" if others else "")


def documentation(rule: type[Rule]) -> str:
    """The rule's docstring without its indentation; from its source, where Python has none (-OO)."""
    from textwrap import dedent

    first, _, rest = (rule.__doc__ or _written_docstring(rule)).partition("\n")
    return neutralise_block(f"{first.lstrip()}\n{dedent(rest)}".strip("\n"))


def _written_docstring(rule: type[Rule]) -> str:
    import ast
    from inspect import getsource
    from textwrap import dedent

    try:
        source = dedent(getsource(rule))
        # Not ast.parse: from Python 3.14 on it leaves docstrings out where Python runs with -OO.
        tree: Any = compile(source, "", "exec", ast.PyCF_ONLY_AST, optimize=0)
        (written,) = tree.body
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
        f"| [{rule.code}]({folder}{rule.code}.md) | {rule.name} | {_severities(rule)} | {rule.state} | "
        f"{'yes |' if rule.fixable else '|'} {summary(rule)} |"
        for rule in rules
    ]
    head = [
        "| code | name | severity | state | fixable | what it requires |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *rows]) + "\n"


def rules_json(rules: Sequence[type[Rule]], enabled: Collection[str]) -> str:
    """Rules as a JSON array; those of the codes ``enabled`` run."""
    listed = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity,
            "other_severities": list(rule.other_severities),
            "origin": _origin(rule),
            "state": rule.state if is_shipped(rule) or rule.state == "preview" else None,
            "profile": rule.profile,
            "since": rule.since if is_shipped(rule) else None,
            "enabled": rule.code in enabled,
            "fixable": rule.fixable,
            "suppressible": rule.suppressible,
            "summary": summary(rule),
            "documentation": documentation(rule),
            "sources": list(rule.sources),
        }
        for rule in rules
    ]
    return json_text(listed) + "\n"
