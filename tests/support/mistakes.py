"""Mistakes in correct configurations: replace one expression, expect this finding.

The wrong expression is written where the right one was, or somewhere behind it (``placements``). The
finding must be at the line on which it is written, whichever that is, and the same detour with the
right expression must be silent. Where several rules look, a mistake that two of them report shows,
and one that sets off another.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

from support.checking import all_rules, facts, findings
from support.placements import PLACEMENTS, inside_module
from support.writing import HERE, base, marked, place, read, replaced, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule

    Files = Mapping[str, str]

LITERAL = ("root", "local", "variable", "passed", "module")
REFERENCE = ("root", "local", "module")
TEXT = ("root", "module")
DEEP_LITERAL = ("root", "local", "variable", "tfvars", "deep", "output")
DEEP_REFERENCE = ("root", "local", "deep", "output")


class Details(TypedDict, total=False):
    """What else there is to say of a mistake; see there."""

    words: str
    extra: str
    also: tuple[str, ...]
    repaired: str
    at: str
    after: str
    besides: tuple[tuple[str, str, str], ...]
    placed: tuple[str, ...]


class Expression(NamedTuple):
    """An expression of a correct configuration that can be replaced.

    ``before`` with ``right`` stands in ``file`` once: the beginning of a line, and the expression.
    Where ``before`` is empty, ``right`` is any piece of text. ``block`` is the header of the block
    around it: the whole of it can be moved into a module two levels deep, which gets ``inputs``
    (expression -> variable) and exports ``outputs`` (reference from outside -> expression inside).
    """

    base: str
    before: str
    right: str
    file: str = "main.tf"
    block: str = ""
    inputs: Mapping[str, str] = MappingProxyType({})
    outputs: Mapping[str, str] = MappingProxyType({})

    def becomes(
        self,
        wrong: str,
        code: str,
        title: str,
        severity: str = "error",
        **details: Unpack[Details],
    ) -> Mistake:
        """The mistake of writing ``wrong`` instead."""
        return Mistake(self, wrong, code, title, severity, **details)


class Mistake(NamedTuple):
    """A wrong expression, and the one finding that it deserves.

    ``words`` are in its title or help. ``extra`` are blocks added beside, ``besides`` further
    replacements (file, old, new) that are right. ``also`` are the codes of what follows from the
    mistake elsewhere. ``repaired`` is right in the same place, where that is not what the base has.
    The finding is at the line with ``HERE``, or at the first one with ``at`` behind ``after``.
    ``placed`` is where it can be written, where that is not what its form says.
    """

    expression: Expression
    wrong: str
    code: str
    title: str
    severity: str = "error"
    words: str = ""
    extra: str = ""
    also: tuple[str, ...] = ()
    repaired: str = ""
    at: str = ""
    after: str = ""
    besides: tuple[tuple[str, str, str], ...] = ()
    placed: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        base: str,
        before: str,
        right: str,
        wrong: str,
        code: str,
        title: str,
        severity: str = "error",
        *,
        file: str = "main.tf",
        **details: Unpack[Details],
    ) -> Mistake:
        """The mistake of writing ``wrong`` where a base has ``right`` behind ``before``."""
        expression = Expression(base, before, right, file)
        return expression.becomes(wrong, code, title, severity, **details)

    @property
    def placements(self) -> tuple[str, ...]:
        """Where the wrong expression can be written instead."""
        return self.placed or placements(self.expression, self.wrong)


def placements(expression: Expression, written: str) -> tuple[str, ...]:
    """Where an expression can be written instead of where it is: a literal in more places."""
    literal = "." not in written or written.startswith('"')
    if not expression.before:
        return TEXT
    if expression.block:
        return DEEP_LITERAL if literal else DEEP_REFERENCE
    return LITERAL if literal else REFERENCE


def check(
    directory: Path, mistake: Mistake, placement: str, rules: tuple[type[Rule], ...] = ()
) -> None:
    """The mistake is found at its line and nothing else is; without it nothing is found."""
    check_wrong(directory / "wrong", mistake, placement, rules)
    expression = mistake.expression
    right = mistake.repaired or expression.right
    if placement not in placements(expression, right):
        placement = "root"  # a reference cannot be the default of a variable
    check_right(directory / "right", mistake, right, placement, rules)


def check_wrong(
    directory: Path, mistake: Mistake, placement: str, rules: tuple[type[Rule], ...] = ()
) -> None:
    """The mistake is found at its line, and nothing else is."""
    root = build_wrong(directory, mistake, placement)
    found = [it for it in findings(root, rules or all_rules()) if it.code not in mistake.also]
    assert facts(found) == [(mistake.code, mistake.severity, mistake.title)]
    assert place(root, found[0]) == expected_place(root, mistake)
    assert mistake.words in f"{found[0].title}\n{found[0].help}"


def check_right(
    directory: Path,
    mistake: Mistake,
    right: str,
    placement: str,
    rules: tuple[type[Rule], ...] = (),
) -> None:
    """With the right expression in the same place nothing is found."""
    root = _build(directory, mistake, right, placement)
    assert facts(findings(root, rules or all_rules())) == []


def build(
    directory: Path,
    expression: Expression,
    written: str,
    placement: str,
    added: Files | None = None,
) -> Path:
    """The base with ``written`` in place of the right expression, as ``placement`` says."""
    files = {**base(expression.base), **(added or {})}
    return write(directory / placement, PLACEMENTS[placement](files, expression, written))


def build_wrong(directory: Path, mistake: Mistake, placement: str) -> Path:
    """The base with the mistake in it."""
    return _build(directory, mistake, mistake.wrong, placement)


def _build(directory: Path, mistake: Mistake, written: str, placement: str) -> Path:
    files = base(mistake.expression.base)
    added = {"extra.tf": mistake.extra} if mistake.extra else {}
    for file, old, new in mistake.besides:
        added[file] = replaced(added.get(file, files.get(file, "")), old, new)
    return build(directory, mistake.expression, written, placement, added)


def expected_place(root: Path, mistake: Mistake) -> tuple[str, int]:
    """The file, relative to ``root``, and the line at which the mistake must be found."""
    files = read(root)
    if not mistake.at and mistake.expression.before:
        return marked(root)
    file = mistake.expression.file
    file = f"access/{file}" if f"access/{file}" in files else file
    text = files[file]
    if mistake.at:
        start = text.index(mistake.at, text.index(mistake.after))
    else:
        start = text.index(mistake.wrong) + max(mistake.wrong.find(HERE), 0)
    return file, text.count("\n", 0, start) + 1


def changed(
    directory: Path, name: str, *changes: tuple[str, str], extra: str = "", module: bool = False
) -> list[Finding]:
    """What all rules find in a base with pieces of its text replaced, and ``extra`` added."""
    files = base(name)
    for old, new in changes:
        files["main.tf"] = replaced(files["main.tf"], old, new)
    files["main.tf"] += extra
    return findings(write(directory, inside_module(files) if module else files), all_rules())
