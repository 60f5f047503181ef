"""For how long a hook gives access, whatever was asked for: ``ApprovalTemplate.approve(duration=3600)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.sym.access.approval.answers import one_after_another
from symlint.sym.access.approval.conditions import clause
from symlint.sym.access.approval.decisions import transition_of
from symlint.sym.access.cells import Cell, not_known
from symlint.sym.access.python.values import Called, Constant
from symlint.sym.access.words import duration

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.access.approval.answers import Place
    from symlint.sym.access.python.handlers import Handlers
    from symlint.sym.access.python.values import Option, PythonValue

_HOOKS: Final = ("on_prompt", "on_request", "after_request", "on_approve", "after_approve")


def set_by_hooks(handlers: Handlers, place: Place) -> Cell | None:
    """The durations that hooks set, and when; None where they set none."""
    options = [option for hook in _HOOKS for option in handlers.options(hook) or ()]
    texts: dict[str, None] = {}
    seconds: set[int] = set()
    evidence: list[Range] = []
    setting: list[Option] = []
    for option in options:
        given = _duration(option.value)
        if given is None:
            continue
        assert isinstance(option.value, Called)
        evidence += place(option.value.node)
        if not isinstance(given, Constant) or not isinstance(given.value, int):
            return not_known("a hook computes for how long access is given", evidence=evidence)
        seconds.add(given.value)
        texts[f"{duration(given.value)} {clause([option.tests])}".strip()] = None
        setting.append(option)
    if not setting:
        return None
    code = one_after_another(test.code for option in setting for test in option.tests)
    return Cell("; ".join(texts), "conditional", tuple(sorted(seconds)), "", tuple(evidence), code)


def _duration(value: PythonValue) -> PythonValue | None:
    """The duration that a transition gives access for; None where it says none."""
    if not isinstance(value, Called) or transition_of(value) not in ("approve", "escalate"):
        return None
    given = value.arguments.get("duration")
    return None if isinstance(given, Constant) and given.value is None else given
