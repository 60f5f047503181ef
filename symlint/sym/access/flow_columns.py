"""What the inventory says of a flow, whichever target is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.access.cells import Cell, digest, not_known
from symlint.sym.access.python.digests import digest_of
from symlint.sym.access.words import duration, seconds_of, truth, worded
from symlint.sym.model.environments import Environment
from symlint.sym.model.flows import FlowsFilter
from symlint.sym.model.texts import reason_of, text_of
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.source.text import Range
    from symlint.sym.access.cells import Data
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import Flow, PromptField
    from symlint.sym.model.views import Link, View

_SOURCES = {"api": "the API", "slack": "Slack"}


def environment(flow: Flow) -> Cell:
    """The environment of the flow, by name."""
    link = flow.environment_link
    view = link.view
    if view is None:
        return _unresolved(link, "environment")
    name = worded(view.name, view.header)
    runtime = isinstance(view, Environment) and view.runtime_link.outcome != "null"
    return name._replace(value={"name": name.value, "runtime": runtime} if name.is_known else None)


def asked_from(flow: Flow) -> Cell:
    """From where the flow may be called."""
    argument = flow.allowed_sources
    if argument is None:
        if not flow.params_known:
            return not_known("the parameters are not known")
        return Cell("Slack and the API", value=("api", "slack"))
    elements = argument.value.elements
    texts = None if elements is None else [text_of(it) for it in elements]
    if texts is None or None in texts:
        return not_known(reason_of(argument.value), evidence=[argument.range])
    names = sorted(text for text in texts if text is not None)
    shown = [_SOURCES.get(name, name) for name in reversed(names)]
    text = either(shown, "and") if names else "nowhere: nobody can ask"
    return Cell(text, value=tuple(names), evidence=(argument.range,))


def asked_by(flow: Flow, members: Cell) -> Cell:
    """Who may ask: those whom no hook turns away, as far as no flows filter hides the flow."""
    filters = flow.sym.all(FlowsFilter)
    if not filters or not members.is_known:
        return members
    evidence = tuple(it.header for it in filters)
    reason = "what the flows filter hides is decided when it runs"
    text = "members of the organization to whom the flows filter shows it"
    value: dict[str, Data] = {"members": "filtered"}
    if isinstance(members.value, dict):
        text = f"{text}{members.text.removeprefix('every member of the organization')}"
        value |= members.value
        evidence = (*evidence, *members.evidence)
    code = tuple(sorted({*members.code, *(digest_of(it) for it in _modules(filters))}))
    return Cell(text, "conditional", value, reason, evidence, code)


def _modules(filters: Iterable[FlowsFilter]) -> Iterator[PythonModule]:
    """The code of flows filters, as far as it is known."""
    from symlint.sym.implementation.carried import carried_by

    for one in (it for filter_ in filters for it in carried_by(filter_)):
        if one.code is not None and one.code.module is not None:
            yield one.code.module


def duration_field(flow: Flow) -> tuple[PromptField | None, bool]:
    """The field that asks for how long, and whether it is certain that there is no other."""
    for field in flow.prompt_fields:
        if field.type.string == "duration" or field.name.string == "duration":
            return field, True
    return None, flow.prompt_fields_known


def how_long(flow: Flow, by_hooks: Cell | None) -> Cell:
    """For how long access may be asked for, or is given by a hook whatever was asked for."""
    asked = flow.sym.once_for((_asked_for, flow), lambda: _asked_for(flow))
    end = flow.sym.once_for((ends, flow), lambda: ends(flow))
    return _unless_time_ends_it(asked, _allowed(asked, by_hooks), end)


def _unless_time_ends_it(asked: Cell, time: Cell, end: Cell) -> Cell:
    """A time that is asked for says little where nothing ends access when it is over."""
    if time.value == () or time_ends(end) is not False:
        return time
    until = "until somebody ends it" if end.value else "for ever"
    if asked.is_known and asked.value != "not asked":
        until = f"{until}; asked for: {asked.text}"
    # What a hook says of time has no effect.
    return Cell(until, value=asked.value, evidence=(*asked.evidence, *end.evidence))


def _allowed(asked: Cell, by_hooks: Cell | None) -> Cell:
    if by_hooks is None or not asked.is_known or asked.value in ("any", ()):
        return asked
    evidence = (*asked.evidence, *by_hooks.evidence)
    if not by_hooks.is_known:
        return by_hooks._replace(text=asked.text, evidence=evidence)
    times = {*_times(asked), *_times(by_hooks)}
    return by_hooks._replace(
        text=f"{asked.text}; a hook makes it {by_hooks.text}",
        value=tuple(sorted(times)),
        evidence=evidence,
    )


def _times(cell: Cell) -> list[int]:
    """The durations of a cell in seconds."""
    values = cell.value if isinstance(cell.value, tuple) else ()
    return [it for it in values if isinstance(it, int)]


def _asked_for(flow: Flow) -> Cell:
    """For how long access may be asked for."""
    if flow.strategy_link.outcome == "null":
        return Cell("nothing is granted", value=())
    field, certain = duration_field(flow)
    if field is None:
        if not certain:
            return not_known(
                "which fields the form has is not known", evidence=[flow.params_header]
            )
        text = "not asked: it lasts as long as the strategy lets it"
        return Cell(text, value="not asked", evidence=(flow.params_header,))
    allowed = field.argument("allowed_values")
    if allowed is None or allowed.value.is_null:
        return Cell("any time that is asked for", value="any", evidence=(field.header,))
    elements = allowed.value.elements
    texts = None if elements is None else [text_of(it) for it in elements]
    if texts is None or None in texts:
        return not_known(reason_of(allowed.value), evidence=[allowed.range])
    found = [seconds_of(text) for text in texts if text is not None]
    times = sorted(it for it in found if it is not None)
    if len(times) != len(texts) or not times:
        return not_known("not all choices are durations", evidence=[allowed.range])
    shown = ", ".join(map(duration, times))
    text = duration(times[0]) if len(times) == 1 else f"up to {duration(times[-1])} ({shown})"
    return Cell(text, value=tuple(times), evidence=(allowed.range,))


def ends(flow: Flow) -> Cell:
    """What ends access: its time, somebody's hand, both, or nothing."""
    if flow.strategy_link.outcome == "null":
        return Cell("nothing is granted", value=())
    params = flow.params
    answers = {}
    evidence: list[Range] = []
    for name, word in (("schedule_deescalation", "by time"), ("allow_revoke", "by hand")):
        argument = None if params is None else params.argument(name)
        if argument is None and not flow.params_known:
            return not_known("the parameters are not known")
        answer = True if argument is None or argument.value.is_null else truth(argument.value)
        if argument is not None:
            evidence.append(argument.range)
            if answer is None:
                return not_known(reason_of(argument.value), evidence=evidence)
        answers[word] = bool(answer)
    words = tuple(word for word, holds in answers.items() if holds)
    text = " or ".join(words) if words else "never: nothing ends it"
    return Cell(text, value=words, evidence=tuple(evidence))


