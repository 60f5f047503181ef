"""What the rules share that compare keys which Python reads with a map that Terraform gives."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.lint.finding import PASSED, RelatedRange
from symlint.named_tuple import NamedTuple
from symlint.rules._python import PythonRule, function_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.event.facts import Facts
    from symlint.sym.event.given import Given
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.reads import Read
    from symlint.sym.model.flows import Flow, FlowsFilter
    from symlint.terraform.values.value import Hop

_SHOWN = 6
"""Of how many keys the names are shown."""


class Question(NamedTuple):
    """A key that the code of a flow reads of a map."""

    one: Implementation
    view: Flow | FlowsFilter
    meaning: str
    map: Given
    read: Read
    near: str | None
    """The key that was probably meant."""


class Evidence(NamedTuple):
    """Where the map is written that lacks the key, and how it came to the flow."""

    related: tuple[RelatedRange, ...]
    path: tuple[Hop, ...] = ()


class KeyRule(PythonRule):
    """A rule about the keys that code reads of the maps that ``meanings`` name.

    ``map["key"]`` of a missing key is an error, where it is surely reached and nothing catches that.
    ``map.get("key")`` is a note; with a default, or a test of what it gives, only where another key
    was meant.
    """

    meanings: ClassVar[tuple[str, ...]]
    argument: ClassVar[str]
    """The argument of Terraform that the map is made of."""

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether each flow that runs the code has what it reads."""
        from symlint.sym.event.asked import added, caught
        from symlint.sym.event.facts import facts_of
        from symlint.sym.event.given import given, views_of
        from symlint.sym.implementation.reads import reads_of

        for meaning in self.meanings:
            reads = reads_of(module, meaning)
            if not reads.known or added(module, meaning, reads):
                continue
            tried = caught(module, reads.known)
            for view in views_of(one):
                map_ = given(view, meaning)
                for read in reads.known if map_ is not None else ():
                    assert map_ is not None
                    facts = facts_of(one, module, view)
                    question = Question(one, view, meaning, map_, read, None)
                    yield PASSED if read.key in tried else self._judge(question, module, facts)

    # --- what a rule says ---

    def missing(self, question: Question) -> Finding:
        """The finding for a key that is surely missing."""
        raise NotImplementedError

    def doubt(self, question: Question) -> str:
        """Why it is not certain that a missing key is a mistake; empty where it is."""
        from symlint.sym.event.given import open_variable

        name = open_variable(question.view, self.argument)
        return f"var.{name} is empty by default and may be given more" if name else ""

    # --- judging ---

    def _judge(self, question: Question, module: PythonModule, facts: Facts) -> Outcome:
        from symlint.source.close_names import close_name
        from symlint.sym.event.given import others_have

        map_, read = question.map, question.read
        has = map_.has(read.key)
        if has or read.how == "in":
            return PASSED
        if has is None:
            reason = map_.reason or "it is there under a condition only"
            return self._undecided(question, reason)
        question = question._replace(near=close_name(read.key, map_.values))
        if read.how == "get" and (
            _is_optional(module, question) or others_have(question.one, question.meaning, read.key)
        ):
            return PASSED
        reached = facts.reaches(read.whole)
        if reached is False:
            return PASSED
        doubt = "whether it is read depends on what is not known"
        if reached:
            doubt = _never_runs(question) or self.doubt(question)
        return self._undecided(question, doubt) if doubt else self.missing(question)

    def _undecided(self, question: Question, reason: str) -> Outcome:
        range_ = self.at(question.one, question.read.node, "").range
        return self.undecided(range_, self.question, reason)

    def found(
        self,
        question: Question,
        title: str,
        evidence: Evidence,
        *,
        why: str,
        help_: str,
        label: str = "read here",
    ) -> Finding:
        """A finding at the key in Python, with the map in Terraform as the other half."""
        read = question.read
        near = question.near
        found = self.at(
            question.one,
            read.node,
            title,
            label=label,
            related=evidence.related,
            why=why,
            help_=help_ if near is None else f"did you mean {near}?",
            severity="error" if read.how == "item" else "note",
        )
        return found._replace(path=found.path + evidence.path)


def listed(map_: Given, nothing: str, what: str) -> str:
    """The keys of a map in words: "the flow's variables: a, b"."""
    names = sorted(map_.values)
    more = ", ..." if len(names) > _SHOWN else ""
    return f"{what}: {', '.join(names[:_SHOWN])}{more}" if names else nothing


def consequence(question: Question, what: str) -> str:
    """What happens at run time, and when: for a missing key."""
    from symlint.sym.event.moments import moment

    if question.read.how == "get":
        return f"The code gets None {moment(_function(question))}: {what}."
    return f"The code raises KeyError {moment(_function(question))}."


def _function(question: Question) -> str:
    return function_around(question.one, question.read.node)


def _is_optional(module: PythonModule, question: Question) -> bool:
    """Whether a ``get`` has an answer for a missing key, and no other key was meant."""
    from symlint.sym.event.asked import tested

    call = question.read.whole
    if question.near is not None or not isinstance(call, ast.Call):
        return False
    if len(call.args) > 1:
        return True
    return call in module.once(tested)


def _never_runs(question: Question) -> str:
    """Why the function may never run for the flow; empty where it does."""
    from symlint.sym.model.flows import Flow

    view, step = question.view, _function(question).partition("_")[2]
    grants = step in ("escalate", "deescalate")
    if grants and isinstance(view, Flow) and view.strategy_link.is_absent:
        return "the flow gives no access, so that the hook may never run"
    return ""
