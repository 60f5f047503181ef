"""The examples of a rule on its page: the bad one with what is found in it, the good one as a change of it."""

from __future__ import annotations

import os
import sys

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.registry import is_shipped
from symlint.report.markup import code_block

if TYPE_CHECKING:
    from symlint.lint.rule import Example, Rule

FOUND: Final = "_found"
"""The folder beside the rules with what is found in the bad example of each."""

_ALIKE: Final = 0.4
"""How much of two texts is the same where one is shown as a change of the other."""


def examples(rule: type[Rule], found: str | None = None) -> list[str]:
    """The sections of the page of a rule, in Markdown; ``found`` is what is found in the bad example."""
    bad, good = _files(rule.bad), _files(rule.good)
    found = found_in_bad(rule) if found is None else found
    same = {path for path, text in bad.items() if good.get(path) == text}
    # What is the same in both counts where the finding shows it.
    beside = {path for path in same if f"--> {path}:" not in found}
    parts = ["## Bad"]
    for path, text in bad.items():
        if path not in beside:
            parts += _shown(path, text, named=len(bad) - len(beside) > 1 or path != "main.tf")
    if found:
        parts.append("\n".join(code_block(found.rstrip("\n").split("\n"), "text")))
    parts.append("## Good")
    changed = {path: text for path, text in good.items() if path not in same}
    for path, text in changed.items():
        change = _change(bad[path], text) if path in bad else None
        parts += _shown(path, text, named=list(changed) != ["main.tf"], change=change)
    gone = [path for path in bad if path not in good]
    if gone:
        parts.append(f"{_listed(gone)} {'is' if len(gone) == 1 else 'are'} gone.")
    if beside:
        parts.append(f"Both have {_listed(sorted(beside))} as well, which the rule is not about.")
    return parts


def found_in_bad(rule: type[Rule]) -> str:
    """What is found in the bad example of a rule of symlint's; "" for any other."""
    if not is_shipped(rule):
        return ""
    module = sys.modules.get(rule.__module__)
    rules = os.path.dirname(os.path.dirname(getattr(module, "__file__", None) or ""))
    try:
        with open(os.path.join(rules, FOUND, f"{rule.code}.txt"), encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def _listed(paths: list[str]) -> str:
    names = [f"`{path}`" for path in paths]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _files(example: Example) -> dict[str, str]:
    return {"main.tf": example} if isinstance(example, str) else dict(example)


def _shown(path: str, text: str, *, named: bool, change: list[str] | None = None) -> list[str]:
    """A file as a code block, under its name where that is needed."""
    heading = [f"`{path}`:"] if named else []
    if change is not None:
        return [*heading, "\n".join(code_block(change, "diff"))]
    return [*heading, "\n".join(code_block(text.strip("\n").split("\n"), _language(path)))]


def _change(old: str, new: str) -> list[str] | None:
    """The lines of a diff; None where the two texts have little in common."""
    from collections import Counter

    from symlint.source.patch import unified_diff

    before, after = old.strip("\n"), new.strip("\n")
    lines, others = Counter(before.split("\n")), Counter(after.split("\n"))
    if (lines & others).total() * 2 < _ALIKE * (lines.total() + others.total()):
        return None
    return unified_diff(f"{before}\n", f"{after}\n", "bad", "good").rstrip("\n").split("\n")[2:]


def _language(path: str) -> str:
    extension = path.rpartition(".")[2]
    known = {"tf": "hcl", "tfvars": "hcl", "py": "python", "json": "json", "toml": "toml"}
    return known.get(extension, "text")