def time_ends(end: Cell) -> bool | None:
    """Whether access is over when its time is; None where that is not known. ``end``: see `ends`."""
    return "by time" in end.value if end.is_known and isinstance(end.value, tuple) else None


def recorded(flow: Flow) -> Cell:
    """Where what happens is recorded."""
    view = flow.environment
    if view is None:
        return _unresolved(flow.environment_link, "environment")
    logs = view.log_destinations
    if logs.state not in ("known", "absent"):
        return not_known(
            logs.reason or "the log destinations are not known", evidence=[logs.argument]
        )
    names = []
    addresses = [_address(link.view) for link in logs.links if link.view is not None]
    for link in logs.links:
        destination = link.view
        names.append(_name(destination) if destination is not None else link.argument.text)
    errors = view.error_logger_link
    told = "" if errors.view is None else _destination(errors.view)
    parts = [f"log destinations {', '.join(names)}" if names else "no log destination"]
    parts.append(
        f"errors in {told}"
        if told
        else "errors nowhere"
        if errors.outcome == "null"
        else "errors in another logger"
    )
    evidence = (logs.argument, errors.argument)
    code = tuple(digest(it) for it in addresses if it)
    value: Data = {"logs": tuple(names), "errors": told}
    return Cell("; ".join(parts), "known", value, "", evidence, code)


def _destination(view: View) -> str:
    return text_of(view.value("destination")) or view.local_name


def _name(view: View) -> str:
    """A log destination: its type, and the stream, or the host of the address, where that is known."""
    stream, address = view.setting("stream_name"), _address(view)
    text = None if stream is None or stream.sensitive else text_of(stream)
    if text is None and address is not None:
        # What follows the host may be a secret.
        text = address.removeprefix("https://").partition("/")[0].rpartition("@")[2]
    return " ".join(filter(None, (view.type_name or view.local_name, text)))


def _address(view: View) -> str | None:
    value = view.setting("url")
    return None if value is None or value.sensitive else text_of(value)


def _unresolved(link: Link, what: str) -> Cell:
    if link.outcome == "null":
        return Cell(f"no {what}", value="", evidence=(link.argument,))
    text = link.argument.text
    return not_known(
        link.reason or f"the {what} is declared elsewhere",
        text if "\n" not in text else "",
        [link.range],
    )
