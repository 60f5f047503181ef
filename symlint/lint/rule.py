"""What a rule is: one class that holds the check, its documentation and its tests."""

from __future__ import annotations

from functools import cache

from symlint.annotations import TYPE_CHECKING, ClassVar, Literal, TypeAlias
from symlint.lint.finding import Finding, Undecided
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.lint.finding import Fix, Outcome, RelatedRange, Severity
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.value import Hop

Example: TypeAlias = "str | Mapping[str, str]"
"""One configuration: the text of ``main.tf``, or file texts by relative path."""

State: TypeAlias = Literal["stable", "preview"]
Profile: TypeAlias = Literal["recommended", "strict"]


class Rule:
    """One rule. Subclasses set the class variables and write ``check``.

    The docstring of a subclass is its documentation page: the first line says what must hold
    (Markdown, one sentence), the rest what happens otherwise, what is not flagged and why. The
    ``bad`` and ``good`` examples stand on the page and are run as tests: the rule must find
    something in ``bad``, and no rule may find anything in ``good``.

    Some findings may have one of ``other_severities``, where more or less is sure.

    A rule of profile ``strict`` runs only when that profile is chosen or the rule selected. What
    is not ``suppressible`` always runs: no selection, comment or baseline suppresses it. A rule
    that ``evaluates_all`` asks what went wrong while every expression was evaluated.

    ``about`` names what a configuration (``SymConfiguration``) has, such as ``secrets``, or what one of
    several things in it has, such as ``flows.allowed_sources``: where there is nothing of it, the rule
    has no question, and is not even imported. Without it the rule always runs.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    other_severities: ClassVar[tuple[Severity, ...]] = ()
    state: ClassVar[State] = "stable"
    profile: ClassVar[Profile] = "recommended"
    suppressible: ClassVar[bool] = True
    since: ClassVar[str] = "0.1.0"
    sources: ClassVar[tuple[str, ...]] = ()
    fixable: ClassVar[bool] = False
    evaluates_all: ClassVar[bool] = False
    about: ClassVar[tuple[str, ...]] = ()
    after_baseline: ClassVar[bool | None] = None
    """Of rules about the run alone: ``RunRule``."""
    bad: ClassVar[Example]
    good: ClassVar[Example]

    @classmethod
    def load(cls) -> type[Rule]:
        """The rule itself: what a ``ListedRule`` has to import."""
        return cls

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Ask the rule's questions of one root configuration; one outcome for each question."""
        raise NotImplementedError

    def finding(
        self,
        title: str,
        range_: Range,
        *,
        label: str = "",
        related: tuple[RelatedRange, ...] = (),
        why: str = "",
        help_: str = "",
        address: str = "",
        attribute: str = "",
        function: str = "",
        path: tuple[Hop, ...] = (),
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            title=title,
            range=range_,
            label=label,
            related=related,
            why=why,
            help=help_,
            address=address,
            attribute=attribute,
            function=function,
            path=path,
            fix=fix,
        )

    def undecided(self, range_: Range, question: str, reason: str) -> Undecided:
        """A question of this rule that cannot be answered, and why."""
        return Undecided(self.code, range_, question, reason)


class ListedRule(NamedTuple):
    """What the index says of a rule that is not imported yet; most fields are those of ``Rule``.

    ``place`` is the module and the name of its class, ``summary`` the beginning of its documentation.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    place: tuple[str, str]
    state: State = "stable"
    profile: Profile = "recommended"
    suppressible: bool = True
    fixable: bool = False
    evaluates_all: bool = False
    about: tuple[str, ...] = ()
    after_baseline: bool | None = None

    def load(self) -> type[Rule]:
        """The rule itself, which is imported for it."""
        return _loaded(*self.place)


@cache
def _loaded(module: str, name: str) -> type[Rule]:
    from importlib import import_module

    rule: type[Rule] = getattr(import_module(module), name)
    return rule


AnyRule: TypeAlias = "ListedRule | type[Rule]"
"""A rule as the index has it, or the class: both know what chooses it, and how to ``load`` it."""


def concerns(rule: AnyRule, subject: object, known: dict[str, bool] | None = None) -> bool:
    """Whether a rule may have a question about a configuration, or a run.

    ``known`` has what was found of the subject so far, and is added to: many rules are about the same.
    """
    if not rule.about:
        return True
    known = {} if known is None else known
    for name in rule.about:
        if name not in known:
            known[name] = _has(subject, name.split("."))
        if known[name]:
            return True
    return False


def _has(thing: object, names: list[str]) -> bool:
    """Whether a thing, or any of several, has something of the first name, of which the same is true."""
    if type(thing) is tuple:
        return any(_has(item, names) for item in thing)
    if not names or thing is None:
        return bool(thing)
    return _has(getattr(thing, names[0]), names[1:])
