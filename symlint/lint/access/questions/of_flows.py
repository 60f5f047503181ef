"""Questions about each flow by itself: who can do what alone, unseen, or as a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.lint.access.questions.answer import Answer, best, counted, parts_of_flows, worst

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from symlint.lint.access.questions.answer import Group, Part, Verdict
    from symlint.sym.access.cells import Cell, Data
    from symlint.sym.access.grants import Grant

    Said = tuple[Verdict, str]

_WHO_ASKS: Final = ("member", "all_users", "guests")
"""The approvers among whom is everybody who asks."""


def own_approval(flows: Sequence[Group]) -> Answer:
    """Whether who asks can approve the own request."""
    question = "Can requesters approve their own requests?"
    return _answer("self-approval", question, flows, own)


def alone(flows: Sequence[Group]) -> Answer:
    """Whether access is given without a second person."""
    question = "Is there access without a second person?"
    return _answer("alone", question, flows, _alone)


def logged(flows: Sequence[Group]) -> Answer:
    """Whether every grant is logged."""
    parts = parts_of_flows(flows, _logged)[::-1]
    verdict = best(_verdicts(parts))
    return Answer("logged", "Is every grant logged?", verdict, counted(parts), parts)


def untold(flows: Sequence[Group]) -> Answer:
    """Whether something can be asked for that nobody is told of."""
    question = "Can something be requested that nobody is told of?"
    return _answer("untold", question, flows, _untold)


def guests(flows: Sequence[Group]) -> Answer:
    """Whether a guest can approve."""
    return _answer("guests", "Can a guest of the Slack workspace approve?", flows, _guests)


def _answer(
    name: str, question: str, flows: Sequence[Group], ask: Callable[[Grant], Said]
) -> Answer:
    parts = parts_of_flows(flows, ask)
    return Answer(name, question, worst(_verdicts(parts)), counted(parts), parts)


def _verdicts(parts: Sequence[Part]) -> list[Verdict]:
    return [it.verdict for it in parts if it.verdict is not None]


# --- one flow -------------------------------------------------------------------------------------


def own(grant: Grant) -> Said:
    """Whether who asks can approve: where that is allowed, and no gate keeps it from counting."""
    cell, approvers, gates = (grant.cells[it] for it in ("self_approval", "approve", "gates"))
    if cell.value is False:
        return "no", "requesters cannot approve their own requests"
    if not cell.is_known:
        return _doubt(cell)
    verdict, text = _among_approvers(cell, approvers)
    if verdict == "unknown" or gates.value == ():
        return verdict, text
    if not gates.is_known:
        return _doubt(gates)
    return "conditional", gates.text if verdict == "yes" else f"{text}; {gates.text}"


def _among_approvers(cell: Cell, approvers: Cell) -> Said:
    if cell.state == "conditional":
        return "conditional", cell.text
    value = approvers.value
    if isinstance(value, dict) and "sees" in value:
        return "yes", "self-approval is allowed to everybody who sees the message"
    if value in _WHO_ASKS:
        return "yes", "self-approval is allowed, and everybody who asks is among the approvers"
    if not approvers.is_known:
        return _doubt(approvers)
    return "conditional", f"where who asks is one of the approvers: {approvers.text}"


def _alone(grant: Grant) -> Said:
    automatic = grant.cells["automatic"]
    verdict, text = own(grant)
    said: list[Said] = []
    if verdict == "unknown":
        said.append((verdict, text))
    elif verdict != "no":
        said.append((verdict, "by self-approval" + (f"; {text}" if verdict != "yes" else "")))
    if automatic.value == "always":
        said.append(("yes", "every request is approved by the code"))
    elif automatic.value == ():
        pass
    elif not automatic.is_known:
        said.append(_doubt(automatic))
    else:
        said.append(("conditional", f"approved by the code {automatic.text}"))
    if not said:
        return "no", "somebody else has to approve"
    verdict = worst(it for it, _ in said)
    return verdict, ", or ".join(text for it, text in said if it == verdict)


def _logged(grant: Grant) -> Said:
    cell = grant.cells["recorded"]
    if isinstance(cell.value, dict):
        return ("yes" if cell.value.get("logs") else "no"), cell.text
    return ("no", cell.text) if cell.is_known else _doubt(cell)


def _untold(grant: Grant) -> Said:
    cell = grant.cells["asked_in"]
    if not cell.is_known:
        return _doubt(cell)
    if not cell.value:
        return "yes", cell.text
    if () in _alternatives(cell.value):
        return "conditional", cell.text
    return "no", "somebody is told"


def _guests(grant: Grant) -> Said:
    cell = grant.cells["approve"]
    values = _alternatives(cell.value)
    if not cell.is_known:
        return _doubt(cell)
    if cell.value == "guests":
        return "yes", cell.text
    if "guests" in values:
        return "conditional", cell.text
    return "no", "guests are not among the approvers"


def _alternatives(value: Data) -> list[Data]:
    """What a cell may be, by condition."""
    found: list[Data] = []
    for it in value if isinstance(value, tuple) else (value,):
        is_one = isinstance(it, dict) and "if" in it and "value" in it
        found.append(_of(it) if is_one else it)
    return found


def _of(value: Data) -> Data:
    assert isinstance(value, dict)
    data: Mapping[str, Data] = value
    return data["value"]


def _doubt(cell: Cell) -> Said:
    return "unknown", cell.said
