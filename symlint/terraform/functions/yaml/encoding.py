"""``yamlencode``: the events of ``github.com/zclconf/go-cty-yaml``, written by libyaml's emitter."""

from __future__ import annotations

from io import StringIO

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.encoding import round_trips
from symlint.terraform.functions.inspection import surely_typed, wholly_known
from symlint.terraform.functions.yaml.libyaml import emitter, too_deep
from symlint.terraform.values.conversion import primitive_text
from symlint.terraform.values.types import STRING
from symlint.terraform.values.whole_objects import expanded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.terraform.values.value import Value

_MOST_NESTING: Final = 200
_STEPS_PER_VALUE: Final = 8


def _string(text: str, call: Call) -> Any:
    from yaml.events import ScalarEvent

    call.spend(len(text))
    if text.startswith("\ufeff"):  # Terraform then escapes all of the string
        raise NotKnownError(call.unknown("it has a string that begins with a byte order mark"))
    return ScalarEvent(None, None, (True, True), text, style="|" if "\n" in text else '"')


def _events(value: Value, call: Call, depth: int) -> Iterator[Any]:
    """The events that write a value."""
    from yaml import events

    if depth > _MOST_NESTING:
        raise too_deep(call)
    call.spend(_STEPS_PER_VALUE)
    content = value.content
    if isinstance(content, tuple):
        yield events.SequenceStartEvent(None, None, True, flow_style=False)
        for element in content:
            yield from _events(element, call, depth + 1)
        yield events.SequenceEndEvent()
    elif isinstance(content, dict):
        yield events.MappingStartEvent(None, None, True, flow_style=False)
        for key, element in sorted(content.items()):
            yield _string(key, call)
            yield from _events(element, call, depth + 1)
        yield events.MappingEndEvent()
    elif isinstance(content, str):
        yield _string(content, call)
    else:
        text = "null" if content is None else primitive_text(value)
        yield events.ScalarEvent(None, None, (True, True), text)


def _written(value: Value, call: Call) -> str:
    """The document with one value."""
    from yaml import events

    stream = StringIO()
    writer = emitter(call, stream)
    writer.emit(events.StreamStartEvent())
    writer.emit(events.DocumentStartEvent(explicit=False))
    for event in _events(value, call, 0):
        writer.emit(event)
    writer.emit(events.DocumentEndEvent(explicit=False))
    writer.emit(events.StreamEndEvent())
    return stream.getvalue()


def _yaml_encode(call: Call) -> Value:
    given = expanded(call.arguments[0])
    if not wholly_known(given, call) or not surely_typed(given, call):
        return round_trips.encoded(call)
    try:
        text = _written(given, call)
    except UnicodeEncodeError:
        raise NotKnownError(call.unknown("it has half of a character")) from None
    # The libyaml that Terraform's was translated from marks the end of a document after a plain
    # scalar; the one here does after line breaks that are kept.
    if text.endswith(("\n...\n", "\u2028...\n", "\u2029...\n")):
        text = text[:-4]
    plain = not isinstance(given.content, (tuple, dict, str))
    return call.string(f"{text}...\n" if plain else text)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "yamlencode": Function(
        _yaml_encode, (Parameter("value", nullable=True, unknown=True),), STRING
    ),
}
