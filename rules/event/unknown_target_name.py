"""Checks that targets which Python knows by name are targets of the flow."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.named_tuple import NamedTuple
from symlint.rules._python import PythonRule
from symlint.rules._python_examples import FLOW, SDK, with_code
from symlint.sym.event.given import TARGET, TARGET_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.event.comparisons import Comparison
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Strategy

_CODE = """

@hook
def on_request(event):
    if event.payload.fields["target"].name == "staging-admins":
        return ApprovalTemplate.approve()
"""
_PARAMS = """
  params {
    strategy_id = sym_strategy.okta.id
  }"""
_STRATEGY = """
resource "sym_target" "staging" {
  type = "okta_group"
  name = "staging-admins"

  settings = {
    group_id = "00g1staging"
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.staging.id]
}
"""
_SHOWN: Final = 6


class Names(NamedTuple):
    """What a part of the targets of a strategy can be: texts, and where each is written.

    ``reason`` says why there may be others; it is empty where there are none.
    """

    texts: dict[str, Range]
    reason: str = ""


class UnknownTargetName(PythonRule):
    """A target that Python compares by its name is a target of the flow's strategy.

    A hook that approves `event.payload.fields["target"].name == "staging-admins"` at once does nothing of the kind
    if no target has this name, and nothing tells. The same holds for
    `.slug`, which is the name too, and for `.settings["..."]`. Case makes no difference in names.

    **Not flagged.** A name that another flow with the same code has. Strategies of which not all targets,
    or not all names, are known: undecided.
    """

    roles = ("flow", "strategy")
    question = "is this a target of the flow?"
    code = "SYM622"
    name = "unknown-target-name"
    severity = "warning"
    sources = (
        SDK,
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/target",
    )
    good = with_code(_CODE, FLOW.replace("\n  params {}", _PARAMS) + _STRATEGY)
    bad = with_code(
        _CODE.replace("staging-admins", "stage-admins"),
        FLOW.replace("\n  params {}", _PARAMS) + _STRATEGY,
    )

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether some flow that runs the code has each target that it is about."""
        from symlint.sym.event.comparisons import comparisons

        # An empty text is what there is without a target.
        found = [it for it in module.once(comparisons) if it.text and _part(it) is not None]
        flows = _flows(one) if found else ()
        for comparison in found:
            yield from self._judge(one, code, module, comparison, flows)

    def _judge(
        self,
        one: Implementation,
        code: Code,
        module: PythonModule,
        comparison: Comparison,
        flows: tuple[Flow, ...],
    ) -> Iterator[Outcome]:
        from symlint.sym.event.facts import Facts

        part = _part(comparison)
        assert part is not None
        strategies = [flow.strategy for flow in flows if not flow.strategy_link.is_absent]
        known = [it for it in strategies if it is not None]
        all_names = [_names(it, part) for it in known]
        lowered = _lowered(part, comparison.text)
        if not strategies or any(lowered in names.texts for names in all_names):
            yield PASSED
            return
        reason = next((it.reason for it in all_names if it.reason), "")
        if len(known) < len(strategies):
            reason = "the strategy of a flow is not known"
        if not reason:
            reached = [Facts(module, it, len(flows) > 1).reaches(comparison.node) for it in flows]
            if True not in reached:
                reason = "whether it is compared depends on what is not known"
        if reason:
            yield self.undecided(code.range(comparison.node), self.question, reason)
        else:
            yield self._finding(one, comparison, part, known[0], all_names[0])

    def _finding(
        self,
        one: Implementation,
        comparison: Comparison,
        part: str,
        strategy: Strategy,
        names: Names,
    ) -> Finding:
        from symlint.hcl.native.strings import visible
        from symlint.source.close_names import close_name
        from symlint.sym.model.settings import map_range

        near = close_name(comparison.text, names.texts)
        shown = sorted(names.texts)
        more = ", ..." if len(shown) > _SHOWN else ""
        label = f"the targets of {strategy.local_name}: {', '.join(shown[:_SHOWN])}{more}"
        what = "name" if part == "name" else f"setting {part}"
        if not shown:
            label = f"{strategy.local_name} has no targets"
        return self.at(
            one,
            comparison.node,
            f"no target of the flow has the {what} {visible(comparison.text)}",
            label="no such target",
            related=(
                RelatedRange(
                    map_range(strategy, "targets") if near is None else names.texts[near], label
                ),
            ),
            why="The comparison has the same result for every target that somebody can ask for.",
            help_=f"did you mean {near}?"
            if near is not None
            else f"write one of the targets: {', '.join(shown[:_SHOWN]) or 'there are none'}{more}",
        )


def _part(comparison: Comparison) -> str | None:
    """The part of a target that is compared: "name", or the key of a setting."""
    if not comparison.meaning.startswith(TARGET):
        return None
    part = comparison.meaning[len(TARGET) :]
    if part in TARGET_NAMES:
        return "name"
    key = part.removeprefix('settings["').removesuffix('"]')
    return key if part == f'settings["{key}"]' and '"' not in key else None


def _flows(one: Implementation) -> tuple[Flow, ...]:
    """The flows that run the same code."""
    from symlint.sym.event.given import others_with, views_of
    from symlint.sym.model.flows import Flow

    found = [view for it in (one, *others_with(one)) for view in views_of(it)]
    return tuple(dict.fromkeys(it for it in found if isinstance(it, Flow)))


def _lowered(part: str, text: str) -> str:
    return text.lower() if part == "name" else text


def _names(strategy: Strategy, part: str) -> Names:
    """What a part of the targets of a strategy is."""
    key = (_names, strategy.address, part)
    return strategy.sym.once_for(key, lambda: _find_names(strategy, part))


def _find_names(strategy: Strategy, part: str) -> Names:
    from symlint.sym.model.strategies import Target
    from symlint.sym.model.texts import reason_of, text_of
    from symlint.terraform.values.unknowns import leaves

    if strategy.targets.state != "known":
        return Names({}, strategy.targets.reason or "the targets are not known")
    texts: dict[str, Range] = {}
    for link in strategy.targets.leaves:
        target = link.view
        if not isinstance(target, Target) or target.is_data:
            return Names({}, "not all targets are known")
        value = target.name if part == "name" else target.setting(part)
        if value is None and part in (it.string for it in target.bindings or ()):
            return Names({}, "it is filled in by a prompt field")
        for leaf in () if value is None else leaves(value):
            text = text_of(leaf)
            if text is None:
                return Names({}, reason_of(leaf))
            place = leaf.origin or target.header
            texts.setdefault(_lowered(part, text), place)
    return Names(texts)
