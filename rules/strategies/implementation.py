"""Checks that a strategy has an ``implementation`` if, and only if, its type needs one."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.sym.words import either
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Strategy
    from symlint.terraform.values.value import Value

_CUSTOM = """
resource "sym_integration" "vpn" {
  type        = "custom"
  name        = "vpn"
  external_id = "vpn.orchard.example"

  settings = {
    secret_ids_json = jsonencode([sym_secret.vpn.id])
  }
}

resource "sym_secret" "vpn" {
  path      = "sym/main/vpn"
  source_id = "3f1c2a54-0d5e-4a53-9c6f-6f5bb2a1a9d7"
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


_STRATEGY = """
from sym.sdk.strategies import AccessStrategy


class VpnAccessStrategy(AccessStrategy):
    def fetch_remote_identity(self, user):
        return user.email

    def escalate(self, target_id, event):
        return {"granted": True}

    def deescalate(self, target_id, event):
        return {"granted": False}
"""


def _with_strategy(main: str) -> dict[str, str]:
    return {**configuration(main), "vpn_strategy.py": _STRATEGY}


class StrategyImplementation(Rule):
    """A `custom` strategy has an `implementation`, and no other strategy has one.

    The Python file of a `custom` strategy grants the access. Without it, Sym has nothing to run,
    and every request fails (**error**). The other strategies have built-in code: Sym never runs
    their `implementation` (**warning**).

    **Not flagged.** Types for which it is not known whether Sym runs the code (`http`).
    """

    code = "SYM205"
    name = "strategy-implementation"
    other_severities = ("warning",)
    severity = "error"
    about = ("strategies",)
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/strategy",
        "https://docs.symops.com/docs/custom-access-strategies",
    )
    bad = _with_strategy(
        _CUSTOM.replace('  implementation = "${path.module}/vpn_strategy.py"\n', "")
    )
    good = _with_strategy(_CUSTOM)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy that needs code has some, and no other one."""
        for strategy in configuration.strategies:
            entry = strategy.entry
            wanted = None if entry is None else entry.implementation
            if wanted is None:
                continue
            for value in leaves(strategy.value("implementation")):
                yield self._judge(strategy, value, wanted)

    def _judge(self, strategy: Strategy, value: Value, wanted: str) -> Outcome:
        question = "does the strategy have the code that it needs?"
        if value.is_unknown and wanted == "required":
            return (
                PASSED
                if value.unknown and value.unknown.not_null
                else self.undecided(
                    strategy.range("implementation"), question, "the value is not known"
                )
            )
        absent = value.is_null or value.content == ""
        if absent and not strategy.complete:
            return self.undecided(strategy.header, question, "the block has errors")
        if absent and wanted == "required":
            return self._missing(strategy, value)
        if not absent and wanted == "unused":
            return self._unused(strategy)
        return PASSED

    def _missing(self, strategy: Strategy, value: Value) -> Finding:
        given = strategy.argument("implementation") is not None
        range_ = strategy.header
        if given:
            range_ = value.origin or strategy.range("implementation")
        return Location.of_range(range_, str(strategy.address), "implementation").finding(
            self,
            f"{strategy.type_name} strategy has no implementation",
            label="treated as not given" if given else "implementation is missing",
            why="Sym has no code to grant access with: a request fails once it has been approved.",
            help_="write the strategy as a class that derives from "
            "sym.sdk.strategies.AccessStrategy, and name its file:\n"
            '  implementation = "${path.module}/strategy.py"',
        )

    def _unused(self, strategy: Strategy) -> Finding:
        argument = strategy.argument("implementation")
        assert argument is not None
        with_code = [
            name
            for name, it in strategy.sym.catalogue.strategies.items()
            if it.implementation == "required"
        ]
        return Location.of_range(
            argument.name_range, str(strategy.address), "implementation"
        ).finding(
            self,
            f"{strategy.type_name} strategy has an implementation, which Sym never runs",
            label="has no effect",
            related=(
                RelatedRange(
                    strategy.type.origin or strategy.range("type"),
                    f"only {either(with_code)} strategies run code of their own",
                ),
            ),
            why="Sym does not run the file when access is granted or taken away.",
            help_="remove the line; hooks and reducers belong in the implementation of the flow",
            severity="warning",
        )
