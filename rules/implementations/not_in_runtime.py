"""Checks that Sym's Python runs the code: its imports, names and statements."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.rules._python import PythonRule, function_around, range_of
from symlint.rules._python_examples import SDK, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.rules.implementations._refused import Refused
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule

_MOST_PLACES: Final = 5
"""How many further places of the same are shown."""

_BAD = """

@hook
def on_request(event):
    counts = {"requests": 0}
    counts["requests"] += 1
    slack.send_message(event.user, f"Request {counts['requests']} is on its way.")
"""


class NotInRuntime(PythonRule):
    """The code uses what Sym's Python allows: some modules, and a part of the language.

    Sym runs code with RestrictedPython. Imports beside `sym.sdk`, `requests`, `json` and `datetime` fail.
    What RestrictedPython refuses keeps all of the code from being loaded: names and attributes that begin
    with `_`, `x["key"] += 1`, `async`, `match`, `except*`, annotations of variables, `nonlocal`, `exec`,
    `eval` and metaclasses.

    **Not flagged.** The name `_`; `__init__` and comparisons as methods; annotations of parameters; imports
    in a `try`, or for type checkers alone.
    """

    question = "does Sym's Python run the code?"
    code = "SYM614"
    name = "not-in-runtime"
    severity = "warning"
    sources = (SDK, "https://restrictedpython.readthedocs.io/")
    bad = with_code(_BAD)
    good = with_code(
        _BAD.replace('counts["requests"] += 1', 'counts["requests"] = counts["requests"] + 1')
    )

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether something is refused; one finding for each thing, however often it is there."""
        from symlint.rules.implementations._refused import refused

        by_what: dict[str, list[Refused]] = {}
        sdk = one.view.sym.catalogue.sdk
        found = module.once_for(
            refused, lambda: sorted(refused(code, module, sdk), key=lambda it: it.place)
        )
        for it in found:
            by_what.setdefault(it.what, []).append(it)
        yield from (self._of(one, found) for found in by_what.values())
        if not by_what:
            yield PASSED

    def _of(self, one: Implementation, found: list[Refused]) -> Finding:
        first, *others = found
        ranges = [range_of(one, it.place) for it in others[:_MOST_PLACES]]
        imported = first.what.startswith("the import of")
        return self.at(
            one,
            first.place,
            f"{first.what} is not allowed where Sym runs the code",
            label="not allowed",
            related=tuple(RelatedRange(it, "here, too") for it in ranges if it is not None),
            why="Sym has few modules for code. Without this one, nothing of the code can run."
            if imported
            else "Sym runs code with RestrictedPython, which refuses this: nothing of the code can run.",
            help_=first.instead,
            function=function_around(one, first.node),
        )
