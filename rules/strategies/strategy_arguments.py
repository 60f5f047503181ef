"""Rules about the other arguments of strategies: the list of targets, the code, the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way
from symlint.sym.model.references import reference_to
from symlint.sym.words import either
from symlint.terraform.values.uncertainty import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.link import Link
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import LinkList
    from symlint.terraform.values.value import Value

_PROVIDER = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/"

_TARGETS = """
resource "sym_target" "support" {
  type = "okta_group"
  name = "support"

  settings = {
    group_id = "00g1support"
  }
}

resource "sym_target" "billing" {
  type = "okta_group"
  name = "billing"

  settings = {
    group_id = "00g2billing"
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"

  targets = [
    sym_target.support.id,
    sym_target.billing.id,
  ]
}
"""


class StrategyTargets(Rule):
    """The list of a strategy's targets has something in it, and nothing twice.

    Targets are what people choose from. With none a flow has nothing to offer; a target that is
    listed twice is most often a copied line in which the name was not changed, so that another
    target is missing from the form.

    **Not flagged.** Lists that come out empty because a variable, a condition or a `for`
    expression makes them so: somebody else may fill them.
    """

    code = "SYM204"
    name = "strategy-targets"
    severity = "warning"
    sources = (f"{_PROVIDER}strategy",)
    bad = configuration(
        _TARGETS.replace("    sym_target.billing.id,", "    sym_target.support.id,")
    )
    good = configuration(_TARGETS)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each list of targets is neither empty nor repetitive."""
        for strategy in configuration.strategies:
            targets = strategy.targets
            if targets.state != "known":
                if targets.state in ("unknown", "partial"):
                    question = "does the strategy list each target once?"
                    yield self.undecided(targets.argument, question, targets.reason)
            elif targets.links:
                yield from self._repeated(strategy, targets.links)
            else:
                yield self._empty(strategy, targets) if _is_written_empty(targets) else PASSED

    def _repeated(self, strategy: Strategy, links: tuple[Link, ...]) -> Iterator[Outcome]:
        seen: dict[object, Link] = {}
        for link in links:
            view = link.view
            key: object = None
            if link.outcome == "ok" and view is not None and not view.symbolic:
                key = view
            elif link.outcome == "identifier":
                key = link.value.string
            first = None if key is None else seen.setdefault(key, link)
            if first is None or first is link:
                yield PASSED
                continue
            name = link.value.string if view is None else view.local_name
            related: tuple[RelatedRange, ...] = ()
            if first.range != link.range:
                related = (RelatedRange(first.range, "listed here already"),)
            yield self.finding(
                f"{name} is listed twice in targets",
                link.range,
                label="listed again",
                related=related,
                why=(
                    "The target stands in the form once. If another one was meant, nobody can ask "
                    "for that."
                ),
                help_=_instead(strategy),
                address=str(strategy.address),
                attribute="targets",
                path=way(link.value, link.range),
            )

    def _empty(self, strategy: Strategy, targets: LinkList) -> Finding:
        range_ = targets.value.origin or targets.argument
        return self.finding(
            "targets is empty",
            range_,
            label="no target",
            why="Nobody can ask for anything: the form of the flow has no target to choose.",
            help_=_instead(strategy).replace("or remove", "or remove the strategy, not only"),
            address=str(strategy.address),
            attribute="targets",
            path=way(targets.value, range_),
        )


def _is_written_empty(targets: LinkList) -> bool:
    """Whether an empty list was written out as the whole of an argument, a local, a default."""
    origin = targets.value.origin
    if origin is None or not origin.text.startswith("[") or origin.text.startswith("[for"):
        return False
    text = origin.source.text
    before = text[: origin.start].rstrip(" \t")
    after = text[origin.end :].lstrip(" \t")
    whole = before.endswith("=") and before[-2:-1] not in ("=", "!", "<", ">")
    return (
        whole and not _is_default(origin, targets) and after[:1] in ("", "\n", "\r", "}", "#", "/")
    )


def _is_default(origin: Range, targets: LinkList) -> bool:
    """Whether a range is the default of a variable, which somebody may set."""
    start = origin.source.text.rfind("\n", 0, origin.start) + 1
    line = origin.source.text[start : origin.start].strip()
    passed = any(hop.reference.address.kind == "variable" for hop in targets.value.hops)
    return passed and line.startswith("default")


def _instead(strategy: Strategy) -> str:
    """The targets that the strategy could list and does not."""
    listed = set(strategy.target_views)
    accepted = None if strategy.entry is None else strategy.entry.target_types
    free = [
        reference
        for it in strategy.sym.targets
        if it not in listed
        and it.module is strategy.module
        and (accepted is None or it.type_name in accepted)
        and (reference := reference_to(it)) is not None
        and not it.strategies
    ]
    if free:
        return f"list {either(list(dict.fromkeys(free))[:4])}"
    return (
        "list the id of another target, or remove it"
        if listed
        else ("list the ids of sym_target blocks: targets = [sym_target.<name>.id]")
    )


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

    How a `custom` strategy grants access is what its Python file says; without one there is
    nothing that Sym could run, and every request fails (**error**). The other strategies come with
    their code: an `implementation` there is never looked at, so whatever it was written for does
    not happen (**warning**).

    **Not flagged.** Strategies of a type of which it is not known whether they have code (`http`).
    """

    code = "SYM205"
    name = "strategy-implementation"
    severity = "error"
    sources = (f"{_PROVIDER}strategy", "https://docs.symops.com/docs/custom-access-strategies")
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
        return self.finding(
            f"{strategy.type_name} strategy has no implementation",
            range_,
            label="counts as not given" if given else "implementation is missing",
            why=(
                "Sym has no code to grant access with: a request fails once it has been approved."
            ),
            help_=(
                "write the strategy as a class that derives from "
                "sym.sdk.strategies.AccessStrategy, and name its file:\n"
                '  implementation = "${path.module}/strategy.py"'
            ),
            address=str(strategy.address),
            attribute="implementation",
        )

    def _unused(self, strategy: Strategy) -> Finding:
        argument = strategy.argument("implementation")
        assert argument is not None
        with_code = [
            name
            for name, it in strategy.sym.catalogue.strategies.items()
            if it.implementation == "required"
        ]
        return self.finding(
            f"{strategy.type_name} strategy has an implementation, which is never run",
            argument.name_range,
            label="has no effect",
            related=(
                RelatedRange(
                    strategy.type.origin or strategy.range("type"),
                    f"only {either(with_code)} strategies run code of their own",
                ),
            ),
            why="What the file does when access is granted or taken away does not happen.",
            help_="remove the line; hooks and reducers belong in the implementation of the flow",
            address=str(strategy.address),
            attribute="implementation",
            severity="warning",
        )
