"""Checks that the reducer that Sym cannot do without is there."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.rules._python import PythonRule, used_by
from symlint.rules._python_examples import IMPORTS, with_only
from symlint.rules.handlers._reducers import (
    decorating,
    is_undecorated,
    meant_handler,
    needed_reducers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import FunctionDef


class MissingReducer(PythonRule):
    """The code of a flow has the reducer `get_permissions`, that of a flows filter `get_flows`.

    Sym asks `get_permissions` who may see a request, and who may approve it. It finds the function by its
    decorator `@reducer`. Without it nobody can be asked, and every request fails. `get_approvers`, which
    was there before, still serves. A flows filter needs `get_flows`.

    **Not flagged.** Code that makes the function in another way than by `def`, or decorates it with something
    else: undecided.
    """

    roles = ("flow", "flows_filter")
    question = "does its code have the reducer that it needs?"
    code = "SYM603"
    name = "missing-reducer"
    severity = "error"
    fixable = True
    sources = (
        "https://docs.symops.com/docs/reducers",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flows_filter",
    )
    bad = with_only(IMPORTS.replace("@reducer\ndef get_permissions", "def get_permissions"))
    good = with_only(IMPORTS)

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether one of the reducers that serve is there and has its decorator."""
        sdk = one.view.sym.catalogue.sdk
        names = needed_reducers(sdk, one.view.kind)
        if _is_said_elsewhere(code) or any(
            handler.name in names or meant_handler(sdk, handler) in names
            for handler in module.handlers
        ):
            yield PASSED
            return
        bindings = [it for name in names for it in module.scopes.bindings_of_text(name)]
        bare = [it for name in names if (it := module.function(name)) is not None]
        if module.scopes.has_star_import or not all(map(is_undecorated, bindings)):
            yield self.undecided(
                one.used, self.question, "where its reducers come from is not known"
            )
        elif bare:
            yield self._undecorated(one, code, module, bare[0])
        else:
            yield self._missing(one, names)

    def _undecorated(
        self, one: Implementation, code: Code, module: PythonModule, function: FunctionDef
    ) -> Finding:
        return self.at(
            one,
            code.name_span(function),
            f"{function.name} is not decorated with @reducer",
            label="no reducer",
            related=(used_by(one),),
            why="Sym finds its reducers by the decorator. As it stands, this function is never called: "
            f"{_consequence(function.name)}.",
            help_=f"write @reducer above def {function.name}",
            fix=decorating(code, module, function),
            function=function.name,
        )

    def _missing(self, one: Implementation, names: tuple[str, ...]) -> Finding:
        name = names[0]
        parameters = one.view.sym.catalogue.sdk.handlers[name].parameters
        return self.at(
            one,
            None,
            f"the code of a {one.view.noun} has no reducer {name}",
            label=f"{name} is missing",
            related=(used_by(one),),
            why=f"Sym calls {name}. Without it, {_consequence(name)}.",
            help_=f"define {name}:\n  @reducer\n  def {name}({', '.join(parameters)}):",
        )


def _consequence(name: str) -> str:
    if name == "get_flows":
        return "the filter decides nothing"
    return "nobody can be asked for approval, and every request fails"


def _is_said_elsewhere(code: Code) -> bool:
    """Whether there is no code at all, which is what ``implementation-file`` says."""
    return not code.text.strip()
