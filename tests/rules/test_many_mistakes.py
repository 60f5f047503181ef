"""Correct configurations with many mistakes at once, and all that the rules say of them.

Every fourth argument is lost, misspelled, exchanged with the next one's value, or not known. No
rule may crash, and ``snapshots/many/`` holds what is found; what follows from what is nobody's
intention, but whether a change of the code changes it must be seen.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, configuration
from support.snapshots import compare
from support.writing import base, write

from symlint.lint.finding import Finding, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.sym.model.configuration import SymConfiguration

SNAPSHOTS = Path(__file__).parent / "snapshots" / "many"
FIXTURES = ("aws_iam", "aws_sso", "lambda", "multi_tenant", "okta", "quickstart")
BASES = ("access", "custom", "functions", "github", "google", "iam", "legacy", "onelogin", "sso")
STEP = 4
ARGUMENT = re.compile(r"^( +)([\w\"]+)( +)?= ([^{\[(\n]*[^{\[(\s]|.*[}\])])\n", re.MULTILINE)
"""An argument that is written on one line."""


def lost(_: re.Match[str], __: str) -> str:
    return ""


def misspelled(argument: re.Match[str], _: str) -> str:
    name = argument[2].strip('"')
    return argument[0].replace(name, name[:-1] or "x", 1)


def exchanged(argument: re.Match[str], other: str) -> str:
    return argument[0].replace(argument[4], other)


def unknown(argument: re.Match[str], _: str) -> str:
    return argument[0].replace(argument[4], "var.unknown")


KINDS: dict[str, Callable[[re.Match[str], str], str]] = {
    it.__name__: it for it in (lost, misspelled, exchanged, unknown)
}


def damaged(text: str, kind: str, first: int) -> str:
    """The text with every fourth of its arguments damaged, from the ``first`` on."""
    arguments = list(ARGUMENT.finditer(text))
    for index in reversed(range(first, len(arguments), STEP)):
        argument, other = arguments[index], arguments[(index + 1) % len(arguments)]
        text = text[: argument.start()] + KINDS[kind](argument, other[4]) + text[argument.end() :]
    return text


def said(sym: SymConfiguration, root: Path) -> Iterator[str]:
    """A line for each finding, and one with how many questions passed and are undecided."""
    outcomes = [it for rule in all_rules() for it in rule().check(sym)]
    for it in sorted((it for it in outcomes if isinstance(it, Finding)), key=Finding.sort_key):
        place = f"{Path(it.range.path).relative_to(root)}:{it.range.line}:{it.range.column}"
        related = "".join(f" ({it.range.line}: {it.label})" for it in it.related)
        fix = "" if it.fix is None else f" {[edit.replacement for edit in it.fix.edits]}"
        help_ = it.help.replace("\n", " / ")
        yield f"  {place} {it.code} {it.title} ^ {it.label}{related} -> {help_}{fix}"
    rest = Counter(it.code for it in outcomes if isinstance(it, Undecided))
    count = len(outcomes) - sum(rest.values())
    yield f"  undecided: {', '.join(f'{code} {rest[code]}' for code in sorted(rest))}; {count} others"


@pytest.mark.parametrize("name", [*FIXTURES, *BASES])
def test_snapshot_of_many_mistakes(tmp_path: Path, name: str) -> None:
    files = base(name)
    lines = []
    for kind in KINDS:
        for first in range(STEP):
            folder = write(tmp_path / f"{kind}{first}", files)
            for path in (it for it in files if it.endswith(".tf")):
                text = damaged(files[path], kind, first)
                write(folder, {path: text + '\nvariable "unknown" {}\n' * (kind == "unknown")})
            root = folder / "environments" / "prod" if name == "quickstart" else folder
            lines += [f"{kind} {first}", *said(configuration(root), folder)]
    compare(SNAPSHOTS / f"{name}.txt", "\n".join((*lines, "")))
