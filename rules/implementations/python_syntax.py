"""Checks that the Python of a configuration can be parsed."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.rules._python import PythonRule, carried, used_by
from symlint.rules._python_examples import SDK, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.rules._python import Place
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule, PythonProblem
    from symlint.sym.model.configuration import SymConfiguration

_BAD = """

@hook
def on_request(event)
    slack.send_message(event.user, "Your request is on its way.")
"""


class PythonSyntax(PythonRule):
    """The code of an implementation is Python.

    Terraform takes any text. Code that cannot be parsed is applied without a word, and Sym cannot load it
    when somebody asks for access.

    What Python 3.11 cannot read, and a later one can, is a **note**: which Python runs at Sym is not
    published, and the SDK was made for 3.9 to 3.11. No other rule says anything of code that symlint's own
    Python cannot parse.

    **Not flagged.** Files outside of the configuration, and texts that are not known: undecided.
    """

    question = "is its code Python?"
    code = "SYM602"
    name = "python-syntax"
    other_severities = ("warning", "note")
    severity = "error"
    sources = (SDK, "https://docs.python.org/3/reference/grammar.html")
    bad = with_code(_BAD)
    good = with_code(_BAD.replace("(event)\n", "(event):\n"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each text can be parsed, and by which Python."""
        for one in carried(configuration):
            code = one.code
            if code is None:
                yield self.undecided(one.used, self.question, one.reason)
            elif code.problem is not None:
                yield self._unreadable(one, code, code.problem)
            elif code.module is not None:
                yield self._misplaced(one, code.module) or self._newer(one, code, code.module)

    def _unreadable(self, one: Implementation, code: Code, problem: PythonProblem) -> Finding:
        from symlint.sym.implementation.grammar import newer_line

        if not problem.line:
            return self._too_much(one, problem)
        place = code.problem_span(problem)
        newer = newer_line(code, problem)
        if newer is not None:
            return self._of_newer(one, place, newer)
        return self._invalid(one, place, problem.message)

    def _too_much(self, one: Implementation, problem: PythonProblem) -> Finding:
        return self.at(
            one,
            None,
            f"the code of {one.attribute} cannot be parsed",
            label=problem.message,
            related=(used_by(one),),
            why="Nothing is known of it: no rule about code says anything.",
            help_="make it smaller and simpler",
            severity="warning",
        )

    def _misplaced(self, one: Implementation, module: PythonModule) -> Finding | None:
        from symlint.sym.implementation.misplaced import first_misplaced

        first = module.once(first_misplaced)
        return first and self._invalid(one, *first)

    def _invalid(self, one: Implementation, place: Place, label: str) -> Finding:
        return self.at(
            one,
            place,
            f"the code of {one.attribute} is not valid Python",
            label=label,
            related=(used_by(one),),
            why="The apply takes it as it is. Sym cannot load it, and every request fails.",
            help_="correct this line or the one before",
        )

    def _newer(self, one: Implementation, code: Code, module: PythonModule) -> Outcome:
        from symlint.sym.implementation.grammar import newer_places

        first = next(newer_places(code, module), None)
        if first is None:
            return PASSED
        start, what = first
        return self._of_newer(one, (start, start), what)

    def _of_newer(self, one: Implementation, place: tuple[int, int], what: str) -> Finding:
        return self.at(
            one,
            place,
            "the code may be too new for the Python that runs at Sym",
            label=what,
            related=(used_by(one),),
            why="The SDK was made for Python 3.9 to 3.11. An older Python cannot load the code, and every "
            "request fails.",
            help_="write it as Python 3.9 reads it",
            severity="note",
        )
