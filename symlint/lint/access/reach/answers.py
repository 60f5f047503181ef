"""Answers for all sets of variable files of a root module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from symlint.lint.access.reach.names import ends_of, known_names
from symlint.lint.errors import UsageError
from symlint.named_tuple import NamedTuple
from symlint.source.close_names import close_name
from symlint.sym.access.reach.matching import is_account, passages_with, texts_of
from symlint.sym.access.reach.passages import passages_to

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

    from symlint.sym.access.reach.passages import Passage
    from symlint.sym.model.configuration import SymConfiguration

Question: TypeAlias = Literal["reaches", "impact"]


class Found(NamedTuple):
    """A grant that reaches what was asked for; ``variable_files`` is "" where there is one set of them."""

    variable_files: str
    passage: Passage


class Answer(NamedTuple):
    """The grants that reach something (or perhaps do), or that a change of it touches."""

    question: Question
    asked: str
    found: tuple[Found, ...]

    @property
    def certain(self) -> tuple[Found, ...]:
        """Those that surely do."""
        return tuple(it for it in self.found if it.passage.certain)

    @property
    def doubtful(self) -> tuple[Found, ...]:
        """Those of which that is not known."""
        return tuple(it for it in self.found if not it.passage.certain)


def what_reaches(syms: Mapping[str, SymConfiguration], asked: str) -> Answer:
    """The grants that reach an address, or that have a text to them: a target, a setting, an account.

    ``syms`` are by variable files. Raises UsageError for what is nowhere in the configuration.
    """
    found: list[Found] = []
    known = is_account(asked) or asked.startswith("arn:")
    for files, sym in syms.items():
        ends = ends_of(sym, asked)
        known = known or bool(ends)
        passages = passages_to(sym, ends) if ends else passages_with(sym, asked)
        found += (Found(files, it) for it in passages)
    if not (known or _is_cut(syms) or any(it.passage.certain for it in found)):
        names = [name for sym in syms.values() for name in (*known_names(sym), *texts_of(sym))]
        if asked not in names and (not found or _meant(asked, names)):
            _refuse(asked, names)
    return Answer("reaches", asked, tuple(found))


def what_is_touched(syms: Mapping[str, SymConfiguration], asked: str) -> Answer:
    """The grants that a change of an address or a file of Python touches.

    Raises UsageError for what is nowhere in the configuration.
    """
    found: list[Found] = []
    known = False
    for files, sym in syms.items():
        ends = ends_of(sym, asked)
        known = known or bool(ends)
        found += (Found(files, it) for it in passages_to(sym, ends))
    if not (known or _is_cut(syms)):
        _refuse(asked, [name for sym in syms.values() for name in known_names(sym)])
    return Answer("impact", asked, tuple(found))


def _is_cut(syms: Mapping[str, SymConfiguration]) -> bool:
    """Whether there may be more than is known, because it is too much work."""
    return any(sym.terraform.budget.given_up for sym in syms.values())


def _refuse(asked: str, names: Sequence[str]) -> NoReturn:
    meant = _meant(asked, names)
    hint = f" Did you mean {meant}?" if meant else ""
    raise UsageError(f"Nothing is, or has, {asked!r}.{hint}")


def _meant(asked: str, names: Sequence[str]) -> str | None:
    """What was probably meant; what is in modules may be written without them."""
    without = (name.split(".", 2)[-1] for name in names if name.startswith("module."))
    return close_name(asked, dict.fromkeys((*names, *without)))
