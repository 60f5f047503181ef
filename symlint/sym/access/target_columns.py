"""What the inventory says of a target that a flow grants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symlint.sym.access.cells import Cell, not_known
from symlint.sym.access.words import duration, worded
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.access.cells import Data
    from symlint.sym.model.flows import Flow, PromptField
    from symlint.sym.model.strategies import Strategy, Target


def grants(target: Target) -> Cell:
    """What who asked for the target gets, in the words of the service."""
    entry = target.entry
    kind = worded(target.type, target.header)
    if not kind.is_known:
        return kind
    if entry is None or not entry.grants:
        return Cell(
            f"{kind.text} {target.name.string or target.local_name}", evidence=kind.evidence
        )
    bound = {text_of(it) for it in target.bindings or ()}
    cells: dict[str, Cell] = {}

    def setting(match: re.Match[str]) -> str:
        name = match[1]
        if name in bound:
            cells[name] = Cell(f"{{{name}}}", value=None)
            return f"({name} as asked for)"
        value = target.setting(name)
        cell = (
            not_known("the setting is missing")
            if value is None
            else worded(value, target.range("settings"))
        )
        cells[name] = cell
        return cell.text

    text = re.sub(r"\{(\w+)\}", setting, entry.grants)
    evidence = tuple(it for cell in cells.values() for it in cell.evidence)
    unknown = next((cell for cell in cells.values() if not cell.is_known), None)
    if unknown is not None:
        return not_known(unknown.reason, text, evidence)
    data = {name: cell.value for name, cell in sorted(cells.items()) if name not in bound}
    return Cell(text, value={"type": target.type_name, **data}, evidence=evidence)


def parameter(flow: Flow, target: Target) -> Cell:
    """Which settings who asks chooses, and from what."""
    bindings = target.bindings
    if bindings is None:
        return not_known("the bindings are not known", evidence=[target.header])
    if not bindings:
        return Cell("none", value={})
    fields = {field.name.string: field for field in flow.prompt_fields}
    parts: list[str] = []
    data: dict[str, Data] = {}
    evidence: list[Range] = []
    for value in bindings:
        name = text_of(value)
        if name is None:
            return not_known(
                "the name of a binding is not known", evidence=[value.origin or target.header]
            )
        field = fields.get(name)
        cell = _choices(field) if field is not None else not_known("the form has no such field")
        if not cell.is_known:
            return not_known(cell.reason, f"{name}: {cell.text}", cell.evidence)
        parts.append(f"{name}: {cell.text}")
        data[name] = cell.value
        evidence += cell.evidence
    return Cell("; ".join(parts), value=data, evidence=tuple(evidence))


def _choices(field: PromptField) -> Cell:
    """What a field lets people choose."""
    prefetch = field.argument("prefetch")
    if prefetch is not None and text_of(prefetch.value) == "true":
        text = "any that its prefetch offers (over the API perhaps any text)"
        return Cell(text, value="offered", evidence=(prefetch.range,))
    allowed = field.argument("allowed_values")
    if allowed is None or allowed.value.is_null:
        return Cell("any text", value="any", evidence=(field.header,))
    elements = allowed.value.elements
    texts = None if elements is None else [text_of(it) for it in elements]
    if texts is None or None in texts:
        return not_known("its choices are not known", evidence=[allowed.range])
    choices = tuple(sorted(text for text in texts if text is not None))
    return Cell("one of " + ", ".join(choices), value=choices, evidence=(allowed.range,))


def through(strategy: Strategy) -> Cell:
    """The strategy, and the integration that it works through."""
    name = worded(strategy.name, strategy.header)
    kind = worded(strategy.type, strategy.header)
    parts = [f"{kind.text} strategy {name.text}"]
    cells = [name, kind]
    integration = strategy.integration
    if integration is not None:
        id_ = worded(integration.external_id, integration.header)
        parts.append(f"{integration.type_name or 'an'} integration {id_.text}")
        cells.append(id_)
    elif strategy.integration_link.outcome not in ("null", "ok"):
        cells.append(not_known(strategy.integration_link.reason))
    evidence = tuple(it for cell in cells for it in cell.evidence)
    unknown = next((cell for cell in cells if not cell.is_known), None)
    text = ", ".join(parts)
    if unknown is not None:
        return not_known(unknown.reason, text, evidence)
    data = {
        "strategy": name.value,
        "type": kind.value,
        "external_id": cells[-1].value if len(cells) == 3 else None,
    }
    return Cell(text, value=data, evidence=evidence)


def session(target: Target) -> Cell:
    """How long a session of AWS lasts that the target opens, whatever Sym does."""
    from symlint.sym.intent.sessions import session_bounds

    bounds = list(session_bounds(target, target.sym.catalogue.sessions.values()))
    if not bounds:
        return Cell("", value=None)
    known = [bound for bound in bounds if bound is not None]
    if len(known) != len(bounds):
        return not_known("it is set where symlint does not see it")
    longest = max(bound.seconds for bound in known)
    evidence = tuple(bound.range for bound in known)
    return Cell(f"{duration(longest)} in AWS", value=longest, evidence=evidence)
