"""What the inventory says of a target that a flow grants."""

from __future__ import annotations

import os
import re
from functools import partial
from typing import TYPE_CHECKING, Final

from symlint.sym.access.cells import NOTHING, Cell, digest, not_known
from symlint.sym.access.python.digests import digest_of
from symlint.sym.access.words import duration, worded
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.source.text import Range
    from symlint.sym.access.cells import Data
    from symlint.sym.model.flows import Flow, PromptField
    from symlint.sym.model.strategies import Strategy, Target


_STEPS_PER_BINDING: Final = 10
_NONE: Final = Cell("none", value={})


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
            else worded(value, target.range("settings"), target.sym)
        )
        cells[name] = cell
        return cell.text

    text = re.sub(r"\{(\w+)\}", setting, entry.grants)
    evidence = tuple(it for cell in cells.values() for it in cell.evidence)
    unknown = next((cell for cell in cells.values() if not cell.is_known), None)
    if unknown is not None:
        cell = not_known(unknown.reason, text, evidence)
        return cell._replace(code=_identities(cells.values()))
    data = {name: cell.value for name, cell in sorted(cells.items()) if name not in bound}
    return Cell(text, value={"type": target.type_name, **data}, evidence=evidence)


def _identities(cells: Iterable[Cell]) -> tuple[str, ...]:
    """One digest of what cells say, of those that are not known of what they will be read from.

    None where nothing but a label says what that is.
    """
    parts = [it.code if not it.is_known else it.text for it in cells]
    return (digest(repr(parts)),) if all(parts) else ()


def parameter(flow: Flow, target: Target) -> Cell:
    """Which settings who asks chooses, and from what."""
    bindings = target.bindings
    if bindings is None:
        return not_known("the bindings are not known", evidence=[target.header])
    if not bindings:
        return _NONE
    if not flow.sym.terraform.budget.spend(_STEPS_PER_BINDING * len(bindings)):
        return not_known("the bindings are too much work")
    fields = flow.sym.once_for((_fields, flow), partial(_fields, flow))
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
        cell = (
            flow.sym.once_for((_choices, field), partial(_choices, flow, field))
            if field is not None
            else not_known("the form has no such field")
        )
        if not cell.is_known:
            return not_known(cell.reason, f"{name}: {cell.text}", cell.evidence)
        parts.append(f"{name}: {cell.text}")
        data[name] = cell.value
        evidence += cell.evidence
    return Cell("; ".join(parts), value=data, evidence=tuple(evidence))


def _fields(flow: Flow) -> dict[str | None, PromptField]:
    return {field.name.string: field for field in flow.prompt_fields}


def _choices(flow: Flow, field: PromptField) -> Cell:
    """What a field lets people choose."""
    prefetch = field.argument("prefetch")
    if prefetch is not None and text_of(prefetch.value) == "true":
        text = f"any that {_offering(flow, field)} offers (over the API perhaps any text)"
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


def _offering(flow: Flow, field: PromptField) -> str:
    """What fetches the choices of a field: the function, where that is known."""
    from symlint.sym.event.prefetches import prefetches
    from symlint.sym.implementation.carried import carried_by

    for one in carried_by(flow):
        module = None if one.code is None else one.code.module
        for it in () if module is None else module.once(prefetches):
            if it.function is not None and it.field == field.name.string:
                return it.function.name
    return "its prefetch"


def through(strategy: Strategy) -> Cell:
    """The strategy, and the integration that it works through."""
    name = worded(strategy.name, strategy.header)
    kind = worded(strategy.type, strategy.header)
    parts = [f"{kind.text} strategy {name.text}"]
    data: dict[str, Data] = {"strategy": name.value, "type": kind.value, "external_id": None}
    cells = [name, kind]
    integration = strategy.integration
    if integration is not None:
        id_ = worded(integration.external_id, integration.header, strategy.sym)
        parts.append(f"{integration.type_name or 'an'} integration {id_.text}")
        cells.append(id_)
        data["external_id"] = id_.value
        role = integration.setting("role_arn")
        if role is not None and not role.sensitive and text_of(role) is not None:
            data["role"] = text_of(role)
            parts[-1] += f" with role {data['role']}"
    elif strategy.integration_link.outcome != "null":
        link = strategy.integration_link
        reason = link.reason or "the integration is made elsewhere"
        made = worded(link.value, link.argument, strategy.sym)
        cells.append(not_known(reason, made.text, [link.argument])._replace(code=made.code))
        parts.append(f"integration {made.text}")
    code = _code(strategy)
    if code is not None:
        parts.append(code.text)
        cells.append(code)
    evidence = tuple(it for cell in cells for it in cell.evidence)
    unknown = next((cell for cell in cells if not cell.is_known), None)
    text = ", ".join(parts)
    if unknown is not None:
        cell = not_known(unknown.reason, text, evidence)
        return cell._replace(code=_identities(cells))
    if code is not None:
        data["class"] = code.value
    return Cell(text, value=data, evidence=evidence, code=() if code is None else code.code)


def _code(strategy: Strategy) -> Cell | None:
    """The class of a strategy that is written in Python; None for any other strategy."""
    from symlint.sym.implementation.carried import carried_by

    carried = carried_by(strategy)
    if not carried:
        return None
    code = carried[0].code if len(carried) == 1 else None
    if code is None or code.module is None:
        return not_known("the code of the strategy is not known", evidence=[carried[0].used])
    names = [it.name for it in code.module.classes if it.bases]
    name = names[0] if len(names) == 1 else "its class"
    where = f" in {os.path.split(code.path)[1]}" if code.path else ""
    evidence = (carried[0].used,)
    return Cell(f"{name}{where}", value=name, evidence=evidence, code=(digest_of(code.module),))


def session(target: Target, how_long: Cell) -> Cell:
    """How long a session of AWS lasts that the target opens, whatever Sym does."""
    from symlint.sym.intent.sessions import session_bounds

    sessions = target.sym.catalogue.sessions
    bounds = list(session_bounds(target, sessions.values()))
    if not bounds:
        settings = {} if target.entry is None else target.entry.settings
        opening = [
            it for it in settings.values() if not sessions.keys().isdisjoint(it.from_resources)
        ]
        if opening:
            return not_known("it is set where symlint does not see it")
        return NOTHING
    known = [bound for bound in bounds if bound is not None]
    if len(known) != len(bounds):
        return not_known("it is set where symlint does not see it")
    longest = max(bound.seconds for bound in known)
    evidence = tuple(bound.range for bound in known)
    text = f"{duration(longest)} in AWS"
    asked = how_long.value[-1] if isinstance(how_long.value, tuple) and how_long.value else None
    if isinstance(asked, int) and asked != longest:
        than = "may last on when access has ended" if asked < longest else "ends before access does"
        text += f": a session {than}"
    return Cell(text, value=longest, evidence=evidence)
