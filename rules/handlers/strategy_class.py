"""Checks the class that a custom strategy consists of."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.rules._examples import configuration
from symlint.rules._python import PythonRule, used_by
from symlint.source.close_names import close_name
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.sdk import StrategyClass as Wanted
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.derived import Derived
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import FunctionDef

_MAIN: Final = """
resource "sym_integration" "vpn" {
  type        = "custom"
  name        = "vpn"
  external_id = "vpn.orchard.example"
}

resource "sym_target" "vpn" {
  type = "custom"
  name = "vpn"

  settings = {
    identifier = "staff"
  }
}

resource "sym_strategy" "vpn" {
  type           = "custom"
  name           = "vpn"
  integration_id = sym_integration.vpn.id
  targets        = [sym_target.vpn.id]
  implementation = "${path.module}/vpn_strategy.py"
}
"""
_CODE: Final = """from sym.sdk.strategies import AccessStrategy


class VpnStrategy(AccessStrategy):
    def fetch_remote_identity(self, user):
        return user.email

    def escalate(self, target_id, event):
        return {"granted": target_id}

    def deescalate(self, target_id, event):
        return {"taken": target_id}
"""


def _with_class(code: str) -> dict[str, str]:
    files = configuration(_MAIN)
    del files["impl.py"]
    return {**files, "vpn_strategy.py": code}


class StrategyClass(PythonRule):
    """The file of a custom strategy has one class that derives from `AccessStrategy`, and is complete.

    Sym makes an object of the class and calls `fetch_remote_identity`, `escalate` and `deescalate`. A class
    that lacks one of them cannot be made an object of: Python refuses. `__init__` and
    `get_requester_identity` are final: Sym needs them as they are.

    **Not flagged.** Classes with bases that are not known, or with decorators: what they lack is undecided.
    Parameters may have any names.
    """

    roles = ("strategy",)
    question = "is its class complete?"
    code = "SYM620"
    name = "strategy-class"
    severity = "error"
    about = ("strategies.entry.needs_code",)
    sources = ("https://docs.symops.com/docs/custom-access-strategies",)
    bad = _with_class(_CODE.replace("def deescalate", "def revoke"))
    good = _with_class(_CODE)

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether there is one class, and whether it has what Sym calls."""
        from symlint.sym.implementation.derived import derived_classes, has_unknown_class

        wanted = one.view.sym.catalogue.sdk.strategy_class
        found = derived_classes(module, wanted.base)
        if not found and has_unknown_class(module):
            yield self.undecided(
                one.used, self.question, "what its classes derive from is not known"
            )
        elif not found and code.text.strip():
            yield self._missing(one, code, module, wanted)
        for derived in found:
            if derived is found[0] or derived.node not in module.tree.body:
                yield from self._judge(one, code, derived, wanted)
            else:
                yield self._second(one, code, found[0], derived, wanted)

    def _judge(
        self, one: Implementation, code: Code, derived: Derived, wanted: Wanted
    ) -> Iterator[Outcome]:
        lacking = [name for name in wanted.abstract if derived.defined(name) is None]
        if lacking and not derived.certain:
            reason = "what its class inherits is not known"
            yield self.undecided(one.used, self.question, reason)
        elif lacking:
            yield self._incomplete(one, code, derived, lacking, wanted)
        wrong = list(self._wrong_methods(one, code, derived, wanted))
        yield from wrong
        if not lacking and not wrong:
            yield PASSED

    def _missing(
        self, one: Implementation, code: Code, module: PythonModule, wanted: Wanted
    ) -> Finding:
        """No class derives from the one of the SDK: perhaps one with its methods was meant to."""
        meant = next(
            (
                cls
                for cls in module.classes
                if any(getattr(it, "name", None) in wanted.abstract for it in cls.body)
            ),
            None,
        )
        base = f"{wanted.module}.{wanted.base}"
        return self.at(
            one,
            None if meant is None else code.name_span(meant),
            f"no class of the strategy derives from {wanted.base}",
            label="no strategy" if meant else "",
            related=(used_by(one),),
            why="Sym finds nothing to grant access with: a request fails once it has been approved.",
            help_=f"write class {'MyStrategy' if meant is None else meant.name}({wanted.base}): with "
            f"{either(wanted.abstract, 'and')}; {wanted.base} comes from {base.rpartition('.')[0]}",
        )

    def _second(
        self, one: Implementation, code: Code, first: Derived, second: Derived, wanted: Wanted
    ) -> Finding:
        range_ = code.place(*code.name_span(first.node))
        return self.at(
            one,
            code.name_span(second.node),
            f"a second class derives from {wanted.base}",
            label="a second strategy",
            related=() if range_ is None else (RelatedRange(range_, "the first one"),),
            why="A strategy is one class. Which of them Sym takes is not said.",
            help_="write each strategy in a file of its own, or derive one class from the other",
        )

    def _incomplete(
        self, one: Implementation, code: Code, derived: Derived, lacking: list[str], wanted: Wanted
    ) -> Finding:
        name = derived.node.name
        meant = _meant(derived, lacking, wanted)
        shown = ", ".join(wanted.abstract[lacking[0]])
        return self.at(
            one,
            code.name_span(derived.node if meant is None else meant),
            f"{name} has no method {either(lacking, 'or')}",
            label="incomplete" if meant is None else f"did you mean {lacking[0]}?",
            related=(used_by(one),),
            why=f"{wanted.base} requires it. Python cannot create an object of the class: a request fails once "
            "it has been approved.",
            help_=f"rename {meant.name} to {lacking[0]}"
            if meant
            else f"define it:\n  def {lacking[0]}({shown}):",
        )

    def _wrong_methods(
        self, one: Implementation, code: Code, derived: Derived, wanted: Wanted
    ) -> Iterator[Finding]:
        import ast

        from symlint.sym.implementation.arity import takes

        for method in derived.methods:
            parameters = wanted.abstract.get(method.name)
            place = code.name_span(method)
            if method.name in wanted.final:
                yield self.at(
                    one,
                    place,
                    f"{derived.node.name} overrides {method.name}, which is final",
                    label="final",
                    why=f"{wanted.base} needs its own {method.name}: without it the class does not know its "
                    "integration, or whom it acts for.",
                    help_="give the method another name, or remove it",
                    function=method.name,
                )
            elif parameters and isinstance(method, ast.AsyncFunctionDef):
                yield self.at(
                    one,
                    place,
                    f"{method.name} is asynchronous",
                    label="async",
                    why="Sym does not wait for it: nothing of its body is run.",
                    help_=f"write def {method.name}, without async",
                    function=method.name,
                )
            elif parameters and not takes(method, *_given(method, parameters)):
                yield self.at(
                    one,
                    place,
                    f"{method.name} does not take what Sym gives it",
                    label=f"Sym gives it {either(parameters[1:], 'and')}",
                    why="Python raises a TypeError when Sym calls it, and access is not granted.",
                    help_=f"write def {method.name}({', '.join(parameters)})",
                    function=method.name,
                )


def _meant(derived: Derived, lacking: list[str], wanted: Wanted) -> FunctionDef | None:
    """The method that was meant to be the first that is lacking: by its name, or as the only one left."""
    from symlint.sym.implementation.arity import takes

    methods = {
        it.name: it for it in derived.methods if it.name not in (*wanted.abstract, *wanted.final)
    }
    near = close_name(lacking[0], methods)
    if near is not None:
        return methods[near]
    left = [
        it
        for name, it in methods.items()
        if not name.startswith("_")
        and not it.decorator_list
        and takes(it, len(wanted.abstract[lacking[0]]))
        and name not in derived.used
    ]
    return left[0] if len(left) == len(lacking) == 1 else None


def _given(method: FunctionDef, parameters: tuple[str, ...]) -> tuple[int, ...]:
    """With how many arguments Sym calls a method: with any where decorators may change that."""
    names = [getattr(it, "id", None) for it in method.decorator_list]
    if names == ["staticmethod"]:
        return (len(parameters) - 1,)
    return (len(parameters),) if names in ([], ["classmethod"]) else tuple(range(10))
