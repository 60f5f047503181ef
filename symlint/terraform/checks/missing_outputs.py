"""Whether the outputs that references name are there in the modules that are called."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import AttributeStep
from symlint.named_tuple import NamedTuple
from symlint.terraform.checks.references import is_tried, name_range
from symlint.terraform.values.problems import Problem, RelatedRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from symlint.terraform.checks.references import OutputReference
    from symlint.terraform.modules.declarations import ModuleCall

_MOST_LISTED: Final = 8


class Outputs(NamedTuple):
    """All outputs that a called module surely has and no others; ``where`` names the module."""

    names: frozenset[str]
    where: str


class _Advice:
    """What there is instead of an output that is not there; the names are put in order once."""

    def __init__(self, names: frozenset[str]) -> None:
        from symlint.source.close_names import CloseNames

        self._close: Final = CloseNames(names)
        self._listed: Final = ", ".join(sorted(names)[:_MOST_LISTED]) or "none"

    def on(self, name: str) -> tuple[str, str | None]:
        """What to write instead of ``name``, and the output that was surely meant, if any."""
        close = self._close.to(name)
        return f'did you mean "{close}"?' if close else f"its outputs: {self._listed}", close


def missing_outputs(
    references: Iterable[OutputReference], outputs_of: Callable[[ModuleCall], Outputs | None]
) -> Iterator[Problem]:
    """The problems of references to outputs that are not there.

    ``outputs_of`` gives all outputs of a call's module, None when they are not surely known.
    """
    known: dict[str, Outputs | None] = {}
    advice: dict[str, _Advice] = {}
    for call, traversal, place, expression in references:
        step = traversal.steps[place]
        if type(step) is not AttributeStep:
            continue
        if call.name not in known:
            known[call.name] = outputs_of(call)
        outputs = known[call.name]
        if outputs is None or step.name in outputs.names or is_tried(expression, traversal):
            continue
        if call.name not in advice:
            advice[call.name] = _Advice(outputs.names)
        help_, suggestion = advice[call.name].on(step.name)
        yield Problem(
            "undeclared",
            name_range(traversal, place),
            f'module "{call.name}" has no output "{step.name}"',
            label="no such output",
            help=help_,
            related=(RelatedRange(call.range, f"the module is {outputs.where}"),),
            suggestion=suggestion,
        )
